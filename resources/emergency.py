"""The number for an ambulance or the police, by country."""

# Only where we are certain.  Anywhere else the page says “your emergency number”.
_EUROPE = "AT BE BG CY CZ DE DK EE ES FI FR GR HR HU IT LT LU LV MT NL PL PT RO SE SI SK"
NUMBERS = {code: ["112"] for code in _EUROPE.split()} | {
    "AU": ["000"],
    "CA": ["911"],
    "GB": ["999"],
    "IE": ["112", "999"],
    "NZ": ["111"],
    "US": ["911"],
}
