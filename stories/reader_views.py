"""The page on which an author says who may read a story."""

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from stories import kept
from stories.desk import for_the_author
from stories.photo_order import take_all_back
from stories.reader_forms import ReadersForm


@for_the_author
@require_http_methods(["GET", "HEAD", "POST"])
def readers(request, story):
    """Who may read it; takes effect on the next request."""
    returned = kept.words(request)
    data = request.POST if request.method == "POST" else returned
    form = ReadersForm(data, initial={"visibility": story.visibility}, story=story)
    if request.method == "POST" and form.is_valid():
        kept.forget(request)
        try:
            agreed = form.wording if form.cleaned_data["agreed"] else ""
            story.open_to(form.cleaned_data["visibility"], wording=agreed)
            if not story.is_open_to_moderators():
                take_all_back(story)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            return say_so(request, story)
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "story": story,
        "part": "readers",
        "was_signed_out": returned is not None,
    }
    return render(request, "stories/write_readers.html", context, status=status)


def say_so(request, story):
    if story.has_to_be_read_first():
        messages.info(request, _("It has to be read for that first. Read it over and send it."))
        return redirect("stories:check", pk=story.pk)
    messages.success(request, _("From now on, that is who can read it."))
    return redirect("stories:sent", pk=story.pk)
