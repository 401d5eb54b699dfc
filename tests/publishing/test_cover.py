"""Covers that directories take."""

from __future__ import annotations

import io
from pathlib import Path  # noqa: TC003 - pytest reads the fixtures' types

import pytest
from PIL import Image

from hautevoix.errors import PublishingError
from hautevoix.publishing import cover


def picture(mode: str = "RGB", size: tuple[int, int] = (1500, 1500), kind: str = "PNG") -> bytes:
    """Return a plain picture."""
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind)
    return file.getvalue()


@pytest.mark.parametrize(
    ("title", "author"),
    [
        ("Œuvres d'été : Noël à Où-çà, ÇÆŒÀÉÈ", "Zoë Ÿ"),
        ("x" * 300, "y" * 300),
        ("mot " * 200, ""),
        ("🙂", "\u202e"),
    ],
)
def test_a_drawn_cover_is_what_apple_asks_for(title: str, author: str) -> None:
    """3000 pixels square, JPEG, RGB, no alpha, its bottom fifth clear; the same every time."""
    data = cover.draw(title, author)
    assert list(cover.faults(data)) == []
    assert cover.draw(title, author) == data
    with Image.open(io.BytesIO(data)) as drawn:
        assert (drawn.size, drawn.mode, drawn.format) == ((3000, 3000), "RGB", "JPEG")
        bottom = drawn.crop((0, 2450, 3000, 3000)).getextrema()
    assert all(high - low <= 8 for low, high in bottom)


def test_a_series_differs() -> None:
    """Two titles have two grounds."""
    grounds = set()
    for title in ("Tome premier", "Tome second", "Tome troisième"):
        with Image.open(io.BytesIO(cover.draw(title, "A"))) as drawn:
            grounds.add(drawn.getpixel((10, 2990)))
    assert len(grounds) == 3


def test_the_small_copy_is_small() -> None:
    """The MP3 carries a reduced one."""
    with Image.open(io.BytesIO(cover.small(picture("RGBA")))) as small:
        assert (small.size, small.mode, small.format) == ((600, 600), "RGB", "JPEG")


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (picture(size=(1500, 1400)), "not square"),
        (picture(size=(600, 600)), "600 × 600"),
        (b"no picture", "no picture"),
        (picture()[:200], "no picture"),
    ],
)
def test_a_cover_that_only_its_maker_can_mend_is_refused(
    data: bytes, told: str, tmp_path: Path
) -> None:
    """Too small, oblong or broken: one line says so."""
    path = tmp_path / "cover.png"
    path.write_bytes(data)
    with pytest.raises(PublishingError, match=told):
        cover.read_cover(path)


@pytest.mark.parametrize(
    "data", [picture("RGBA"), picture("L"), picture(size=(3200, 3200)), picture(kind="WEBP")]
)
def test_what_can_be_mended_is(data: bytes, tmp_path: Path) -> None:
    """Transparent, grey, too large or another format: what comes out has no fault."""
    path = tmp_path / "cover"
    path.write_bytes(data)
    mended, suffix = cover.read_cover(path)
    assert (list(cover.faults(mended)), suffix) == ([], ".jpg")


def test_a_good_cover_is_taken_as_it_is(tmp_path: Path) -> None:
    """The user's bytes, unchanged."""
    path = tmp_path / "cover.png"
    path.write_bytes(picture())
    assert cover.read_cover(path) == (picture(), ".png")
