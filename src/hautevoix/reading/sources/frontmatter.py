"""The front matter of Markdown: YAML between « --- », TOML between « +++ », pandoc's « % ».

Only what a book says of itself is read, from the plain subset of YAML that front matter uses: no
anchors, no tags, nothing that multiplies.
"""

from __future__ import annotations

import datetime as dt
import re
import tomllib
from typing import Any

from hautevoix.errors import InputError
from hautevoix.model import BookInfo, TitleSource
from hautevoix.reading.sources.metadata import language_of, printed_date

_YAML = re.compile(r"---[ \t]*\n(?P<body>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<body>.*?\n)??\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_PERCENT = re.compile(r"(?:%[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){1,3}")
_KEY = re.compile(r"(?P<key>[\w-]+)[ \t]*:(?:[ \t]+(?P<value>.*)|[ \t]*)$")
_NAMED = re.compile(r"(?:name|text)[ \t]*:[ \t]*(?P<value>.+)")
_STAMP = re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d.*")  # when the file was made
_LONGEST = 1 << 16  # characters: front matter is short
_ALIASES = {
    "title": "title",
    "titre": "title",
    "author": "author",
    "authors": "author",
    "auteur": "author",
    "auteurs": "author",
    "creator": "author",
    "date": "date",
    "lang": "language",
    "language": "language",
    "langue": "language",
    "description": "description",
    "abstract": "description",
    "subtitle": "subtitle",
}


def split_front(text: str, where: str) -> tuple[BookInfo, str]:
    """Return what the front matter of ``text`` says, and the rest, its lines where they were.

    Raises ``InputError`` for TOML that can't be read.
    """
    head = text[:_LONGEST]
    for pattern, parse in ((_YAML, _yaml), (_TOML, _toml), (_PERCENT, _percent)):
        match = pattern.match(head)
        if match:
            try:
                said = parse(match["body"] or "" if "body" in match.groupdict() else match[0])
            except tomllib.TOMLDecodeError as error:
                message = f"{where}: its front matter is no valid TOML: {error}."
                raise InputError(message, advice="Correct that line.") from None
            if said is not None:
                return _info(said), "\n" * match[0].count("\n") + text[match.end() :]
    return BookInfo(), text


def _info(said: dict[str, str]) -> BookInfo:
    title = said.get("title")
    date = said.get("date")
    return BookInfo(
        title=title or None,
        title_source=TitleSource.TEXT if title else None,
        author=said.get("author") or None,
        date=printed_date(date) if date and not _STAMP.fullmatch(date) else None,
        language=language_of(said.get("language")),
        description=said.get("description") or None,
    )


def _percent(block: str) -> dict[str, str]:
    parts = [" ".join(part.split()) for part in re.split(r"^%", block, flags=re.MULTILINE)[1:]]
    return {
        key: part for key, part in zip(("title", "author", "date"), parts, strict=False) if part
    }


def _toml(body: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in tomllib.loads(body).items():
        name = _ALIASES.get(key.lower())
        if name:
            found.setdefault(name, _plain(value))
    return found


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return _plain(value.get("name", ""))
    return value.isoformat()[:10] if isinstance(value, dt.date) else str(value)


def _yaml(body: str) -> dict[str, str] | None:
    """Return the known keys of a block; None if it is no front matter but a text between rules."""
    found: dict[str, str] = {}
    lines = body.split("\n")
    keys = 0
    for index, line in enumerate(lines):
        match = _KEY.match(line)
        if match is None:
            if line[:1] not in {" ", "\t", "-", "#", "]", ""}:
                return None
            continue
        keys += 1
        name = _ALIASES.get(match["key"].lower())
        if name:
            found.setdefault(name, _value((match["value"] or "").strip(), lines[index + 1 :]))
    return found if keys else None


def _value(value: str, following: list[str]) -> str:
    """Return a scalar, a list as names with commas, or the block that follows."""
    if value in {"", "|", ">", "|-", ">-", "|+", ">+"}:
        return _block(following, folded=bool(value))
    if value.startswith("[") and value.endswith("]"):
        return ", ".join(_unquoted(one) for one in value[1:-1].split(","))
    return _unquoted(value)


def _block(lines: list[str], *, folded: bool) -> str:
    inside = []
    for line in lines:
        if line.strip() and not line.startswith((" ", "\t", "-")):
            break
        inside.append(line.strip())
    if folded:
        return " ".join(part for part in inside if part)
    items = [item.removeprefix("-").strip() for item in inside if item]
    named = [match["value"] for item in items if (match := _NAMED.match(item))]
    return ", ".join(_unquoted(item) for item in named or items)


def _unquoted(value: str) -> str:
    value = value.strip()
    if len(value) > 1 and value[0] == value[-1] == '"':
        return value[1:-1].replace('\\"', '"').replace("\\\\", "\\")
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'")
    return value.split(" #", 1)[0].strip()
