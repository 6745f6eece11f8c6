"""Our profile of HSDS 3.1: for each of its schemas that we add to, a merge patch (RFC 7396)."""

from resources.hsds import fields


def schema_of(table):
    """A JSON schema of what we serve of ``table``, with its parts by reference."""
    properties = {field.name: field.schema | {"description": field.description}
                  for field in table.fields}  # fmt: skip
    for part in table.parts:
        properties[part.name] = _of(part)
    return {
        "type": "object",
        "description": table.description,
        "properties": properties,
        "required": [field.name for field in table.fields if field.required],
    }


def _of(part, where="#/components/schemas/"):
    inside = {"$ref": where + part.of}
    return (
        {"type": "array", "items": inside, "description": part.description} if part.many else inside
    )


def _patch(table):
    ours = {
        field.name: field.schema | {"name": field.name, "description": field.description}
        for field in table.fields
        if field.ours
    }
    ours |= {part.name: _of(part, "") for part in table.parts if part.ours}
    for part in ours.values():
        if "items" in part:
            part["items"] = {"$ref": part["items"]["$ref"] + ".json"}
    return {"properties": ours} if ours else None


PATCHES = {name: patch for name, table in fields.TABLES.items() if (patch := _patch(table))}


def for_people():
    """What we add, by the schema it is added to, for the page of documentation."""
    return [
        {
            "name": name,
            "added": [part for part in (*table.fields, *table.parts) if part.ours],
        }
        for name, table in fields.TABLES.items()
        if name in PATCHES
    ]
