"""Reading the API of another publisher: over https, from the public internet, within limits."""

import http.client
import ssl
from urllib.parse import urljoin

from django.conf import settings
from django.utils.translation import gettext as _

from resources.fetching import NotPublic, ask

NAME = "SmallHours-HSDS"
LARGEST = 50_000_000  # bytes
LONGEST = 120  # seconds for one answer, however slowly it drips
MOST_HOPS = 3
REDIRECTS = (301, 302, 303, 307, 308)


class NotRead(Exception):
    """The address could not be read; says why, to people."""


def read(url, most=LARGEST):
    """The bytes at ``url``, ``most`` of them at most.  Raises NotRead."""
    for _hop in range(MOST_HOPS + 1):
        answer = _asked(url, most)
        if answer.status not in REDIRECTS:
            break
        url = urljoin(url, answer.location)
    else:
        raise NotRead(_("It sends us on again and again."))
    if answer.status != 200:
        raise NotRead(_("It answers with %s.") % answer.status)
    if len(answer.body) > most:
        raise NotRead(_("There is more than we can take in."))
    return answer.body


def _asked(url, most):
    agent = f"{NAME}/1 (+{settings.SITE_URL}/api/docs/; {settings.CONTACT_EMAIL})"
    try:
        if not url.isascii() or not url.isprintable() or " " in url:
            raise ValueError(url)
        return ask(url, agent=agent, seconds=LONGEST, largest=most + 1, schemes=("https",))
    except NotPublic as error:
        raise NotRead(
            _("Give an address that begins with https:// and is on the public internet.")
        ) from error
    except ssl.SSLError as error:
        raise NotRead(_("Its certificate is not right.")) from error
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise NotRead(_("It does not answer.")) from error
