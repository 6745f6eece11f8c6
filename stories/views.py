"""Reading."""

from urllib.parse import urlencode

from django.http import Http404
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe
from django.views.generic import DetailView, TemplateView

from stories.after_reading import done_by
from stories.forms import ListForm
from stories.models import Story
from stories.pictures import for_a_reader

PAGE_LENGTH = 12
ONE_MORE = PAGE_LENGTH + 1  # to know whether there is another page


def address(form, **where):
    """Another page of what was chosen."""
    return "?" + urlencode({**form.chosen(), **where}, doseq=True)


class StoryList(TemplateView):
    """Twelve to a page, most recent first; a page is named by the story it follows or precedes.

    There are no page numbers, so a page far down costs what the first does, and a story published
    meanwhile shifts nothing.
    """

    template_name = "stories/story_list.html"

    def get_context_data(self, **kwargs):
        form = ListForm(self.request.GET)
        visible = Story.objects.visible_to(self.request.user)
        comfort = self.request.comfort
        stories = form.narrow(visible.suiting(comfort)).for_reading()
        shown, earlier, later = self.page(stories, visible)
        stories = [story.as_shown() for story in shown]
        is_as_it_comes = not (later or form.chosen())
        # The first words of each stand here: a search engine gets them where it may keep all.
        self.request.may_be_indexed = is_as_it_comes and all(s.may_be_found() for s in stories)
        return super().get_context_data(
            form=form,
            chosen=form.chosen(),
            stories=stories,
            earlier=earlier and address(form, before=shown[-1].pk),
            later=later and address(form, after=shown[0].pk),
            is_first=not later,
            leaves_out=bool(comfort.out),
            **kwargs,
        )

    def page(self, stories, visible):
        """The stories of this page, and whether there are earlier and later ones.

        A place that nobody was ever at, that its reader may not see, or that has nothing beyond
        it, is the first page.
        """
        recent = stories.most_recent_first()
        if after := self.place("after"):
            beyond = stories.later_than(after, visible, "published_at")
            rows = list(beyond.order_by("published_at", "pk")[:ONE_MORE])
            if rows:
                return rows[:PAGE_LENGTH][::-1], True, len(rows) == ONE_MORE
        if before := self.place("before"):
            rows = list(recent.earlier_than(before, visible, "published_at")[:ONE_MORE])
            if rows:
                return rows[:PAGE_LENGTH], len(rows) == ONE_MORE, True
        rows = list(recent[:ONE_MORE])
        return rows[:PAGE_LENGTH], len(rows) == ONE_MORE, False

    def place(self, name):
        """The id of the story a page begins at, if the address has one that could be one's."""
        pk = self.request.GET.get(name, "")
        return pk if pk.isascii() and pk.isalnum() and len(pk) == 6 else ""


class StoryDetail(DetailView):
    """Whoever kept theirs from readers is led to where it stands; nobody else learns that it is."""

    template_name = "stories/story_detail.html"

    def get(self, request, *args, **kwargs):
        try:
            return super().get(request, *args, **kwargs)
        except Http404:
            mine = Story.objects.kept_from_readers().filter(author_id=request.user.pk)
            if not mine.filter(pk=kwargs["pk"]).exists():
                raise
            return redirect("stories:sent", pk=kwargs["pk"])

    def get_queryset(self):
        reader = self.request.user
        stories = Story.objects.visible_to(reader).for_reading()
        if reader.is_authenticated:
            stories = stories.annotate(**done_by(reader, self.kwargs["pk"]))
        return stories.select_related("author__letterbox")

    def get_object(self, queryset=None):
        story = super().get_object(queryset).as_shown()
        story.comfort = self.request.comfort
        asked = self.request.GET.get("show", "")
        story.photos_to_show = for_a_reader(story, self.request.user, asked)
        story.is_opened = any(photo.is_asked_for for photo in story.photos_to_show)
        self.request.may_be_indexed = story.may_be_found()
        return story


@require_safe
@never_cache
def any_story(request):
    """Open one for somebody who can't choose: never one that asks first, nor the one just read."""
    stories = Story.objects.visible_to(request.user).suiting(request.comfort)
    stories = stories.gentle(request.comfort)
    just_read = request.GET.get("not", "")
    if just_read.isascii() and just_read.isalnum():
        stories = stories.exclude(pk=just_read)
    return redirect(stories.any_one() or "stories:list")
