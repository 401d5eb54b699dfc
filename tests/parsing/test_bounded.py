"""Files that others wrote: what is wrong with them is a ValueError, soon and in little memory."""

from __future__ import annotations

import json
import os
import tomllib
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hautevoix.parsing import bounded
from hautevoix.parsing.bounded import file_bytes, json_value, toml_table

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("a" + ".a" * 31_000 + " = 1", "32 parts .at line 1"),
        ("titre = 'x'\n[" + "a." * 40 + "a]\n", "32 parts .at line 2"),
        ("x = {" + "'a' . " * 40 + "b = 1}", "32 parts"),
        ("x = " + "[" * 2_000 + "]" * 2_000, "nested too deep"),
        ("x = " + "{a = " * 2_000 + "1" + "}" * 2_000, "nested too deep"),
        ("x = " + "9" * 6_000, "too many digits"),
        ("x = 2001-02-30", "Invalid date"),
        ("x = 1\ny = pas fini", "line 2"),
        ("# " + "x" * bounded.LARGEST_TOML, "4 million"),
    ],
)
def test_hostile_toml_is_a_value_error_that_says_what(text: str, why: str) -> None:
    """Whatever it is, it costs less memory than a hundred times its length."""
    tracemalloc.start()
    try:
        with pytest.raises(ValueError, match=why) as told:
            toml_table(text)
        assert tracemalloc.get_traced_memory()[1] < 100 * len(text) + (8 << 20)
    finally:
        tracemalloc.stop()
    assert "\n" not in str(told.value)
    assert "sys." not in str(told.value)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"[" * 100_000, "nested too deep"),
        (b'{"a":' * 100_000, "nested too deep"),
        (b"9" * 6_000, "too many digits"),
        (b"\xff{}", "decode"),
        (b"{", "Expecting"),
    ],
)
def test_hostile_json_is_a_value_error_that_says_what(data: bytes, why: str) -> None:
    """Nesting, digits, bytes, syntax."""
    with pytest.raises(ValueError, match=why):
        json_value(data)


def test_json_beyond_the_limit_is_not_parsed(monkeypatch: pytest.MonkeyPatch) -> None:
    """A file of gigabytes ends before the parser takes some dozen times as much."""
    monkeypatch.setattr(bounded, "LARGEST_JSON", 1 << 20)
    with pytest.raises(ValueError, match="more than 1 MiB"):
        json_value(b" " * ((1 << 20) + 1))


def test_only_files_are_read(tmp_path: Path) -> None:
    """A pipe would wait for ever; a large one would fill the memory; an absent one is told."""
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "large").write_bytes(b"x" * 11)
    for name in ("pipe", "large"):
        with pytest.raises(ValueError, match="it "):
            file_bytes(tmp_path / name, 10)
    with pytest.raises(OSError, match="irectory"):
        file_bytes(tmp_path, 10)
    with pytest.raises(FileNotFoundError):
        file_bytes(tmp_path / "absent", 10)
    assert file_bytes(tmp_path / "large", 11) == b"x" * 11


@given(st.text(alphabet="ab.[]{}='\"\n #19-:_é", max_size=60))
def test_toml_is_what_the_standard_parser_says(text: str) -> None:
    """Within the bounds nothing is added, and nothing is taken away."""
    try:
        expected = tomllib.loads(text)
    except ValueError:
        expected = None
    try:
        assert toml_table(text) == expected
    except ValueError:
        assert expected is None


@given(st.recursive(st.none() | st.integers() | st.text(), st.lists, max_leaves=20))
def test_json_is_what_was_written(value: object) -> None:
    """Within the bounds every value comes back."""
    assert json_value(json.dumps(value)) == value
