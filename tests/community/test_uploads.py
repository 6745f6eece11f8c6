"""How much of what somebody sends as files is taken."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from community.uploads import MOST_BYTES

A_CHUNK = 65_536


@pytest.fixture
def received():
    requests = []

    def receive(*files):
        sent = {f"file{n}": SimpleUploadedFile("x.jpg", data) for n, data in enumerate(files)}
        requests.append(RequestFactory().post("/", sent))
        return requests[-1].FILES

    yield receive
    for request in requests:
        request.close()


@pytest.mark.parametrize("length", [0, 1, A_CHUNK, 3_000_000])
def test_a_file_that_fits_arrives_whole(length, received):
    data = bytes(range(256)) * (length // 256 + 1)
    assert received(data[:length])["file0"].read() == data[:length]


def test_what_is_too_much_goes_nowhere_and_still_shows(received):
    file = received(bytes(MOST_BYTES * 2))["file0"]
    assert MOST_BYTES < file.size <= MOST_BYTES + A_CHUNK
    assert len(file.read()) == file.size


def test_many_files_at_once_are_no_more_than_one(received):
    files = received(*[bytes(10_000_000)] * 6)
    assert sum(file.size for file in files.values()) <= MOST_BYTES + A_CHUNK
