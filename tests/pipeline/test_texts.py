"""From a file to its script: a text that says nothing is an error, not a silent success."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hautevoix.errors import InputError
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.wishes import Source

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("text", ["😀😀😀\n", "...\n!!!\n", "— !\n\n« … »\n"])
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
