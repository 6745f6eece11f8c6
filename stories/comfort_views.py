"""Reading comfort: the same page for members and for visitors, who has it to themselves."""

from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_POST, require_safe

from community import kept
from community.comfort import on_this_device
from community.members.comfort import forget, keep
from community.resend import sent_from_here
from stories.comfort_forms import ComfortForm, CountryForm, LookForm

PAGE = "stories:comfort"
FORMS = {
    "stories:comfort-keep": ComfortForm,
    "stories:comfort-look": LookForm,
    "stories:comfort-country": CountryForm,
}


def from_here(view):
    """Ask for a token only where there is somebody to pose as.

    A token would put a cookie on every story that a visitor opens.  Whoever has no session is
    protected by what the browser says of where the form was (W3C Fetch Metadata, Origin).
    """
    with_token = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def ask(request):
        has_session = settings.SESSION_COOKIE_NAME in request.COOKIES
        ask_for_token = has_session or not sent_from_here(request)
        return (with_token if ask_for_token else view)(request)

    return ask


def for_the_account(view):
    """What was said to an account stays off this device, however the session ended meanwhile."""

    @wraps(view)
    def ask(request):
        if request.user.is_authenticated or "account" not in request.POST:
            return view(request)
        then, back = reverse("stories:my-comfort"), way_back(request)
        then = f"{then}?{urlencode({'next': back})}" if back else then
        if f"stories:{request.resolver_match.url_name}" not in FORMS:
            return kept.nothing_was_done(request, then)
        return kept.sign_in_first(request, then=then, said=kept.CHOICES)

    return ask


def sent_while_signed_out(request):
    """The form as it was sent, if whoever asks was who filled it in; or None."""
    for name, kind in FORMS.items() if request.user.is_authenticated else ():
        sent = kept.words(request, reverse(name))
        if sent and sent["account"] == str(request.user.pk):
            form = kind(sent, comfort=request.comfort)
            return form if form.is_valid() else None
    return None


@require_safe
def comfort(request):
    sent = sent_while_signed_out(request)
    wishes = sent.wishes() if sent else request.comfort
    return page(request, ComfortForm(comfort=wishes), sent=sent)


def page(request, form, *, refused=None, sent=None, status=200):
    is_here = on_this_device(request) is not None
    context = {
        "form": form,
        "refused": refused,
        "is_here": is_here,
        "asks_here": "here" in sent.data if isinstance(sent, ComfortForm) else is_here,
        "was_signed_out": sent is not None,
        "back": way_back(request),
        "is_kept": "kept" in request.GET,
        "is_forgotten": "forgotten" in request.GET,
    }
    return render(request, "stories/comfort.html", context, status=status)


@from_here
@require_POST
@for_the_account
def keep_all(request):
    form = ComfortForm(request.POST, comfort=request.comfort)
    if not form.is_valid():
        return page(request, form, refused=form, status=422)
    response = redirect(way_back(request) or f"{reverse(PAGE)}?kept")
    keep(request, response, form.wishes(), here="here" in request.POST)
    kept.forget(request, *map(reverse, FORMS))
    return response


@from_here
@require_POST
@for_the_account
def look(request):
    """The few wishes that stand above a story."""
    form = LookForm(request.POST, comfort=request.comfort)
    response = redirect(way_back(request) or PAGE)
    if form.is_valid():
        keep(request, response, form.wishes())
        kept.forget(request, *map(reverse, FORMS))
    return response


@from_here
@require_POST
@for_the_account
def country(request):
    """Whose help numbers somebody is shown where they may need them."""
    form = CountryForm(request.POST, comfort=request.comfort)
    if not form.is_valid():
        return page(request, ComfortForm(comfort=request.comfort), refused=form, status=422)
    response = redirect(way_back(request) or PAGE)
    keep(request, response, form.wishes())
    kept.forget(request, *map(reverse, FORMS))
    return response


@from_here
@require_POST
@for_the_account
def take_back(request):
    response = redirect(f"{reverse(PAGE)}?forgotten")
    forget(request, response)
    kept.forget(request, *map(reverse, FORMS))
    return response


def way_back(request):
    """The page of ours they came from, if that is what was sent; otherwise nothing."""
    sent = request.POST if request.method == "POST" else request.GET
    back = sent.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(back, allowed_hosts=None)
    return back if is_ours and back.startswith("/") else ""
