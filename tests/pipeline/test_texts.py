"""From a file to its script: a text that says nothing is an error, not a silent success."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hautevoix.errors import InputError
from hautevoix.model.options import Source
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.storage.store import Store
from hautevoix.workers.pool import WorkerPool

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("text", ["⋆⋆⋆\n", "...\n!!!\n", "— !\n\n« … »\n"])
@pytest.mark.parametrize("sidecar", ["", 'title = "Le titre"\nauthor = "Anne Autrice"\n'])
def test_a_text_without_a_word_is_an_error(tmp_path: Path, text: str, sidecar: str) -> None:
    """Title, author and closing alone make no audiobook: exit 3, and what to do."""
    path = tmp_path / "t.txt"
    path.write_text(text, encoding="utf-8")
    path.with_suffix(".toml").write_text(sidecar, encoding="utf-8")
    with pytest.raises(InputError, match="there is no text in it to read aloud") as caught:
        narrate(understand(Source(path)))
    assert str(path) in str(caught.value)
    assert caught.value.advice


@pytest.mark.parametrize(
    ("text", "sidecar"),
    [
        ("😀😀😀\n", '[lexicon]\n"😀" = "sourire"\n'),
        ("5 €\n", ""),
        ("& %\n", ""),
    ],
)
def test_what_has_a_name_is_text(tmp_path: Path, text: str, sidecar: str) -> None:
    """Signs that the rules or a lexicon say are words enough."""
    path = tmp_path / "t.txt"
    path.write_text(text, encoding="utf-8")
    path.with_suffix(".toml").write_text(sidecar, encoding="utf-8")
    assert narrate(understand(Source(path))).utterances


def test_a_book_is_said_alike_by_one_or_by_many(tmp_path: Path) -> None:
    """The pool's sentences are the narrator's, in order; the second time they come from memory.

    Corrections and lexicon hold in every process, and the reader sees that it goes on.
    """
    path = tmp_path / "t.txt"
    years = "\n\n".join(f"En {year}, Brel vit Louis XIV et Mr. Foc." for year in range(1000, 1900))
    path.write_text(years, encoding="utf-8")
    path.with_suffix(".toml").write_text('[lexicon]\n"Foc" = "Fauque"\n', encoding="utf-8")
    understood = understand(Source(path))
    alone = narrate(understood)
    assert "En mille, Brel vit Louis quatorze et monsieur Fauque." in {
        utterance.spoken for utterance in alone.utterances
    }
    told: list[tuple[int, int]] = []
    with WorkerPool(2) as pool:
        memory = Store(tmp_path / "store"), pool
        assert narrate(understood, lambda *done: told.append(done), memory) == alone
        total = len(alone.utterances)
        assert told == [(0, total), (400, total), (800, total), (total, total), (total, total)]
        told.clear()
        assert narrate(understood, lambda *done: told.append(done), memory) == alone
        assert told == [(0, total), (total, total)]
