"""``check`` on any file and any folder: findings, or one line that nothing can be checked."""

from __future__ import annotations

import io
import json
import tempfile
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from fuzzing import archives, sites, sounds, texts
from fuzzing.doors import fuzzed, told
from hautevoix.mastering import mp3
from hautevoix.pipeline.checks import measure
from hautevoix.publishing.checking.feed import Enclosed
from hautevoix.publishing.checking.opening import check_opening
from hautevoix.publishing.checking.targets import check_path

if TYPE_CHECKING:
    from collections.abc import Callable

    from hypothesis.strategies import SearchStrategy

    from hautevoix.publishing.checking.findings import Finding


@cache
def sound() -> bytes:
    """Return half a second of MP3 with its Info frame."""
    frames = mp3.encode(np.zeros(19 * mp3.FRAME, "<i2").tobytes(), 64)
    return mp3.info(mp3.Lengths(19, len(frames), 0), 64) + frames


_ITEM = Enclosed("a", "a", "a", 1, "audio/mpeg", 9.0, "", (), "", (0.0,))
_json = texts.named(
    st.builds(
        lambda table: json.dumps(table).encode(),
        st.one_of(
            st.fixed_dictionaries(
                {
                    "version": st.just("1.0"),
                    "segments": sites.rows("startTime", "endTime", "body"),
                    "chapters": sites.rows("startTime", "start", "end", "title"),
                    "utterances": sites.rows("start", "end", "text"),
                    "duration": sites.values,
                    "profile": st.one_of(sites.values, st.just("acx")),
                }
            ),
            sites.values,
        ),
    )
)
FILES: dict[str, SearchStrategy[bytes]] = {
    "livre.mp3": st.deferred(lambda: sounds.mp3(sound())),
    "livre.m4b": sounds.m4b,
    "livre.epub": archives.epub,
    "livre.vtt": sites.cues,
    "livre.srt": sites.cues,
    "livre.json": _json,
    "livre.chapters.json": _json,
    "livre.timeline.json": _json,
    "index.html": sites.page,
    "feed.xml": sites.feed,
}
"""What each kind of file is made by."""


def checks(files: dict[str, bytes], name: str = "") -> None:
    """Check a file among others, or all of them as a folder."""
    with tempfile.TemporaryDirectory() as folder:
        for path, data in files.items():
            place = Path(folder, path)
            place.parent.mkdir(exist_ok=True)
            place.write_bytes(data)
        found = told(check_path, Path(folder, name), measure)
    assert found is None or all(map(_whole, found))


def _whole(finding: Finding) -> bool:
    """Tell whether a finding says where, what, why and how to mend it, and can be printed."""
    said = (finding.code, finding.where, finding.what, finding.why, finding.mend)
    return all(part.strip() for part in said) and bool("".join(said).encode("utf-8"))


def _lzma_damaged() -> bytes:
    """Return an EPUB whose container is LZMA of which a byte is wrong."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_LZMA) as file:
        file.writestr("META-INF/container.xml", b"<container/>" * 9)
        place = file.infolist()[0].header_offset + 30 + len("META-INF/container.xml")
    data = bytearray(out.getvalue())
    data[place + 4] = 0xFF  # of the properties
    return bytes(data)


def _audio(reference: str) -> bytes:
    return (
        f'<!DOCTYPE html><html lang="fr"><body><audio src="{reference}"></audio>'
        f'<a href=" {reference.removeprefix("http:")}">a</a></body></html>'
    ).encode()


def _of_feed(address: str) -> bytes:
    spaces = 'xmlns:atom="http://www.w3.org/2005/Atom"'
    return (
        f'<rss version="2.0" {spaces}><channel><atom:link rel="self" href="{address}"/><item>'
        f'<enclosure url="https://x.example/{"a" * 300}.mp3"/></item></channel></rss>'
    ).encode()


_FOUND: dict[str, tuple[bytes, ...]] = {
    "livre.mp3": (b"ID3", b"ID3\x03\0"),
    "livre.epub": (_lzma_damaged(),),
    "livre.chapters.json": (b'{"chapters": [{"startTime": 1%s}]}' % (b"0" * 400),),
    "index.html": tuple(map(_audio, ("http://[", "a" * 300, "%00", "http://\u2100/"))),
    "feed.xml": tuple(map(_of_feed, ("http://[", "https://x.example/f", "http://\u2100/"))),
}
"""What was found to end in a traceback, and must not again."""


def _test(name: str, examples: int) -> Callable[[], None]:
    """Return the fuzzer of one kind of file."""

    @fuzzed(examples)
    @given(FILES[name])
    def check(data: bytes) -> None:
        checks({name: data}, name)

    for data in _FOUND.get(name, ()):
        check = example(data)(check)
    return check


test_an_mp3 = _test("livre.mp3", 20)
test_an_m4b = _test("livre.m4b", 25)
test_an_epub = _test("livre.epub", 15)
test_a_webvtt = _test("livre.vtt", 25)
test_a_subrip = _test("livre.srt", 15)
test_a_transcript_in_json = _test("livre.json", 20)
test_a_list_of_chapters = _test("livre.chapters.json", 20)
test_a_timeline = _test("livre.timeline.json", 20)
test_a_page = _test("index.html", 20)
test_a_feed = _test("feed.xml", 25)

_ELSEWHERE = {f"livre/{name}": made for name, made in FILES.items() if name != "feed.xml"}
_sites = texts.named(st.fixed_dictionaries({}, optional={**FILES, **_ELSEWHERE}))


@fuzzed(10)
@given(_sites)
def test_a_folder(files: dict[str, bytes]) -> None:
    """A site, a built folder, or something between: all that leads from one file to another."""
    checks(files)


@fuzzed(20)
@given(texts.named(sounds.mp3(sound())), st.integers(0, 10**6), st.sampled_from([None, _ITEM]))
def test_the_first_bytes_of_a_sound_elsewhere(
    data: bytes, size: int, item: Enclosed | None
) -> None:
    """What a host sends of an MP3."""
    told(check_opening, "https://x.example/a.mp3", data, size, item)
