from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hautevoix.engines import load
from hautevoix.errors import InputError
from hautevoix.model import Book, Kind
from hautevoix.model.options import NotesPolicy, ReadingOptions, Source
from hautevoix.pipeline.casting import casting
from hautevoix.pipeline.texts import narrate, understand

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """PRÉFACE

On lira ceci d'abord[1]. C'est court.

CHAPITRE PREMIER

Le bateau accosta. « Vous voilà », dit le gardien[2]. Le lendemain, il plut.

CHAPITRE II

Le vent se leva.

CHAPITRE III

Tout était fini[3].

NOTES

[1] De l'éditeur.

[2] Un vieil homme.

[3] Presque.
"""


@pytest.fixture
def text(tmp_path: Path) -> Path:
    """Return a text of a preface and three chapters."""
    path = tmp_path / "phare.txt"
    path.write_text(TEXT, "utf-8")
    return path


def read(text: Path, sidecar: str) -> Book:
    """Return it as its sidecar has it."""
    text.with_suffix(".toml").write_text(sidecar, "utf-8")
    return understand(Source(text)).book


def test_chapters_are_as_the_sidecar_wants_them(text: Path) -> None:
    """One is left out and told, one renamed, one cut in two, one merged; each keeps its notes."""
    book = read(
        text,
        """
[[chapters]]
match = "préface"
skip = true
[[chapters]]
match = "Chapitre premier"
title = "L'arrivée"
[[chapters]]
number = 2
split = "vous  voilà"
title = "Le gardien"
[[chapters]]
match = "chapitre iii"
merge = true
""",
    )
    assert [chapter.title for chapter in book.chapters] == [
        "L'arrivée",
        "Le gardien",
        "CHAPITRE II",
    ]
    first, second, last = book.chapters
    assert [p.text for p in first.paragraphs] == ["Le bateau accosta."]
    assert second.paragraphs[0].text.startswith("« Vous voilà »")
    assert [p.kind for p in last.paragraphs][1] is Kind.HEADING
    assert [note.text for note in book.notes] == ["Un vieil homme.", "Presque."]
    assert second.paragraphs[0].references[0].note == 0
    assert "chapter-skipped" in [told.code for told in book.diagnostics]


@pytest.mark.parametrize(
    ("entry", "said"),
    [
        ('match = "Postface"\nskip = true', "[[chapters]] 1: no chapter's title has « Postface »"),
        (
            'match = "chapitre"\nskip = true',
            "3 chapters have « chapitre » in their title, at lines 5",
        ),
        ("number = 9\nskip = true", "there is no chapter 9, the last is 4"),
        ('number = 2\nsplit = "Jamais"', "« Jamais » stands nowhere in that chapter"),
        ('number = 2\nsplit = "l"', "times in that chapter, at lines 7, 7"),
        ("number = 1\nmerge = true", "no chapter stands before it"),
        ("skip = true", "which chapter is it?"),
        ("number = 1", "says nothing of its chapter"),
        ("number = 1\nskipp = true", "unknown key “skipp”. Did you mean “skip”?"),
    ],
)
def test_an_entry_that_can_not_be_followed_is_told(text: Path, entry: str, said: str) -> None:
    """One line names the entry, what is wrong, and the lines of the text that are meant."""
    with pytest.raises(InputError) as told:
        read(text, f"[[chapters]]\n{entry}\n")
    assert said in str(told.value)
    assert "phare.toml: [[chapters]] 1" in str(told.value)


def test_a_chapter_may_have_a_narrator_of_its_own(text: Path) -> None:
    """Its lines are in that voice, but those of a role that has its own; the others' are not."""
    text.with_suffix(".toml").write_text(
        '[voices]\nnote = "fr-ch"\n[[chapters]]\nnumber = 2\nvoice = "fr-be"\n', "utf-8"
    )
    reading = ReadingOptions(NotesPolicy.CHAPTER)
    understood = understand(Source(text, reading=reading))
    script = narrate(understood, spelled=False)
    chosen = casting(load("espeak"), understood.sidecar)
    spoken = {
        utterance.written: voice.name
        for utterance, voice in zip(script.utterances, chosen.cast(script).voices, strict=True)
    }
    assert spoken["Le bateau accosta."] == "fr-be"
    assert spoken["Un vieil homme."] == "fr-ch"
    assert spoken["Le vent se leva."] == "fr"
