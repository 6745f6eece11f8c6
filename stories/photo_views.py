"""Handing out the files of photographs, to whoever may look at them at that moment."""

from django.contrib.auth.models import AnonymousUser
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from stories import pictures
from stories.photos import Photo


@require_safe
def picture(request, pk, token, side, kind):
    """Asks each time whether it is still theirs to see: what was taken down is gone at once."""
    request.may_be_indexed = False
    photo = get_object_or_404(Photo.objects.open_to(request.user).processed(), pk=pk)
    readers = [request.user, *([AnonymousUser()] if request.user.is_authenticated else [])]
    from_elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site"
    if from_elsewhere or not photo.has(side, kind) or not pictures.is_good(token, photo, readers):
        raise Http404
    return pictures.handed_out(photo, side, kind)
