from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from commands import hautevoix
from hautevoix.model import Sidecar
from hautevoix.model.options import Source
from hautevoix.parsing.bounded import toml_table
from hautevoix.pipeline.naming import Named
from hautevoix.pipeline.sidecar_draft import draft
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.reading import parse_sidecar

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """LE PHARE "D'EN BAS"

par Anne Onyme

Préface

On lira ceci d'abord. Le gardien se Composait un visage \\ de marin.

CHAPITRE PREMIER

Le bateau accosta.

— Vous voilà, dit Zinoviev.

CHAPITRE PREMIER

Fin de l'histoire, dit-il.
"""
NAMES = [Named("Zinoviev", 12, "zinɔvjɛf", ""), Named('Le "Grand"', 1, "ɡʁɑ̃", "spelling")]


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Return a text with a slip, quotes in its title and two chapters of one name."""
    path = tmp_path / "phare.txt"
    path.write_text(TEXT, "utf-8")
    return path


def test_an_unedited_sidecar_changes_nothing(text: Path) -> None:
    """It is written beside the text, says what was understood, and the script stays as it was."""
    before = understand(Source(text))
    said = narrate(before, spelled=False)
    done = hautevoix("init", text)
    assert done.stdout == f"{text.with_suffix('.toml')}\n"
    after = understand(Source(text))
    assert 'title = "LE PHARE' in text.with_suffix(".toml").read_text("utf-8")
    script = narrate(after, spelled=False)
    source = said.info.title_source
    assert replace(script, info=replace(script.info, title_source=source)) == said
    assert after.book.diagnostics == before.book.diagnostics


def test_each_line_that_is_taken_in_is_valid(text: Path) -> None:
    """With every # taken away the sidecar is read: names, slips, chapters by title or number."""
    written = draft("phare.txt", understand(Source(text), Sidecar()).book, NAMES)
    told = parse_sidecar(toml_table(re.sub(r"(?m)^#(?=\S)", "", written)), "phare.toml")
    assert [entry.written for entry in told.lexicon] == ['Le "Grand"', "Zinoviev"]
    assert ("se Composait", "se Composait") in told.corrections
    assert [(entry.match, entry.number) for entry in told.chapters] == [("Préface", 0)]
    assert "title-page-left-out" in told.keep
    assert [name for name, _ in told.characters] == ["Zinoviev"]


def test_it_is_a_page_of_what_is_unsure(text: Path) -> None:
    """Words that the text has in small letters are no names; without a preface, one example."""
    chapters = "".join(f"CHAPITRE {n}\n\nAu phare, il dort.\n\n" for n in ("PREMIER", *"23456789"))
    text.write_text(chapters, "utf-8")
    names = [Named("Phare", 9, "faʁ", "spelling"), Named("Ouessant", 8, "wɛsɑ̃", "ending")]
    names += [Named(f"Nom{letter}", 1, "nɔ̃", "spelling") for letter in "abcdefghijklmnopqrstuvwxyz"]
    written = draft("phare.txt", understand(Source(text), Sidecar()).book, names)
    assert "Phare" not in written
    assert '#"Ouessant" = { ipa = "wɛsɑ̃" }  # 8 ×, ending\n' in written
    assert written.count("#[[chapters]]") == 1
    assert len(written.splitlines()) < 45


def test_a_sidecar_that_is_there_is_left_alone(text: Path) -> None:
    """It is refused unless --force wants it replaced; --print and a pipe only show it."""
    beside = text.with_suffix(".toml")
    beside.write_text('title = "À moi"\n', "utf-8")
    assert hautevoix("init", text).returncode == 4
    shown = hautevoix("init", text, "--print").stdout
    assert "LE PHARE" in shown
    assert beside.read_text("utf-8") == 'title = "À moi"\n'
    assert hautevoix("init", text, "--force").returncode == 0
    assert beside.read_text("utf-8") == shown
