"""Covers: the user's, checked; or drawn, so that a series has one face and each book its own."""

from __future__ import annotations

import colorsys
import hashlib
import io
import re
import unicodedata
import warnings
from contextlib import contextmanager
from dataclasses import dataclass
from importlib.resources import files
from typing import TYPE_CHECKING

from PIL import Image, ImageDraw, ImageFont

from hautevoix.errors import PublishingError
from hautevoix.localization import tr
from hautevoix.parsing.bounded import file_bytes
from hautevoix.publishing.typography import typeset

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SIDE = 3000  # pixels: Apple's preferred size
SMALLEST, LARGEST = 1400, 3000
SMALL_SIDE = 600  # inside the MP3
DESIGN = "cover-2"  # changes whenever the same words give another picture
_MARGIN = 300  # pixels left free on each side of the words
_FLOOR = SIDE * 4 // 5  # apps lay their controls over the bottom fifth
LARGEST_FILE = 64 << 20
"""Bytes of a picture that are read: a photograph of 9,000 pixels a side has some 40 MB."""
_BOMB = 9_000  # pixels a side: beyond it a picture is an attack or a mistake
_LEAST = 250  # pixels a side: a smaller picture would be a blur
_INSET = 120  # pixels around a book's own cover on its ground
_QUALITY = 88  # JPEG's, of 100
_MOST_MEASURED = 200  # characters of a line that are measured
_NO_LETTERS = ("So", "Sk", "Cc", "Cf", "Cn", "Co", "Cs")
_FORMATS = ("JPEG", "PNG")


@dataclass(frozen=True, slots=True)
class _Palette:
    ground: tuple[int, int, int]
    frame: tuple[int, int, int]
    ink: tuple[int, int, int]


def draw(title: str, author: str) -> bytes:
    """Return a cover as JPEG, SIDE pixels square: the same words always give the same bytes."""
    palette = _palette(title)
    title, author = _drawable(title), _drawable(author)
    picture = Image.new("RGB", (SIDE, SIDE), palette.ground)
    pen = ImageDraw.Draw(picture)
    for inset, width in ((110, 14), (150, 4)):
        corners = (inset, inset, SIDE - inset, _FLOOR + 110 - inset)
        pen.rectangle(corners, outline=palette.frame, width=width)
    top = 380
    if author:
        top = _lines(pen, [typeset(author)], "Regular", 150, top, palette.frame) + 150
    _ornament(pen, top, palette.frame)
    size, lines = _fitted(pen, typeset(title), _FLOOR - top - 330)
    height = len(lines) * _leading(size)
    start = top + 160 + max(0, (_FLOOR - top - 330 - height) // 2)
    _lines(pen, lines, "Regular", size, start, palette.ink)
    return _jpeg(picture, _QUALITY)


def _drawable(text: str) -> str:
    """Return the text without pictograms and marks that no book face holds."""
    kept = (char for char in text if unicodedata.category(char) not in _NO_LETTERS)
    return " ".join("".join(kept).split())


def small(data: bytes) -> bytes:
    """Return a cover reduced for the MP3's tag, as JPEG."""
    with _opened(data) as picture:
        reduced = picture.convert("RGB").resize((SMALL_SIDE, SMALL_SIDE), Image.Resampling.LANCZOS)
    return _jpeg(reduced, 82)


@contextmanager
def _opened(data: bytes) -> Iterator[Image.Image]:
    """Open a picture. Raises OSError if it is none, or so large that it must be an attack."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)  # we look ourselves
            picture = Image.open(io.BytesIO(data))
    except Image.DecompressionBombError as error:
        raise OSError(tr("it has far too many pixels")) from error
    with picture:
        yield picture


def framed(data: bytes, title: str) -> bytes:
    """Return a book's own cover of any shape on a square ground of the title's colours, as JPEG.

    Raises OSError if it is no picture, ValueError if it is too small or too large for that.
    """
    with _opened(data) as picture:
        if min(picture.size) < _LEAST or max(picture.size) > _BOMB:
            raise ValueError(
                tr("it has {width} × {height} pixels", width=picture.width, height=picture.height)
            )
        shown = picture.convert("RGB")
    room = (SIDE - 2 * _INSET, _FLOOR - _INSET)
    scale = min(room[0] / shown.width, room[1] / shown.height)
    size = (round(shown.width * scale), round(shown.height * scale))
    square = Image.new("RGB", (SIDE, SIDE), _palette(title).ground)
    place = ((SIDE - size[0]) // 2, _INSET + (room[1] - size[1]) // 2)
    square.paste(shown.resize(size, Image.Resampling.LANCZOS), place)
    return _jpeg(square, _QUALITY)


def read_cover(path: Path) -> tuple[bytes, str]:
    """Return a user's cover and its suffix. Raises PublishingError if no directory would take it.

    A picture that is only too large, transparent or not RGB is mended.
    """
    try:
        data = file_bytes(path, LARGEST_FILE)
        problems = list(faults(data))
        if any(fault.fatal for fault in problems):
            told = "; ".join(fault.what for fault in problems if fault.fatal)
            raise PublishingError(
                tr("{path}: {why}.", path=path, why=told),
                advice=tr(
                    "A cover is square, {smallest} to {side} pixels a side.",
                    smallest=SMALLEST,
                    side=SIDE,
                ),
            )
        with _opened(data) as picture:
            suffix = ".png" if picture.format == "PNG" else ".jpg"
            return (_mended(picture), ".jpg") if problems else (data, suffix)
    except (OSError, ValueError) as error:
        raise PublishingError(
            tr("{path} is no picture that can be read: {error}.", path=path, error=error)
        ) from error


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with a cover; ``fatal``: only its maker can mend it.

    ``sized``: its shape or size is, which matters in a feed, not in a file that carries it.
    """

    what: str
    fatal: bool
    sized: bool = False


def faults(data: bytes) -> Iterator[Fault]:
    """Yield what Apple would reject. Raises OSError if it is no picture at all."""
    with _opened(data) as picture:
        width, height = picture.size
        if picture.format not in _FORMATS:
            yield Fault(
                tr("the cover is {format}, not JPEG or PNG", format=picture.format), fatal=False
            )
        if width != height:
            yield Fault(
                tr(
                    "the cover is not square ({width} × {height} pixels)",
                    width=width,
                    height=height,
                ),
                fatal=True,
                sized=True,
            )
        if min(width, height) < SMALLEST or max(width, height) > _BOMB:
            yield Fault(
                tr("the cover has {width} × {height} pixels", width=width, height=height),
                fatal=True,
                sized=True,
            )
        elif width > LARGEST:
            yield Fault(
                tr(
                    "the cover has over {largest} pixels a side ({width})",
                    largest=LARGEST,
                    width=width,
                ),
                fatal=False,
                sized=True,
            )
        if "A" in picture.getbands() or "transparency" in picture.info:
            yield Fault(tr("the cover is transparent (alpha channel)"), fatal=False)
        elif picture.mode != "RGB":
            yield Fault(
                tr("the cover's colours are {mode}, not RGB", mode=picture.mode), fatal=False
            )
        if max(width, height) <= _BOMB:
            picture.load()


def _mended(picture: Image.Image) -> bytes:
    whole = picture.convert("RGBA")
    flat = Image.new("RGB", whole.size, "white")
    flat.paste(whole, mask=whole.getchannel("A"))
    if flat.width > LARGEST:
        flat = flat.resize((LARGEST, LARGEST), Image.Resampling.LANCZOS)
    return _jpeg(flat, 92)


def _jpeg(picture: Image.Image, quality: int) -> bytes:
    file = io.BytesIO()
    picture.save(file, "JPEG", quality=quality, optimize=True)
    return file.getvalue()


def _palette(title: str) -> _Palette:
    """Return colours from the title's digest: a deep ground, light ink, all at one contrast."""
    digest = hashlib.sha256(unicodedata.normalize("NFC", title).encode()).digest()
    hue = int.from_bytes(digest[:2], "big") / 65536
    saturation = 0.32 + digest[2] / 255 * 0.28
    ground = _rgb(hue, 0.17 + digest[3] / 255 * 0.05, saturation)
    return _Palette(ground, _rgb(hue + 0.09, 0.70, 0.45), (248, 243, 230))


def _rgb(hue: float, lightness: float, saturation: float) -> tuple[int, int, int]:
    red, green, blue = colorsys.hls_to_rgb(hue % 1, lightness, saturation)
    return round(red * 255), round(green * 255), round(blue * 255)


def _font(style: str, size: int) -> ImageFont.FreeTypeFont:
    """Return EB Garamond (OFL). Basic layout: the same on every system."""
    data = files("hautevoix.publishing").joinpath(f"fonts/EBGaramond-{style}.ttf").read_bytes()
    return ImageFont.truetype(io.BytesIO(data), size, layout_engine=ImageFont.Layout.BASIC)


def _leading(size: int) -> int:
    return size * 118 // 100


def _fitted(pen: ImageDraw.ImageDraw, title: str, height: int) -> tuple[int, list[str]]:
    """Return the largest size at which the title fits, and its lines, well balanced."""
    for size in range(420, 99, -20):
        font = _font("Regular", size)
        lines = list(_broken(pen, title, font, SIDE - 2 * _MARGIN))
        if len(lines) * _leading(size) > height:
            continue
        if all(pen.textlength(line, font) <= SIDE - 2 * _MARGIN for line in lines):
            return size, _balanced(pen, title, font, len(lines))
    room = height // _leading(100)
    lines = list(_broken(pen, title, _font("Regular", 100), SIDE - 2 * _MARGIN))
    return 100, lines if len(lines) <= room else [*lines[: room - 1], lines[room - 1] + " …"]


def _balanced(
    pen: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, fewest: int
) -> list[str]:
    """Return ``fewest`` lines, as even as possible."""
    widest = SIDE - 2 * _MARGIN
    for width in range(widest // fewest // 50 * 50, widest, 50):
        lines = list(_broken(pen, text, font, width))
        if len(lines) == fewest:
            return lines
    return list(_broken(pen, text, font, widest))


def _broken(
    pen: ImageDraw.ImageDraw, text: str, font: ImageFont.FreeTypeFont, width: int
) -> Iterator[str]:
    """Yield lines no wider than ``width``; only a word that is wider by itself gets cut at all."""
    line = ""
    for word in re.findall(r"[^ ]{1,24}", text[:400]):
        longer = f"{line} {word}".strip()
        if line and pen.textlength(longer, font) > width:
            yield line
            line = word
        else:
            line = longer
    yield line


def _lines(
    pen: ImageDraw.ImageDraw,
    lines: list[str],
    style: str,
    size: int,
    top: int,
    colour: tuple[int, int, int],
) -> int:
    """Draw centred lines; return where the next would start."""
    for line in lines:
        shown, font = _narrowed(pen, line, style, size)
        pen.text((SIDE // 2, top), shown, colour, font, anchor="ma")
        top += _leading(size)
    return top


def _narrowed(
    pen: ImageDraw.ImageDraw, line: str, style: str, size: int
) -> tuple[str, ImageFont.FreeTypeFont]:
    """Return a line with a font in which it fits, down to half the size; else what fits of it."""
    for points in range(size, size // 2, -10):
        font = _font(style, points)
        if pen.textlength(line, font) <= SIDE - 2 * _MARGIN:
            return line, font
    font, shown = _font(style, size), line[:_MOST_MEASURED]
    while pen.textlength(f"{shown}…", font) > SIDE - 2 * _MARGIN:
        shown = shown[:-1]
    return f"{shown.rstrip()}…", font


def _ornament(pen: ImageDraw.ImageDraw, top: int, colour: tuple[int, int, int]) -> None:
    """Draw a rule with a lozenge at its middle."""
    middle, reach, half = SIDE // 2, 420, 26
    pen.line((middle - reach, top, middle - 60, top), colour, 5)
    pen.line((middle + 60, top, middle + reach, top), colour, 5)
    pen.polygon(
        ((middle, top - half), (middle + half, top), (middle, top + half), (middle - half, top)),
        fill=colour,
    )
