"""Which addresses lead to one mailbox, so that another spelling is not another person."""

from django.utils.crypto import salted_hmac

# Dots in front of the @ mean nothing there, and the two domains are one.
GOOGLE = {"gmail.com", "googlemail.com"}


def mailbox_of(address):
    name, _, domain = address.lower().rpartition("@")
    name = name.partition("+")[0] or name
    if domain in GOOGLE:
        name, domain = name.replace(".", ""), "gmail.com"
    return f"{name}@{domain}"


def mark_of(address):
    """The same for every spelling of a mailbox; it cannot be turned back into the address."""
    mark = salted_hmac("community.members.mailbox", mailbox_of(address), algorithm="sha256")
    return mark.hexdigest()
