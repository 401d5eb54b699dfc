"""Sidecars, lexicons and settings with any value at any key: taken, or refused in one line."""

from __future__ import annotations

import datetime as dt
import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any
from unittest import mock

import tomlkit
from hypothesis import given
from hypothesis import strategies as st

from fuzzing import texts
from fuzzing.doors import fuzzed, told
from hautevoix.cli import build, store
from hautevoix.cli.commands import COMMANDS
from hautevoix.cli.defaults import VARIABLE, default_map
from hautevoix.french import Narrator, read_pls
from hautevoix.model import PAUSES
from hautevoix.model.options import Source
from hautevoix.model.sidecar import VOICE_ROLES
from hautevoix.parsing.bounded import toml_table
from hautevoix.pipeline.sidecar_edits import drop_retake, keep_retake
from hautevoix.pipeline.texts import narrate, understand
from hautevoix.publishing.config import Podcast, read_podcast, to_toml
from hautevoix.reading.base import passages, sidecar
from hautevoix.reading.base.diagnostics import KEEPABLE
from hautevoix.reading.base.lexicons import read_lexicon
from hautevoix.reading.base.sidecar import parse_sidecar

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

TEXT = "Le Roi\n\nChapitre premier\n\nLe roi dit : « 12 ! » [1]\n\n[1] Une note.\n\nChapitre II\n\nFin."

_words = st.one_of(
    texts.prose, st.sampled_from(["roi", "Le roi", "12", "dit", "", " ", "Fin.", "»"])
)
_scalars = st.one_of(
    _words,
    texts.numbers,
    st.integers(-1, 3),
    st.sampled_from([10**19, 1.5, 0.5, float("nan"), float("inf"), True, False]),
    st.sampled_from([dt.date(1917, 10, 24), dt.time(7, 32), dt.datetime(1, 1, 1)]),  # noqa: DTZ001 - TOML has such
)
_values = st.recursive(
    _scalars,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(_words | texts.numbers, inner, max_size=3)
    ),
    max_leaves=5,
)


def _table(*names: str) -> SearchStrategy[dict[str, Any]]:
    """Return a table that has some of these keys, or others."""
    return st.dictionaries(st.one_of(st.sampled_from(names), _words), _scalars, max_size=4)


_KNOWN: dict[str, SearchStrategy[Any]] = {
    "lexicon": st.dictionaries(_words, st.one_of(_words, _table(*sidecar._ENTRY_FIELDS))),
    "corrections": st.dictionaries(_words, _words, max_size=3),
    "pauses": _table(*PAUSES),
    "voices": st.dictionaries(
        st.sampled_from(VOICE_ROLES), st.one_of(_words, _table(*sidecar._PART_FIELDS)), max_size=3
    ),
    "characters": st.dictionaries(_words, st.one_of(_words, _table(*sidecar._PART_FIELDS))),
    "keep": st.lists(st.sampled_from([*KEEPABLE, "x"]), max_size=3),
    "notes": st.sampled_from(["brackets", "x"]),
    "liaisons": st.sampled_from(["usual", "solemn", "x"]),
    "chapters": st.lists(_table(*passages._CHAPTER), max_size=3),
    "retakes": st.lists(_table(*passages._RETAKE), max_size=3),
}
"""What fits the keys that are no plain texts; a key that is new to the sidecar gets any value."""

tables = texts.named(
    st.lists(st.sampled_from([*sidecar._FIELDS, "x"]), max_size=5, unique=True).flatmap(
        lambda keys: st.fixed_dictionaries(
            {key: st.one_of(_KNOWN.get(key, _words), _values) for key in keys}
        )
    )
)


def _narrated(table: dict[str, Any]) -> None:
    source = Source(Path("x.txt"), data=TEXT.encode())
    narrate(understand(source, parse_sidecar(table, "x.toml")), spelled=False)


@fuzzed(40)
@given(tables)
def test_any_value_at_any_key_of_a_sidecar(table: dict[str, Any]) -> None:
    """Right types and wrong ones; what is taken is done to a text, and the script is written."""
    told(_narrated, table)


def written(table: dict[str, Any]) -> str | None:
    """Return a table as TOML, None where TOML has no such value (a lone surrogate)."""
    try:
        text = tomlkit.dumps(table)
        text.encode()
        toml_table(text)
    except (ValueError, TypeError):
        return None
    return text


_comments = st.sampled_from(["", "# un roi\n", "\n\n", "\ufeff", "retakes = []\n", "[[retakes]]\n"])
_toml = texts.named(
    st.builds(
        lambda head, table: head + (written(table) or ""),
        _comments,
        st.fixed_dictionaries({}, optional=_KNOWN),
    )
)


@fuzzed(20)
@given(_toml, _words, _table("say", "rate", "voice", "take"))
def test_a_sidecar_is_changed_in_place(text: str, words: str, how: dict[str, Any]) -> None:
    """What its owner wrote is read as before, with a retake more; then that is gone again."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.txt")
        path.with_suffix(".toml").write_text(text, "utf-8", "replace", newline="")
        before = told(lambda: toml_or_none(path))
        if before is None or told(keep_retake, path, words, how) is None:
            return
        kept = toml_or_none(path)
        assert kept is not None
        assert {**before, "retakes": kept["retakes"]} == kept
        told(drop_retake, path, words)
        assert toml_or_none(path) is not None


def toml_or_none(path: Path) -> dict[str, Any] | None:
    """Return what the sidecar of a text holds, None where it is no TOML."""
    try:
        return toml_table(path.with_suffix(".toml").read_bytes().decode("utf-8-sig"))
    except ValueError:
        return None


_pls = texts.named(
    texts.written(
        st.builds(
            lambda head, inside: f"{head}{inside}</lexicon>",
            st.sampled_from(
                [
                    '<lexicon xmlns="http://www.w3.org/2005/01/pronunciation-lexicon" alphabet="ipa">',
                    '<?xml version="1.0" encoding="utf-16"?><lexicon>',
                    "<lexicon>",
                    '<!DOCTYPE lexicon [<!ENTITY a "b">]><lexicon>',
                    "<x><lexicon>",
                ]
            ),
            texts.tree(
                ["lexeme", "grapheme", "alias", "phoneme"],
                ["alphabet", "prefer", "role"],
                st.sampled_from(["ipa", "x-sampa", "true", "1", ""]),
            ),
        )
    )
)
_lexicons = st.one_of(_pls, _toml.map(lambda text: text.encode("utf-8", "replace")))


@fuzzed(30)
@given(_lexicons, texts.prose)
def test_a_lexicon(data: bytes, text: str) -> None:
    """PLS or TOML; what is taken is said."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.pls")
        path.write_bytes(data)
        entries = told(read_lexicon, path)
    if entries is not None:
        Narrator(entries).say(text)
    told(read_pls, data.decode("utf-8", "surrogateescape"))


_podcast = st.fixed_dictionaries(
    {},
    optional={
        name: st.one_of(
            _scalars, st.sampled_from(["Arts", "Books", "fr", "a@b.fr"]), texts.addresses
        )
        for name in (*Podcast.__dataclass_fields__, "x")
    },
)


@fuzzed(30)
@given(texts.named(_podcast))
def test_what_a_podcast_says_of_itself(table: dict[str, Any]) -> None:
    """What is taken of podcast.toml can be written, and is read again as it was."""
    text = written(table)
    if text is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "podcast.toml")
        path.write_bytes(text.encode())
        podcast = told(read_podcast, path)
        if podcast is not None:
            path.write_text(to_toml(podcast), "utf-8")
            again = read_podcast(path)
            assert (again.title, again.base_url) == (podcast.title, podcast.base_url)


_options = st.dictionaries(
    st.sampled_from(["voice", "jobs", "quiet", "format", "rate", "bit-rate", "cast", "gc", "x"]),
    _values,
    max_size=4,
)
_settings = st.dictionaries(
    st.sampled_from(["build", "store", "say", "x"]), st.one_of(_options, _values), max_size=3
)


@fuzzed(20)
@given(texts.named(_settings))
def test_defaults_of_options_from_a_file(table: dict[str, Any]) -> None:
    """Any value for an option, a command or a group: taken as the command line would, or told."""
    text = written(table)
    if text is None:
        return
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "x.toml")
        path.write_bytes(text.encode())
        with mock.patch.dict(os.environ, {VARIABLE: str(path)}):
            for name, command in (("build", build.command), ("store", store.command)):
                told(default_map, name, command, COMMANDS)
