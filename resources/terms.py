"""The words places are found by: DESIGN.md § 3, in its order, under the directory file’s slugs."""

from django.utils.translation import pgettext_lazy

ANY_LOSS = "any"
ANYONE = "anyone"

LOSS = {
    "miscarriage": pgettext_lazy("kind of loss", "Miscarriage"),
    "missed-miscarriage": pgettext_lazy("kind of loss", "Miscarriage found at a scan"),
    "late-miscarriage": pgettext_lazy("kind of loss", "Late miscarriage"),
    "very-early-loss": pgettext_lazy("kind of loss", "Very early loss"),
    "ectopic": pgettext_lazy("kind of loss", "Ectopic pregnancy"),
    "molar": pgettext_lazy("kind of loss", "Molar pregnancy"),
    "recurrent-miscarriage": pgettext_lazy("kind of loss", "More than one loss"),
    "tfmr": pgettext_lazy("kind of loss", "Ending a pregnancy for medical reasons (TFMR)"),
    "stillbirth": pgettext_lazy("kind of loss", "Stillbirth"),
    "neonatal-death": pgettext_lazy(
        "kind of loss", "Neonatal loss (a baby who died in the first weeks)"
    ),
    "twin-or-triplet": pgettext_lazy("kind of loss", "Loss of a twin or triplet"),
    "infertility-ivf": pgettext_lazy("kind of loss", "After fertility treatment"),
    "other": pgettext_lazy("kind of loss", "Another loss, or I’d rather not say"),
    ANY_LOSS: pgettext_lazy("kind of loss", "Any kind of loss"),
}
# A place for miscarriage is also for these: nobody should miss it for having been precise.
LOSS_PARENTS = {
    "missed-miscarriage": "miscarriage",
    "late-miscarriage": "miscarriage",
    "very-early-loss": "miscarriage",
    "recurrent-miscarriage": "miscarriage",
}

AUDIENCE = {
    "mothers": pgettext_lazy("who it is for", "The person who was pregnant"),
    "fathers-partners": pgettext_lazy("who it is for", "Partners and fathers"),
    "grandparents": pgettext_lazy("who it is for", "Grandparents"),
    "siblings": pgettext_lazy("who it is for", "Children"),
    "lgbtq": pgettext_lazy("who it is for", "LGBTQ+ families"),
    "young-parents": pgettext_lazy("who it is for", "Young parents"),
    "black-asian": pgettext_lazy("who it is for", "Black and Asian families"),
    "deaf": pgettext_lazy("who it is for", "Deaf people"),
    "faith": pgettext_lazy("who it is for", "People of a faith"),
    "friends-family": pgettext_lazy("who it is for", "Family and friends"),
    "professionals": pgettext_lazy("who it is for", "Midwives, nurses and others at work"),
    ANYONE: pgettext_lazy("who it is for", "Anyone"),
}

LABELS = {"loss": LOSS, "audience": AUDIENCE}

# Each language in its own words, as somebody looking for it would read it.
LANGUAGES = {
    "en": "English",
    "ar": "العربية",
    "bn": "বাংলা",
    "ca": "Català",
    "cr": "ᓀᐦᐃᔭᐍᐏᐣ",
    "cs": "Čeština",
    "cy": "Cymraeg",
    "da": "Dansk",
    "de": "Deutsch",
    "el": "Ελληνικά",
    "es": "Español",
    "eu": "Euskara",
    "fa": "فارسی",
    "fi": "Suomi",
    "fr": "Français",
    "ga": "Gaeilge",
    "gl": "Galego",
    "he": "עברית",
    "hi": "हिन्दी",
    "hu": "Magyar",
    "it": "Italiano",
    "iu": "ᐃᓄᒃᑎᑐᑦ",
    "ja": "日本語",
    "ko": "한국어",
    "mi": "Te reo Māori",
    "nb": "Norsk bokmål",
    "nl": "Nederlands",
    "oj": "ᐊᓂᔑᓈᐯᒧᐎᓐ",
    "pa": "ਪੰਜਾਬੀ",
    "pl": "Polski",
    "pt": "Português",
    "pt-BR": "Português (Brasil)",
    "ro": "Română",
    "ru": "Русский",
    "so": "Soomaali",
    "sv": "Svenska",
    "sw": "Kiswahili",
    "tr": "Türkçe",
    "uk": "Українська",
    "ur": "اردو",
    "vi": "Tiếng Việt",
    "zh-Hans": "简体中文",
    "zh-Hant": "繁體中文",
}


def label(taxonomy, code, otherwise=""):
    return LABELS.get(taxonomy, {}).get(code, otherwise or code)


def losses_found_by(code):
    """The losses a place may name and still be meant for somebody who chose ``code``."""
    return [code, ANY_LOSS, *filter(None, [LOSS_PARENTS.get(code)])]
