"""Handing out the files of photographs, to whoever may look at them at that moment."""

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.crypto import salted_hmac
from django.views.decorators.http import require_safe

from stories import photo_files, pictures
from stories.photos import Photo


@require_safe
def picture(request, pk, token, side, kind):
    """Asks each time whether it is still theirs to see: what was taken down is gone at once."""
    request.may_be_indexed = False
    photo = get_object_or_404(Photo.objects.open_to(request.user).developed(), pk=pk)
    readers = [request.user, *([AnonymousUser()] if request.user.is_authenticated else [])]
    from_elsewhere = request.headers.get("Sec-Fetch-Site") == "cross-site"
    if from_elsewhere or not photo.has(side, kind) or not pictures.is_good(token, photo, readers):
        raise Http404
    return handed_out(photo, side, kind)


def handed_out(photo, side, kind):
    name = photo_files.name_of(photo.key, side, kind)
    response = HttpResponse(content_type=pictures.TYPES[kind])
    # Of the key, so that it tells nothing and changes when the picture does.
    response["ETag"] = f'"{salted_hmac("stories.picture", name).hexdigest()[:20]}"'
    response["Content-Disposition"] = "inline"
    if settings.PHOTOS_ACCEL:
        response["X-Accel-Redirect"] = internal_address(name)
        return response
    try:
        with default_storage.open(name) as file:
            response.content = file.read()
    except FileNotFoundError:
        raise Http404 from None
    return response


def internal_address(name):
    """Where nginx, which alone can ask there, finds the file: on its disk, or on S3 by a signed
    address that works for a minute.
    """
    where = settings.PHOTOS_ACCEL.rstrip("/")
    if not hasattr(default_storage, "bucket_name"):
        return f"{where}/{name}"
    signed = default_storage.url(name, expire=60)
    return where + "/" + signed.split("://", 1)[1].split("/", 1)[1]
