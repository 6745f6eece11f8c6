"""Help numbers that a device keeps, for when there is no connection: only once somebody asks.

The script is what a browser calls a service worker (W3C Service Workers).  It keeps the pages
under /help-now/ and their styles, and nothing else, ever.
"""

import hashlib

from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.http import require_safe

from resources import helplines
from resources.views import help_page

STYLES = ("css/site.css", "css/blocks.css")


@require_safe
def offline(request):
    """What stands in place of any page while there is no connection."""
    return help_page(request, "help_offline.html")


@require_safe
def worker(request):
    """It differs as soon as a number does, and so a browser that has it fetches every page again
    (it asks once a day).
    """
    styles = [static(name) for name in STYLES]
    codes = sorted(code.lower() for code in helplines.countries())
    pages = [reverse("resources:help_now"), reverse("resources:help_offline")]
    pages += [reverse("resources:help_country", args=[code]) for code in codes]
    lines = [(line, line.is_out_of_date, line.shown_numbers) for line in helplines.read()]
    context = {
        "pages": pages,
        "styles": styles,
        "offline": reverse("resources:help_offline"),
        "digest": hashlib.sha256(repr((lines, styles)).encode()).hexdigest()[:16],
    }
    response = render(
        request, "resources/offline_help.js", context, content_type="text/javascript; charset=utf-8"
    )
    # Any page may be the one that cannot be reached (Service Workers § 7.4.2).
    response["Service-Worker-Allowed"] = "/"
    return response
