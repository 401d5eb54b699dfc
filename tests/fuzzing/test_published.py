"""What builds and publications remember: read back as it was, or refused."""

from __future__ import annotations

import contextlib
import json
import tempfile
from pathlib import Path
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from books import Made, make
from fuzzing import sites, texts
from fuzzing.doors import fuzzed, told
from hautevoix.model import Timeline, Words
from hautevoix.parsing.json_codec import checked, decoded, document, encoded
from hautevoix.pipeline.results import _Kept
from hautevoix.publishing import chapters, transcripts
from hautevoix.publishing.built_book import BuiltBook, read_built_book
from hautevoix.publishing.checking.cues import read_cues
from hautevoix.publishing.edition import Edition, from_json, to_json
from hautevoix.publishing.files import digest
from hautevoix.publishing.state import State, from_bytes, to_bytes

_KINDS = (
    State,
    Edition,
    Timeline,
    Words,
    _Kept,
    tuple[tuple[str, Words], ...],
    dict[str, tuple[float, int]],
)
"""What lies on disk as JSON."""
st.register_type_strategy(float, st.floats(allow_nan=False, allow_infinity=False, width=32))


@fuzzed(60)
@given(st.data())
def test_values_come_back(data: st.DataObject) -> None:
    """What was encoded is decoded to the same; one value of another kind in it is refused."""
    kind: Any = data.draw(st.sampled_from(_KINDS))
    value = data.draw(texts.named(st.from_type(kind)))
    assert decoded(kind, encoded(value)) == value
    plain = json.loads(encoded(value))
    spoilt = _spoilt(plain, data)
    with contextlib.suppress(ValueError):
        checked(kind, spoilt)


def _spoilt(value: Any, data: st.DataObject) -> Any:
    """Return JSON in which something stands in another's place."""
    if isinstance(value, (dict, list)) and value and data.draw(st.booleans()):
        key = data.draw(
            st.sampled_from(sorted(value) if isinstance(value, dict) else range(len(value)))
        )
        changed = dict(value) if isinstance(value, dict) else list(value)
        changed[key] = _spoilt(value[key], data)
        return changed
    return data.draw(sites.values)


@fuzzed(30)
@given(texts.named(st.from_type(State)), st.data())
def test_the_memory_of_a_podcast(state: State, data: st.DataObject) -> None:
    """A state is read as it was written, or refused; a host's may be anything."""
    kept = told(from_bytes, document({"version": 1, **json.loads(encoded(state))}), "here")
    if kept is not None:
        assert from_bytes(to_bytes(kept), "here") == kept
    whole = json.loads(to_bytes(State("guid", "https://x.example/")))
    told(from_bytes, json.dumps(_spoilt(whole, data)).encode(), "here")


def _written(built: BuiltBook) -> None:
    """Write what a publication tells of a book; what ``check`` can't read of it is a fault."""
    heard = transcripts.cues(built)
    told_of = (
        (transcripts.to_vtt(heard), ".vtt"),
        (transcripts.to_srt(heard), ".srt"),
        (transcripts.to_json(heard, "narrateur"), ".json"),
    )
    for made, suffix in told_of:
        read_cues(made, suffix)
    chapters.to_json(built.chapters, built.edition.title, built.edition.author or "")
    transcripts.chapters_vtt(built.chapters)
    assert from_json(json.loads(to_json(built.edition))) == built.edition


@fuzzed(25)
@given(st.data())
def test_a_built_book(data: st.DataObject) -> None:
    """A book and a timeline with anything anywhere: published as they are, or refused."""
    with tempfile.TemporaryDirectory() as folder:
        book = make(Path(folder), Made(chapters=(("Un", ("Il était.", "Puis [1].")),)))
        told_book, timeline = book / "livre.book.json", book / "livre.timeline.json"
        spoilt = json.dumps(_spoilt(json.loads(timeline.read_bytes()), data)).encode()
        kept = _spoilt(json.loads(told_book.read_bytes()), data)
        if not isinstance(kept, dict):
            return
        whole = json.loads(told_book.read_bytes())
        kept |= {"audio_ends": whole["audio_ends"], "timeline_digest": digest(spoilt)}
        timeline.write_bytes(spoilt)
        told_book.write_text(json.dumps(kept), "utf-8")
        built = told(read_built_book, book)
        if built is not None:
            told(_written, built)
