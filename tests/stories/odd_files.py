"""Files as people, phones and enemies send them: (what it is, its bytes, what may come of it).

What may come of it is "made", or the words it may be refused with.  Wherever a file has room for
words, ``SECRET`` stands in it.
"""

import io
import random
import struct
import zlib

from PIL import Image, ImageCms, PngImagePlugin

SECRET = b"ward17-bed4"
MADE = {"made"}
NOT_ONE, BROKEN, PIXELS, MOVES = {"not-one"}, {"broken"}, {"pixels"}, {"moves"}
# What was damaged may still be read, or not.
WHO_KNOWS = {"made", "broken", "not-one", "pixels", "moves", "too-hard"}
# A corner each, so that what is upright shows.
CORNERS = [(200, 20, 20), (20, 180, 20), (20, 20, 200), (200, 200, 20)]
TO_STORED = {1: None, 2: 0, 3: 3, 4: 1, 5: 5, 6: 2, 7: 6, 8: 4}  # how a camera held so keeps it


def picture(mode="RGB", size=(96, 64)):
    """Upright: red and green above, blue and yellow below."""
    image = Image.new("RGB", size)
    half = (size[0] // 2 or 1, size[1] // 2 or 1)
    for n, colour in enumerate(CORNERS):
        image.paste(colour, (n % 2 * half[0], n // 2 * half[1], *size))
    return image.convert(mode)


def saved(image, kind, **options):
    to = io.BytesIO()
    image.save(to, kind, **options)
    return to.getvalue()


def telling_exif(orientation=1):
    exif = Image.Exif()
    exif[0x0112], exif[0x010F], exif[0x9286] = orientation, SECRET.decode(), SECRET.decode()
    exif.get_ifd(0x8825).update({1: "N", 2: (53.0, 20.0, 1.0), 29: SECRET.decode()})
    return exif


def telling(kind, orientation=1, image=None):
    """A whole photograph with all that a phone says around it."""
    image = image or picture()
    said = {"exif": telling_exif(orientation)}
    said["icc_profile"] = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    if kind == "PNG":
        said["pnginfo"] = PngImagePlugin.PngInfo()
        said["pnginfo"].add_text("Comment", SECRET.decode())
        said["pnginfo"].add_itxt("XML:com.adobe.xmp", SECRET.decode(), zip=True)
    else:
        said |= {"xmp": SECRET, **({"comment": SECRET} if kind == "JPEG" else {})}
        said["quality"] = 95
    return saved(image, kind, **said) + SECRET


def turned():
    for kind in ("JPEG", "PNG", "WEBP"):
        for orientation, method in TO_STORED.items():
            stored = picture() if method is None else picture().transpose(Image.Transpose(method))
            yield f"{kind} turned {orientation}", telling(kind, orientation, stored), MADE
        for orientation in (0, 9, 65535):
            yield f"{kind} turned {orientation}", telling(kind, orientation), MADE


def modes():
    for mode in ("L", "RGB", "CMYK"):
        yield f"JPEG {mode}", saved(picture(mode), "JPEG"), MADE
    for mode in ("1", "L", "LA", "P", "RGB", "RGBA", "I;16"):
        image = picture("L").convert(mode) if mode == "I;16" else picture(mode)
        yield f"PNG {mode}", saved(image, "PNG"), MADE
    for mode in ("P", "L", "RGB"):
        see_through = {"transparency": 0 if mode != "RGB" else CORNERS[0]}
        yield f"PNG {mode} see-through", saved(picture(mode), "PNG", **see_through), MADE
    for mode in ("RGB", "RGBA"):
        yield f"WebP {mode}", saved(picture(mode), "WEBP"), MADE
        yield f"WebP {mode} lossless", saved(picture(mode), "WEBP", lossless=True), MADE
    for size in ((1, 1), (1, 4000), (4000, 1), (3, 2), (2000, 1500), (481, 480)):
        yield f"PNG {size}", saved(picture(size=size), "PNG"), MADE
    yield "JPEG progressive", saved(picture(), "JPEG", progressive=True), MADE
    several = {"save_all": True, "append_images": [picture("L").convert("RGB")]}
    yield "MPO", saved(picture(), "MPO", **several) + SECRET, MADE


def damaged():
    whole = {kind: telling(kind) for kind in ("JPEG", "PNG", "WEBP")}
    chance = random.Random("the same each time")
    for kind, data in whole.items():
        bare = data.removesuffix(SECRET)
        for part in range(1, 20):
            yield f"{kind} cut at {part}/20", bare[: len(bare) * part // 20], WHO_KNOWS - PIXELS
        for n in range(25):
            hurt = bytearray(data)
            for _ in range(1 + n):
                hurt[chance.randrange(12, len(hurt))] = chance.randrange(256)
            yield f"{kind} hurt {n}", bytes(hurt), WHO_KNOWS


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width, height, *chunks, depth=8, colour=2):
    head = struct.pack(">IIBBBBB", width, height, depth, colour, 0, 0, 0)
    parts = [chunk(b"IHDR", head), *(chunk(*each) for each in chunks), chunk(b"IEND", b"")]
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def bombs():
    zeros = zlib.compress(bytes(30_000_000), 9)
    yield "PNG 900 megapixels", png(30_000, 30_000, (b"IDAT", zeros), depth=1, colour=0), PIXELS
    yield "PNG 4 billion dots a side", png(2**31 - 1, 2**31 - 1, (b"IDAT", zeros)), WHO_KNOWS
    yield "PNG 50 megapixels and one row", png(10_000, 5_001, (b"IDAT", zeros)), PIXELS
    yield "PNG without its pixels", png(7_000, 7_000, (b"IDAT", zlib.compress(b"0"))), BROKEN
    small = zlib.compress(bytes((96 * 3 + 1) * 64))
    text = (b"zTXt", b"Comment\0\0" + zlib.compress(bytes(60_000_000), 9))
    yield "PNG with a bomb for text", png(96, 64, text, (b"IDAT", small)), WHO_KNOWS
    profile = (b"iCCP", b"x\0\0" + zlib.compress(bytes(60_000_000), 9))
    yield "PNG with a bomb for colours", png(96, 64, profile, (b"IDAT", small)), WHO_KNOWS
    jpeg = bytearray(saved(picture(), "JPEG"))
    at = jpeg.index(b"\xff\xc0") + 5
    jpeg[at : at + 4] = struct.pack(">HH", 65_500, 65_500)
    yield "JPEG 4,290 megapixels", bytes(jpeg), PIXELS
    webp = b"RIFF\x1a\0\0\0WEBPVP8X\x0a\0\0\0\0\0\0\0" + b"\xfe\x3f\0\xfe\x3f\0"
    yield "WebP 268 megapixels", webp, PIXELS
    large = saved(Image.new("RGB", (8_000, 6_200), "teal"), "WEBP", quality=1, method=0)
    yield "WebP 49 megapixels", large, MADE
    yield "WebP 49 megapixels, cut", large[: len(large) // 2], BROKEN
    for name, body in (
        ("sRGB", ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()),
        ("of another kind", ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes()),
        ("of nothing", SECRET * 20),
        ("that never ends", b"\xff" * 2_000_000),
    ):
        for mode in ("L", "RGB", "CMYK"):
            data = saved(picture(mode), "JPEG", icc_profile=body)
            yield f"JPEG {mode}, colours {name}", data, MADE


def others():
    moving = {"save_all": True, "append_images": [picture("L").convert("RGB")] * 3}
    yield "GIF", saved(picture("P"), "GIF"), MOVES
    yield "GIF that moves", saved(picture("P"), "GIF", **moving), MOVES
    yield "PNG that moves", saved(picture(), "PNG", **moving), MOVES
    yield "WebP that moves", saved(picture(), "WEBP", **moving), MOVES
    for kind in ("BMP", "TIFF", "ICO", "PPM", "TGA", "PDF", "JPEG2000", "AVIF"):
        yield kind, saved(picture(), kind), NOT_ONE
    for name, data in {
        "SVG": b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>',
        "HTML": b"<!doctype html><script>alert(1)</script>",
        "text": SECRET,
        "one byte": b"\xff",
        "zip": b"PK\x03\x04" + SECRET,
        "program": b"\x7fELF" + SECRET * 9,
        "video": b"\0\0\0\x18ftypmp42" + SECRET * 9,
        "PSD": b"8BPS\0\x01" + SECRET * 9,
        "PostScript": b"%!PS-Adobe-3.0 EPSF-3.0\n" + SECRET,
    }.items():
        yield name, data, NOT_ONE
    yield "nothing", b"", {"empty"}
    for brand in (b"heic", b"heix", b"mif1"):
        yield f"HEIC {brand}", b"\0\0\0\x18ftyp" + brand + SECRET * 9, {"heic"}
    yield "25 megabytes and one", saved(picture(), "JPEG") + bytes(25_000_001), {"large"}


def two_in_one():
    page = b"<html><script>alert('" + SECRET + b"')</script>"
    jpeg = saved(picture(), "JPEG", comment=page)
    yield "JPEG that is a page too", jpeg + page, MADE
    yield "JPEG that is an archive too", jpeg + b"PK\x03\x04" + SECRET * 99, MADE
    yield "page that is a JPEG too", page + jpeg, NOT_ONE
    yield "GIF that is a JPEG too", b"GIF89a" + jpeg, MOVES
    yield "PNG called so, JPEG behind it", b"\x89PNG\r\n\x1a\n" + jpeg, WHO_KNOWS - MADE
    for tag in (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n", b"RIFF\x00\x00\x00\x00WEBP"):
        yield f"a beginning and no more: {tag[1:4]}", tag + SECRET, WHO_KNOWS - MADE


def corpus():
    for some in (turned, modes, damaged, bombs, others, two_in_one):
        yield from some()
