"""A key that workers of a cluster speak with stays theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

import talking
from commands import hautevoix
from web import Service

if TYPE_CHECKING:
    from pathlib import Path

pytest.importorskip("distributed", reason="the extra « cluster » is not installed")

KEY = "sk-4711-abc"


def test_a_key_reaches_the_server_and_nothing_else(tmp_path: Path) -> None:
    """Neither the book, the store, the events nor what is said of them holds it."""
    (tmp_path / "livre.txt").write_text("Il pleut.\n", "utf-8")
    with Service(talking.speech).running() as service:
        done = hautevoix(
            "build", "livre.txt", "--engine", "openai", "--voice", "alice", "--events",
            "--cluster", "local:1", "--store", "store", "-o", "out",
            cwd=tmp_path,
            env={
                "HAUTEVOIX_OPENAI_URL": f"{service.url}/v1",
                "HAUTEVOIX_OPENAI_KEY": KEY,
                "HAUTEVOIX_OPENAI_VOICES": "alice",
            },
        )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert {asked.headers["authorization"] for asked in service.asked} == {f"Bearer {KEY}"}
    written = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert any(path.suffix == ".mp3" for path in written)
    for path in written:
        assert KEY.encode() not in path.read_bytes(), path
    assert KEY not in done.stdout + done.stderr
