"""Words sent while signed out: kept in the session until whoever wrote them is back and has saved
them.  A session belongs to one browser; the page they were sent to shows them to whom it is for.
"""

from django.contrib import messages
from django.contrib.auth.views import redirect_to_login
from django.http import QueryDict
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

KEPT = "kept_words"
PRESSED = "pressed_while_signed_out"
# Several tabs may be open on several parts; a stranger's may not fill the database.
PAGES = 8
LONGEST = 700_000  # bytes as sent: a whole story, every letter written as six
WORDS = gettext_lazy("You were signed out. Your words are kept; sign in to go on.")
CHOICES = gettext_lazy("You were signed out. What you chose is kept; sign in to go on.")


def sign_in_first(request, *, is_there=True, then=None, said=WORDS):
    """Then back to this page, or on to ``then``, with what was typed, if there is such a page."""
    if request.method != "POST":
        return redirect_to_login(request.path)
    words = request.POST.urlencode()
    # A place is taken either way, so that no answer and no other page tells what there is.
    words = words if len(words) <= LONGEST and is_there else ""
    pages = {**request.session.get(KEPT, {}), request.path: words}
    request.session[KEPT] = dict(list(pages.items())[-PAGES:])
    messages.info(request, said)
    return redirect_to_login(then or request.path)


def nothing_was_done(request, home):
    """After a lone button: they sign in, and find at ``home`` what they can press again, and that
    they have to (``say_it_again``).
    """
    messages.info(request, _("You were signed out, so nothing was done yet. Sign in to go on."))
    request.session[PRESSED] = True
    return redirect_to_login(home)


def say_it_again(request):
    """On the page they come to, after they signed in: the button does nothing by itself."""
    if request.session.pop(PRESSED, False):
        messages.info(request, _("What you pressed while signed out wasn’t done. Press it again."))


def words(request, sent_to=None):
    """What was sent to this address, or to ``sent_to``, while signed out, if anything; nothing on
    the way in.
    """
    kept = request.session.get(KEPT, {}).get(sent_to or request.path)
    return QueryDict(kept) if kept and request.method != "POST" else None


def pages(request, *, under):
    """Everything that is kept of the pages ``under`` an address: {path: words}."""
    kept = request.session.get(KEPT, {})
    return {path: QueryDict(sent) for path, sent in kept.items() if sent and path.startswith(under)}


def forget(request, *sent_to):
    done = {*sent_to} or {request.path}
    pages = request.session.get(KEPT, {})
    if done & pages.keys():
        request.session[KEPT] = {path: kept for path, kept in pages.items() if path not in done}
