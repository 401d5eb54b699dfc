"""proof.html in a real browser, from its file."""

from __future__ import annotations

import json
import shutil
import tomllib
from typing import TYPE_CHECKING, Any

import pytest

from driving import driven
from hautevoix.proofing.page import write_page
from hautevoix.proofing.report import Report
from hautevoix.reading.base.sidecar import parse_sidecar
from proofbench import SENTENCES, Bench

if TYPE_CHECKING:
    from collections.abc import Callable


@pytest.fixture(scope="module")
def told(
    template: Bench,
    tmp_path_factory: pytest.TempPathFactory,
    node: str,
    client: Callable[[str], str],
) -> dict[str, Any]:
    """Return what happened when the page of a book with two suspect sentences was driven."""
    book = Bench(tmp_path_factory.mktemp("page"))
    shutil.copytree(template.folder, book.folder, dirs_exist_ok=True)
    book.hears(s2="Ils y trouvèrent leurs pères.", s3="Chacun chercha le sien parmi les hautes.")
    proofed = book.run("proof", "fete.txt", "--json", "--quiet")
    assert proofed.returncode == 1, proofed.stderr
    page = (book.book / "proof.html").resolve()
    base = f"{page.parent.as_uri()}/"
    seen = driven(node, "drive-proof.mjs", client("chromium"), page.as_uri(), base)
    return {**seen, "report": json.loads(proofed.stdout)}


def test_nothing_leaves_and_nothing_fails(told: dict[str, Any]) -> None:
    """No request to anywhere else, no error in the console."""
    assert (told["strangers"], told["errors"]) == ([], [])


def test_anyone_can_use_it(told: dict[str, Any]) -> None:
    """axe-core finds nothing, light and dark, wide and narrow; nothing sticks out."""
    assert (told["axe"], told["overflow"]) == ([], [])


def test_each_suspect_sentence_is_shown(told: dict[str, Any]) -> None:
    """The worst first: written, spoken, heard, and the difference marked."""
    first, second = told["rows"]
    assert SENTENCES[1] in first["text"]
    assert "bateaux" in first["marks"]
    assert "herbes" in second["marks"]
    assert told["summary"].startswith("4 of 6 sentences right, 2 suspect.")


def test_a_sentence_is_played_and_no_more(told: dict[str, Any]) -> None:
    """By keys: j goes to it, p plays it from its place in the MP3, and it stops at its end."""
    row = told["report"]["suspect"][0]
    assert told["next"]["now"] == f"s{row['index']}"
    assert told["next"]["focused"].startswith("Play")
    assert not told["playing"]["paused"]
    assert row["start"] - 0.3 < told["playing"]["time"] < row["end"]
    assert row["end"] <= told["stopped"]["time"] < row["end"] + 1.5
    assert told["second"]["now"] != told["back"]["now"] == told["next"]["now"]


def test_the_lines_are_a_sidecar(told: dict[str, Any]) -> None:
    """Each under its table, once; what is copied can be read as the sidecar that it is for."""
    sidecar = tomllib.loads(told["lines"])
    assert set(sidecar) == {"lexicon", "corrections", "voices"}
    assert sidecar["corrections"] == {SENTENCES[1]: SENTENCES[1]}
    assert sidecar["voices"] == {"body": "fr"}
    assert len(sidecar["lexicon"]) == 1
    assert told["told"] == "It is there already."
    assert told["copied"].startswith(("Copied", "Selected"))
    parse_sidecar(sidecar, "lines.toml")


def test_a_report_ends_no_element() -> None:
    """Whatever a title holds, it is text."""
    page = write_page(Report("</script><b>%%STYLE%%", "a.mp3", ("</script>", ""), ()))
    assert page.count("</script>") == 2
    assert "<b>" not in page
