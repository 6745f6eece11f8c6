"""What is made of a photograph, and what of a file that is none."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from PIL import Image

from stories import photo_processing, photo_transcoder
from stories.photo_processing import Refusal, Refused, processed
from tests.stories import odd_files
from tests.stories.odd_files import CORNERS, SECRET, saved, telling

LARGEST = 512 * 1024  # kilobytes


def outcome(why_at_sight, said):
    """The one word for what came of a file."""
    if why_at_sight:
        return why_at_sight.value
    told = json.loads(said.partition(b"\n")[0]) if said else {"refused": "too-hard"}
    return told.get("refused", "made")


@pytest.fixture(scope="module")
def came_of_each(tmp_path_factory):
    """Of every odd file: [(what it is, what may come of it, what came, what was made, cost)]."""
    folder, files = tmp_path_factory.mktemp("odd"), list(odd_files.corpus())
    for n, (_what, data, _may) in enumerate(files):
        if not photo_processing.refused_at_sight(data[:32], len(data)):
            (folder / f"{n:04}.file").write_bytes(data)
    program = Path(odd_files.__file__).with_name("transcode_each.py")
    where = Path(photo_transcoder.__file__).parent
    subprocess.run([sys.executable, "-I", program, folder, where], check=True, timeout=120)
    came = []
    for n, (what, data, may) in enumerate(files):
        said, cost = folder / f"{n:04}.made", folder / f"{n:04}.cost"
        said = said.read_bytes() if said.exists() else b""
        cost = json.loads(cost.read_text()) if cost.exists() else {}
        seen = outcome(photo_processing.refused_at_sight(data[:32], len(data)), said)
        came.append((what, may, seen, said.partition(b"\n")[2], cost))
    return came


def test_there_are_many_of_them(came_of_each):
    assert len(came_of_each) > 200
    assert len({what for what, *_rest in came_of_each}) == len(came_of_each)


def test_each_is_made_or_refused_with_its_sentence(came_of_each):
    assert [(what, seen) for what, may, seen, *_rest in came_of_each if seen not in may] == []
    known = {*Refusal.values, "made"}
    assert {seen for _what, _may, seen, *_rest in came_of_each} <= known


def test_none_takes_more_memory_or_time_than_it_may(came_of_each):
    costs = [(what, cost) for what, _may, _seen, _made, cost in came_of_each if cost]
    assert [what for what, cost in costs if cost["kilobytes"] > LARGEST] == []
    assert [what for what, cost in costs if cost["seconds"] > 20] == []


def test_no_byte_of_what_was_said_around_it_is_left(came_of_each):
    for what, _may, _seen, made, _cost in came_of_each:
        for trace in (SECRET, b"<script", b"PK\x03\x04", b"Exif", b"http://ns.adobe"):
            assert trace not in made, what


def nearest(colour):
    return min(CORNERS, key=lambda each: sum(abs(a - b) for a, b in zip(each, colour, strict=True)))


def corners_of(data):
    image = Image.open(io.BytesIO(data)).convert("RGB")
    width, height = image.size
    places = [(0.25, 0.25), (0.75, 0.25), (0.25, 0.75), (0.75, 0.75)]
    return [nearest(image.getpixel((int(width * x), int(height * y)))) for x, y in places]


def test_each_stands_upright_however_the_phone_was_held():
    for what, data, _may in odd_files.turned():
        if "JPEG" in what:
            made = photo_transcoder.transcode(data)
            assert {size for size, _name, _data in made} == {(96, 64)}, what
            assert all(corners_of(each) == CORNERS for _size, _name, each in made), what


def test_a_large_webp_is_read_smaller_upright_and_on_white(monkeypatch):
    monkeypatch.setattr(photo_transcoder, "MOST_OF_WEBP", 0)
    for what, data, _may in odd_files.turned():
        if "WEBP" in what:
            made = photo_transcoder.transcode(data)
            assert all(corners_of(each) == CORNERS for _size, _name, each in made), what
    clear = saved(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "WEBP")
    for _size, _name, data in photo_transcoder.transcode(clear):
        assert min(Image.open(io.BytesIO(data)).convert("RGB").getpixel((20, 20))) > 250


def test_what_could_be_seen_through_stands_on_white():
    clear = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    for _size, _name, data in photo_transcoder.transcode(saved(clear, "PNG")):
        assert min(Image.open(io.BytesIO(data)).convert("RGB").getpixel((20, 20))) > 250


def test_a_large_one_is_kept_in_three_sizes_and_three_formats_and_none_is_made_larger():
    large = saved(odd_files.picture(size=(3000, 2000)), "JPEG")
    made = [(size, name) for size, name, _data in photo_transcoder.transcode(large)]
    sizes = [(480, 320), (960, 640), (1600, 1067)]
    assert made == [(size, name) for size in sizes for name in ("avif", "webp", "jpg")]
    small = photo_transcoder.transcode(saved(odd_files.picture(size=(300, 200)), "PNG"))
    assert {size for size, _name, _data in small} == {(300, 200)}


def test_colours_of_a_wider_screen_are_kept_as_they_looked():
    # A profile with red and green exchanged.
    srgb = photo_transcoder.ImageCms.ImageCmsProfile(
        photo_transcoder.ImageCms.createProfile("sRGB")
    ).tobytes()
    swapped = srgb.replace(b"rXYZ", b"qXYZ").replace(b"gXYZ", b"rXYZ").replace(b"qXYZ", b"gXYZ")
    assert swapped != srgb
    red = saved(Image.new("RGB", (40, 40), (200, 0, 0)), "PNG", icc_profile=swapped)
    _size, _name, data = photo_transcoder.transcode(red)[2]
    r, g, _b = Image.open(io.BytesIO(data)).getpixel((20, 20))
    assert g > 150 > 60 > r


def test_the_process_it_happens_in_knows_nothing_of_us_and_can_write_no_file(tmp_path):
    pictures = processed(telling("JPEG"))
    assert [each.format for each in pictures] == ["avif", "webp", "jpg"]
    program = (
        "import sys; sys.path.insert(0, sys.argv[1]); import photo_transcoder as program;"
        "program.limit();"
        "file = open(sys.argv[2], 'wb', buffering=0); file.write(b'x' * 9)"
    )
    where, there = str(Path(photo_transcoder.__file__).parent), tmp_path / "file"
    done = subprocess.run([sys.executable, "-I", "-c", program, where, there], capture_output=True)
    assert done.returncode != 0 and there.stat().st_size == 0


def test_a_process_that_is_stopped_or_says_what_ours_never_says_is_a_refusal(monkeypatch, tmp_path):
    for said in ("import os; os.abort()", """print('{"made": [[9000, 9, "html", 9]]}\\nx')"""):
        program = tmp_path / "program.py"
        program.write_text(said)
        monkeypatch.setattr(photo_processing, "PROGRAM", program)
        with pytest.raises(Refused) as refused:
            processed(telling("PNG"))
        assert refused.value.why == Refusal.TOO_HARD


def test_heic_is_taken_where_it_was_asked_for(settings):
    pillow_heif = pytest.importorskip("pillow_heif")
    image = pillow_heif.from_pillow(odd_files.picture(size=(128, 96)))
    to = io.BytesIO()
    image.save(to, quality=90, exif=odd_files.telling_exif().tobytes())
    with pytest.raises(Refused) as refused:
        processed(to.getvalue())
    assert refused.value.why == Refusal.HEIC
    settings.PHOTOS_HEIC = True
    for each in processed(to.getvalue()):
        assert SECRET not in each.data and corners_of(each.data) == CORNERS
