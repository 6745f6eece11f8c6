"""A thousand things that members do, each tried again until the site says that it was done."""

import http.client
import io
import json
import re
import socket
import time
import urllib.parse
import uuid
from threading import Lock

from PIL import Image

TOKEN = "d" * 32
PATIENCE = 600  # seconds for one action, however often processes are killed meanwhile
NOT_DONE = (OSError, http.client.HTTPException, socket.timeout)


class Counted:
    def __init__(self):
        self.done = self.tried = 0
        self.lock = Lock()

    def add(self, tries):
        with self.lock:
            self.done += 1
            self.tried += tries


class Browser:
    """One signed-in member's, over plain HTTP, with as much patience as a person has."""

    def __init__(self, address, session, counted):
        self.host = address.removeprefix("http://")
        self.cookies = f"sessionid={session}; csrftoken={TOKEN}"
        self.counted = counted

    def once(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection(self.host, timeout=20)
        try:
            said = {"Cookie": self.cookies, "X-CSRFToken": TOKEN, **(headers or {})}
            connection.request(method, path, body, said)
            answer = connection.getresponse()
            return answer.status, answer.getheader("Location", ""), answer.read().decode()
        finally:
            connection.close()

    def until_done(self, method, path, body=None, headers=None):
        """The answer that says it was done; the same press again after anything else."""
        until = time.monotonic() + PATIENCE
        for tries in range(1, 10_000):
            try:
                status, location, text = self.once(method, path, body, headers)
                if status in (200, 302):
                    self.counted.add(tries if method == "POST" else 0)
                    return location, text
                problem = f"{status} {text[:300]}"
                time.sleep(60 if status == 429 else 0)  # "Wait a minute."
            except NOT_DONE as trouble:
                problem = type(trouble).__name__
            if time.monotonic() > until:
                raise AssertionError(f"{method} {path}: {problem}")
            time.sleep(1)

    def page(self, path):
        until = time.monotonic() + PATIENCE
        while True:
            try:
                status, _location, text = self.once("GET", path)
                if status == 200:
                    return text
            except NOT_DONE:
                status = 0
            assert time.monotonic() < until, f"GET {path}: {status}"
            time.sleep(0.2)

    def press(self, path, headers=None, **fields):
        body = urllib.parse.urlencode(fields)
        form = {"Content-Type": "application/x-www-form-urlencoded", **(headers or {})}
        return self.until_done("POST", path, body, form)

    def upload(self, path, file, **fields):
        edge = uuid.uuid4().hex
        parts = [
            f'--{edge}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode()
            for name, value in fields.items()
        ]
        named = 'name="file"; filename="a.jpg"\r\nContent-Type: image/jpeg'
        parts.append(f"--{edge}\r\nContent-Disposition: form-data; {named}\r\n\r\n".encode())
        body = b"".join([*parts, file, f"\r\n--{edge}--\r\n".encode()])
        return self.until_done(
            "POST", path, body, {"Content-Type": f"multipart/form-data; boundary={edge}"}
        )


def hidden(page):
    names = "letter|revision|named"
    return dict(re.findall(rf'type="hidden" name="({names})" value="([^"]*)"', page))


def a_picture(number):
    file = io.BytesIO()
    Image.new("RGB", (640, 480), (number % 255, 90, 120)).save(file, "JPEG")
    return file.getvalue()


def write(browser, mark, picture):
    """A story, sent to be read; a date; a name; a letter; a photograph for some.  Returns ids."""
    where, _text = browser.press("/write/new/")
    story = where.split("/")[2]
    desk = f"/write/{story}/"
    browser.press(desk, title=mark, body=f"{mark}, the beginning.", revision="0", go="carry-on")
    revision = hidden(browser.page(desk))["revision"]
    said = {"title": mark, "body": f"{mark}, all of it.", "revision": revision}
    _where, saved = browser.press(desk, {"Accept": "application/json"}, **said)
    assert json.loads(saved)["saved"]
    browser.press(f"{desk}name/", byline="pen-name")
    browser.press(f"{desk}about/", losses="stillbirth", role="father", language="en")
    browser.press("/me/dates/", words=mark, day="14", month="3", wish="nothing")
    if picture:
        named = hidden(browser.page(f"{desk}photos/"))
        said = {"description": mark, "kind": "place", **named}
        browser.upload(f"{desk}photos/", picture, **said)
    browser.press(f"{desk}check/", visibility="everyone", agreed="on")
    form = hidden(browser.page("/remembrance/write/"))
    when = {"day": "9", "month": "3", "year": "2011", "signed": "no-name", "language": "en"}
    browser.press("/remembrance/write/", name=mark, body="", agreed="on", go="send", **when, **form)
    form = hidden(browser.page("/letters/write/"))
    said = {"body": f"{mark} says hello.", "signed": "no-name", "language": "en", "go": "send"}
    browser.press("/letters/write/", **said, **{"revision": "0"} | form)
    return story
