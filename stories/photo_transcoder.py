"""What happens to a photograph before any of it is kept: a file in, pictures made anew out.

A program of its own, run by ``stories.photo_processing`` under limits of memory and time, with
nothing of the site around it: it knows Pillow, reads the file from standard input, and writes a
line of JSON and then the pictures.  Of the file itself nothing goes out again but colours at
places.
"""

import ctypes
import io
import json
import os
import resource
import sys
import warnings
from importlib import import_module

from PIL import (
    AvifImagePlugin,
    Image,
    ImageCms,
    JpegImagePlugin,
    PngImagePlugin,
    UnidentifiedImageError,
    WebPImagePlugin,
)

# No other reader of Pillow's is even there.
KNOWN = (AvifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin)
TAKEN = ("JPEG", "PNG", "WEBP")  # and MPO, which begins as a JPEG
MOST_PIXELS = 50_000_000
# Above this a WebP is read scaled: whole, Pillow needs five times the memory, from opening it on.
MOST_OF_WEBP = 20_000_000
MOST_MEMORY = 512 * 1024 * 1024
MOST_SECONDS = 18  # of this process's own time
# The longer side of what is kept, in pixels; what is smaller is never made larger.
SIZES = (480, 960, 1600)
# The best first: a browser takes the first it knows.
FORMATS = {
    "avif": {"format": "AVIF", "quality": 62, "speed": 6, "max_threads": 1},
    "webp": {"format": "WEBP", "quality": 80, "method": 4},
    "jpg": {"format": "JPEG", "quality": 82, "progressive": True, "optimize": True},
}
LONGEST_PROFILE = 1_000_000  # bytes; those of cameras and screens have a few thousand
ROWS = 512  # at a time, where all at once would need the memory twice
ORIENTATION = 0x0112
UPRIGHT = {
    2: Image.Transpose.FLIP_LEFT_RIGHT,
    3: Image.Transpose.ROTATE_180,
    4: Image.Transpose.FLIP_TOP_BOTTOM,
    5: Image.Transpose.TRANSPOSE,
    6: Image.Transpose.ROTATE_270,
    7: Image.Transpose.TRANSVERSE,
    8: Image.Transpose.ROTATE_90,
}
# Several pictures in one file, of which the first is the photograph.
OF_SEVERAL = ("MPO", "HEIF")


class Refused(Exception):
    """It can't be taken; says why in one word (``photo_processing.Refusal``)."""


def transcode(raw, taken=TAKEN):
    """The pictures made of the file ``raw``: [((width, height), format, bytes), …], small first."""
    try:
        image = as_opened(raw, taken)
        turn = orientation_of(image)
        profile = image.info.get("icc_profile")
        picture = in_srgb(reduced(image), profile)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        raise Refused("pixels") from None
    except UnidentifiedImageError:
        raise Refused("not-one") from None
    except (MemoryError, Refused):
        raise
    except Exception:  # there is no list of what a reader of broken files may stumble over
        raise Refused("broken") from None
    picture = picture.transpose(UPRIGHT[turn]) if turn in UPRIGHT else picture
    return [
        (each.size, name, encoded(each, options))
        for each in in_every_size(picture)
        for name, options in FORMATS.items()
    ]


def as_opened(raw, taken):
    if raw[:4] == b"RIFF" and raw[8:12] == b"WEBP" and pixels_of_webp(raw) > MOST_OF_WEBP:
        return large_webp(raw)
    image = Image.open(io.BytesIO(raw), formats=taken)
    if image.width * image.height > MOST_PIXELS:
        raise Refused("pixels")
    if image.format not in OF_SEVERAL and getattr(image, "n_frames", 1) > 1:
        raise Refused("moves")
    # A JPEG can be read at a half or a quarter of its size at once.
    fits = max(1, max(image.size) / SIZES[-1])
    image.draft(None, tuple(round(length / fits) for length in image.size))
    image.load()
    return image


def pixels_of_webp(raw):
    kind, head = raw[12:16], raw[20:30]
    if kind == b"VP8X":
        sides = [int.from_bytes(head[at : at + 3], "little") + 1 for at in (4, 7)]
    elif kind == b"VP8L":
        bits = int.from_bytes(head[1:5], "little")
        sides = [(bits & 0x3FFF) + 1, (bits >> 14 & 0x3FFF) + 1]
    else:
        sides = [int.from_bytes(head[at : at + 2], "little") & 0x3FFF for at in (6, 8)]
    return sides[0] * sides[1]


class Output(ctypes.Structure):
    """What ``WebPDecode`` wrote, four bytes a pixel (``WebPDecBuffer`` in webp/decode.h)."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("colours", "width", "height", "is_ours")),
        ("pixels", ctypes.c_void_p),
        ("stride", ctypes.c_int),
        ("size", ctypes.c_size_t),
        (
            "unused",
            ctypes.c_void_p * 7 if ctypes.sizeof(ctypes.c_void_p) == 8 else ctypes.c_int * 9,
        ),
        ("padding", ctypes.c_uint32 * 4),
        ("memory", ctypes.c_void_p),
    ]


class Decoding(ctypes.Structure):
    """How it is to be read (``WebPDecoderConfig`` there)."""

    _fields_ = [
        *((name, ctypes.c_int) for name in ("width", "height", "is_clear", "moves", "kind")),
        ("padding", ctypes.c_uint32 * 5),
        ("output", Output),
        ("quality", ctypes.c_int * 2),
        ("crop", ctypes.c_int * 5),
        ("is_scaled", ctypes.c_int),
        ("scaled", ctypes.c_int * 2),
        ("more", ctypes.c_int * 4),
        ("more_padding", ctypes.c_uint32 * 5),
    ]


DECODER_VERSION = 0x0200  # of those two; the library refuses another than its own
IN_RGBA = 1


def large_webp(raw):
    """Read at the size it is kept from, by the library that Pillow brings."""
    try:
        library, asked = ctypes.CDLL(WebPImagePlugin._webp.__file__), Decoding()
        known = library.WebPInitDecoderConfigInternal(ctypes.byref(asked), DECODER_VERSION)
    except (AttributeError, OSError):
        known = False  # Pillow was built in some other way
    if not known:
        raise Refused("pixels")
    if library.WebPGetFeaturesInternal(
        raw, ctypes.c_size_t(len(raw)), ctypes.byref(asked), DECODER_VERSION
    ):
        raise Refused("broken")
    if asked.width * asked.height > MOST_PIXELS:
        raise Refused("pixels")
    if asked.moves:
        raise Refused("moves")
    longer = max(asked.width, asked.height)
    size = [max(1, round(side * 2 * SIZES[-1] / longer)) for side in (asked.width, asked.height)]
    asked.is_scaled, asked.scaled, asked.output.colours = 1, (ctypes.c_int * 2)(*size), IN_RGBA
    if library.WebPDecode(raw, ctypes.c_size_t(len(raw)), ctypes.byref(asked)):
        raise Refused("broken")
    made = asked.output
    pixels = ctypes.string_at(made.pixels, made.size)
    library.WebPFreeDecBuffer(ctypes.byref(made))
    image = Image.frombuffer("RGBA", size, pixels, "raw", "RGBA", made.stride, 1)
    said = dict(chunks_of_webp(raw))
    image.info = {"icc_profile": said.get(b"ICCP"), "exif": said.get(b"EXIF")}
    return image if asked.is_clear else image.convert("RGB")


def chunks_of_webp(raw):
    at = 12
    while at + 8 <= len(raw):
        length = int.from_bytes(raw[at + 4 : at + 8], "little")
        if (name := raw[at : at + 4]) in (b"ICCP", b"EXIF"):
            yield name, raw[at + 8 : at + 8 + length]
        at += 8 + length + length % 2


def orientation_of(image):
    try:
        return image.getexif().get(ORIENTATION, 1)
    except Exception:  # whatever is wrong in there, the picture is another matter
        return 1


def reduced(image):
    """Not much larger than what is kept, without what can be seen through."""
    by = max(1, max(image.size) // (2 * SIZES[-1]))
    width, height = image.size
    small = None
    for top in range(0, height, ROWS * by):
        rows = opaque(image.crop((0, top, width, min(height, top + ROWS * by))))
        rows = rows.reduce(by) if by > 1 else rows
        small = small or Image.new(rows.mode, (rows.width, -(-height // by)))
        small.paste(rows, (0, top // by))
    return small


def opaque(image):
    """In a mode that colours can be reckoned in; on white, where it could be seen through."""
    if image.mode.startswith("I;16"):
        return image.point(lambda value: value / 256).convert("L")
    if image.mode in ("I", "F"):
        return image.convert("L")
    if image.has_transparency_data:
        image = image.convert("RGBA")
        ground = Image.new("RGB", image.size, "white")
        ground.paste(image, mask=image.getchannel("A"))
        return ground
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def in_srgb(image, profile):
    """The colours as they were meant; a profile that makes no sense says nothing about them."""
    if profile and len(profile) <= LONGEST_PROFILE:
        try:
            meant = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            srgb = ImageCms.createProfile("sRGB")
            image = ImageCms.profileToProfile(image, meant, srgb, outputMode="RGB")
        except (ImageCms.PyCMSError, OSError, ValueError, TypeError):
            pass
    return image.convert("RGB")


def in_every_size(picture):
    longer = max(picture.size)
    for side in [*(size for size in SIZES[:-1] if size < longer), min(longer, SIZES[-1])]:
        size = [max(1, round(length * side / longer)) for length in picture.size]
        # Onto a new one, which has nothing but its pixels.
        clean = Image.new("RGB", size)
        clean.paste(picture.resize(size, Image.Resampling.LANCZOS))
        yield clean


def encoded(picture, options):
    to = io.BytesIO()
    picture.save(to, **options)
    return to.getvalue()


def limit():
    """Before anything is read.  No file can be written to from here on."""
    for what, most in [
        (resource.RLIMIT_AS, MOST_MEMORY),
        (resource.RLIMIT_CPU, MOST_SECONDS),
        (resource.RLIMIT_FSIZE, 0),
        (resource.RLIMIT_CORE, 0),
    ]:
        if what != resource.RLIMIT_AS or sys.platform != "darwin":  # macOS keeps no such limit
            resource.setrlimit(what, (most, most))
    os.nice(5)  # people wait for pages, and nobody for this
    Image.MAX_IMAGE_PIXELS = MOST_PIXELS
    warnings.simplefilter("ignore")
    warnings.simplefilter("error", Image.DecompressionBombWarning)


def main(taken):
    try:
        if "HEIF" in taken:
            pillow_heif = import_module("pillow_heif")  # which most sites have not
            pillow_heif.options.DECODE_THREADS = 1
            pillow_heif.register_heif_opener(thumbnails=False)
        made = transcode(sys.stdin.buffer.read(), taken)
    except Refused as why:
        told, made = {"refused": str(why)}, []
    except MemoryError:
        told, made = {"refused": "too-hard"}, []
    else:
        told = {"made": [[*size, name, len(data)] for size, name, data in made]}
    out = sys.stdout.buffer
    out.write(json.dumps(told).encode() + b"\n")
    out.writelines(data for _size, _name, data in made)
    out.flush()


if __name__ == "__main__":
    limit()
    main(sys.argv[1:] or TAKEN)
