"""What a directory editor can do, and what nobody else can."""

import datetime

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.urls import reverse

from resources import helplines
from resources.models import Article, Organization, Service
from tests import factories

EDITED = {
    "service": "resources_service",
    "organization": "resources_organization",
    "article": "resources_article",
}


@pytest.fixture
def editor(client, db):
    person = factories.moderator(group="directory-editors")
    client.force_login(person)
    return client


@pytest.fixture
def moderator(client, db):
    client.force_login(factories.moderator())
    return client


PARTS = ["phones", "service_areas", "languages", "schedules", "translations"]
OF_A_PART = ["id", "code", "type", "number", "dial", "keyword", "description", "language", "byday",
             "opens_at", "closes_at", "timezone"]  # fmt: skip


def form(service, **changed):
    """The change form of a place as the browser sends it."""
    fields = {
        name: getattr(service, name) or ""
        for name in ("name", "kind", "status", "description", "url", "email", "hours", "cost",
                     "application_process")
    }  # fmt: skip
    fields["organization"] = service.organization_id
    fields["terms"] = [term.pk for term in service.terms.all()]
    for prefix in PARTS:
        rows = list(getattr(service, prefix).all())
        fields |= {f"{prefix}-TOTAL_FORMS": len(rows), f"{prefix}-INITIAL_FORMS": len(rows)}
        for number, row in enumerate(rows):
            fields |= {
                f"{prefix}-{number}-{name}": getattr(row, name)
                for name in OF_A_PART
                if hasattr(row, name)
            }
            fields[f"{prefix}-{number}-service"] = service.pk
    return fields | changed


def change(service):
    return reverse("admin:resources_service_change", args=[service.pk])


@pytest.mark.parametrize("model", EDITED.values())
def test_an_editor_finds_their_desk(editor, directory, model):
    assert editor.get(reverse(f"admin:{model}_changelist")).status_code == 200
    assert editor.get(reverse(f"admin:{model}_add")).status_code == 200
    for found in (Service, Organization, Article):
        name = found._meta.model_name
        first = found.objects.first()
        assert (
            editor.get(reverse(f"admin:resources_{name}_change", args=[first.pk])).status_code
            == 200
        )


@pytest.mark.parametrize("query", ["country=IE", "q=sands", "assurance__exact=partly", "q=%00"])
def test_an_editor_finds_places(editor, directory, query):
    response = editor.get(f"{reverse('admin:resources_service_changelist')}?{query}")
    assert response.status_code == 200


def test_a_number_one_editor_changed_is_shown_by_nobody_until_two_have_seen_it(
    editor, directory, django_capture_on_commit_callbacks
):
    service = Service.objects.get(slug="ie-pieta")
    changed = form(service)
    changed["phones-0-number"], changed["phones-0-dial"] = "1800 000 000", "1800000000"
    with django_capture_on_commit_callbacks(execute=True):
        assert editor.post(change(service), changed).status_code == 302
    for page in ("/help-now/ie/", "/resources/ie-pieta/"):
        text = editor.get(page).text
        assert "tel:1800000000" not in text and "tel:1800247247" not in text
    assert "1800247247" not in helplines.path().read_text()
    written = service.changes.get(field_name__startswith="phones")
    assert "1800247247" in written.previous_value and "1800000000" in written.replacement_value


def test_what_an_editor_changed_survives_the_next_load(editor, directory):
    service = Service.objects.get(slug="ie-pieta")
    assert editor.post(change(service), form(service, name="Pieta House")).status_code == 302
    service.refresh_from_db()
    assert service.edited_at
    call_command("load_directory", confirmed_on=datetime.date(2026, 11, 23), verbosity=0)
    service.refresh_from_db()
    assert service.name == "Pieta House"


def test_saving_without_a_change_is_no_edit(editor, directory):
    service = Service.objects.get(slug="ie-pieta")
    assert editor.post(change(service), form(service)).status_code == 302
    service.refresh_from_db()
    assert service.edited_at is None


def test_the_day_of_confirmation_and_the_last_edit_are_kept_apart(editor, directory):
    service = Service.objects.get(slug="ie-pieta")
    editor.post(change(service), form(service, name="Pieta House"))
    service.refresh_from_db()
    assert service.assured_on == datetime.date(2026, 11, 22)
    assert service.edited_at.date() >= service.assured_on


@pytest.mark.parametrize(
    "changed, why",
    [
        ({"url": "javascript:alert(1)"}, "Enter a valid URL."),
        ({"name": "a\u202eb"}, "There is a character here that cannot be seen"),
        ({"name": "a\x00b"}, "Null characters are not allowed"),
        ({"phones-0-dial": "0800 CALL"}, "Write digits only"),
        ({"service_areas-0-code": "ZZ"}, "ZZ is not one of the available choices"),
    ],
)
def test_a_mistake_is_explained_and_nothing_is_saved(editor, directory, changed, why):
    service = Service.objects.get(slug="ie-pieta")
    response = editor.post(change(service), form(service, **changed))
    assert response.status_code == 200
    assert why in response.text
    service.refresh_from_db()
    assert service.edited_at is None


def test_an_editor_does_not_delete_or_rename_an_address(editor, directory):
    service = Service.objects.get(slug="ie-pieta")
    address = reverse("admin:resources_service_delete", args=[service.pk])
    assert editor.post(address, {"post": "yes"}).status_code == 404
    editor.post(change(service), form(service, slug="elsewhere"))
    service.refresh_from_db()
    assert service.slug == "ie-pieta"
    assert "delete_selected" not in editor.get(reverse("admin:resources_service_changelist")).text


def test_an_editor_has_no_part_in_moderation_or_accounts(editor, db):
    for model in admin.site._registry:
        label, name = model._meta.app_label, model._meta.model_name
        if label != "resources":
            assert editor.get(reverse(f"admin:{label}_{name}_changelist")).status_code == 404


@pytest.mark.parametrize("model", EDITED.values())
def test_a_moderator_is_no_editor(moderator, model):
    for page in ("changelist", "add"):
        assert moderator.get(reverse(f"admin:{model}_{page}")).status_code == 404


def test_a_visitor_is_sent_to_sign_in_and_a_member_finds_nothing(client, db):
    address = reverse("admin:resources_service_changelist")
    assert client.get(address).status_code == 302
    client.force_login(factories.member())
    assert client.get(address).status_code == 404


def test_an_editor_writes_a_piece_and_its_day_features_it(editor, db):
    fields = {
        "display_title": "A new piece",
        "slug": "a-new-piece",
        "featured_from": datetime.date.today(),
        "introduction": "Why it is here.",
        "title": "Its own title",
        "publisher": "The Paper",
        "canonical_url": "https://paper.example/1",
        "facts-TOTAL_FORMS": 1,
        "facts-INITIAL_FORMS": 0,
        "facts-0-position": 1,
        "facts-0-label": "Who",
        "facts-0-text": "Somebody",
    }
    response = editor.post(reverse("admin:resources_article_add"), fields)
    assert response.status_code == 302, response.context["errors"]
    assert Article.objects.featured().display_title == "A new piece"
    assert Article.objects.get().edited_at


def test_the_places_beside_a_piece_are_chosen_without_scripts(editor, directory):
    call_command("load_article", verbosity=0)
    article, place = Article.objects.get(), Service.objects.first()
    page = editor.get(reverse("admin:resources_article_change", args=[article.pk])).text
    assert f'<input type="checkbox" name="services" value="{place.pk}"' in page
    assert "selectfilter" not in page


def test_the_box_that_chooses_every_row_is_no_name_of_a_cell(editor, directory):
    page = editor.get(reverse("admin:resources_service_changelist")).text
    assert 'data-l="Name"' in page and 'data-l="&lt;' not in page


def test_taking_a_line_out_takes_it_from_help_now(
    editor, directory, django_capture_on_commit_callbacks
):
    service = Service.objects.get(slug="ie-pieta")
    with django_capture_on_commit_callbacks(execute=True):
        editor.post(change(service), form(service, status="inactive"))
    assert "1800247247" not in editor.get("/help-now/ie/").text


def test_a_disk_that_is_full_loses_no_edit(
    editor, directory, django_capture_on_commit_callbacks, settings, own_data_dir, caplog
):
    in_the_way = own_data_dir / "a-file"
    in_the_way.write_text("")
    settings.DATA_DIR = in_the_way / "below"
    service = Service.objects.get(slug="ie-pieta")
    with django_capture_on_commit_callbacks(execute=True):
        response = editor.post(change(service), form(service, name="Pieta House"))
    assert response.status_code == 302
    service.refresh_from_db()
    assert service.name == "Pieta House"
    assert "Error calling" in caplog.text
