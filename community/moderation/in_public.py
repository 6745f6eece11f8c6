"""What everybody may know of moderation: how it works, and how it went, a year at a time."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from community.moderation.at_present import at_present
from community.moderation.figures import Roughly, figures
from community.moderation.numbers import Period
from community.moderation.transparency import TransparencyReport


@require_safe
def review(request):
    return render(request, "pages/review.html", {"present": at_present()})


@require_safe
def yearly_page(request, year):
    return show(request, get_object_or_404(TransparencyReport.objects.published(), year=year))


def show(request, report):
    """The yearly page, whoever asks: a lead sees before publishing what everybody sees after."""
    drawn = figures(report.figures, Period.beginning(report.year), Roughly())
    return render(request, "moderation/yearly_page.html", {"report": report, "figures": drawn})
