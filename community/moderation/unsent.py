"""What a moderator had written where nothing came of it: it stands on the page that says so."""

from django import forms
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from community.moderation.cases import Case
from community.moderation.handovers import CaseNote
from community.moderation.models import Message, Proposal, SafetyEntry, Suggestion, Version


def written(address, *filled):
    """(label, text) of every text in these forms that is not as its page began.

    What somebody pressed twice has arrived: whatever is said already at ``address``, the
    content type and id of what it is about, is left out.
    """
    texts = [
        (field.label, field.field.to_python(field.value()).strip())
        for form in filled
        for field in form or ()
        if isinstance(field.field, forms.CharField)
        and not field.is_hidden
        and field.name in form.changed_data
    ]
    texts = [(label, text) for label, text in texts if text]
    known = _said_already(address) if texts else set()
    return [(label, text) for label, text in texts if text not in known]


def _said_already(address):
    cases, versions = Case.objects.filter(**address), Version.objects.filter(**address)
    proposals = Proposal.objects.filter(case__in=cases)
    said = [
        Message.objects.filter(**address).values_list("text", "passage"),
        Suggestion.objects.filter(version__in=versions).values_list("passage", "why", "instead"),
        proposals.values_list("message", "note", "passage", "answer"),
        CaseNote.objects.filter(case__in=cases).values_list("text"),
        SafetyEntry.objects.filter(case__in=cases).values_list("text"),
        map(_texts_in, proposals.values_list("details", flat=True)),
    ]
    return {text.strip() for rows in said for row in rows for text in row}


def _texts_in(details):
    """What a proposal holds besides its letter."""
    changes = details.get("changes", [])
    asked = [change[name] for change in changes for name in ("passage", "why", "instead")]
    return [*asked, details.get("proposed", {}).get("own_note", "")]


def page_of_nothing_done(request, admin, *, said, back, kept):
    """Where the page that was typed on has gone; ``back`` leads to what is there instead."""
    context = {
        **admin.admin_site.each_context(request),
        "title": _("Nothing was done"),
        "opts": admin.opts,
        "is_nav_sidebar_enabled": False,
        "said": said,
        "back": back,
        "kept": kept,
    }
    return TemplateResponse(request, "admin/moderation/nothing_done.html", context, status=409)
