"""Brings the catalogues of translations up to date with the source, and compiles them.

What is to be translated is found in three places: literals given to ``tr``, ``ntr`` and ``noop``
(and to gettext in click's sources, for the words that click says), every kind of diagnostic, and
the help of every command and option. ``script/translations`` writes it into each ``.po``, where
what is new has no translation yet; then makes the ``.mo``. What is French, pages too, is set as
printers do (``typography``).
"""

from __future__ import annotations

import argparse
import ast
import io
import re
import sys
from datetime import UTC, datetime
from functools import cache
from importlib import import_module
from inspect import cleandoc
from pathlib import Path
from typing import TYPE_CHECKING

import click
from babel.messages import pofile
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo

import typography
from hautevoix.cli.commands import COMMANDS, cli
from hautevoix.cli.help_language import metavar
from hautevoix.engines import catalogue as piper
from hautevoix.localization import DOMAIN, LANGUAGES, LOCALES
from hautevoix.model.messages import Message
from hautevoix.model.text import Kind, TitleSource
from hautevoix.proofing import page as proof_page
from hautevoix.recording.otherwise import Way

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

_KEYWORDS = {"tr": 1, "noop": 1, "ntr": 2, "nnoop": 2, "_": 1, "ngettext": 2}
"""What is given literals to be translated, and how many: click's own have gettext's names."""
_DIAGNOSTICS = ("hautevoix.reading.base.diagnostics", "hautevoix.pipeline.diagnostics")
_ROOT = Path(__file__).parent.parent
_UNSTABLE = re.compile(rb'(?m)^"(?:POT-Creation-Date|PO-Revision-Date|Generated-By)[^\n]*\n')
_FIELD = re.compile(r"(?<!\{)\{(\w+)[^{}]*\}")
MessageId = str | tuple[str, ...] | list[str]
"""A message, or its singular and its plural."""


@cache
def template() -> Catalog:
    """Return all that can be said, untranslated."""
    catalog = Catalog(domain=DOMAIN, charset="utf-8")
    for message in _found():
        catalog.add(message)
    return catalog


def _found() -> Iterator[MessageId]:
    yield from _in_sources(Path(import_module("hautevoix").__path__[0]))
    yield from _in_sources(Path(click.__path__[0]))
    yield from _in_source(Path(__file__).with_name("manual.py"))
    for name in _DIAGNOSTICS:
        for value in vars(import_module(name)).values():
            if isinstance(value, Message):
                yield from filter(None, (value.one, value.many))
    yield from proof_page.words()
    yield from map(str, (*Kind, *TitleSource, *Way))
    for entry in piper.entries():
        yield from filter(None, (entry.description, entry.sex, entry.quality))
    yield from COMMANDS.values()
    yield from _helps(cli)
    for name in COMMANDS:
        yield from _helps(import_module(f"hautevoix.cli.{name}").command)


def _in_sources(folder: Path) -> Iterator[MessageId]:
    """Yield the literals given to the functions that translate, within f-strings too."""
    for path in sorted(folder.rglob("*.py")):
        yield from _in_source(path)


def _in_source(path: Path) -> Iterator[MessageId]:
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Call) and (count := _KEYWORDS.get(_name(node.func))):
            texts = [_literal(argument) for argument in node.args[:count]]
            if all(texts):
                yield texts if count > 1 else texts[0]


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _literal(node: ast.expr) -> str:
    return str(node.value) if isinstance(node, ast.Constant) and node.value else ""


def _helps(command: click.Command) -> Iterator[str]:
    texts = [command.help, command.short_help, command.epilog]
    texts += [getattr(parameter, "help", None) for parameter in command.params]
    texts += [metavar(parameter) for parameter in command.params]
    yield from (cleandoc(text) for text in texts if text)
    for part in getattr(command, "commands", {}).values():
        yield from _helps(part)


def catalogue(language: str) -> Catalog:
    """Return what is written of a language, brought up to date."""
    known = pofile.read_po(io.BytesIO(_po(language).read_bytes()), language)
    known.update(template(), no_fuzzy_matching=True)
    known.obsolete.clear()
    for message in known:
        if language == "fr" and message.id and message.string:
            message.string = _set(message.string)
    return known


def _set(text: object) -> str | tuple[str, ...]:
    """Return a French translation, or its singular and plural, as printers set it."""
    if isinstance(text, str):
        return typography.message(text)
    return tuple(map(typography.message, _strings(text)))


def lacking(catalog: Catalog) -> tuple[MessageId, ...]:
    """Return what has no translation, or one that is marked as a guess."""
    return tuple(
        message.id
        for message in catalog
        if message.id and (message.fuzzy or not all(_strings(message.string)))
    )


def wrong(catalog: Catalog) -> tuple[MessageId, ...]:
    """Return what has other fields in its translation than in the source.

    A number may be left out: « one file », « a file ».
    """
    return tuple(
        message.id
        for message in catalog
        if message.id
        and any(
            said and _fields(said) != _fields(source)
            for said, source in zip(_strings(message.string), _strings(message.id), strict=False)
        )
    )


def _strings(text: object) -> tuple[str, ...]:
    return (text,) if isinstance(text, str) else tuple(text or ("",))  # type: ignore[arg-type]


def _fields(text: str) -> set[str]:
    return set(_FIELD.findall(text)) - {"count"}


def written(catalog: Catalog) -> bytes:
    """Return the text of a catalogue, sorted, without dates or places: it changes as it must."""
    out = io.BytesIO()
    pofile.write_po(out, catalog, width=100, no_location=True, sort_output=True, omit_header=False)
    return _UNSTABLE.sub(b"", out.getvalue())


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue as gettext reads it; the same one gives the same bytes."""
    out = io.BytesIO()
    catalog.creation_date = catalog.revision_date = datetime(1970, 1, 1, tzinfo=UTC)
    write_mo(out, catalog)
    return out.getvalue()


def _po(language: str) -> Path:
    return LOCALES / language / "LC_MESSAGES" / f"{DOMAIN}.po"


def french_pages() -> list[Path]:
    """Return the documentation's pages in French, ``docs/page.fr.md`` for ``docs/page.md``."""
    return sorted((*_ROOT.glob("*.fr.md"), *_ROOT.glob("docs/*.fr.md")))


def main(arguments: Iterable[str]) -> int:
    """Write the catalogues; return 1 where something has no translation, or a wrong one."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.parse_args(list(arguments))
    code = 0
    for page in french_pages():
        page.write_text(typography.page(page.read_text("utf-8")), "utf-8")
    for language in LANGUAGES:
        catalog = catalogue(language)
        path = _po(language)
        path.write_bytes(written(catalog))
        path.with_suffix(".mo").write_bytes(compiled(catalog))
        left, faulty = lacking(catalog), wrong(catalog)
        print(f"{path}: {len(catalog)} messages, {len(left)} lack, {len(faulty)} are wrong")
        code |= bool(left or faulty)
    return code


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
