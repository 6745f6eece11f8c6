from django import template
from django.middleware.csrf import get_token

from community.comfort import Comfort
from resources import countries, emergency, helplines

register = template.Library()
FEW = 4


@register.simple_tag(takes_context=True)
def chosen_country(context):
    """The country that whoever reads this chose, and some to talk to there; nothing is guessed."""
    code = (context.get("comfort") or comfort_of(context)).country
    known = code in countries.COUNTRIES
    return {
        "code": code,
        "name": countries.country_name(code) if known else "",
        "emergency": emergency.NUMBERS.get(code, []),
        "lines": helplines.of_country(code)[:FEW] if known else [],
    }


@register.inclusion_tag("resources/_near.html", takes_context=True)
def help_near(context):
    """The same, and the way to choose another."""
    request = context.request
    return {
        "country": comfort_of(context).country,
        "user": request.user,
        "back": request.path,
        "csrf_token": get_token(request),
    }


@register.inclusion_tag("resources/_choose_country.html")
def choose_country(chosen):
    return {"chosen": chosen, "countries": countries.by_name(helplines.countries())}


def comfort_of(context):
    """Found by a part of a page too, which is told nothing but what it takes."""
    return getattr(getattr(context, "request", None), "comfort", Comfort())
