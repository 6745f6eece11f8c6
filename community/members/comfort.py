"""Whose wishes about reading hold: the account's, and where it has none, the device's."""

from django.utils.functional import SimpleLazyObject

from community.comfort import (
    Comfort,
    forget_on_this_device,
    keep_on_this_device,
    on_this_device,
)


def middleware(get_response):
    """``request.comfort``: always there, read when first looked at; asks for a member at most."""

    def with_comfort(request):
        request.comfort = SimpleLazyObject(lambda: of(request))
        return get_response(request)

    return with_comfort


def of(request):
    kept = request.user.comfort if request.user.is_authenticated else None
    return kept or on_this_device(request) or Comfort()


def keep(request, response, comfort, *, here=None):
    """Keep ``comfort`` with the account, and on this device if that was asked for (``here``), or
    was before.  For a visitor there is only the device.
    """
    if request.user.is_authenticated:
        request.user.wish(comfort)
        here = on_this_device(request) is not None if here is None else here
    else:
        here = comfort != Comfort()
    if here:
        keep_on_this_device(response, comfort)
    else:
        forget_on_this_device(response)


def forget(request, response):
    if request.user.is_authenticated:
        request.user.wish(None)
    forget_on_this_device(response)


def meet(request, response, member):
    """Somebody came in on a device that keeps wishes: the account's win, and an account that has
    none takes up the device's.  Either way both are the same from now on.
    """
    here = on_this_device(request)
    if here is None:
        return
    if member.comfort is None:
        member.take_up(here)
    elif member.comfort != here:
        keep_on_this_device(response, member.comfort)
