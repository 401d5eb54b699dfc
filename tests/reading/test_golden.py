"""One folder for each trap: a text as a person may have it, ``golden.json`` what it means.

The text is ``in.txt``, ``in.html`` or ``in.md``; ``in.epub`` and ``in.docx`` are folders of what
such an archive holds. Predicates of the segmenter name the folders that
miss them (``# Pinned by …``); ``script/ablate`` forces each to see that they do.

``HAUTEVOIX_SAVE_GOLDEN=1`` saves every outline anew; the difference is then for a person to read.
"""

from __future__ import annotations

import dataclasses
import json
import os
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

import hautevoix.reading
from golden import read_golden

if TYPE_CHECKING:
    from hautevoix.model import Book, Paragraph, SpeechSpan

GOLDEN = Path(__file__).parent / "golden"
TRAPS = sorted(folder.name for folder in GOLDEN.iterdir())


def outline(book: Book) -> dict[str, Any]:
    """Return all that was understood of ``book``, as JSON holds it."""
    return {
        "title": book.info.title,
        "title_source": book.info.title_source,
        "author": book.info.author,
        "chapters": [
            {
                "title": chapter.title,
                "level": chapter.level,
                "paragraphs": [paragraph(p) for p in chapter.paragraphs],
            }
            for chapter in book.chapters
        ],
        "notes": [
            {k: v for k, v in dataclasses.asdict(note).items() if v is not None and v != ()}
            for note in book.notes
        ],
        "notes_heading": book.notes_heading,
        "notes_preamble": [p.text for p in book.notes_preamble],
        "doubts": [f"{diagnostic.line}: {diagnostic.message}" for diagnostic in book.diagnostics],
    }


def paragraph(found: Paragraph) -> dict[str, Any]:
    """Return a paragraph's kind and text, with calls, emphasis and a rule where it has any."""
    shown: dict[str, Any] = {"line": found.line, "kind": found.kind, "text": found.text}
    if found.parted:
        shown["parted"] = True
    if found.references:
        shown["calls"] = [
            [c.label, found.text[: c.position][-12:], c.note] for c in found.references
        ]
    if found.emphasis:
        shown["emphasis"] = [found.text[start:end] for start, end in found.emphasis]
    if found.speech:
        shown["speech"] = [spoken(found.text, span) for span in found.speech]
    return shown


def spoken(text: str, span: SpeechSpan) -> dict[str, Any]:
    """Return what a span tells, with its words, or with those before a pause."""
    words = text[span.start : span.end] or f"{text[: span.start][-12:]}|"
    told = {"pause": span.pause} if span.pause is not None else {}
    said = {k: v for k, v in dataclasses.asdict(span).items() if k not in ("start", "end") and v}
    return {"words": words, **said, **told}


@pytest.mark.parametrize("trap", TRAPS)
def test_a_trap_is_read_as_a_careful_reader_does(trap: str) -> None:
    """The outline of each text is the one that a person has checked."""
    (text,) = (GOLDEN / trap).glob("in.*")
    found = outline(read_golden(text))
    golden = GOLDEN / trap / "golden.json"
    if os.environ.get("HAUTEVOIX_SAVE_GOLDEN"):
        told = json.dumps(found, ensure_ascii=False, indent=1)
        golden.write_text(told + "\n", encoding="utf-8")
    assert found == json.loads(golden.read_text(encoding="utf-8"))


def test_predicates_name_golden_folders_that_exist() -> None:
    """« Pinned by running-heads. » in the segmenter is the name of a folder."""
    files = (Path(hautevoix.reading.__file__).parent).rglob("*.py")
    named = {
        name
        for file in files
        for found in re.findall(r"# Pinned by (.+)\.", file.read_text("utf-8"))
        for name in found.split(", ")
    }
    assert named
    assert named <= set(TRAPS)
