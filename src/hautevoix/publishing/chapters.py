"""The one chapter list in the formats that players read: Podcasting 2.0 JSON, WebVTT, text."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from hautevoix.parsing.json_codec import document
from hautevoix.publishing.typography import clock

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.publishing.built_book import ChapterSpan

JSON_TYPE = "application/json+chapters"
_HOUR = 3600
_SUMMARY_BYTES = 4000
"""What Apple shows of a description."""


def to_json(chapters: Sequence[ChapterSpan], title: str, author: str) -> bytes:
    """Return Podcasting 2.0 JSON chapters 1.2.0."""
    told = {
        "version": "1.2.0",
        "title": title,
        **({"author": author} if author else {}),
        "chapters": [
            {
                "startTime": round(chapter.start, 3),
                "endTime": round(chapter.end, 3),
                "title": chapter.title,
            }
            for chapter in chapters
        ],
    }
    return document(told)


def lines(chapters: Sequence[ChapterSpan]) -> list[str]:
    """Return « 00:00 Titre » lines; apps make links of their times."""
    hours = bool(chapters) and chapters[-1].start >= _HOUR
    return [f"{clock(chapter.start, hours=hours)} {chapter.title}" for chapter in chapters]


def summary(about: str, chapters: Sequence[ChapterSpan]) -> str:
    """Return a description in plain text, with the chapters' times if all of them fit.

    An incomplete list would disagree with the tag's, and apps then drop both.
    """
    about = _cut(about, _SUMMARY_BYTES)
    told = "\n".join([about, "", "Chapitres :", *lines(chapters)]).strip()
    return told if chapters and len(told.encode()) <= _SUMMARY_BYTES else about


def _cut(text: str, limit: int) -> str:
    data = text.encode()
    if len(data) <= limit:
        return text
    return data[: limit - 3].decode(errors="ignore").rstrip() + "…"


def html(about: str, chapters: Sequence[ChapterSpan]) -> str:
    """Return the same as HTML, with every chapter."""
    told = [f"<p>{'<br>'.join(escape(line) for line in about.splitlines())}</p>"]
    if chapters:
        told += ["<p>Chapitres :</p>", f"<p>{'<br>'.join(map(escape, lines(chapters)))}</p>"]
    return "\n".join(told)


def page_link(page: str) -> str:
    """Return the HTML that leads from a description to where one can read along."""
    return f'\n<p><a href="{escape(page)}">Lire et écouter en suivant le texte</a></p>'
