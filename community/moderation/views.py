"""Telling a moderator something: no account, no script."""

from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import timedelta

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_safe
from django.views.generic import View

from community.moderation import lookout
from community.moderation.appeal_forms import AskForm
from community.moderation.appeals import Appeal
from community.moderation.reasons import Reason
from community.moderation.report_forms import NoticeForm, ReportForm
from community.moderation.reportable import kinds
from community.moderation.reports import Report, Seen, new_key
from community.moderation.states import State

TOO_MUCH_AT_ONCE = _("That was a lot at once. Wait a minute, then send it again.")
SALT = "moderation.report.page"
A_PAGE_COUNTS_FOR = timedelta(days=7)
# A whole ward may share one network: enough for them, little for a storm.
VISITORS_LIMIT = {"report": "6/m/ip,40/h/ip"}
MEMBERS_LIMIT = {"report": "6/m/ip,40/h/ip,12/h/user"}


@dataclass(frozen=True)
class Opened:
    """The page somebody opened: what they saw on it, and the key of the report it may become."""

    kind: str
    pk: str
    number: int | None
    key: str

    def signed(self):
        return signing.dumps(asdict(self), salt=SALT)

    @classmethod
    def read(cls, text, kind, pk):
        """The page that ``text`` was signed for, or None if it is another, or none of ours."""
        try:
            opened = cls(**signing.loads(text, salt=SALT, max_age=A_PAGE_COUNTS_FOR))
        except (signing.BadSignature, UnicodeError):
            return None
        return opened if (opened.kind, opened.pk) == (kind, pk) else None


class Tell(View):
    """Tell a moderator something about what stands at this address."""

    def get(self, request, kind, pk):
        about = seen_by(request.user, kind, pk)
        if about is None:
            raise Http404
        opened = Opened(kind, pk, about.seen()[0], new_key())
        return self.show(about, opened, self.form(about, opened))

    def post(self, request, kind, pk):
        opened = Opened.read(request.POST.get("page", ""), kind, pk)
        about = seen_by(request.user, kind, pk) or (opened and still_kept(opened))
        if about is None and opened is None:
            raise Http404
        if about is None:
            return self.gone()
        opened = opened or Opened(kind, pk, about.seen()[0], new_key())
        form = self.form(about, opened, request.POST)
        if not form.is_valid():
            return self.show(about, opened, form, status=422)
        if isinstance(form, ReportForm) and form.is_legal_notice():
            return self.show(about, opened, self.notice_begun(form, about, opened))
        if not within_limits(request):
            form.add_error(None, TOO_MUCH_AT_ONCE)
            return self.show(about, opened, form, status=429)
        return redirect(self.keep(about, opened, form))

    def form(self, about, opened, data=None):
        """The first page; the second, once it was filled in for what is against the law."""
        if data and "why" in data and data.get("reason") == Reason.ILLEGAL:
            return NoticeForm(data)
        return ReportForm(data, reasons=about.REPORT_REASONS, initial={"page": opened.signed()})

    def notice_begun(self, form, about, opened):
        """What was typed on the first page goes along to the second; nothing is kept yet."""
        told = form.told()
        return NoticeForm(
            initial={
                "where": settings.SITE_URL + about.get_absolute_url(),
                "why": told["words"],
                "email": told["email"],
                "page": opened.signed(),
            }
        )

    def keep(self, about, opened, form):
        member = self.request.user if self.request.user.is_authenticated else None
        notice = form.instance if isinstance(form, NoticeForm) else None
        where = {"number": opened.number, "key": opened.key, "notice": notice}
        whose = {"by": member, "browser": "" if member else mark_of_browser(self.request, opened)}
        return Report.objects.tell(about, **where, **whose, **form.told())

    def show(self, about, opened, form, status=200):
        context = {
            "form": form,
            "kind": opened.kind,
            "about": about,
            "title": Seen(words=about.seen(opened.number)[1]).title(),
            "is_notice": isinstance(form, NoticeForm),
        }
        return render(self.request, "moderation/report_form.html", context, status=status)

    def gone(self):
        words = self.request.POST.get("why") or self.request.POST.get("words", "")
        return render(self.request, "moderation/report_gone.html", {"words": words}, status=410)


def mark_of_browser(request, opened):
    """Tells that one browser told us twice about one thing, and nothing else of it.

    It comes from the secret that guards the form (Django's CSRF cookie), which we don't keep:
    nobody can go from here to a browser, or from one thing it told us about to another.
    """
    secret = request.META.get("CSRF_COOKIE", "")
    about = f"{secret} {opened.kind} {opened.pk}"
    mark = salted_hmac("moderation.report.browser", about, algorithm="sha256")
    return mark.hexdigest()[:32] if secret else ""


def within_limits(request):
    limit = MEMBERS_LIMIT if request.user.is_authenticated else VISITORS_LIMIT
    return ratelimit.consume(request, app="community.moderation", action="report", config=limit)


def seen_by(person, kind, pk):
    model = kinds().get(kind)
    return model and model.reportable_by(person).filter(**{model.REPORTED_BY: pk}).first()


def still_kept(opened):
    """What they had open may have come down while they wrote."""
    model = kinds()[opened.kind]
    return model._base_manager.filter(**{model.REPORTED_BY: opened.pk}).first()


def may_be_about_themselves(words):
    """A word list's guess: it puts the help numbers first on their own page, and does no more."""
    return any(passage.kind == lookout.Kind.DANGER for passage in lookout.look(words, "en"))


def told_with(token):
    return get_object_or_404(Report.objects.with_token(token).select_related("decision", "case"))


def where_it_is_now(about):
    """What holds whatever was decided first: "removed", "gone", "members", or "" for as it was."""
    if getattr(about, "state", "") == State.REMOVED:
        return "removed"
    if about is None or not about.is_up():
        return "gone"
    return "members" if getattr(about, "covered_at", None) else ""


@require_safe
def receipt(request, token):
    """What becomes of what somebody told us, for whoever has the private link."""
    report = told_with(token)
    again = report.decision and Appeal.objects.of_teller(report)
    # What its author asks is theirs, and only what became of it is told.
    asked = again or (report.decision and Appeal.objects.by_authors().against(report.decision))
    context = {
        "again": again,
        "may_ask": report.decision and not again and report.decision.answers_a_report(),
        "answer": again and again.answer(),
        "report": report,
        "action": report.decision and report.decision.action,
        "back": asked.brought_back() if asked else "",
        "now": where_it_is_now(report.case.contribution),
        "help_first": may_be_about_themselves(report.words),
        "is_notice": report.reason == Reason.ILLEGAL,
        "is_worry": report.reason == Reason.WORRIED,
        "link": settings.SITE_URL + report.get_absolute_url(),
    }
    return for_one_person(render(request, "moderation/receipt.html", context))


@require_http_methods(["GET", "HEAD", "POST"])
def ask_again(request, token):
    """It was left up, and whoever told us thinks that it should not have been."""
    report = told_with(token)
    form = AskForm(request.POST if request.method == "POST" else None)
    context = {"form": form, "report": report, "back": report.get_absolute_url()}
    if report.decision is None or Appeal.objects.of_teller(report):
        return redirect(report)
    if not report.decision.answers_a_report():
        page = render(request, "moderation/ask_too_late.html", context, status=410)
    elif request.method != "POST":
        page = render(request, "moderation/ask.html", context)
    elif not form.is_valid():
        page = render(request, "moderation/ask.html", context, status=422)
    elif not within_limits(request):
        form.add_error(None, TOO_MUCH_AT_ONCE)
        page = render(request, "moderation/ask.html", context, status=429)
    else:
        with suppress(ValidationError):  # erased meanwhile: their page says that it is closed
            words = form.cleaned_data["words"]
            Appeal.objects.ask(report.decision, report=report, words=words)
        return redirect(report)
    return for_one_person(page)


def for_one_person(response):
    """Behind a private link: kept by nobody, and told to no other site (SECURE_REFERRER_POLICY)."""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response
