"""What somebody says about a photograph: what stands in it, what it shows, and where it goes."""

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.template.defaultfilters import truncatechars
from django.utils.text import format_lazy
from django.utils.translation import gettext, ngettext_lazy
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from stories.forms import RevisionField
from stories.photo_processing import refused_at_sight
from stories.photos import AT_THE_END, DESCRIPTION, Photo
from stories.text import blocks
from stories.vocabulary import PhotoKind

HEAD = 32
TAKEN = "image/jpeg,image/png,image/webp"
WITH_HEIC = f"{TAKEN},image/heic,.heic"
THROWN_AWAY = _(
    "What your phone wrote into the file, like where it was taken, is thrown away, and so is the "
    "file itself."
)


class PhotoField(forms.FileField):
    """A file that may be a photograph, by its length and its first bytes; nothing opens it here."""

    widget = forms.FileInput(attrs={"accept": TAKEN})

    def to_python(self, data):
        try:
            file = super().to_python(data)
        except ValidationError as trouble:
            if trouble.code != "empty":
                raise
            raise ValidationError(refused_at_sight(b"", 0).label) from None
        if file is None:
            return None
        file.seek(0)
        head = file.read(HEAD)
        file.seek(0)
        if why := refused_at_sight(head, file.size):
            raise ValidationError(why.label, code=why.value)
        return file


class PhotoForm(KindForm, forms.ModelForm):
    """All of it can wait, until it is sent."""

    all_optional = True

    description = WordsField(
        label=_("Describe it for someone who would rather not look"),
        required=False,
        max_length=DESCRIPTION,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_(
            "This stands in its place until a reader opens it, and is all that some people will "
            "ever see of it. A few words are enough."
        ),
        error_messages={
            "max_length": ngettext_lazy(
                "A description has room for %(limit_value)d character. All of yours is below: "
                "the rest could stand in the story.",
                "A description has room for %(limit_value)d characters. All of yours is below: "
                "the rest could stand in the story.",
                "limit_value",
            )
        },
    )
    kind = forms.ChoiceField(
        label=_("What it shows"), choices=PhotoKind, required=False, widget=forms.RadioSelect
    )
    after = forms.TypedChoiceField(
        label=_("Where it stands in your story"),
        coerce=int,
        empty_value=AT_THE_END,
        required=False,
    )

    class Meta:
        model = Photo
        fields = ["description", "kind"]

    def __init__(self, *args, story, **options):
        super().__init__(*args, **options)
        paragraphs = blocks(story.body)
        between = [(n, as_place(text)) for n, text in enumerate(paragraphs[:-1], start=1)]
        at_the_end = [(AT_THE_END, _("At the end"))]
        at_the_start = [(0, _("Before the first words"))] if paragraphs else []
        self.fields["after"].choices = [*at_the_end, *at_the_start, *between]
        stands_after = self.instance.stands_after(story.body)
        inside = stands_after < len(paragraphs)
        self.initial["after"] = stands_after if inside else AT_THE_END

    def clean_description(self):
        """A request typed by a machine may bring none; that empties nothing."""
        if "description" not in self.data:
            return self.instance.description
        return self.cleaned_data["description"].strip()

    def clean_kind(self):
        return self.cleaned_data["kind"] if "kind" in self.data else self.instance.kind


def as_place(paragraph):
    begins = truncatechars(" ".join(paragraph.split()), 60)
    return gettext("After “%(words)s”") % {"words": begins}


class AddForm(PhotoForm):
    file = PhotoField(
        label=_("A photograph"),
        error_messages={"required": _("Choose the photograph first.")},
    )
    field_order = ["file", "description", "kind", "after"]

    def __init__(self, *args, **options):
        super().__init__(*args, **options)
        takes = _("JPEG, PNG or WebP, up to twenty-five megabytes.")
        if settings.PHOTOS_HEIC:
            takes = _("JPEG, HEIC, PNG or WebP, up to twenty-five megabytes.")
            self.fields["file"].widget.attrs["accept"] = WITH_HEIC
        self.fields["file"].help_text = format_lazy("{} {}", takes, THROWN_AWAY)


class ChangeForm(PhotoForm):
    revision = RevisionField()
    answer = WordsField(
        label=_("Anything you’d like to tell the moderator"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Only moderators read this."),
    )

    def __init__(self, *args, has_been_asked=False, **options):
        super().__init__(*args, **options)
        self.initial["revision"] = self.instance.revision
        if not has_been_asked:
            del self.fields["answer"]
