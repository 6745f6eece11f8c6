import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from resources.models import Article, Language, Phone, Service, ServiceArea, TaxonomyTerm


def refused(thing):
    """The kind message, and the database's own refusal behind it."""
    with pytest.raises(ValidationError) as refusal:
        thing.validate_constraints()
    with pytest.raises(IntegrityError), transaction.atomic():
        thing.save()
    return " ".join(refusal.value.messages)


@pytest.mark.parametrize(
    "field, value, why",
    [
        ("url", "javascript:alert(1)", "The website begins with https:// or http://."),
        ("source_url", "", "Give the address of the page that confirms this."),
        ("name", "", "A place needs a name, an address and a description."),
        ("kind", "shop", "Choose from the lists."),
        ("cost", "cheap", "Choose from the lists."),
        ("assurance", "hearsay", "Choose from the lists."),
        ("status", "gone", "Choose from the lists."),
    ],
)
def test_what_a_place_must_have(place, field, value, why):
    service = place()
    setattr(service, field, value)
    assert refused(service) == why


def test_two_places_cannot_have_one_address(place):
    place(slug="here")
    with pytest.raises(ValidationError, match="Another place has this address already"):
        place(slug="here")


def test_a_place_cannot_take_an_address_of_the_site(place):
    with pytest.raises(ValidationError, match="the site’s own"):
        place(slug="reading")


def test_nothing_was_confirmed_tomorrow(place):
    with pytest.raises(ValidationError, match="This day has not come yet"):
        place(assured_on="2999-01-01")


@pytest.mark.parametrize("text", ["a\x00b", "a\x07b", "a\u202eb", "a\ud800b", "a\u200bb"])
def test_no_text_hides_or_reorders_letters(place, text):
    with pytest.raises(ValidationError, match="cannot be seen"):
        place(name=text)


def test_a_number_is_listed_once_and_can_be_dialled(place):
    service = place(phones=[("voice", "116 123")])
    again = Phone(service=service, type="voice", number="116123", dial="116123")
    assert refused(again) == "This number is in the list already."
    empty = Phone(service=service, type="voice", number="ring us", dial="")
    assert refused(empty) == "Write the number as printed and as dialled."
    local = Phone(service=service, type="whatsapp", number="324 011", dial="324011")
    assert refused(local) == "WhatsApp needs the number with + and its country."


@pytest.mark.parametrize("dial", ["0800 11", "tel:999", "+", "", "１１２", "1" * 16])
def test_only_digits_are_dialled(place, dial):
    with pytest.raises(ValidationError):
        Phone(service=place(), type="voice", number="x", dial=dial).full_clean()


def test_countries_languages_and_terms_are_named_once(place):
    service = place()
    area = ServiceArea(service=service, code="IE")
    assert refused(area) == "This country is in the list already."
    language = Language(service=service, code="en")
    assert refused(language) == "This language is in the list already."
    term = TaxonomyTerm(taxonomy="loss", code="tfmr", name="x", position=1)
    assert refused(term) == "This term is in the list already."


def test_what_an_article_must_have(piece):
    article = piece()
    article.canonical_url = "ftp://example.org"
    assert refused(article) == "The address begins with https:// or http://."
    article = Article.objects.get()
    article.introduction = ""
    assert refused(article) == "A piece needs a title, an introduction and its publisher."


@pytest.mark.parametrize(
    "hours, claimed",
    [
        ("24 hours a day", True),
        ("24 hours a day, 7 days a week", True),
        ("24 hours a day, 365 days a year", True),
        ("24 hours a day, 7 days a week; also 1-800-891-4416", True),
        ("Phone 24 hours a day; online chat in the late afternoon and evening", True),
        ("24 hours a day according to most sources; ordinary call rates may apply", False),
        ("Listed as 24 hours a day; check the site", False),
        ("Finnish 24 hours a day; other languages at set times", False),
        ("Every day 08:00-24:00", False),
        ("Open at any time", False),
        ("Always available", False),
        ("", False),
    ],
)
def test_open_now_is_claimed_only_where_the_hours_plainly_say_so(place, hours, claimed):
    service = place(hours=hours)
    assert Service.objects.open_now().contains(service) is claimed


def test_a_partly_verified_place_shows_no_number_and_no_email(place):
    service = place(
        assurance="partly", email="a@example.org", phones=[("voice", "1"), ("text", "2")]
    )
    assert list(service.shown_numbers) == []
    assert service.shown_email == ""
    assert not Service.objects.in_writing().exists()
