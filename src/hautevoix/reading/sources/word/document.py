"""DOCX → Book: the paragraphs of a Word document, as Word and LibreOffice write it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.errors import InputError
from hautevoix.localization import noop, tr
from hautevoix.model import Sidecar
from hautevoix.reading.base.archive import Archive, open_archive
from hautevoix.reading.base.limits import check_blocks
from hautevoix.reading.base.xml import content, local, markup_text, parse_xml
from hautevoix.reading.draft import Draft
from hautevoix.reading.segment import segment
from hautevoix.reading.sources.formulas import told_formulas
from hautevoix.reading.sources.metadata import detail, info_of
from hautevoix.reading.sources.word.body import Text
from hautevoix.reading.sources.word.styles import Numbering, read_styles, transitional

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from hautevoix.model import Book, BookInfo

_ADVICE = noop("Open it in Word or LibreOffice and save it anew.")
_MAIN = "word/document.xml"
_RELATION = re.compile(r"<Relationship\b[^<>]*officeDocument\"[^<>]*>")
_TARGET = re.compile(r"\bTarget=\"/?([^\"]+)\"")


def read_docx(
    data: bytes,
    where: str,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
) -> Book:
    """Read a Word document (.docx, .docm, .dotx).

    Raises ``InputError`` if it is damaged or holds no text, ``RefusedError`` beyond the limits of
    an archive.
    """
    archive = open_archive(data, where)
    parts = _Parts(archive)
    root = parts.tree(_main(archive))
    if root is None:
        raise InputError(tr("{where}: a damaged Word document.", where=where), advice=tr(_ADVICE))
    text = Text(read_styles(parts.beside("styles")), Numbering.read(parts.beside("numbering")))
    text.read(root)
    for kind in ("footnote", "endnote"):
        notes = parts.beside(f"{kind}s")
        if notes is not None:
            text.read_notes(notes, kind)
    if not text.blocks:
        raise InputError(
            tr("{where}: there is no text in it.", where=where),
            advice=tr("Give a file with a text."),
        )
    check_blocks(text.blocks, where)
    diagnostics = told_formulas(text.formulas)
    return segment(Draft(text.blocks, _info(parts), diagnostics=diagnostics, sidecar=sidecar))


def is_docx(archive: Archive) -> bool:
    """Tell whether ``archive`` is a Word document."""
    return archive.find(_MAIN) is not None or archive.find("word/styles.xml") is not None


def _main(archive: Archive) -> str:
    """Return the name of the document's main part, which relations may set elsewhere."""
    relations = archive.find("_rels/.rels")
    if relations:
        text = archive.read(relations).decode("utf-8", "replace")
        named = (_TARGET.search(match[0]) for match in _RELATION.finditer(text))
        found = next((archive.find(target[1]) for target in named if target), None)
        if found:
            return found
    return archive.find(_MAIN) or _MAIN


@dataclass(frozen=True, slots=True)
class _Parts:
    archive: Archive

    def tree(self, name: str) -> Element | None:
        """Return the root of a part; None if it is damaged or missing."""
        found = self.archive.find(name)
        if found is None:
            return None
        where = f"{self.archive.where}: {name}"
        return parse_xml(transitional(markup_text(self.archive.read(found), where)), where)

    def beside(self, stem: str) -> Element | None:
        """Return the root of the part of this name that stands beside the main one."""
        folder = _main(self.archive).rsplit("/", 1)[0]
        return self.tree(f"{folder}/{stem}.xml")


def _info(parts: _Parts) -> BookInfo:
    root = parts.tree("docProps/core.xml")
    said: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        text = " ".join((element.text or "").split())
        if text and local(element.tag):
            said.setdefault(local(element.tag), text)
    if said.get("category"):
        said["genre"] = said["category"]
    return info_of(said | _own_properties(parts))


def _own_properties(parts: _Parts) -> dict[str, str]:
    """Return the details of a book that a person wrote into a document's own properties."""
    root = parts.tree("docProps/custom.xml")
    said: dict[str, str] = {}
    for element in root.iter() if root is not None else ():
        name = detail(element.get("name") or "") if local(element.tag) == "property" else None
        if name:
            said.setdefault(name, content(element))
    return said
