"""The official HSDS schemas and examples: beside a clone, and never in it."""

import json
from functools import cache
from pathlib import Path

import jsonschema_rs
import pytest

from resources.api import profile

SHARED = Path(__file__).parents[4] / "shared" / "hsds"
SCHEMAS = SHARED / "3.1" / "schema"
needs_hsds = [
    pytest.mark.shared,
    pytest.mark.skipif(
        not SHARED.is_dir(), reason="The HSDS schemas and examples are not beside this clone."
    ),
]


def example(*path):
    return json.loads(SHARED.joinpath(*path).read_text(encoding="utf-8"))


def patched(name):
    """The schema of HSDS, with what our profile adds to it (RFC 7396)."""
    return _merged(example("3.1", "schema", f"{name}.json"), profile.PATCHES.get(name, {}))


def _merged(target, patch):
    if not isinstance(patch, dict):
        return patch
    merged = dict(target) if isinstance(target, dict) else {}
    for name, value in patch.items():
        if value is None:
            merged.pop(name, None)
        else:
            merged[name] = _merged(merged.get(name), value)
    return merged


@cache
def validator(name):
    """Of HSDS with our profile, which takes nothing away: see test_profile.py."""

    def retrieve(uri):
        of = uri.rpartition("/")[2].removesuffix(".json")
        return profile.PATCHES[of] if of == "translation" else patched(of)

    return jsonschema_rs.Draft202012Validator(
        patched(name),
        validate_formats=True,
        ignore_unknown_formats=True,
        retriever=retrieve,
        base_uri=f"https://schemas.invalid/{name}.json",
    )


def faults(name, said):
    """What is wrong with an object, by the official schema and by our profile of it."""
    return [
        f"{name} {said.get('id')} {'/'.join(map(str, error.instance_path))}: {error.message}"
        for error in validator(name).iter_errors(said)
    ]


def page_schema():
    return example("3.1", "schema", "openapi.json")["components"]["schemas"]["Page"]
