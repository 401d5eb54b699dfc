"""What check hears: silences, lost sentences, AAC, old MP3s; and how hosts answer."""

from __future__ import annotations

import json
import threading
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import TYPE_CHECKING

import lameenc
import numpy as np
import pytest

from hautevoix.mpeg.id3 import tag_bytes
from hautevoix.mpeg.id3_frames import text_frame
from hautevoix.pipeline.checks import measure
from hautevoix.publishing.checking.addresses import check_url
from hautevoix.publishing.checking.findings import Finding, Sound
from hautevoix.publishing.checking.mp3 import check_mp3
from hautevoix.publishing.checking.targets import check_path
from m4bs import CHAPTERS, m4b
from standstill import PATIENCE

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

HEARD = Sound(-16.0, -2.0, 3.97)


def codes(found: list[Finding] | tuple[Finding, ...]) -> set[str]:
    """Return what is found."""
    return {finding.code for finding in found}


def encoded(samples: np.ndarray, rate: int) -> bytes:
    """Return an MP3 of mono samples."""
    encoder = lameenc.Encoder()
    encoder.set_bit_rate(64)
    encoder.set_in_sample_rate(rate)
    encoder.set_channels(1)
    encoder.silence()
    return bytes(encoder.encode(samples.astype("<i2").tobytes()) + encoder.flush())


def tone(seconds: float, rate: int) -> np.ndarray:
    """Return a tone."""
    return np.sin(np.arange(int(seconds * rate)) * 2 * np.pi * 300 / rate) * 9000


@pytest.mark.parametrize(("rate", "samples"), [(44100, 1152), (22050, 576), (11025, 576)])
def test_old_and_small_mp3s_are_read(tmp_path: Path, rate: int, samples: int) -> None:
    """MPEG-2 and 2.5, under two tags: their length is told, and that Apple wants 44.1 kHz."""
    path = tmp_path / "x.mp3"
    sound = encoded(tone(2, rate), rate)
    path.write_bytes(tag_bytes([text_frame("TIT2", "Un")]) * 2 + sound)
    seen = check_mp3(path, None)
    assert seen.duration == pytest.approx(2, abs=4 * samples / rate)
    assert "tags-stacked" in codes(seen.findings)
    assert ("sample-rate" in codes(seen.findings)) == (rate != 44100)


def test_long_silences_are_heard(tmp_path: Path) -> None:
    """Twelve seconds without a sound are told of with their place; two are a pause."""
    path, rate = tmp_path / "x.mp3", 44100
    gap, pause = np.zeros(12 * rate), np.zeros(2 * rate)
    parts = [tone(3, rate), pause, tone(3, rate), gap, tone(2, rate)]
    path.write_bytes(encoded(np.concatenate(parts), rate))
    found = [one for one in check_path(path, measure) if one.code == "silence-long"]
    assert [finding.what for finding in found] == ["from 8 s to 20 s nothing is heard"]


def test_a_sentence_of_which_nothing_is_heard_is_told(built: Callable[..., Path]) -> None:
    """The timeline says when each is heard: silence throughout is a lost sentence."""
    folder = built()
    quiet = replace(HEARD, silences=((0.9, 2.1),))
    found = [one for one in check_path(folder, lambda _: quiet) if one.code == "sentence-silent"]
    assert [finding.what for finding in found] == ["nothing is heard of the sentence at 1.1 s"]
    assert "--force" in found[0].mend


def test_a_timeline_is_held_against_the_sound(built: Callable[..., Path]) -> None:
    """Its rows in order, inside of the sound, its length the sound's."""
    folder = built()
    path = folder / "livre.timeline.json"
    told = json.loads(path.read_bytes())
    told["utterances"][2]["start"], told["duration"] = 0.3, 90.0
    path.write_text(json.dumps(told), encoding="utf-8")
    assert {"timeline-order", "length-wrong"} <= codes(check_path(folder, None))
    path.write_text('{"duration": 3}', encoding="utf-8")
    assert "timeline-unreadable" in codes(check_path(folder, None))


def test_an_m4b_is_heard_too(tmp_path: Path) -> None:
    """AAC is decoded where PyAV is there, and what can't be measured is said."""
    av = pytest.importorskip("av", reason="PyAV is not installed")
    path = tmp_path / "x.m4b"
    with av.open(str(path), "w", format="mp4") as container:
        stream = container.add_stream("aac", rate=44100, layout="mono")
        sound = (tone(3, 44100) / 32768).astype(np.float32).reshape(1, -1)
        frame = av.AudioFrame.from_ndarray(sound, format="fltp", layout="mono")
        frame.sample_rate = 44100
        for packet in (*stream.encode(frame), *stream.encode(None)):
            container.mux(packet)
    heard = measure(path)
    assert heard is not None
    assert heard.duration == pytest.approx(3, abs=0.1)
    assert heard.power == pytest.approx(20 * np.log10(9000 / 32768 / 2**0.5), abs=0.5)
    assert {"m4b-index-last", "chapters-missing"} <= codes(check_path(path, measure))
    assert "not-measured" in codes(check_path(path, lambda _: None))


class Host(BaseHTTPRequestHandler):
    """A host that knows no HEAD, ranges if ``ranges``, and of files only those in ``files``."""

    files: dict[str, bytes]
    ranges = True

    def do_HEAD(self) -> None:
        """Refuse."""
        self.send_error(405)

    def do_GET(self) -> None:
        """Send what is asked for."""
        data = self.files.get(self.path)
        if data is None:
            self.send_error(404)
            return
        told = self.headers.get("Range", "") if self.ranges else ""
        if told:
            first, last = (int(part) for part in told.removeprefix("bytes=").split("-"))
            part = data[first : last + 1]
            self.send_response(206)
            self.send_header("Content-Range", f"bytes {first}-{first + len(part) - 1}/{len(data)}")
        else:
            part = data
            self.send_response(200)
        kind = "audio/mp4" if self.path.endswith("m4b") else "audio/mpeg"
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(part)))
        self.end_headers()
        self.wfile.write(part)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


@pytest.fixture
def host() -> Iterator[tuple[type[Host], str]]:
    """Serve what a test puts into ``files``."""
    handler = type("Handler", (Host,), {"files": {}})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield handler, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join(PATIENCE)


def test_a_host_without_head_is_told_so_and_read_by_get(
    host: tuple[type[Host], str], built: Callable[..., Path]
) -> None:
    """405 is HEAD's fault, not the file's; the rest is checked as ever. 404 is « upload it »."""
    handler, url = host
    handler.files["/x.mp3"] = (built() / "livre.mp3").read_bytes()
    found = check_url(f"{url}/x.mp3")
    assert codes(found) == {"head-refused", "cover-missing"}
    assert "405" in found[0].what
    assert "HEAD as it answers GET" in found[0].mend
    (gone,) = check_url(f"{url}/none.mp3")
    assert gone.code == "not-served"
    assert "upload it" in gone.mend


def test_an_m4b_is_read_by_ranges_and_heard_on_demand(
    host: tuple[type[Host], str], built: Callable[..., Path], tmp_path: Path
) -> None:
    """Its index comes by ranges; without them it is told; with a measure all is downloaded."""
    handler, url = host
    m4b(tmp_path / "x.m4b", CHAPTERS, cover=b"", title="Livre")
    handler.files["/x.m4b"] = (tmp_path / "x.m4b").read_bytes()
    assert codes(check_url(f"{url}/x.m4b")) == {"head-refused", "cover-missing"}
    loud = replace(HEARD, loudness=-9.0)
    assert "loudness" in codes(check_url(f"{url}/x.m4b", lambda _: loud))
    handler.files["/y.mp3"] = (built() / "livre.mp3").read_bytes()
    found = check_url(f"{url}/y.mp3", lambda _: loud)
    assert [one.where for one in found if one.code == "loudness"] == [f"{url}/y.mp3"]
    handler.ranges = False
    assert "range-refused" in codes(check_url(f"{url}/x.m4b"))
