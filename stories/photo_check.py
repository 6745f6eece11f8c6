"""What a stored picture says besides its pixels, read off its structure: nothing, if all is well.

Knows what ``photo_transcoder`` writes and calls everything else a stranger, so it need not know
what there is to be afraid of.
"""

import struct

from django.core.files.storage import default_storage

# JPEG: the start, tables, the frame, and its scans; APP0 holds nothing but the word JFIF.
PLAIN_MARKERS = {0xC0, 0xC2, 0xC4, 0xDA, 0xDB, 0xDD, 0xE0}
LENGTH_OF_APP0 = 16
CHUNKS = {b"VP8 ", b"VP8L", b"VP8X", b"ALPH"}
SAYS_MORE = 0x20 | 0x08 | 0x04  # a profile, EXIF, XMP
BOXES = {b"ftyp", b"meta", b"mdat"}
# Inside ``meta``: how the picture is packed.  EXIF and XMP are items of other types.
PACKING = {b"hdlr", b"pitm", b"iloc", b"iinf", b"iprp", b"iref"}
ITEM = b"av01"


class Stranger(Exception):
    """Something stands in a picture that we never put there."""


def strangers_in(data, kind):
    """What stands in ``data`` that should not, as a word; "" if nothing does."""
    try:
        {"jpg": _jpeg, "webp": _webp, "avif": _avif}[kind](data)
    except Stranger as what:
        return str(what)
    except (struct.error, IndexError, ValueError):
        return "it ends too soon"
    return ""


def _jpeg(data):
    if data[:2] != b"\xff\xd8":
        raise Stranger("another kind of file")
    at = 2
    while data[at : at + 2] != b"\xff\xd9":
        marker, length = data[at + 1], struct.unpack(">H", data[at + 2 : at + 4])[0]
        if data[at] != 0xFF or marker not in PLAIN_MARKERS:
            raise Stranger(f"a segment {marker:02X}")
        if marker == 0xE0 and (length != LENGTH_OF_APP0 or data[at + 4 : at + 9] != b"JFIF\0"):
            raise Stranger("a segment E0 of another kind")
        at += 2 + length
        if marker == 0xDA:
            at = _end_of_scan(data, at)
    if len(data) != at + 2:
        raise Stranger("something after its end")


def _end_of_scan(data, at):
    while True:
        at = data.index(b"\xff", at)
        if data[at + 1] != 0 and not 0xD0 <= data[at + 1] <= 0xD7:
            return at
        at += 2


def _webp(data):
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        raise Stranger("another kind of file")
    if struct.unpack("<I", data[4:8])[0] != len(data) - 8:
        raise Stranger("something after its end")
    at = 12
    while at < len(data):
        name, length = data[at : at + 4], struct.unpack("<I", data[at + 4 : at + 8])[0]
        if name not in CHUNKS or (name == b"VP8X" and data[at + 8] & SAYS_MORE):
            raise Stranger(f"a chunk {name!r}")
        at += 8 + length + length % 2


def _boxes(data):
    at = 0
    while at < len(data):
        length, name = struct.unpack(">I4s", data[at : at + 8])
        if length < 8 or at + length > len(data):
            raise Stranger("something after its end")
        yield name, data[at + 8 : at + length]
        at += length


def _avif(data):
    if data[4:8] != b"ftyp":
        raise Stranger("another kind of file")
    for name, inside in _boxes(data):
        if name not in BOXES:
            raise Stranger(f"a box {name!r}")
        if name == b"meta":
            _packing(inside[4:])


def _packing(meta):
    for name, inside in _boxes(meta):
        if name not in PACKING:
            raise Stranger(f"a box {name!r}")
        if name == b"iinf":
            for _entry, item in _boxes(inside[6:]):
                if item[8:12] != ITEM:
                    raise Stranger(f"an item {item[8:12]!r}")
        if name == b"iprp" and (b"colrprof" in inside or b"colrrICC" in inside):
            raise Stranger("a profile of colours")


def what_is_wrong(photos):
    """(what to look at, what is wrong) of every file that the rows ``photos`` name."""
    for photo in photos.iterator():
        for name in photo.file_names():
            try:
                with default_storage.open(name) as file:
                    found = strangers_in(file.read(), name.rpartition(".")[2])
            except FileNotFoundError:
                found = "it is missing"
            if found:
                yield name, found
