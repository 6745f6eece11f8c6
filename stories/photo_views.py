"""Handing out the files of photographs, to whoever may look at them at that moment."""

from urllib.parse import urlsplit

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from stories import pictures
from stories.photos import Photo


def is_asked_by_another_site(request):
    """Every browser since 2023 says so; of an older one, the page it was on does."""
    if said := request.headers.get("Sec-Fetch-Site"):
        return said in ("cross-site", "same-site")
    page = request.headers.get("Referer", "")
    return bool(page) and urlsplit(page).netloc != request.get_host()


@require_safe
def picture(request, pk, token, side, kind):
    """Asks each time whether it is still theirs to see: what was taken down is gone at once."""
    request.may_be_indexed = False
    photo = get_object_or_404(Photo.objects.open_to(request.user).processed(), pk=pk)
    readers = [request.user, *([AnonymousUser()] if request.user.is_authenticated else [])]
    is_theirs = photo.has(side, kind) and pictures.is_good(token, photo, readers)
    if is_asked_by_another_site(request) or not is_theirs:
        raise Http404
    return pictures.handed_out(photo, side, kind)
