"""Mail leaves through the outbox: a row beside whatever caused it, posted by the worker.

What is rolled back is not sent; what is committed is, with patience.  It is plain text, and says
nothing over a shoulder (DESIGN § 7).
"""

from datetime import timedelta
from email.utils import format_datetime

from allauth.core.internal import ratelimit
from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.translation import gettext as _
from django_tasks import task

from community.jobs import retrying

from .holding import gather, put_aside
from .models import Email, MailChoice, Member
from .stopping import Kind

SLOWEST_SERVER = 30  # seconds for each answer of the mail server
KEPT_FOR = timedelta(days=30)
# So many a minute of what was held back: the worker has other things to do.
AT_ONCE = 500
# Whoever knows an address can ask us to write to it, over all kinds of asking.
MOST_MAIL_TO_ONE_ADDRESS = {"mail": "3/h/key"}
TRANSPORT_WORDS = {
    "EMAIL_HOST": "host",
    "EMAIL_PORT": "port",
    "EMAIL_HOST_USER": "username",
    "EMAIL_HOST_PASSWORD": "password",
    "EMAIL_USE_TLS": "use_tls",
    "EMAIL_USE_SSL": "use_ssl",
    "EMAIL_FILE_PATH": "file_path",
}


class OutboxBackend(BaseEmailBackend):
    """Django's way of sending, as writing rows: one for each person a message goes to."""

    def send_messages(self, messages):
        for message in messages:
            if message.attachments or getattr(message, "alternatives", None):
                raise ValueError("Our mail is plain text, with nothing attached.")
            message.message()  # refuses a header with a line break in it
            with transaction.atomic():
                for person in message.recipients():
                    self._keep(message, person)
        return len(messages)

    def _keep(self, message, person):
        email = Email.objects.create(
            to=person,
            sender=message.from_email,
            subject=message.subject,
            body=message.body,
            headers=message.extra_headers,
            **getattr(message, "may_wait", {}),
        )
        if getattr(message, "for_nobody", False):
            email.sent()
        deliver.enqueue(email.pk)


class WithAnotherWorker(Exception):
    """Somebody else is sending it, or died while trying; ask again later."""


@task()
@retrying(attempts=Email.MOST_TRIES)
def deliver(email_id):
    email = Email.objects.waiting().select_related("member").filter(pk=email_id).first()
    if email is None or put_aside(email, timezone.now()):
        return
    if not email.claim():
        raise WithAnotherWorker
    gather(email)
    try:
        # No transaction is open here: a slow server must not hold up the database.
        get_connection(**transport()).send_messages([_letter(email)])
    except Exception as trouble:
        email.failed(type(trouble).__name__)
        raise
    email.sent()


def send_held():
    """Try again what was held back until now.  Returns how many."""
    over = Email.objects.waiting().filter(held_until__lte=timezone.now()).order_by("created_at")
    return sum(_try_again(email) for email in over[:AT_ONCE])


@transaction.atomic
def _try_again(email):
    held = Email.objects.filter(pk=email.pk, held_until=email.held_until)
    if not held.update(held_until=None):
        return False  # another worker does it
    deliver.enqueue(email.pk)
    return True


def forget_sent():
    """What was sent is empty already; a month later the row goes too.  Returns how many went."""
    return Email.objects.filter(sent_at__lt=timezone.now() - KEPT_FOR).delete()[0]


def transport():
    """The keywords of ``get_connection`` for ``settings.MAIL_TRANSPORT``."""
    given = settings.MAIL_TRANSPORT
    words = {word: given[name] for name, word in TRANSPORT_WORDS.items() if given.get(name)}
    return {"backend": given["EMAIL_BACKEND"], "timeout": SLOWEST_SERVER, **words}


def _letter(email):
    return EmailMessage(
        subject=email.subject,
        body=email.body,
        from_email=email.sender,
        # Held back for months, perhaps: it goes where they are now.
        to=[email.member.email if email.kind else email.to],
        headers={
            **email.headers,
            "Message-ID": email.message_id,
            "Date": format_datetime(email.created_at),
            "Auto-Submitted": "auto-generated",
        },
    )


def something_for_you(member, kind=Kind.DECISION, *, until=None):
    """After a letter, a question or a decision.  What it is about is read on the site only.

    It does not go from ``until`` on.
    """
    subject = _("There is something for you")
    _write_to(member, kind, subject, "something_for_you.txt", good_until=until)


def a_note(member, *, until):
    """Because they asked to be written to today; it does not go from ``until`` on."""
    subject = _("A note from %(site)s") % {"site": settings.SITE_NAME}
    _write_to(member, Kind.NOTE, subject, "a_note.txt", good_until=until)


def weekly_note(member):
    """Once a week, for who asked for their letters together."""
    _write_to(member, Kind.WEEKLY, _("Your weekly note"), "weekly_note.txt")


def _write_to(member, kind, subject, template, good_until=None):
    """Unless they stopped this kind, or the same is on its way to them already."""
    choice = MailChoice.of(member, kind)
    if choice.stopped_at or not member.is_active:
        return
    if Email.objects.on_its_way().filter(member=member, kind=kind, good_until=good_until).exists():
        return
    stop = settings.SITE_URL + choice.get_absolute_url()
    context = {"SITE_URL": settings.SITE_URL, "kind": kind, "stop": stop}
    body = render_to_string(f"members/email/{template}", context)
    # One press in the mail program stops it as well (RFC 8058).
    headers = {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    }
    letter = EmailMessage(subject, body, to=[member.email], headers=headers)
    waits = Email.Waits.REST
    letter.may_wait = {"member": member, "kind": kind, "waits": waits, "good_until": good_until}
    letter.send()


def account_changed(member, what, *, to_nobody=False):
    """As soon as it is day where they are; ``what`` is one sentence of ours.

    ``to_nobody``: the same work, where there is no such account, and no mail.
    """
    site = {"SITE_URL": settings.SITE_URL, "CONTACT_EMAIL": settings.CONTACT_EMAIL}
    body = render_to_string("account/email/_changed.txt", {"what": what, **site})
    letter = EmailMessage(_("A change to your account"), body, to=[member.email])
    if to_nobody:
        letter.for_nobody = True
    else:
        letter.may_wait = {"member": member, "waits": Email.Waits.NIGHT}
    letter.send()


def may_write_to(address):
    """Whether ``address`` has not had its fill of what strangers can ask us to send; counts one."""
    return ratelimit.consume(
        None,
        app="community.members",
        action="mail",
        config=MOST_MAIL_TO_ONE_ADDRESS,
        key=address.lower(),
        limit_get=True,
    )


def a_private_link(address, path):
    """To whoever left an address with us, member or not: that there is something, and where."""
    if not address or not may_write_to(address):
        return
    letter = EmailMessage(
        _("There is something for you"),
        render_to_string("members/email/a_private_link.txt", {"link": settings.SITE_URL + path}),
        to=[address],
    )
    whose = Member.objects.filter(email=address.lower()).first()
    letter.may_wait = {"member": whose, "waits": Email.Waits.REST}
    letter.send()
