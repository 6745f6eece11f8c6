"""What a moderator had written where nothing came of it: it stands on the page that says so."""

from django import forms
from django.contrib import messages
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _

from community.moderation.cases import Case
from community.moderation.handovers import CaseNote
from community.moderation.log import address_of
from community.moderation.models import Message, Proposal, SafetyEntry, Suggestion, Version
from community.moderation.way_back import shown, to_queue


def written(address, *filled):
    """(label, text) of every text in these forms that is not as its page began.

    What somebody pressed twice has arrived: whatever is said already at ``address``, the
    content type and id of what it is about, is left out.
    """
    texts = [
        (field.label, field.field.to_python(field.value()).strip())
        for form in filled
        if form is not None and form.is_bound
        for field in form
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


def page_of_nothing_done(request, admin, *, said, there, kept):
    """Where the page that was typed on has gone; ``there`` leads to what is there instead."""
    context = {"title": _("Nothing was done"), "there": there}
    return _page_of_words(request, admin, said, kept, context, status=409)


def back_to_the_queue(request, admin, about, said, *filled):
    """It is done.  The queue says so; where ``filled`` held something else, a page shows that."""
    address = about.address() if isinstance(about, Case) else address_of(about)
    if kept := written(address, *filled):
        context = {"title": _("Done, and some words are left")}
        return _page_of_words(request, admin, said, kept, context | shown(request, about))
    messages.success(request, said)
    return redirect(to_queue(request, about))


def _page_of_words(request, admin, said, kept, context, *, status=200):
    context = {
        **admin.admin_site.each_context(request),
        "opts": admin.opts,
        "is_nav_sidebar_enabled": False,
        "said": said,
        "kept": kept,
        **shown(request),
        **context,
    }
    return TemplateResponse(request, "admin/moderation/words_left.html", context, status=status)
