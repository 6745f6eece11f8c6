"""Our profile of HSDS: it adds, and changes nothing that is there."""

import re
import shlex
from html import unescape

import pytest

from resources.api import profile
from resources.hsds import fields
from tests.resources.hsds import example, needs_hsds


@needs_hsds[0]
@needs_hsds[1]
@pytest.mark.parametrize("name", [name for name in fields.TABLES if name != "translation"])
def test_the_profile_only_adds(name):
    there = example("3.1", "schema", f"{name}.json")
    added = profile.PATCHES.get(name, {}).get("properties", {})
    assert added.keys() & there["properties"].keys() == set()
    table = fields.TABLES[name]
    theirs = {f.name for f in (*table.fields, *table.parts) if not f.ours}
    assert theirs - there["properties"].keys() <= {"services"}, "it is ours, and does not say so"
    assert set(there["required"]) <= {field.name for field in table.fields if field.required}


def test_each_patch_has_its_address(client):
    for name, patch in profile.PATCHES.items():
        assert client.get(f"/api/profile/{name}.json").json() == patch


def test_the_docs_name_every_parameter_and_every_addition(client, db):
    page = client.get("/api/docs/").content.decode()
    for name in ("modified_after", "taxonomy_term_id", "top_only", "time_zone", "dial"):
        assert f"<code>{name}</code>" in page


def test_the_examples_on_the_page_work(client, place, settings):
    """As a shell would take them apart."""
    for losses in ("stillbirth", "ectopic"):
        place(losses=losses, description=f"A helpline after {losses}.")
    page = unescape(client.get("/api/docs/").content.decode())
    get, post = (shlex.split(said) for said in re.findall(r"<code>(curl .*?)</code>", page))
    found = client.get(get[1].removeprefix(settings.SITE_URL)).json()
    assert [each["description"] for each in found["contents"]] == ["A helpline after stillbirth."]
    sent = client.post(
        post[3].removeprefix(settings.SITE_URL), post[2], content_type="application/json"
    )
    assert sent.json()["total_items"] == 2
