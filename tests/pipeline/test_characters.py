"""Characters have voices: what the sidecar says is heard, and a name nobody has is told."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from commands import hautevoix

if TYPE_CHECKING:
    from pathlib import Path

TEXT = """La crue

Il pleuvait depuis trois jours sur la vallée, et le pont tenait encore.

— Il tiendra, répondit le père Goriot, je l'ai vu bâtir.

— Partons ! s'écria Candide.

— Jamais, dit-il.
"""
CAST = """[characters]
CANDIDE = "fr+m1"
candide = "fr+m3"
Goriot = { voice = "fr+m7", rate = 0.9, level = -2 }
"Cunégonde" = "fr+f2"
"""


def test_each_speaks_with_his_voice_and_the_narrator_between(tmp_path: Path) -> None:
    """The timeline tells who says what, by which voice; who is cast twice, or nowhere, is told."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    (tmp_path / "a.toml").write_text(CAST, "utf-8")
    done = hautevoix("build", "a.txt", "--engine", "espeak", "--store", "s", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "casts “Cunégonde”" in done.stderr
    assert "casts “CANDIDE” and “candide”, who are one" in done.stderr
    rows = json.loads((tmp_path / "output/a/a.timeline.json").read_text("utf-8"))["utterances"]
    told = [(row.get("character"), row["voice"].split("/")[1], row["text"]) for row in rows]
    assert told[2:9] == [
        ("le père Goriot", "fr+m7", "— Il tiendra,"),
        (None, "fr", "répondit le père Goriot,"),
        ("le père Goriot", "fr+m7", "je l'ai vu bâtir."),
        ("Candide", "fr+m3", "— Partons !"),
        (None, "fr", "s'écria Candide."),
        (None, "fr", "— Jamais,"),
        (None, "fr", "dit-il."),
    ]


def test_outline_and_script_tell_who_speaks(tmp_path: Path) -> None:
    """For people and for programs, before anybody has a voice."""
    (tmp_path / "a.txt").write_text(TEXT, "utf-8")
    assert (
        "Who speaks: Candide (1), le père Goriot (1)"
        in hautevoix("outline", "a.txt", cwd=tmp_path).stdout
    )
    told = json.loads(hautevoix("outline", "--json", "a.txt", cwd=tmp_path).stdout)
    assert told["characters"][0] == {"name": "Candide", "lines": 1}
    lines = hautevoix("script", "--json", "a.txt", cwd=tmp_path).stdout.splitlines()
    assert [json.loads(line)["character"] for line in lines][2:5] == [
        "le père Goriot",
        "Candide",
        None,
    ]
