"""Writing a letter: to the writer of a story, in answer, or for anyone; and what its sender can do.

What was typed is kept before anything else is asked of it, as a story’s is.
"""

from functools import wraps

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core import signing
from django.core.exceptions import ValidationError
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import kept
from community.moderation.sanctions import why_not
from community.moderation.states import State
from community.moderation.waiting import usual_wait_in_words
from stories.desk import (
    answer_invalid,
    asks_for_json,
    saved_at_in_words,
    telling_refusals,
)
from stories.finding import random_id
from stories.kindness import often_hurts
from stories.letter_forms import LetterForm
from stories.letter_pace import LIMIT, WAIT, TooManyToday
from stories.letters import Letter
from stories.models import Story
from stories.vocabulary import Signature

SALT = "stories.letter"
TEMPLATE = "stories/letter_desk.html"


# What says that more was sent than a press: something typed, or something ticked.
TYPED = {"body", "why"}
TICKED = {"when", "losses", "languages", "by_mail"}


def for_members(view, *, kind=Letter, home="stories:letterbox"):
    """Who was signed out finds their words after signing in; after a lone button, ``home``."""

    @wraps(view)
    def wrapped(request, **kwargs):
        request.may_be_indexed = False
        if request.user.is_authenticated:
            return view(request, **kwargs)
        if asks_for_json(request):
            signed_out = _("You’ve been signed out. Sign in in another window, then keep writing.")
            return JsonResponse({"message": signed_out}, status=401)
        if request.method == "POST" and not (TYPED | TICKED) & {*request.POST}:  # a lone button
            return kept.nothing_was_done(request, reverse(home))
        named = Story if request.resolver_match.url_name == "write-to" else kind
        is_there = "pk" not in kwargs or named.objects.filter(pk=kwargs["pk"]).exists()
        said = kept.CHOICES if TICKED & {*request.POST} else kept.WORDS
        return kept.sign_in_first(request, is_there=is_there, said=said)

    return wrapped


def own(request, pk):
    return get_object_or_404(Letter.objects.for_reading(), pk=pk, author=request.user)


# ---- the four ways to the desk


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def write_to(request, pk):
    """To the writer of a story: one letter each, whatever becomes of it."""
    mine = Letter.objects.for_reading().filter(author=request.user, story=pk).first()
    if mine:
        return at_the_desk(request, mine)
    stories = Story.objects.visible_to(request.user).for_reading()
    story = stories.filter(pk=pk).select_related("author__letterbox").first()
    typed = request.POST if request.method == "POST" else kept.words(request)
    if story is None and typed is None:
        raise Http404
    if story is None or not story.takes_letters() or story.author_id == request.user.pk:
        return closed(request, story, typed or {})
    letter = Letter(author=request.user, story=story, to=story.author, language=story.language)
    return at_the_desk(request, letter)


def closed(request, story, typed):
    """While the letter was being typed.  The same page for a story that never was."""
    typed = {name: typed.get(name, "") for name in ("body", "signed", "language")}
    context = {"story": story and story.as_shown(), "instead": for_anyone_instead(**typed)}
    return render(request, "stories/letters_closed.html", context, status=200 if story else 404)


def for_anyone_instead(**typed):
    """What one press keeps as a letter for anyone: those words, under a name of its own."""
    return {**typed, "letter": signing.dumps(random_id(), salt=SALT)}


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def write_for_anyone(request):
    """The page names the letter it will be, so that the same press twice is one letter."""
    data = request.POST if request.method == "POST" else kept.words(request) or {}
    pk = named_in(data)
    letter = pk and Letter.objects.for_reading().filter(author=request.user, pk=pk).first()
    if letter is None:
        letter = Letter(pk=pk or random_id(), author=request.user, is_for_anyone=True)
    return at_the_desk(request, letter)


def named_in(data, salt=SALT):
    try:
        return signing.loads(data.get("letter", ""), salt=salt)
    except (signing.BadSignature, UnicodeError):
        return None


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request, pk):
    """One answer each way."""
    letter = get_object_or_404(Letter.objects.come_to(request.user).for_reading(), pk=pk)
    mine = Letter.objects.for_reading().filter(author=request.user, answers=letter).first()
    if mine is None and not letter.may_be_answered():
        raise Http404
    return at_the_desk(request, mine or letter.begin_answer(request.user))


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def change(request, pk):
    return at_the_desk(request, own(request, pk))


# ---- the desk


def at_the_desk(request, letter):
    is_new = letter._state.adding
    if not is_new and not letter.may_be_changed():
        return redirect("stories:sent-letter", pk=letter.pk)
    returned = kept.words(request)
    last_word = None if is_new else letter.last_word()
    form = LetterForm(
        request.POST if request.method == "POST" else returned,
        instance=letter,
        initial={"revision": letter.revision},
        has_been_asked=bool(last_word),
    )
    context = {
        "form": form,
        "letter": letter,
        "named": signing.dumps(letter.pk, salt=SALT) if letter.is_for_anyone else "",
        "last_word": last_word,
        "about": letter.story.as_shown() if letter.story and letter.story.is_open() else None,
        "was_signed_out": returned is not None,
        "wait": usual_wait_in_words(),
    }
    if request.method != "POST":
        context["stopped"] = why_not(request.user, letter.SENDING)
        return render(request, TEMPLATE, context)
    if not form.is_valid():
        return answer_invalid(request, form, TEMPLATE, context)
    return keep_and_go_on(request, form, context | {"template": TEMPLATE}, send)


def keep_and_go_on(request, form, context, send):
    """For whatever is drafted; ``send`` is what the other button does once it is kept."""
    letter = form.instance
    if letter._state.adding:
        first = type(letter).objects.begin(letter)
        if first is not letter:
            letter.pk = first.pk
            return saved_elsewhere(request, form, context, send)
    elif not letter.save_words(form.cleaned_data["revision"]):
        return saved_elsewhere(request, form, context, send)
    kept.forget(request)
    if asks_for_json(request):
        return JsonResponse({"saved": saved_at_in_words(letter), "revision": letter.revision})
    if request.POST.get("go") != "send":
        messages.success(request, _("Saved. It will be here when you come back."))
        return redirect(letter.get_desk_url())
    form.data = form.data.copy()
    form.data["revision"] = letter.revision
    return send(request, form, context)


def saved_elsewhere(request, form, context, send):
    """Two windows: the older one is told, keeps its words, and may go on with either."""
    stored = type(form.instance).objects.select_related("author").get(pk=form.instance.pk)
    if stored.words() == form.instance.words():
        context["letter"] = form.instance = stored  # the same press twice: it is saved already
        if asks_for_json(request):
            return JsonResponse({"saved": saved_at_in_words(stored), "revision": stored.revision})
        if request.POST.get("go") == "send" and stored.may_be_changed():
            return send(request, form, context)
        return redirect(stored.get_desk_url())
    if asks_for_json(request):
        elsewhere = _("This was also saved from another window. Press Save to see both.")
        return JsonResponse({"message": elsewhere}, status=409)
    form.data = form.data.copy()
    form.data["revision"] = stored.revision
    return render(request, context["template"], context | {"elsewhere": stored}, status=409)


def send(request, form, context):
    """Saved already; now whether it can go."""
    letter = form.instance
    if stopped := why_not(request.user, letter.SENDING):
        form.add_error(None, stopped)
        return render(request, TEMPLATE, context, status=403)
    if not form.look_before_sending():
        return render(request, TEMPLATE, context, status=422)
    if not letter.has_a_reader():
        messages.info(request, _("It can’t reach anybody at the moment. Your words are kept."))
        return redirect("stories:sent-letter", pk=letter.pk)
    hurts = often_hurts(letter.body)
    if hurts and request.POST.get("seen") != letter.fingerprint():
        form.data["seen"] = letter.fingerprint()
        return render(request, TEMPLATE, context | {"hurts": hurts})
    if not ratelimit.consume(request, app="stories", action="letter", config=LIMIT):
        said = _("That was a lot at once. Wait a while, then send it again.")
        return not_yet(request, form, context, said, WAIT)
    try:
        letter.send(answer=form.cleaned_data.get("answer", ""))
    except TooManyToday as refusal:
        return not_yet(request, form, context, refusal, refusal.again_in)
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))  # somebody else moved it first
    return redirect("stories:sent-letter", pk=letter.pk)


def not_yet(request, form, context, said, seconds):
    """The words are kept, and below."""
    form.add_error(None, said)
    response = render(request, TEMPLATE, context, status=429)
    response["Retry-After"] = seconds
    return response


# ---- afterwards


@for_members
@require_http_methods(["GET", "HEAD"])
def sent(request, pk):
    """Where it is now, what happens next and how to undo it."""
    letter = own(request, pk)
    context = {
        "letter": letter,
        "wait": usual_wait_in_words(),
        "last_word": letter.last_word(),
        "has_a_reader": letter.has_a_reader(),
    }
    if letter.state in (State.DRAFT, State.WITHDRAWN) and not context["has_a_reader"]:
        # Only the writer of a story signs as that.
        signed = Signature.NO_NAME if letter.signed == Signature.WRITER else letter.signed
        words = {"body": letter.body, "signed": signed, "language": letter.language}
        context["instead"] = for_anyone_instead(**words)
    return render(request, "stories/letter_sent.html", context)


@for_members
@require_POST
def take_back(request, pk):
    """From its moderator, or from its reader: at once, and a second press finds it done."""
    letter = own(request, pk)
    if letter.shown_id or letter.is_waiting():
        with telling_refusals(request):
            letter.call_back()
    return redirect("stories:sent-letter", pk=letter.pk)


@for_members
@require_POST
def keep_private(request, pk):
    letter = own(request, pk)
    if letter.may_be_shown:
        letter.keep_private()
        messages.success(request, _("From now on nobody else can read it."))
    return redirect("stories:sent-letter", pk=letter.pk)


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request, pk):
    letter = own(request, pk)
    if request.method != "POST":
        return render(request, "stories/letter_erase.html", {"letter": letter})
    letter.delete()
    messages.success(request, _("It is erased, here and in what moderators could see."))
    return redirect("stories:letterbox")
