"""The same on an S3 server: moto's, in this process."""

from datetime import timedelta

import boto3
import pytest
from moto.server import ThreadedMotoServer

from community import environment
from stories import photo_files, photo_jobs
from stories.models import Photo
from stories.pictures import internal_address
from tests import factories
from tests.stories import photographing
from tests.stories.test_pictures import on, page

pytestmark = [
    pytest.mark.django_db,
    # The server and its client, not ours.
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::ResourceWarning"),
]


@pytest.fixture(scope="module")
def server():
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    _host, port = server.get_host_and_port()
    yield f"127.0.0.1:{port}"
    server.stop()


@pytest.fixture
def bucket(server, settings):
    where = environment.storage(f"s3+http://key:s%2Fecret@{server}/photographs?region=us-east-1")
    settings.STORAGES = settings.STORAGES | {"default": where}
    options = where["OPTIONS"]
    s3 = boto3.resource(
        "s3",
        endpoint_url=options["endpoint_url"],
        aws_access_key_id=options["access_key"],
        aws_secret_access_key=options["secret_key"],
        region_name=options["region_name"],
    )
    bucket = s3.create_bucket(Bucket="photographs")
    yield bucket
    bucket.objects.delete()
    bucket.delete()


def kept(bucket):
    return sorted(each.key for each in bucket.objects.all())


def test_a_photographs_whole_way(bucket, client, django_capture_on_commit_callbacks):
    story = factories.published()
    photographing.add(story)
    photo = Photo.objects.get()
    assert kept(bucket) == [photo.aside]
    with django_capture_on_commit_callbacks(execute=True):
        photo_jobs.process.func(photo.pk)
    photo.refresh_from_db()
    assert kept(bucket) == sorted(photo.file_names()) == photographing.stored()
    photo.send()
    photo.publish(by=factories.moderator(), version=photo.sent)
    address = on(page(photo, client))[0]
    assert client.get(address).content[4:8] == b"ftyp"
    with django_capture_on_commit_callbacks(execute=True):
        photo.delete()
    assert kept(bucket) == [] and client.get(address).status_code == 404


def test_a_file_that_is_missing_is_a_missing_page_and_orphans_are_swept(bucket, client):
    photo = photographing.published()
    addresses = on(page(photo, client))
    photo_files.remove([photo.file_names()[0]])
    assert {client.get(address).status_code for address in addresses} == {200, 404}
    left = photo.file_names()[1:]
    nobodys = Photo.objects.none()
    assert photo_files.sweep(nobodys, nobodys) == [], "younger than a day"
    gone = photo_files.sweep(nobodys, nobodys, older_than=timedelta(seconds=-5))
    assert sorted(gone) == sorted(left) and kept(bucket) == []


def test_nginx_is_given_a_signed_address_that_lasts_a_minute(bucket, settings, server):
    settings.PHOTOS_ACCEL = "/from-s3"
    photo = photographing.processed()
    told = internal_address(photo.file_names()[0])
    assert told.startswith(f"/from-s3/photographs/{photo.file_names()[0]}?")
    assert "X-Amz-Expires=60" in told or "Expires=" in told
    assert "s%2Fecret" not in told and "s/ecret" not in told
