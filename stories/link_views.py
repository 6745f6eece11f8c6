"""Linking one’s story with another member’s telling of the same loss, and ending that.

There is nothing here to look for somebody with: an invitation is handed over by whoever made it.
"""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from stories.desk import for_the_author, telling_refusals
from stories.link_forms import LinkForm
from stories.linking import Link
from stories.models import Story

# Enough to find one’s own among; links are few.
LISTED = 50


def readable(request):
    """Stories that can be the other one, for whoever asks."""
    return Story.objects.visible_to(request.user).uncovered()


def theirs(request):
    return Link.objects.of(request.user).with_stories()


@login_required
@require_safe
def links(request):
    member, found = request.user, list(theirs(request)[:LISTED])
    others = [link.other(member).pk for link in found if link.second_id]
    there = {*readable(request).filter(pk__in=others).values_list("pk", flat=True)}
    rows = []
    for link in found:
        other = link.other(member)
        standing = link.standing(member, is_there=bool(other and other.pk in there))
        rows.append((link, link.own(member), standing))
    return render(request, "stories/links.html", {"rows": rows})


@for_the_author
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request, story):
    """What an invitation is, then its address; pressing twice makes one."""
    can = bool(story.is_open() and story.covered_at is None)
    if request.method == "POST":
        if can:
            with telling_refusals(request):
                Link.objects.invite(story)
        return redirect("stories:invite", pk=story.pk)
    link = theirs(request).invitations().filter(first=story).first()
    address = link and settings.SITE_URL + link.get_invitation_url()
    shown = story.as_shown() if story.shown_id else story
    context = {"story": shown, "can": can, "link": link, "address": address}
    return render(request, "stories/link_invite.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def invited(request, token):
    """For whoever was handed it: choose a story of one’s own, see both pages, agree."""
    link = get_object_or_404(Link.objects.with_stories().with_token(token))
    if link.first_author_id == request.user.pk:
        messages.info(request, _("This is your own invitation. Give it to the other person."))
        return redirect("stories:invite", pk=link.first_id)
    if link.second_author_id == request.user.pk:
        return redirect(link)  # pressed twice
    if link.second_id or not readable(request).filter(pk=link.first_id).exists():
        raise Http404
    mine = readable(request).filter(author=request.user).for_reading().most_recent_first()
    own = chosen(request, mine)
    context = {"link": link, "other": link.first.as_shown(), "own": own}
    if own is None:
        context["mine"] = [story.as_shown() for story in mine[:LISTED]]
        return render(request, "stories/link_choose.html", context)
    return ask(request, context, lambda: link.take_up(own))


def chosen(request, mine):
    data = request.POST if request.method == "POST" else request.GET
    story = mine.filter(pk=data.get("story", "").replace("\x00", "")[:6]).first()
    return story and story.as_shown()


def ask(request, context, agree):
    """Both pages as readers would see them, and the tick."""
    link, own, other = (context[name] for name in ("link", "own", "other"))
    data = request.POST if request.method == "POST" else None
    form = LinkForm(data, own=own, other=other)
    if request.method == "POST" and form.is_valid():
        try:
            agree()
        except ValidationError as refusal:
            messages.warning(request, " ".join(refusal.messages))
            return redirect("stories:links")
        return redirect(link)
    status = 422 if request.method == "POST" else 200
    return render(request, "stories/link_agree.html", context | {"form": form}, status=status)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def link(request, pk):
    """Where it is, and what waits for whoever looks at it."""
    found = get_object_or_404(theirs(request), pk=pk)
    if found.second_id is None:
        return redirect("stories:invite", pk=found.first_id)
    own, other = found.own(request.user), found.other(request.user)
    is_up = own.is_open() and readable(request).filter(pk=other.pk).exists()
    is_there = is_up and not found.ended_at
    context = {
        "link": found,
        "own": own.as_shown() if own.shown_id else own,
        "other": other.as_shown() if is_there else None,
        "standing": found.standing(request.user, is_there=is_up),
    }
    if is_there and found.asks(request.user):
        return ask(request, context, lambda: found.agree(request.user))
    if request.method == "POST":
        return redirect(found)  # agreed already, or nothing to agree to
    return render(request, "stories/link.html", context)


@login_required
@require_POST
def end(request, pk):
    """Ends it, takes an invitation back, or puts away what the other ended."""
    found = get_object_or_404(Link.objects.of(request.user), pk=pk)
    found.end(request.user)
    if found.second_id is None:
        messages.success(request, _("The invitation is taken back. It opens nothing any more."))
        return redirect("stories:invite", pk=found.first_id)
    if found.ended_at is None:
        messages.success(request, _("Ended. Neither page points at the other any more."))
    return redirect("stories:links")
