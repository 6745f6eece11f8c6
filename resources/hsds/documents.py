"""The services in a file or at the API of another publisher, as (where, object).

HSDS 3.0 and 3.1: one service, an organisation with its services, a page, a list, one object on
each line, or tables (a zip, a folder, or their JSON).
"""

import json
from pathlib import Path
from urllib.parse import urlencode

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from resources.directory_file import Refused
from resources.hsds import fields, tables
from resources.hsds.fetching import NotRead
from resources.validators import web_address

OF_LIST = {
    "taxonomies": "taxonomy",
    "taxonomy_terms": "taxonomy_term",
    "organizations": "organization",
}
LARGEST = 50_000_000  # bytes
MOST = 20_000  # services
MOST_PAGES = 1_000
DEEPEST = 60


def in_file(path):
    """The services in the file or folder ``path``.  Raises Refused."""
    path = Path(path)
    try:
        if path.is_dir():
            return _few_enough(tables.services(tables.from_folder(path)))
        if path.stat().st_size > LARGEST:
            raise Refused([_("The file is larger than fifty megabytes.")])
        return in_bytes(path.read_bytes())
    except OSError as problem:
        raise Refused([_("The file cannot be read: %s.") % problem.strerror]) from problem


def in_bytes(content):
    """The services in the bytes of a file.  Raises Refused."""
    if content.startswith(b"PK\x03\x04"):
        return _few_enough(tables.services(tables.from_zip(content)))
    said = parsed(content)
    if isinstance(said, dict) and said and all(name.endswith(".csv") for name in said):
        return _few_enough(tables.services(tables.from_json(said)))
    return _few_enough(list(_in_object(said, "")))


def parsed(content):
    """JSON, or one object on each line.  Raises Refused."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        raise Refused([_("This is not written in UTF-8.")]) from problem
    try:
        said = json.loads(text)
    except RecursionError as problem:
        raise Refused([_("It is nested too deeply.")]) from problem
    except ValueError as problem:
        said = _lines(text, problem)
    if _depth(said) > DEEPEST:
        raise Refused([_("It is nested too deeply.")])
    return said


def _lines(text, problem):
    found = []
    for number, line in enumerate(text.splitlines(), start=1):
        try:
            if line.strip():
                found.append(json.loads(line))
        except (ValueError, RecursionError) as error:
            where = problem.lineno if isinstance(problem, json.JSONDecodeError) else number
            if number > 1:
                where = number
            raise Refused([_("Line %d is not JSON.") % where]) from error
    return found


def _depth(said, deep=0):
    if deep > DEEPEST or not isinstance(said, (dict, list)):
        return deep
    inside = said.values() if isinstance(said, dict) else said
    return max((_depth(part, deep + 1) for part in inside), default=deep)


def _in_object(said, where):
    """Each service in ``said``; an organisation’s services know their organisation."""
    if isinstance(said, list):
        for number, part in enumerate(said, start=1):
            yield from _in_object(part, where or _("Number %d") % number)
    elif isinstance(said, dict) and isinstance(said.get("contents"), list):
        yield from _in_object(said["contents"], "")
    elif isinstance(said, dict) and isinstance(said.get("services"), list):
        runs_it = {name: value for name, value in said.items() if name != "services"}
        for number, part in enumerate(said["services"], start=1):
            inside = part if isinstance(part, dict) else {}
            yield (
                f"{where or runs_it.get('name', '')}, {number}",
                {"organization": runs_it} | inside,
            )
    elif isinstance(said, dict) and not ("status" in said or "organization" in said):
        return  # an organisation without services, a term: no service is in it
    else:
        yield where or _("Number %d") % 1, said


def _few_enough(found):
    if not found:
        raise Refused([_("There is no service in this.")])
    if len(found) > MOST:
        raise Refused([_("There are more than twenty thousand services in this.")])
    return found


def at_api(address, read):
    """(services, notes) of an HSDS 3 API, its services in full.  Raises Refused."""
    address = address.rstrip("/")
    try:
        root = parsed(read(address + "/"))
        version = str(root.get("version", "")) if isinstance(root, dict) else ""
        if "3." not in version:
            raise Refused([_("There is no HSDS 3 there: its version is “%s”.") % version[:40]])
        found = _few_enough(list(_pages(address, read)))
        return found, [*_faults_of_root(root), *_faults_beside(address, read)]
    except NotRead as why:
        raise Refused([f"{address}: {why}"]) from why


def _faults_of_root(root):
    for name in ("profile", "openapi_url"):
        if not is_address(root.get(name)):
            yield _("Their API has no usable %s.") % name


def _faults_beside(address, read):
    """What is not HSDS in the rest of their API, by the first of each list.  It stops nothing."""
    for name in ("taxonomies", "taxonomy_terms", "organizations"):
        try:
            page = parsed(read(f"{address}/{name}"))
            first = page["contents"][0]["id"]
            one = parsed(read(f"{address}/{name}/{first}"))
        except (NotRead, Refused, LookupError, TypeError):
            yield _("Their API has no %s we can read.") % name
            continue
        table = fields.TABLES[OF_LIST[name]]
        for field in table.fields if isinstance(one, dict) else ():
            value = one.get(field.name)
            if field.required and not value:
                yield _("Their %(of)s has no %(name)s.") % {"of": name, "name": field.name}
            elif value and field.schema is fields.ADDRESS and not is_address(value):
                yield _("Their %(of)s has a %(name)s that is no address.") % {
                    "of": name,
                    "name": field.name,
                }


def is_address(value):
    try:
        web_address(value)
    except ValidationError:
        return False
    return True


def _pages(address, read):
    number = last = 1
    while number <= min(last, MOST_PAGES):
        question = urlencode({"page": number, "full": "true"})
        page = parsed(read(f"{address}/services?{question}"))
        if not isinstance(page, dict) or not isinstance(page.get("contents"), list):
            raise Refused([_("Page %d is no page of HSDS.") % number])
        for where, said in _in_object(page, ""):
            yield f"{_('Page %d') % number}, {where}", _whole(address, said, read)
        last = page.get("total_pages") if isinstance(page.get("total_pages"), int) else 1
        if page.get("last_page") is True:
            return
        number += 1


def _whole(address, said, read):
    """Who does not know ``full`` gives only what there is one of: the rest is asked for."""
    whole = any(name in said for name in ("phones", "service_areas", "attributes", "languages"))
    if whole or not isinstance(said, dict) or not said.get("id"):
        return said
    found = parsed(read(f"{address}/services/{said['id']}"))
    return found if isinstance(found, dict) else said
