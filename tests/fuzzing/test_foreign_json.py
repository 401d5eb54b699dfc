"""JSON that other programs left on the disk, or a server sends: voices, journals."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from unittest import mock

from hypothesis import example, given
from hypothesis import strategies as st

from fuzzing import sites, texts
from fuzzing.doors import fuzzed, told
from hautevoix.engines import catalogue
from hautevoix.engines.voicelists import listed
from hautevoix.storage.staging import JOURNAL, recover

_names = st.one_of(
    texts.addresses,
    st.sampled_from([".x.part", "chapters/.x.part", "x.mp3", "\0.part", "\ud800.part"]),
)
_journals = texts.named(
    st.one_of(
        st.fixed_dictionaries(
            {
                "place": st.lists(st.tuples(_names, _names) | sites.values, max_size=3),
                "remove": st.lists(_names | sites.values, max_size=2) | sites.values,
            }
        ),
        sites.values,
    )
)


@fuzzed(40)
@given(_journals)
@example({"place": [["x", "\0.part"]], "remove": []})
@example({"place": [], "remove": ["\ud800"]})
def test_a_journal(told_there: object) -> None:
    """What a killed build left is ended, or refused; nothing outside of the folder is touched."""
    with tempfile.TemporaryDirectory() as outer:
        folder = Path(outer, "livre")
        folder.mkdir()
        for place in (folder / "x.mp3", folder / ".x.part", Path(outer, "a")):
            place.write_bytes(b"x")
        (folder / JOURNAL).write_text(json.dumps(told_there), "utf-8")
        told(recover, folder)
        assert Path(outer, "a").read_bytes() == b"x"


_config = st.fixed_dictionaries(
    {
        "audio": st.one_of(st.just({"sample_rate": 22050}), sites.values),
        "espeak": st.one_of(st.just({"voice": "fr-fr"}), sites.values),
        "phoneme_id_map": st.one_of(st.just({"a": [1]}), sites.values),
        "num_speakers": st.one_of(st.integers(1, 3), sites.values),
        "language": st.one_of(st.just({"code": "fr_FR"}), sites.values),
    },
    optional={"speaker_id_map": st.one_of(st.just({"a": 0}), sites.values)},
)
_FRENCH = {
    "audio": {"sample_rate": 22050},
    "espeak": {"voice": "fr"},
    "phoneme_id_map": {},
    "num_speakers": 2,
}


@fuzzed(30)
@given(texts.named(_config))
@example({**_FRENCH, "speaker_id_map": 5})
@example({**_FRENCH, "speaker_id_map": [None]})
def test_a_voice_that_was_put_there_by_hand(config: object) -> None:
    """Its configuration makes voices of it, or none."""
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder, "x.onnx")
        model.write_bytes(b"x")
        Path(folder, "x.onnx.json").write_text(json.dumps(config), "utf-8")
        with mock.patch.dict(os.environ, {"HAUTEVOIX_VOICES": folder}):
            voices = told(catalogue.installed)
    assert all(voice.name.isprintable() for voice in voices or ())


_lists = texts.named(
    st.one_of(
        sites.values,
        st.fixed_dictionaries({"voices": sites.rows("id", "name", "language", "gender")}),
    )
)


@fuzzed(30)
@given(_lists)
def test_a_list_of_voices(answer: object) -> None:
    """Whatever a server answers: voices that can be named on a command line."""
    assert all(voice.name.isprintable() for voice in listed(json.dumps(answer).encode(), "x"))
