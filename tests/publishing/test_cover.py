"""Covers that directories take."""

from __future__ import annotations

import io
import struct
import zlib
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from PIL import Image

from books import NOW
from hautevoix.errors import PublishingError
from hautevoix.publishing import cover
from hautevoix.publishing.site import publish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.publishing.config import Podcast


def picture(mode: str = "RGB", size: tuple[int, int] = (1500, 1500), kind: str = "PNG") -> bytes:
    """Return a plain picture."""
    file = io.BytesIO()
    Image.new(mode, size).save(file, kind)
    return file.getvalue()


def bomb() -> bytes:
    """Return a PNG that says it has 20,000 pixels a side."""
    data = bytearray(picture(size=(10, 10)))
    data[16:24] = struct.pack(">II", 20_000, 20_000)
    data[29:33] = struct.pack(">I", zlib.crc32(data[12:29]))
    return bytes(data)


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
        bottom = np.asarray(drawn.crop((0, 2450, 3000, 3000)))
    assert np.ptp(bottom, axis=(0, 1)).max() <= 8


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
        (bomb(), "too many pixels"),
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


@pytest.mark.parametrize("size", [(600, 900), (900, 600), (300, 300), (5000, 7000)])
def test_a_books_own_cover_of_any_shape_is_set_on_a_square(size: tuple[int, int]) -> None:
    """A portrait cover, as EPUBs have them, comes out as Apple wants it."""
    data = cover.framed(picture(size=size), "Titre")
    assert list(cover.faults(data)) == []


@pytest.mark.parametrize("data", [picture(size=(600, 900)), picture(size=(20, 20)), b"x", bomb()])
def test_no_cover_of_a_book_keeps_it_from_being_published(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path, data: bytes
) -> None:
    """Whatever the text brought along as its cover, the site's cover is without fault."""
    book = built()
    (book / "livre.cover.png").write_bytes(data)
    publish([book], podcast, tmp_path / "site", NOW)
    (made,) = (tmp_path / "site" / "livre").glob("cover-*")
    assert list(cover.faults(made.read_bytes())) == []


def test_a_podcasts_cover_is_checked(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """The user's own choice is not put right behind their back: one line says what is wrong."""
    path = tmp_path / "mine.png"
    path.write_bytes(picture(size=(600, 900)))
    with pytest.raises(PublishingError, match="not square"):
        publish([built()], replace(podcast, cover=str(path)), tmp_path / "site", NOW)
    assert not (tmp_path / "site" / "feed.xml").exists()


def test_a_long_name_stays_inside_the_frame() -> None:
    """An author's line is narrowed, then cut: nothing is drawn over the frame's sides."""
    drawn = Image.open(io.BytesIO(cover.draw("Titre", "Un très long nom d'auteur " * 40)))
    margin = np.asarray(drawn.crop((200, 380, 280, 560)).convert("L"))
    assert np.ptp(margin) < 20  # the ground alone, as JPEG keeps it
