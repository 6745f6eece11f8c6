"""What a moderator sent while signed out: about which piece, for which button, in which boxes."""

from copy import copy

from django import forms
from django.urls import Resolver404, resolve
from django.utils.translation import gettext as _

from community.moderation.cases import Case
from community.moderation.states import Action
from community.moderation.titles import title_in


class KeptWords:
    """Mix into the admin of cases, which knows the forms of each page."""

    def typed_on(self, request, page, sent):
        """{piece, pressed, labels} of what was ``sent`` from ``page``; None where ``request`` may
        not read what it is about.  A label is "" where its box is as the page began.
        """
        case = self._case_at(request, page)
        if case is None:
            return None
        as_it_was = copy(request)
        as_it_was.method, as_it_was.POST = "POST", sent
        boxes = [box for form in self.all_sent(as_it_was, case) for box in texts_in(form)]
        return {
            "piece": title_of(case),
            "pressed": label_of(sent.get("outcome")),
            "labels": {box.html_name: self._label(case, box) for box in boxes},
        }

    def _case_at(self, request, page):
        try:
            match = resolve(page)
        except Resolver404:
            return None
        cases = Case.objects.open_to(request.user)
        if match.url_name in ("report", "appeal"):
            return cases.filter(pk=min(match.kwargs["pk"], 2**62)).first()
        for kind in self.kinds():
            if match.url_name == f"{kind._meta.app_label}_{kind._meta.model_name}_change":
                found = self.admin_site._registry[kind].get_queryset(request)
                about = found.filter(pk=match.kwargs["object_id"]).first()
                case = about and about.open_case()
                return case and cases.filter(pk=case.pk).first()
        return None

    @staticmethod
    def _label(case, box):
        if box.name not in box.form.changed_data:
            return ""
        action = next((each for each in Action if box.name.endswith(f"_{each}")), None)
        if action is None and case.kind == Case.Kind.REPORT and box.name in ("message", "passage"):
            action = Action.REMOVE
        if action is None:
            return box.label
        return _("%(box)s (%(outcome)s)") % {"box": box.label, "outcome": action.label}


def texts_in(form):
    return [box for box in form if isinstance(box.field, forms.CharField) and not box.is_hidden]


def title_of(case):
    seen = case.version or case.seen.first()
    return title_in(seen.words) if seen else ""


def label_of(outcome):
    return Action(outcome).label if outcome in Action.values else ""
