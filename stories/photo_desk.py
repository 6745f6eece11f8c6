"""Adding photographs to a story, saying what they are and where they stand, and sending them."""

from functools import wraps

from allauth.core.internal import ratelimit
from django.contrib import messages
from django.core import signing
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.http import JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from community.moderation.sanctions import Doing, why_not
from community.moderation.states import AWAITING_AUTHOR, Action
from community.moderation.waiting import usual_wait_in_words
from stories import kept, photo_jobs, standing_by
from stories.desk import asks_for_json, for_the_author, telling_refusals
from stories.finding import random_id
from stories.photo_forms import AddForm, ChangeForm
from stories.photo_order import move, send_all
from stories.photos import MOST_IN_A_STORY, Photo
from stories.pictures import for_their_author, for_their_author_alone

SALT = "stories.photograph"
LIMIT = {"photograph": "20/m/user,60/h/user,150/d/user"}
PRESSED_AGAIN_WITHIN = 3600  # seconds
WAIT = gettext_lazy("That was a lot at once. Wait a minute, then send it again.")


def of_the_story(view):
    """A view of one photograph in one's own story."""

    @for_the_author
    @wraps(view)
    def wrapped(request, story, photo):
        found = get_object_or_404(story.photographs.select_related("sent", "shown"), pk=photo)
        found.story, found.author = story, request.user
        return view(request, story, found)

    return wrapped


# ---- all of them


def named_in(data):
    try:
        return signing.loads(data.get("named", ""), salt=SALT)
    except (signing.BadSignature, UnicodeError):
        return None


@for_the_author
@require_http_methods(["GET", "HEAD", "POST"])
def photographs(request, story):
    """The page names the photograph that comes next, so that the same press twice is one."""
    returned = kept.words(request)
    data = request.POST if request.method == "POST" else returned
    pk = data and named_in(data)
    photo = Photo(pk=pk or random_id(), story=story, author=request.user)
    files = request.FILES if data is not None else None
    form = AddForm(data, files, instance=photo, story=story)
    if request.method == "POST":
        return add(request, story, form)
    return page(request, story, form, was_signed_out=returned is not None)


def page(request, story, form, status=200, **more):
    photos = for_their_author(story, request.GET.get("show", ""))
    context = {
        "form": form,
        "story": story,
        "part": "photos",
        "named": signing.dumps(form.instance.pk, salt=SALT),
        "photographs": photos,
        "is_full": sum(not photo.refusal for photo in photos) >= MOST_IN_A_STORY,
        "may_send": any(photo.goes_along() and not photo.is_wanted for photo in photos),
        "stopped": why_not(request.user, Doing.SEND),
        "wait": usual_wait_in_words(),
    }
    return render(request, "stories/write_photos.html", context | more, status=status)


def mark_of_file(file):
    """Tells a file from another, for as long as a press can be repeated, and says nothing of it."""
    digest = salted_hmac(SALT, b"", algorithm="sha256")
    for chunk in file.chunks():
        digest.update(chunk)
    return digest.hexdigest()


def was_added(story, photo, mark):
    """Whether this is the same press twice, and not another file on a page that was gone back to.

    Whoever goes back finds the page as it was, with the name of the one they have added.
    """
    there = story.photographs.filter(pk=photo.pk).exists()
    return there and (not mark or cache.get(f"photograph-{photo.pk}", mark) == mark)


def add(request, story, form):
    file = request.FILES.get("file")
    mark = mark_of_file(file) if file else ""
    named = form.instance.pk
    if was_added(story, form.instance, mark):
        return added(request, story)
    if story.photographs.filter(pk=form.instance.pk).exists():
        form.instance.pk = random_id()
    if not form.is_valid():
        return not_added(request, story, form, 422)
    if story.photographs.taking_room().count() >= MOST_IN_A_STORY:
        form.add_error("file", photo_jobs.AT_MOST)
        return not_added(request, story, form, 422)
    if not ratelimit.consume(request, app="stories", action="photograph", config=LIMIT):
        form.add_error("file", WAIT)
        return not_added(request, story, form, 429)
    photo = form.instance
    photo.put(form.cleaned_data["after"])
    photo.number = story.photographs.count()
    try:
        photo_jobs.begin(photo, form.cleaned_data["file"])
    except ValidationError as refusal:
        form.add_error("file", refusal)
        return not_added(request, story, form, 422)
    cache.set(f"photograph-{named}", mark, timeout=PRESSED_AGAIN_WITHIN)
    kept.forget(request)
    return added(request, story)


def added(request, story):
    if asks_for_json(request):
        return JsonResponse({"named": signing.dumps(random_id(), salt=SALT)})
    messages.success(request, _("It is here. It is being made ready, which takes a moment."))
    return redirect("stories:photos", pk=story.pk)


def not_added(request, story, form, status):
    if asks_for_json(request):
        said = [str(message) for many in form.errors.values() for message in many]
        return JsonResponse({"message": " ".join(said)}, status=status)
    return page(request, story, form, status)


@for_the_author
@require_POST
def send(request, story):
    """Whatever lacks nothing, each on its own."""
    if stopped := why_not(request.user, Doing.SEND):
        messages.warning(request, stopped)
    else:
        with telling_refusals(request):
            send_all(story)
        messages.success(request, _("Sent. A moderator looks at each one on its own."))
    return redirect("stories:photos", pk=story.pk)


# ---- one of them


@of_the_story
@require_http_methods(["GET", "HEAD", "POST"])
def photograph(request, story, photo):
    returned = kept.words(request)
    asked = photo.last_word() if photo.state in AWAITING_AUTHOR else None
    form = ChangeForm(
        request.POST if request.method == "POST" else returned,
        instance=photo,
        story=story,
        has_been_asked=bool(asked),
    )
    if request.method == "POST" and form.is_valid():
        return change(request, story, photo, form)
    context = {
        "form": form,
        "story": story,
        "part": "photos",
        "photo": for_their_author_alone(photo, request.GET.get("show", "")),
        "last_word": photo.last_word(),
        "was_signed_out": returned is not None,
    }
    status = 422 if request.method == "POST" else 200
    return render(request, "stories/write_photo.html", context, status=status)


def change(request, story, photo, form):
    if not photo.save_words(form.cleaned_data["revision"]):
        form.add_error(
            None, _("This was also saved from another window. Press Save to keep what is here.")
        )
        form.data = form.data.copy()
        form.data["revision"] = Photo.objects.get(pk=photo.pk).revision
        context = {"form": form, "story": story, "part": "photos", "photo": photo}
        return render(request, "stories/write_photo.html", context, status=409)
    photo.put(form.cleaned_data["after"])
    photo.save(update_fields=["after", "beside"])
    kept.forget(request)
    if request.POST.get("go") == "send":
        return send_one(request, story, photo, form.cleaned_data.get("answer", ""))
    messages.success(request, _("Saved."))
    return redirect("stories:photos", pk=story.pk)


def send_one(request, story, photo, answer):
    if stopped := why_not(request.user, Doing.SEND):
        messages.warning(request, stopped)
    elif photo.lacks():
        messages.warning(
            request, _("Saved. Before it can be sent, describe it and say what it shows.")
        )
        return redirect("stories:photo", pk=story.pk, photo=photo.pk)
    else:
        with telling_refusals(request):
            photo.send(answer=answer)
            messages.success(request, _("Sent. A moderator looks at it on its own."))
    return redirect("stories:photos", pk=story.pk)


def authors_move(action, verb):
    """A view that makes one move; a second press finds it made."""

    @of_the_story
    @require_POST
    def view(request, story, photo):
        if photo.allows(action) or (action == Action.TAKE_BACK and photo.is_wanted):
            with telling_refusals(request):
                verb(photo)
        return redirect("stories:photos", pk=story.pk)

    return view


take_back = authors_move(Action.TAKE_BACK, Photo.take_back)
take_down = authors_move(Action.WITHDRAW, Photo.withdraw)
accept = authors_move(Action.ACCEPT, Photo.accept)


@of_the_story
@require_http_methods(["GET", "HEAD", "POST"])
def stand_by(request, story, photo):
    return standing_by.keep_as_it_is(request, photo, "write")


@of_the_story
@require_POST
def earlier(request, story, photo):
    move(story, photo, -1)
    return redirect(f"{story.get_photos_url()}#photograph-{photo.pk}")


@of_the_story
@require_POST
def later(request, story, photo):
    move(story, photo, +1)
    return redirect(f"{story.get_photos_url()}#photograph-{photo.pk}")


@of_the_story
@require_http_methods(["GET", "HEAD", "POST"])
def erase(request, story, photo):
    if request.method != "POST":
        context = {"story": story, "photo": photo}
        return render(request, "stories/write_photo_erase.html", context)
    photo.delete()
    messages.success(request, _("It is erased, in every size. Nobody finds it here any more."))
    return redirect("stories:photos", pk=story.pk)


PRESSES = {
    "earlier": earlier,
    "later": later,
    "take-back": take_back,
    "take-down": take_down,
    "accept": accept,
    "stand-by": stand_by,
    "erase": erase,
}
