"""The pages about one letter, one date, one story of somebody’s: in nobody’s way.

They are made once, by the site’s own verbs; one person opens them all.
"""

from tests.browser.reading import use_long_words
from tests.browser.test_pages import look_everywhere, too_wide
from tests.browser.test_pages_of_members import open_everything, signed_in

SET_UP = """
import secrets
from django.contrib.auth.models import Group
from django.utils import timezone
from community.members.models import MailChoice, Member
from stories.letterbox import Block, Letterbox
from stories.models import Letter
from tests import factories

def somebody():
    word = "".join(secrets.choice("abcdefghij") for _ in range(6))
    return factories.member(f"Pim {word}", email=f"{word}@example.org")

def addresses(said):
    for address, *places in said:
        print(address.format(*(place.pk for place in places)))

reads = somebody()
reads.groups.add(Group.objects.get(name="moderators"))
me, shut = Member.objects.get(email="member@example.org"), somebody()
mine = factories.wanting(me, by=reads, title="The lamp")
closed = factories.wanting(shut, by=reads)
came = factories.delivered(mine, somebody(), by=reads, may_be_shown=True)
Letter.objects.filter(pk=came.pk).update(opened_at=timezone.now(), put_up_at=timezone.now())
still_closed = factories.delivered(mine, somebody(), by=reads)
went = factories.delivered(factories.wanting(somebody(), by=reads), me, by=reads)
Letterbox.of(shut).choose("off")
back = factories.letter(factories.wanting(somebody(), by=reads), me)
Block.objects.create(by=me, blocked=still_closed.author, letter=still_closed, name="Pim")
date = factories.date(me, year=2019)
addresses([
    ("/stories/{}/write-a-letter/", closed),
    ("/stories/{}/write-a-letter/", mine),
    ("/stories/{}/letters/", mine),
    ("/stories/{}/read/", closed),
    ("/me/letters/{}/", still_closed),
    ("/me/letters/{}/", came),
    ("/me/letters/{}/block/", came),
    ("/me/letters/{}/answer/", came),
    ("/me/letters/sent/{}/", went),
    ("/me/letters/sent/{}/change/", back),
    ("/me/letters/sent/{}/erase/", went),
    ("/me/dates/{}/", date),
    ("/me/dates/{}/erase/", date),
    ("/stories/{}/keep/", closed),
    ("/me/letters/blocked/",),
    (MailChoice.of(me, "letter").get_absolute_url(),),
])
"""


def test_the_pages_about_one_thing_are_in_nobodys_way(site, open_page):
    page = signed_in(open_page, "member@example.org")
    found = []
    for address in site.manage("shell", "-v0", "-c", SET_UP).split():
        assert page.goto(address).ok, address
        open_everything(page)
        found += [f"{address} {problem}" for problem in look_everywhere(page, widths=(320, 1280))]
        use_long_words(page)
        found += [f"{address} {problem}" for problem in too_wide(page)]
    page.get_by_role("button", name="Stop these emails").click()
    found += look_everywhere(page, widths=(320, 1280))
    assert found == []
