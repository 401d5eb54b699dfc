"""What was edited, damaged or made by a stranger is refused in a line, and harms nothing."""

from __future__ import annotations

import contextlib
import json
import os
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from books import NOW, tree
from hautevoix.errors import DiskError, InputError, PublishingError
from hautevoix.mpeg.id3_frames import chapter_of, contents_of
from hautevoix.publishing.built_book import read_built_book
from hautevoix.publishing.files import digest_of
from hautevoix.publishing.site import publish
from hautevoix.publishing.state import STATE, from_bytes, new_guid

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.publishing.config import Podcast

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=3),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)


def sentence(book: dict[str, Any]) -> dict[str, Any]:
    """Return the first sentence of a book's JSON."""
    found: dict[str, Any] = book["parts"][0]["blocks"][0]["sentences"][0]
    return found


@pytest.mark.parametrize(
    "damage",
    [
        lambda book: book.update(title=None),
        lambda book: book.update(title=3),
        lambda book: book.update(notes=3),
        lambda book: book.update(parts={"a": 1}),
        lambda book: book["parts"][0].update(level="x"),
        lambda book: book["parts"][0].pop("title"),
        lambda book: book["parts"][0]["blocks"][0].update(sentences=[]),
        lambda book: book["parts"][0]["blocks"][0].update(note=7),
        lambda book: sentence(book).update(utterance=99),
        lambda book: sentence(book).update(utterance=-1),
        lambda book: sentence(book).update(utterance="0"),
        lambda book: sentence(book).update(calls=[{"label": "1", "position": 0, "note": 9}]),
        lambda book: sentence(book).update(emphasis=[[1]]),
        lambda book: sentence(book).update(more=1),
    ],
)
def test_a_damaged_book_is_refused(
    built: Callable[..., Path], damage: Callable[[dict[str, Any]], object]
) -> None:
    """Types, references to rows and notes: exit code 3 and what to do, never a traceback."""
    folder = built()
    path = folder / "livre.book.json"
    told = json.loads(path.read_bytes())
    damage(told)
    path.write_text(json.dumps(told), encoding="utf-8")
    with pytest.raises(InputError, match="Build it again"):
        read_built_book(folder)


@pytest.mark.parametrize(
    "damage",
    [
        lambda told: told["utterances"][0].update(start=float("nan")),
        lambda told: told["utterances"][0].update(start="0"),
        lambda told: told["utterances"][0].update(start=-5),
        lambda told: told["utterances"][0].update(end=0),
        lambda told: told.update(utterances=told["utterances"][:2]),
        lambda told: told.update(utterances=[3]),
        lambda told: told.update(duration=float("inf")),
        lambda told: told.update(duration=None),
        lambda told: told.update(duration=10**400),
        lambda told: told["chapters"][0].update(title=5),
        lambda told: told["utterances"][0].update(words=[{"text": "x", "start": None}]),
    ],
)
def test_a_damaged_timeline_is_refused(
    built: Callable[..., Path], damage: Callable[[dict[str, Any]], object]
) -> None:
    """Even one whose digest was put right: no time that is none gets into a page or a feed."""
    folder = built()
    path = folder / "livre.timeline.json"
    told = json.loads(path.read_bytes())
    damage(told)
    path.write_text(json.dumps(told), encoding="utf-8")
    book = folder / "livre.book.json"
    kept = {**json.loads(book.read_bytes()), "timeline_digest": digest_of(path)}
    book.write_text(json.dumps(kept), encoding="utf-8")
    with pytest.raises(InputError, match="Build it again"):
        read_built_book(folder)


def test_what_no_xml_can_hold_goes_when_a_book_is_read(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """A control character or half a character in an edited book.json makes no broken feed."""
    folder = built()
    path = folder / "livre.book.json"
    told = {**json.loads(path.read_bytes()), "title": "Le\x00 Li\ud800vre"}
    path.write_text(json.dumps(told), encoding="utf-8")
    done = publish([folder], podcast, tmp_path / "site", NOW)
    assert done.state.works[0].title == "Le Livre"


@pytest.mark.parametrize(
    "damage",
    [
        lambda state: state.update(superseded=[["../mine.txt", 1]]),
        lambda state: state.update(superseded=[["/etc/passwd", 1]]),
        lambda state: state.update(superseded=[["livre/../../mine.txt", 1]]),
        lambda state: state.update(superseded=[[".htaccess", 1]]),
        lambda state: state["works"][0].update(folder=".."),
        lambda state: state["works"][0].update(extras=["../mine.txt"]),
        lambda state: state["works"][0].update(title=None),
        lambda state: state["works"][0]["identity"].update(date=10**15),
        lambda state: state["works"][0]["episodes"][0].update(duration=float("nan")),
        lambda state: state.update(kind="page"),
        lambda state: state.update(stranger=1),
    ],
)
def test_a_hostile_state_removes_and_writes_nothing(
    built: Callable[..., Path],
    podcast: Podcast,
    tmp_path: Path,
    damage: Callable[[dict[str, Any]], object],
) -> None:
    """Its paths lead to no file outside the site, be it years later, and its values are checked."""
    site, mine = tmp_path / "site", tmp_path / "mine.txt"
    mine.write_text("mine", encoding="utf-8")
    book = built()
    publish([book], podcast, site, NOW)
    told = json.loads((site / STATE).read_bytes())
    damage(told)
    (site / STATE).write_text(json.dumps(told), encoding="utf-8")
    before = tree(tmp_path)
    with pytest.raises(PublishingError, match="identity"):
        publish([book], podcast, site, 2 * NOW)
    assert tree(tmp_path) == before


@given(JSON)
def test_no_json_is_taken_for_a_state(told: object) -> None:
    """Whatever it holds: a PublishingError, nothing else."""
    with pytest.raises(PublishingError):
        from_bytes(json.dumps(told).encode(), "here")


def test_a_guid_from_elsewhere_is_a_namespace_too() -> None:
    """A podcast that moved here may have kept guids that are no UUIDs."""
    assert new_guid("tag:example.org,2020:1", "Un", set()) == new_guid(
        "tag:example.org,2020:1", "Un", set()
    )


@given(st.binary(max_size=40))
def test_a_chapter_that_is_cut_off_is_a_value_error(body: bytes) -> None:
    """CHAP and CTOC frames of any bytes: read, or a ValueError that check tells of."""
    for read in (lambda data: chapter_of(data, 3), contents_of):
        with contextlib.suppress(ValueError):
            read(body)


def test_a_pipe_in_a_site_is_told(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """What stands where a cover was is not waited for until somebody writes into it."""
    site = tmp_path / "site"
    publish([built()], podcast, site, now=NOW)
    cover = next(site.glob("cover-*"))
    cover.unlink()
    os.mkfifo(cover)
    with pytest.raises(DiskError, match="it is no file"):
        publish([built()], podcast, site, now=NOW)
