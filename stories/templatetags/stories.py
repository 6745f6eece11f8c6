import random

from django import template
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.html import format_html, format_html_join
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from community.moderation.marks import line_as_html
from community.moderation.states import State
from stories import unanswered
from stories.comfort_forms import LookForm
from stories.finding import random_id
from stories.linking import MOST
from stories.models import KeptStory, Letter, Letterbox, Link, Remembrance, Story
from stories.photo_forms import as_place
from stories.photo_holding import HeldPhoto
from stories.photo_order import in_the_text
from stories.text import as_html, as_letter, blocks

LETTERS_UNDER = 3
# On My space, of each list; all of it has a page of its own.
FEW = 5

register = template.Library()
register.filter("prose", as_html)


@register.filter
def prose_of(story, field):
    """The paragraphs of a field; for a moderator, with what stands out in them; for a reader, with
    the photographs that stand between them.
    """
    return as_html(getattr(story, field), story.marks.get(field, ()), _photographs_in(story))


def _photographs_in(story):
    return {
        after: [_photograph(photo, story) for photo in photos]
        for after, photos in in_the_text(story, story.photos_to_show).items()
    }


def _photograph(photo, story):
    return render_to_string("stories/_photograph.html", {"photo": photo, "comfort": story.comfort})


@register.filter
def where_photo_is(photo):
    """To its author, in a few words."""
    if photo.refusal:
        return _("It couldn’t be used")
    if photo.is_wanted:
        return _("Being made ready. It is sent as soon as it is")
    if photo.is_being_processed():
        return _("Being made ready")
    if photo.shown_id:
        stands = _("In the story") if photo.story.is_open() else _("Published with the story")
        if photo.state == State.PUBLISHED:
            changed = _("%(where)s. Changes not sent yet") % {"where": stands}
            return changed if photo.has_unsent_changes() else stands
        return f"{stands}. {photo.get_state_display()}"
    return _("Only you can see it") if photo.state == State.DRAFT else photo.get_state_display()


@register.filter
def place_in_words(photo):
    paragraphs = blocks(photo.story.body)
    after = photo.stands_after(photo.story.body)
    if after >= len(paragraphs):
        return _("At the end")
    return _("Before the first words") if after == 0 else as_place(paragraphs[after - 1])


@register.filter
def line_of(story, field):
    """A field of one line; for a moderator, with what stands out in it."""
    return line_as_html(getattr(story, field), story.marks.get(field, ()))


@register.filter
def what_happened(story):
    """As its writer calls it; under our labels where they don’t."""
    if story.own_loss:
        own = '<span><bdi lang="{}">{}</bdi></span>'
        return format_html(own, story.language, line_of(story, "own_loss"))
    return format_html_join("", "<span>{}</span>", ([label] for label in story.loss_labels()))


@register.filter
def letter_prose(letter):
    """The words of a letter; for a moderator, with what stands out in them."""
    return as_letter(letter.body, letter.marks.get("body", ()))


@register.simple_tag
def held_photograph(seen):
    """The files of an erased photograph, kept for the case that ``seen`` was frozen for."""
    return HeldPhoto.objects.needed_for(seen.case_id)


@register.inclusion_tag("stories/_story_letters.html")
def letters_under(story):
    """Some of the letters that the writer of ``story`` chose to show, the newest first."""
    up = Letter.objects.put_up().filter(story=story).select_related("shown", "author")
    letters = list(up.order_by("-put_up_at", "-pk")[: LETTERS_UNDER + 1])
    shown = 0 if story.is_left_out() else LETTERS_UNDER
    read = [letter.as_read() for letter in letters[:shown]]
    return {"story": story, "letters": read, "more": len(letters) > shown}


@register.inclusion_tag("stories/_voices.html", takes_context=True)
def other_voices(context, story):
    """Other tellings of the same loss, as far as this reader finds them and all still agree."""
    request = context["request"]
    readable = Story.objects.visible_to(request.user).suiting(request.comfort).uncovered()
    return {"voices": [] if story.covered_at else voices_beside(story, readable)}


@register.inclusion_tag("stories/_linked.html")
def linked_with(story):
    """The same, for a moderator who reads ``story``."""
    return {"voices": voices_beside(story, Story.objects.published())}


def voices_beside(story, readable):
    links = Link.objects.beside(story, readable).with_stories()[:MOST]
    return [link.beside(story).as_shown() for link in links if link.holds()]


@register.inclusion_tag("stories/_my_voices.html")
def my_voices(member):
    """What ``member`` has to read or to say about stories that are linked with theirs."""
    links = Link.objects.of(member).taken_up().with_stories()
    rows = [(link, link.own(member)) for link in links if link.asks(member)]
    return {"rows": rows, "has_any": bool(links)}


@register.inclusion_tag("stories/_a_letter.html", takes_context=True)
def a_letter(context):
    """The same letter all day, found by chance; never one that asks first or is left out."""
    place = random_id(random.Random(str(timezone.localdate())).choice)  # noqa: S311
    comfort = context["comfort"]
    letters = Letter.objects.for_anyone().suiting(comfort).gentle(comfort)
    letter = letters.select_related("shown", "author").any_one(near=place)
    return {"letter": letter and letter.as_read()}


@register.inclusion_tag("stories/_comfort.html", takes_context=True)
def comfort_panel(context):
    """The few wishes that stand folded above a story."""
    request = context["request"]
    return {
        "form": LookForm(comfort=request.comfort),
        "user": request.user,
        "back": request.path,
    }


@register.inclusion_tag("stories/_my_letters.html")
def my_letters(member):
    """Whether something waits for ``member``, in a sentence; then the newest, closed lines."""
    came = Letter.objects.come_to(member)
    newest = came.for_reading().order_by("-delivered_at", "-pk")[:FEW]
    return {
        "unopened": len(came.filter(opened_at=None)[:2]),
        "box": Letterbox.of(member),
        "letters": [letter.as_read() for letter in newest],
    }


@register.inclusion_tag("stories/_an_offer.html", takes_context=True)
def an_offer(context, member):
    """Whether ``member``, who chose to be asked, would write where nobody has yet."""
    return {
        "offer": unanswered.offer_before(member, context["comfort"]),
        "csrf_token": context.get("csrf_token"),
    }


@register.simple_tag
def stories_without_a_letter():
    """How many wait for one, for a lead."""
    return unanswered.waiting().count()


@register.inclusion_tag("stories/_shared_story.html", takes_context=True)
def shared_story(context):
    """The same story all week: found by chance, not popularity; never one that asks first.

    Search engines keep the front page, so it is one that its author gave them.
    """
    week = timezone.localdate().isocalendar()[:2]
    place = random_id(random.Random(str(week)).choice)  # noqa: S311
    comfort = context["comfort"]
    found = Story.objects.to_be_found().gentle(comfort).suiting(comfort)
    story = found.for_reading().any_one(near=place)
    return {"story": story and story.as_shown(), "leaves_out": bool(comfort.out)}


@register.inclusion_tag("stories/_stories_about.html", takes_context=True)
def stories_about(context, topics):
    """The newest about any of ``topics`` (slugs); none that asks first, as beside any page."""
    comfort = context["comfort"]
    found = Story.objects.to_be_found().gentle(comfort).suiting(comfort).about_any(topics)
    newest = found.for_reading().most_recent_first()[:LETTERS_UNDER] if topics else []
    return {"stories": [story.as_shown() for story in newest]}


@register.inclusion_tag("stories/_my_stories.html")
def my_stories(member):
    """What ``member`` touched last of what they write, each with its next step."""
    rows = list(Story.objects.written_by(member).order_by("-saved_at", "-pk")[: FEW + 1])
    return {"stories": rows[:FEW], "more": len(rows) > FEW}


@register.inclusion_tag("stories/_my_kept.html")
def my_kept(member):
    """The latest that ``member`` kept, of those that are still here."""
    rows = KeptStory.of(member, Story.objects.visible_to(member).uncovered())
    return {"stories": [row.story.as_shown() for row in rows.filter(is_here=True)[:FEW]]}


@register.filter
def listed(names):
    """“Delhi, Karachi and Kathmandu”."""
    return get_text_list(names, _("and"))


@register.inclusion_tag("stories/_my_names.html")
def my_names(member):
    """What ``member`` has put on the names wall, last touched first, each with its next step."""
    names = Remembrance.objects.filter(author=member).select_related("sent", "shown")
    return {"names": names.order_by("-saved_at")}


@register.inclusion_tag("stories/_parts.html")
def parts(story, current):
    """The parts of a story, in any order, and how far each is."""
    optional, needed, done = _("Optional"), _("Not yet"), _("Done")
    about = story.losses or story.role or story.themes or story.circumstances
    about = about or story.own_loss or story.baby
    notes = story.notes or story.own_note or story.asks_first
    done_with = (State.PENDING, State.PUBLISHED, State.READ)
    sent = story.state in done_with and not story.has_unsent_changes()
    rows = [
        ("desk", _("Your story"), _("Writing") if story.body.strip() else needed),
        ("about", _("About your loss"), done if about else optional),
        ("notes", _("What to say before people read"), done if notes else optional),
        ("photos", _("Photographs"), done if story.photographs.all().exists() else optional),
        ("name", _("The name it goes under"), done if story.byline else needed),
        ("letters", _("Letters to you"), optional if story.wants_letters is None else done),
        ("check", _("Read it over and send"), _("Sent") if sent else needed),
    ]
    return {"story": story, "rows": rows, "current": current}
