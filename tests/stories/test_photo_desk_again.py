"""A page that somebody went back to, to add another photograph."""

import pytest
from django.urls import reverse

from tests import factories
from tests.factories import browser_of
from tests.stories import photographing
from tests.stories.odd_files import picture, telling

pytestmark = pytest.mark.django_db


def test_another_file_from_a_page_that_was_gone_back_to_is_another_photograph():
    story = factories.draft()
    browser = browser_of(story.author)
    named = photographing.named_on(browser.get(reverse("stories:photos", args=[story.pk])))
    other = telling("JPEG", image=picture(size=(90, 60)))
    for data in (None, other, other):  # the last is the same press twice
        assert photographing.add(story, data, browser, named=named).status_code == 302
    assert story.photographs.count() == 2, "one was let fall, or is there twice"
