"""Writing: the desk and its parts, what happens when a story is sent, and how to take it back.

Everything here reaches a story through its author.  Nothing that was typed gets lost: not by an
ended session, not by a part that needs another look, not by a second window.
"""

from contextlib import contextmanager
from functools import partial, wraps

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import time_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST
from django.views.generic import TemplateView

from community.moderation.sanctions import Doing, why_not
from community.moderation.states import AWAITING_AUTHOR, Action, State
from community.moderation.waiting import usual_wait_in_words
from stories import kept
from stories.forms import (
    AboutForm,
    DeskForm,
    LettersForm,
    NameForm,
    NotesForm,
)
from stories.models import Acknowledgement, Story
from stories.photo_order import notes_of, send_all, take_all_back
from stories.pictures import for_their_author
from stories.reader_forms import SendForm

PARTS = {"about": AboutForm, "notes": NotesForm, "name": NameForm, "letters": LettersForm}
AFTER = {"desk": "about", "about": "notes", "notes": "name", "name": "letters", "letters": "check"}


class Begin(TemplateView):
    """What to expect, for anyone."""

    template_name = "stories/write_begin.html"

    def get_context_data(self, **kwargs):
        return super().get_context_data(wait=usual_wait_in_words(), **kwargs)


def asks_for_json(request):
    return request.headers.get("Accept") == "application/json"


def for_the_author(view):
    """Members only, each their own.  Who was signed out finds their words after signing in."""

    @wraps(view)
    def wrapped(request, pk, **kwargs):
        if request.user.is_authenticated:
            return view(request, get_object_or_404(Story, pk=pk, author=request.user), **kwargs)
        if asks_for_json(request):
            signed_out = _("You’ve been signed out. Sign in in another window, then keep writing.")
            return JsonResponse({"message": signed_out}, status=401)
        return kept.sign_in_first(request, pk)

    return wrapped


@require_POST
def begin(request):
    if not request.user.is_authenticated:
        return redirect_to_login(reverse("stories:begin"))
    return redirect("stories:desk", pk=Story.objects.begin(request.user).pk)


def carry_on(request, story, part):
    """Where the pressed button leads."""
    go = request.POST.get("go")
    if go == "leave":
        messages.success(request, _("Saved. It will be here when you come back."))
        if story.may_need_someone():
            return redirect("stories:sent", pk=story.pk)  # where somebody to talk to stands first
        return redirect("members:space")
    if go == "preview":
        return redirect("stories:check", pk=story.pk)
    return redirect(f"stories:{AFTER[part]}", pk=story.pk)


@for_the_author
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request, story):
    returned = kept.words(request)
    form = DeskForm(
        request.POST if request.method == "POST" else returned,
        instance=story,
        initial={"revision": story.revision},
    )
    context = {"form": form, "story": story, "part": "desk", "was_signed_out": returned is not None}
    context["last_word"] = story.last_word() if story.state in AWAITING_AUTHOR else None
    if request.method != "POST":
        return render(request, "stories/write_desk.html", context)
    if not form.is_valid():
        return answer_invalid(request, form, "stories/write_desk.html", context)
    if not form.instance.save_words(form.cleaned_data["revision"]):
        return answer_saved_elsewhere(request, form, context)
    kept.forget(request)
    if asks_for_json(request):
        return JsonResponse({"saved": saved_at_in_words(story), "revision": story.revision})
    return carry_on(request, story, "desk")


def saved_at_in_words(story):
    clock = time_format(timezone.localtime(story.saved_at), "H:i")
    return _("Saved at %(time)s.") % {"time": clock}


def answer_invalid(request, form, template, context):
    if asks_for_json(request):
        said = [str(message) for many in form.errors.values() for message in many]
        return JsonResponse({"message": " ".join(said)}, status=422)
    return render(request, template, context, status=422)


def answer_saved_elsewhere(request, form, context):
    """Two windows: the older one is told, keeps its words, and may go on with either."""
    stored = Story.objects.get(pk=form.instance.pk)
    if (stored.title, stored.body) == (form.instance.title, form.instance.body):
        # The same press twice: it is saved already.
        if asks_for_json(request):
            return JsonResponse({"saved": saved_at_in_words(stored), "revision": stored.revision})
        kept.forget(request)
        return carry_on(request, stored, "desk")
    if asks_for_json(request):
        elsewhere = _("This was also saved from another window. Press Save to see both.")
        return JsonResponse({"message": elsewhere}, status=409)
    form.data = form.data.copy()
    form.data["revision"] = stored.revision
    return render(request, "stories/write_desk.html", context | {"elsewhere": stored}, status=409)


@for_the_author
@require_http_methods(["GET", "HEAD", "POST"])
def part(request, story, name):
    returned = kept.words(request)
    form = PARTS[name](request.POST if request.method == "POST" else returned, instance=story)
    template = f"stories/write_{name}.html"
    context = {"form": form, "story": story, "part": name, "was_signed_out": returned is not None}
    # Whether letters come counts at once, so that only a press says it.
    context["saves_itself"] = name != "letters"
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return answer_invalid(request, form, template, context)
    # Only this part: another window may be writing another one.
    form.instance.saved_at = timezone.now()
    columns = getattr(form, "columns", form._meta.fields)
    form.instance.save(update_fields=[*columns, "saved_at"])
    kept.forget(request)
    if asks_for_json(request):
        return JsonResponse({"saved": saved_at_in_words(story), "revision": story.revision})
    return carry_on(request, story, name)


@for_the_author
@require_http_methods(["GET", "HEAD", "POST"])
def check(request, story):
    """The page exactly as readers will see it, and the button that sends it."""
    chosen = {"visibility": story.visibility, "seen": story.fingerprint()}
    returned = kept.words(request)
    data = request.POST if request.method == "POST" else returned
    form = SendForm(data, initial=chosen, story=story)
    context = {"form": form, "story": story, "was_signed_out": returned is not None}
    context["stopped"] = why_not(request.user, Doing.SEND)
    context["photographs_go_along"] = show_photographs(request, story)

    def page(status=200, **more):
        context.update(waiting(story), **more)
        story.photo_notes = notes_of(story.photos_to_show)  # as readers will find them
        return render(request, "stories/write_check.html", context, status=status)

    if request.method != "POST" or context["stopped"]:
        return page(403 if request.method == "POST" else 200)
    if request.POST.get("seen") not in (None, story.fingerprint()):
        form.data = form.data.copy()
        form.data["seen"] = story.fingerprint()
        return page(409, changed=True)
    if not (form.is_valid() and story.may_be_sent() and story.allows(Action.SUBMIT)):
        return page(422, tried=True)
    kept.forget(request)
    with telling_refusals(request):
        visibility, answer = form.cleaned_data["visibility"], form.cleaned_data["answer"]
        story.send(visibility, wording=form.wording, answer=answer)
        send_all(story)
    return redirect("stories:sent", pk=story.pk)


def show_photographs(request, story):
    """As their author left them; the one they ask for is open.  Whether any is sent with it."""
    photos = for_their_author(story, request.GET.get("show", ""))
    story.photos_to_show = [photo for photo in photos if not photo.refusal]
    story.is_opened = any(photo.is_asked_for for photo in story.photos_to_show)
    return any(photo.goes_along() for photo in photos)


@contextmanager
def telling_refusals(request):
    """Somebody else moved it first: nothing is done, and the page after says so."""
    try:
        yield
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))


def waiting(story):
    return {"wait": usual_wait_in_words(), "last_word": story.last_word(), "State": State}


@for_the_author
@require_http_methods(["GET", "HEAD"])
def sent(request, story):
    """Where it is now, what happens next and how to undo it."""
    context = {"story": story, "read_by": Acknowledgement.in_words(story)}
    return render(request, "stories/write_sent.html", context | waiting(story))


@for_the_author
@require_POST
def asking_readers(request, story):
    """Whether readers may say that they read it to the end."""
    story.ask_readers("ask" in request.POST)
    return redirect("stories:sent", pk=story.pk)


def take_back_with_photographs(story):
    story.take_back()
    take_all_back(story)


def authors_move(action):
    """A view that makes one move; a second press finds it made."""

    @for_the_author
    @require_POST
    def view(request, story):
        if story.allows(action):
            verb = {
                Action.TAKE_BACK: partial(take_back_with_photographs, story),
                Action.WITHDRAW: story.withdraw,
                Action.ACCEPT: story.accept,
            }[action]
            with telling_refusals(request):
                verb()
        elif action == Action.TAKE_BACK and story.state == State.PUBLISHED:
            messages.warning(
                request, _("It was published before you took it back. You can take it down here.")
            )
        return redirect("stories:sent", pk=story.pk)

    return view


take_back = authors_move(Action.TAKE_BACK)
take_down = authors_move(Action.WITHDRAW)
accept = authors_move(Action.ACCEPT)


@for_the_author
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request, story):
    if request.method != "POST":
        return render(request, "stories/write_erase.html", {"story": story})
    story.delete()
    messages.success(request, _("It is erased, here and in what moderators could see."))
    return redirect("members:space")
