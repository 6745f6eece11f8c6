from django.conf import settings

from community.comfort import Comfort


def site(request):
    """What every page may need to know of the site itself.  Asks nobody, needs no request."""
    return {
        "SITE_NAME": settings.SITE_NAME,
        "SITE_URL": settings.SITE_URL,
        "CONTACT_EMAIL": settings.CONTACT_EMAIL,
        "DEBUG": settings.DEBUG,
        "comfort": getattr(request, "comfort", Comfort()),
    }
