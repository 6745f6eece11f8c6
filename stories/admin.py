from datetime import timedelta

from django import forms
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.http import Http404
from django.urls import path
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from community.moderation import moderators
from community.moderation.admin import ModeratedAdmin
from community.moderation.models import Case, Decision
from community.moderation.states import Action, Look
from community.moderation.wording import in_a_frame
from stories import (
    crowd_admin,  # noqa: F401 (registers itself)
    vocabulary,
)
from stories.held_photo_admin import HeldPhotos
from stories.models import Letter, Photo, Remembrance, Story
from stories.pictures import Pictures, handed_out, is_good


class ProposedNotesForm(forms.Form):
    """The notes before reading that a moderator offers to add.  Facts only, a few words."""

    notes = forms.MultipleChoiceField(
        label=_("This story describes"),
        choices=vocabulary.Note,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    own_note = forms.CharField(label=_("Or in a few words"), max_length=80, required=False)

    def __init__(self, *args, words, **kwargs):
        super().__init__(*args, **kwargs)
        self.words = words
        chosen = words.get("notes", [])
        if words.get("own_note"):
            # There is room for one phrase, and this one is the author's.
            del self.fields["own_note"]
        self.fields["notes"].choices = [c for c in vocabulary.Note.choices if c[0] not in chosen]

    def clean(self):
        cleaned = super().clean()
        if not self.errors and not (cleaned["notes"] or cleaned.get("own_note")):
            raise ValidationError(_("Choose the note you offer, or write one."))
        return cleaned

    def asked(self):
        """As ``Moderated.offer`` takes it: the words that would change, as the version's own."""
        chosen = {*self.words.get("notes", []), *self.cleaned_data["notes"]}
        proposed = {"notes": [note.value for note in vocabulary.Note if note.value in chosen]}
        if self.cleaned_data.get("own_note"):
            proposed["own_note"] = self.cleaned_data["own_note"]
        return {"proposed": proposed}


@admin.register(Story)
class StoryAdmin(ModeratedAdmin):
    reading_template = "stories/_reading.html"
    proposal_form = ProposedNotesForm
    list_display = ["which", "called", "where", "visibility", "published", "example"]
    list_filter = [*ModeratedAdmin.list_filter, "visibility"]

    @admin.display(description=_("Example"), ordering="is_example")
    def example(self, story):
        return _("Yes") if story.is_example else ""


# What a moderator's message begins as where it is about a letter.
OF_LETTERS = {
    Action.PUBLISH: _("It is on its way as you wrote it."),
    Action.DECLINE: _(
        "We can’t send this letter on as it is, because\n\n…\n\n"
        "What would make it possible:\n\n…\n\n"
        "It stays yours, and whom it was to doesn’t learn of it."
    ),
}
LOOKED_FOR = [
    ("names", _("Anything that shows who someone is, without their say")),
    ("harm", _("Any description of a way to die or to hurt oneself")),
    ("notes", _("Anything that could hurt whom it is to, on the day they open it")),
]


class LetterNotesForm(ProposedNotesForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["notes"].label = _("This letter describes")


@admin.register(Letter)
class LetterAdmin(ModeratedAdmin):
    reading_template = "stories/_letter_reading.html"
    proposal_form = LetterNotesForm
    delivers = True
    list_display = ["which", "called", "where", "published", "example"]

    @admin.display(description=_("Example"), ordering="is_example")
    def example(self, letter):
        return _("Yes") if letter.is_example else ""

    def get_queryset(self, request):
        """Nobody decides about a letter to themselves, while somebody else can."""
        letters = super().get_queryset(request).for_reading().select_related("sent")
        others = moderators.others(request.user).exists()
        return letters.exclude(to=request.user) if others else letters

    def actions_for(self, moderator, letter, case):
        """A letter goes as it was written, or its sender is asked.  A note is for what anybody may
        come upon; what one person has is not covered, as there is nobody to cover it from.
        """
        left_out = {Action.SUGGEST}
        if not letter.is_for_anyone:
            left_out.add(Action.OFFER)
        if not letter.may_be_covered():
            left_out.add(Action.COVER)
        actions = super().actions_for(moderator, letter, case)
        return [action for action in actions if action not in left_out]

    def forms(self, request, letter, actions, case=None):
        form, details = super().forms(request, letter, actions, case)
        if form:
            form.fields["looked_for"].choices = LOOKED_FOR
        for action in OF_LETTERS.keys() & {*actions}:
            begins = in_a_frame(OF_LETTERS[action], request.user, letter.language)
            form.fields[f"message_{action.value}"].initial = begins
        return form, details


OF_NAMES = [
    ("names", _("A name that shows who somebody living is, or a whole name with its day")),
    ("harm", _("Any description of a way to die or to hurt oneself")),
    ("notes", _("A line that could hurt whoever reads down the wall")),
]


@admin.register(Remembrance)
class RemembranceAdmin(ModeratedAdmin):
    reading_template = "stories/_name_reading.html"
    list_display = ["which", "called", "where", "published", "example"]

    @admin.display(description=_("Example"), ordering="is_example")
    def example(self, remembrance):
        return _("Yes") if remembrance.is_example else ""

    def forms(self, request, remembrance, actions, case=None):
        form, details = super().forms(request, remembrance, actions, case)
        if form:
            form.fields["looked_for"].choices = OF_NAMES
        return form, details


OF_PHOTOGRAPHS = {
    Action.PUBLISH: _(
        "It stands in your story now, covered by your description until somebody opens it."
    ),
    Action.DECLINE: _(
        "We can’t show this photograph as it is, because\n\n…\n\n"
        "What would make it possible:\n\n…\n\n"
        "It stays yours, and your story isn’t touched by this. That a photograph may upset "
        "somebody is never a reason here."
    ),
}
LOOKED_FOR_IN_PHOTOGRAPHS = [
    ("names", _("A name, a face, a wristband or a screen that shows who someone is")),
    ("harm", _("Somebody hurt by another’s hand, or a way to hurt oneself")),
    ("notes", _("That the description fits, and says so if it shows a baby")),
]
AN_UNVEILING_LASTS = timedelta(hours=1)


@admin.register(Photo)
class PhotoAdmin(HeldPhotos, ModeratedAdmin):
    """Covered by its words; shown small and grey once a moderator asks, which is on record."""

    reading_template = "stories/_photo_reading.html"
    looks = ModeratedAdmin.looks | {"picture": Look.UNVEIL}

    def get_urls(self):
        address = "<str:pk>/picture/<str:token>/<int:side>.<str:kind>"
        view = self.admin_site.admin_view(require_safe(self.picture))
        return [path(address, view, name="picture"), *self.held_urls(), *super().get_urls()]

    def get_queryset(self, request):
        return super().get_queryset(request).select_related("story__author")

    def picture(self, request, pk, token, side, kind):
        photo = self.get_queryset(request).filter(pk=pk[:12]).first()
        if not (photo and photo.has(side, kind) and is_good(token, photo, [request.user])):
            raise Http404
        may_read = self.may_read(request.user, photo, photo.open_case())
        if not may_read or not self.has_unveiled(request.user, photo):
            raise Http404
        return handed_out(photo, side, kind)

    def may_read(self, moderator, photo, case):
        """Whoever thinks again about it has to be able to look at it, wherever it stands."""
        return super().may_read(moderator, photo, case) or self.thinks_again(moderator, photo)

    @staticmethod
    def thinks_again(moderator, photo):
        appeals = Case.objects.open().about(photo).filter(kind=Case.Kind.APPEAL)
        theirs = appeals.open_to(moderator).held_by(moderator)
        return photo.is_open_to_moderators() and theirs.exists()

    def has_unveiled(self, moderator, photo):
        return self.is_unveiled(Decision.objects.about(photo), by=moderator)

    @staticmethod
    def is_unveiled(log, *, by):
        since = timezone.now() - AN_UNVEILING_LASTS
        return log.filter(action=Look.UNVEIL, by=by, at__gt=since).exists()

    def review_page(self, request, photo, case, form, details, *, looked=(), **more):
        if self.thinks_again(request.user, photo):
            looked = {*looked, Look.REREAD}  # they have its words in front of them already
        page = super().review_page(request, photo, case, form, details, looked=looked, **more)
        if shown := page.context_data.get("contribution"):
            shown.is_on_its_page = True
            may_see = self.may_read(request.user, photo, case)
            unveiled = may_see and self.has_unveiled(request.user, photo)
            shown.pictures = Pictures(photo, request.user, "admin:picture") if unveiled else None
            page.context_data["unveils"] = may_see and not unveiled
        return page

    def forms(self, request, photo, actions, case=None):
        form, details = super().forms(request, photo, actions, case)
        if form:
            form.fields["looked_for"].choices = LOOKED_FOR_IN_PHOTOGRAPHS
        for action in OF_PHOTOGRAPHS.keys() & {*actions}:
            begins = in_a_frame(OF_PHOTOGRAPHS[action], request.user)
            form.fields[f"message_{action.value}"].initial = begins
        return form, details
