"""The front matter of Markdown: YAML between « --- », TOML between « +++ », pandoc's « % ».

Only what a book says of itself is read. YAML's aliases, which multiply, are refused.
"""

from __future__ import annotations

import datetime as dt
import json
import re
from dataclasses import replace
from typing import Any

import yaml

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.model import BookInfo, TitleSource
from hautevoix.parsing.bounded import toml_table
from hautevoix.reading.base.details import said_details
from hautevoix.reading.sources.metadata import detail, language_code, printed_date

_YAML = re.compile(r"---[ \t]*\n(?P<body>.*?\n)??(?:---|\.\.\.)[ \t]*(?:\n|$)", re.DOTALL)
_TOML = re.compile(r"\+\+\+[ \t]*\n(?P<body>.*?\n)??\+\+\+[ \t]*(?:\n|$)", re.DOTALL)
_PERCENT = re.compile(r"(?:%[^\n]*\n(?:[ \t]+\S[^\n]*\n)*){1,3}")
_KEY = re.compile(r"([\w-]+)[ \t]*:(?:\s|$)")
# A plain value with a colon in it, which only quotes allow.
_COLON = re.compile(
    r"^(?P<key>[\w-]+[ \t]*:[ \t]+)(?P<value>[^\s\"'\[{|>&*!#].*?:[ \t].*)$", re.MULTILINE
)
_SPACE = re.compile(r"[ \t\n]+")
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
    "narrator": "narrator",
    "narrateur": "narrator",
    "narratrice": "narrator",
}


def split_front(text: str, where: str) -> tuple[BookInfo, str]:
    """Return what the front matter of ``text`` says, and the rest, its lines where they were.

    Raises ``InputError`` for TOML or YAML that can't be read.
    """
    head = text[:_LONGEST]
    for pattern, parse in ((_YAML, _yaml), (_TOML, _toml), (_PERCENT, _percent)):
        match = pattern.match(head)
        if match:
            try:
                said = parse(match["body"] or "" if "body" in match.groupdict() else match[0])
            except (yaml.YAMLError, RecursionError) as error:
                raise _invalid(where, "YAML", _problem(error)) from None
            except ValueError as error:
                raise _invalid(where, "TOML", str(error)) from None
            if said is not None:
                return _info(said), "\n" * match[0].count("\n") + text[match.end() :]
    return BookInfo(), text


def _invalid(where: str, name: str, why: str) -> InputError:
    message = tr(
        "{where}: its front matter is no valid {name}: {why}.", where=where, name=name, why=why
    )
    return InputError(message, advice=tr("Correct that line."))


def _problem(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or tr("nested too deep")
    return (
        tr("{problem} (line {line})", problem=problem, line=mark.line + 2) if mark else str(problem)
    )  # after « --- »


def _info(said: dict[str, str]) -> BookInfo:
    title = said.get("title")
    date = said.get("date")
    return BookInfo(
        title=title or None,
        title_source=TitleSource.TEXT if title else None,
        author=said.get("author") or None,
        date=printed_date(date) if date and not _STAMP.fullmatch(date) else None,
        language=language_code(said.get("language")),
        description=said.get("description") or None,
        details=replace(said_details(said), narrator=said.get("narrator", "")),
    )


def _percent(block: str) -> dict[str, str]:
    parts = [" ".join(part.split()) for part in re.split(r"^%", block, flags=re.MULTILINE)[1:]]
    return {
        key: part for key, part in zip(("title", "author", "date"), parts, strict=False) if part
    }


def _toml(body: str) -> dict[str, str]:
    return _known(toml_table(body))


def _known(table: dict[Any, Any]) -> dict[str, str]:
    """Return what the keys that we know say, the first of each kind."""
    found: dict[str, str] = {}
    for key, value in table.items():
        name = _ALIASES.get(str(key).lower()) or detail(str(key))
        if name:
            found.setdefault(name, _plain(value))
    return found


def _plain(value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_plain(one) for one in value)
    if isinstance(value, dict):
        return _plain(value.get("name", value.get("text", "")))
    return (
        value.isoformat()[:10]
        if isinstance(value, dt.date)
        else _SPACE.sub(" ", str(value)).strip()
    )


class _Loader(yaml.BaseLoader):
    """Every scalar is the text that is written (« Non » is no boolean); aliases are refused."""

    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            where = self.get_mark()
            raise yaml.MarkedYAMLError(problem="aliases are not read", problem_mark=where)
        return super().compose_node(parent, index)


def _yaml(body: str) -> dict[str, str] | None:
    """Return the known keys of a block; None if it is no front matter but a text between rules."""
    try:
        table = _Loader(_COLON.sub(_quoted, body)).get_single_data()
    except (yaml.YAMLError, RecursionError):
        key = _KEY.match(body.lstrip())
        if key and key[1].lower() in _ALIASES:
            raise
        return None
    return _known(table) if isinstance(table, dict) and table else None


def _quoted(match: re.Match[str]) -> str:
    """Quote « title: Candide : ou l'Optimisme », which YAML takes for a key within a key."""
    value = match["value"].split(" #", 1)[0].strip()  # a comment is none of it
    return match["key"] + json.dumps(value, ensure_ascii=False)
