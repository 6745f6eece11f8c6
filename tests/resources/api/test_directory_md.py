"""What docs/directory.md shows an integrator, asked as it stands there."""

import json
import re
import shlex
from pathlib import Path

import pytest

PAGE = Path(__file__).parents[3] / "docs" / "directory.md"
HERE = "http://localhost:8000"
COMMANDS = [
    line
    for block in re.findall(r"```sh\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    for line in block.splitlines()
    if line.startswith("curl")
]


def asked(client, command):
    words = shlex.split(command)
    address = words[-1].removeprefix(HERE)
    if "--json" in words:
        body = words[words.index("--json") + 1]
        return client.post(address, body, content_type="application/json")
    return client.get(address)


@pytest.mark.django_db
def test_every_command_finds_something(client, directory):
    assert len(COMMANDS) >= 8
    for command in COMMANDS:
        response = asked(client, command)
        assert response.status_code == 200, command
        body = response.getvalue()
        if response["Content-Type"] == "application/json":
            assert json.loads(body)["contents"], command
        assert body, command


@pytest.mark.django_db
def test_a_question_in_the_body_finds_what_one_in_the_address_does(client, directory):
    first, second = (json.loads(asked(client, c).getvalue()) for c in COMMANDS[:2])
    assert first == second
