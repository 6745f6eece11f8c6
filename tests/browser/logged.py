"""What the processes of a site wrote to their log, and what of it is about somebody."""

import re

NAMES = (
    "from community.members.models import Member; from stories.models import Story, Letter;"
    "print('\\n'.join(set(Member.objects.values_list('pen_name', flat=True))));"
    "print('\\n'.join(t for t in Story.objects.values_list('title', flat=True) if len(t) > 8));"
    "print('\\n'.join(Story.objects.values_list('pk', flat=True)));"
    "print('\\n'.join(Letter.objects.values_list('pk', flat=True)))"
)
OF_SOMEBODY = re.compile(
    r"[\w.+-]+@[\w-]+\.\w+"  # an address
    r"|(?<![\w.])(?!127\.0\.0\.1)\d{1,3}(?:\.\d{1,3}){3}(?![\w.])"  # a machine
    r"|/(?:stories|letters|write|me|report|accounts|admin)/\S+"  # where somebody was
    r"|[?&](?:q|loss|next|country)=\S+"  # what they looked for
    r"|sessionid=|csrftoken=|(?<!\[)(?<!pid: )\b\d{6}\b"  # what lets one in
)


def about_somebody(log, names=()):
    """P03: what in ``log`` says who did what."""
    found = [match[0] for match in OF_SOMEBODY.finditer(log)]
    return found + [name for name in names if re.search(rf"\b{re.escape(name)}\b", log)]


def names_on(site):
    """Pen names, titles and ids: all that a log could repeat."""
    said = site.manage("shell", "--verbosity", "0", "-c", NAMES)
    return [line for line in said.splitlines() if len(line) > 4]
