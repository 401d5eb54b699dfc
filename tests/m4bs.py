"""M4Bs made by hand, as long as what ``books`` makes: silence, with chapters and tags."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from books import RATE, SECOND
from hautevoix.mastering.aac import CONFIG
from hautevoix.mastering.mp3 import FRAME
from hautevoix.mastering.mp4 import Chapter, Mp4, Sound, Tags, udta
from hautevoix.model import Picture

if TYPE_CHECKING:
    from pathlib import Path

PACKET = 1024  # samples of AAC
LENGTH = 4 * SECOND * FRAME  # samples of a made book
CHAPTERS = (("Premier chapitre", 0), ("Deuxième chapitre", LENGTH // 2))


def m4b(path: Path, chapters: tuple[tuple[str, int], ...], *, cover: bytes, title: str) -> None:
    """Write an M4B of silence, as long as the made book; chapters start at samples."""
    count = -(-LENGTH // PACKET) + 1
    sound = Sound(RATE, PACKET, count, PACKET, LENGTH, CONFIG, "fra")
    told = tuple(Chapter(name, start) for name, start in chapters)
    picture = Picture(cover, "image/jpeg") if cover else None
    tags = Tags(title, "Anne Onyme", "1900", "", "Essai", picture)
    with path.open("wb") as file:
        made = Mp4(file, sound, told, udta(tags, told, RATE))
        made.add(np.full(count, 8, "<u4"), b"\0\0\0\x07\0\0\0\0" * count)
        made.finish()
