from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands import hautevoix

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """La maison était vide. Une MAISON si grande !

Il lut sur la porte : ENTRÉE LIBRE.

Le XYZ et le RAMSAR vinrent, puis le XYZ encore, AUJOURDHUI même.
"""


def test_words_in_capitals_don_t_drown_the_rest(tmp_path: Path) -> None:
    """What may be an acronym has its line, the most frequent first; plain words share the last."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    shown = hautevoix("script", "a.txt", "--unsure", cwd=tmp_path).stdout.splitlines()
    rows = [line.split("\t") for line in shown]
    assert [row[:3] for row in rows] == [
        ["2", "capitals", "XYZ"],
        ["1", "capitals", "RAMSAR"],
        ["4", "capitals", "MAISON, ENTRÉE, LIBRE, AUJOURDHUI"],
    ]


def test_programs_get_all(tmp_path: Path) -> None:
    """A row for each token, which says whether it is a plain word."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    done = hautevoix("script", "a.txt", "--unsure", "--json", cwd=tmp_path)
    rows = [json.loads(line) for line in done.stdout.splitlines()]
    assert {row["token"]: row["plain"] for row in rows} == {
        "XYZ": False, "RAMSAR": False, "MAISON": True, "ENTRÉE": True, "LIBRE": True,
        "AUJOURDHUI": True,
    }  # fmt: skip
