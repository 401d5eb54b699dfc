"""Check finds what players and directories reject, and says nothing of what they take."""

from __future__ import annotations

import json
import struct
from dataclasses import replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from books import NOW
from hautevoix.errors import InputError, NetworkError
from hautevoix.mastering import mp3
from hautevoix.mpeg.audiobook_tag import ChapterTag, Tags
from hautevoix.mpeg.audiobook_tag import tag as tag_bytes
from hautevoix.mpeg.mp3_file import load
from hautevoix.pipeline.checks import measure
from hautevoix.publishing.built_book import read_built_book
from hautevoix.publishing.checking.addresses import check_url
from hautevoix.publishing.checking.findings import Finding, Sound
from hautevoix.publishing.checking.targets import check_path
from hautevoix.publishing.site import publish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.publishing.config import Podcast


def good(_mp3: Path) -> Sound:
    """Measure nothing: say what Apple wants to hear."""
    return Sound(-16.2, -1.4, 3.97)


def faults(found: list[Finding]) -> str:
    """Return all findings but advice, as one text."""
    return " | ".join(finding.what for finding in found if not finding.advice)


@pytest.fixture
def site(built: Callable[..., Path], podcast: Podcast, tmp_path: Path) -> Path:
    """Return a published site."""
    publish([built()], podcast, tmp_path / "site", NOW)
    return tmp_path / "site"


@pytest.mark.parametrize("episodes", ["book", "chapter"])
def test_what_is_published_has_no_fault(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path, episodes: str
) -> None:
    """Not even advice is left for a site of our own making."""
    publish([built()], replace(podcast, episodes=episodes), tmp_path / "site", NOW)
    assert check_path(tmp_path / "site", None) == []


def test_a_built_book_has_no_fault(built: Callable[..., Path]) -> None:
    """What build makes passes; that it has no cover yet is advice."""
    found = check_path(built(), good)
    assert faults(found) == ""
    assert [finding.what for finding in found] == ["it carries no cover"]


def test_each_finding_says_what_why_and_how(site: Path) -> None:
    """No finding leaves its reader alone."""
    (site / "feed.xml").write_text("<rss><channel><item/></channel></rss>", encoding="utf-8")
    found = check_path(site, None)
    assert len(found) > 8
    assert all(f.where and f.what and f.why and f.mend for f in found)


def edited(site: Path, *changes: tuple[str, str]) -> str:
    """Return the faults of the site with its feed's text changed."""
    feed = site / "feed.xml"
    text = feed.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    feed.write_text(text, encoding="utf-8")
    return faults(check_path(site, None))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("<language>fr</language>", "", "no language"),
        ("<itunes:explicit>false", "<itunes:explicit>no", "says « no »"),
        ('<itunes:category text="Arts">', '<itunes:category text="Livres">', "no category"),
        ("episodic", "serial", "no itunes:episode"),
        ('isPermaLink="false">', 'isPermaLink="false"> <!--', "it is no XML"),
        ("Des livres pour essayer.", "é" * 2001, "has 4002 bytes"),
        ("<title>Le Livre d'essai</title>", f"<title>{'x' * 300}</title>", "300 characters"),
        ("livre/livre-", "livre/été-", "beyond ASCII"),
        ('length="', 'length="9', "the feed tells 9"),
        ('start="00:00:01.985"', 'start="00:00:09.000"', "psc:chapters"),
        (".vtt", ".vtx", "no such file"),
        ("<itunes:duration>3", "<itunes:duration>33", "the feed tells 33 s"),
    ],
)
def test_a_feed_that_breaks_a_rule_is_told_so(site: Path, old: str, new: str, told: str) -> None:
    """Each rule, broken by itself, is found."""
    assert told in edited(site, (old, new))


def test_twins_in_a_feed_are_found(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """Two episodes with one guid or date: apps show one, or shuffle them."""
    podcast = replace(podcast, episodes="chapter")
    state = publish([built()], podcast, tmp_path / "site", NOW).state
    one, two = (episode.identity for episode in state.works[0].episodes)
    assert "guid is another's" in edited(tmp_path / "site", (one.guid, two.guid))
    assert "share a date" in edited(tmp_path / "site", ("22:12:20", "22:13:20"))


def test_chapters_that_disagree_are_found(site: Path) -> None:
    """The JSON list has to be the tag's."""
    (path,) = site.glob("livre/*.chapters.json")
    told = json.loads(path.read_bytes())
    told["chapters"][1]["startTime"] += 2
    path.write_text(json.dumps(told), encoding="utf-8")
    assert "are not those of the MP3's tag" in faults(check_path(site, None))


@pytest.mark.parametrize(
    ("mode", "size", "told"),
    [("RGBA", 3000, "alpha"), ("CMYK", 3000, "CMYK"), ("RGB", 900, "900 × 900")],
)
def test_a_bad_cover_is_found(site: Path, mode: str, size: int, told: str) -> None:
    """Pixels, alpha and colours of the covers that the feed names."""
    (path,) = site.glob("cover-*.jpg")
    kind = "PNG" if mode == "RGBA" else "JPEG"
    Image.new(mode, (size, size)).save(path, kind)
    assert told in faults(check_path(site, None))


def tagged(path: Path, tags: Tags) -> Path:
    """Give an MP3 another tag."""
    _, audio = load(path)
    sound = bytes(audio)
    path.write_bytes(tag_bytes(tags) + sound)
    return path


TAGS = Tags("T", "A", None, "fra", 3000, "x", "", ())
ONE, TWO = ChapterTag("Un", 0, 2000), ChapterTag("Deux", 2000, 3900)


@pytest.mark.parametrize(
    ("chapters", "told"),
    [
        ((replace(ONE, start=500), TWO), "starts at 0.5 s"),
        ((TWO, ONE), "order of time"),
        ((ONE, replace(TWO, start=1500)), "overlap"),
        ((ONE, replace(TWO, end=9000)), "beyond the end"),
        ((ONE, replace(TWO, start=3900)), "no length"),
        ((ONE, replace(TWO, title=" ")), "no title"),
        ((ONE, replace(TWO, title="x" * 201)), "201 characters"),
    ],
)
def test_bad_chapters_are_found(
    volume: object, built: Callable[..., Path], chapters: tuple[ChapterTag, ...], told: str
) -> None:
    """Order, first at 0, none empty, none over the end, none without a title."""
    del volume
    path = tagged(built() / "livre.mp3", replace(TAGS, chapters=chapters))
    assert told in faults(check_path(path, good))


def test_a_tag_without_contents_or_of_a_wrong_version_is_found(built: Callable[..., Path]) -> None:
    """No CTOC: Overcast shows no chapters. ID3v2.4: ffmpeg may lose them."""
    path = tagged(built() / "livre.mp3", replace(TAGS, chapters=(ONE, TWO)))
    data = path.read_bytes()
    path.write_bytes(data.replace(b"CTOC", b"XTOC"))
    assert "no table of contents" in faults(check_path(path, good))
    path.write_bytes(data[:3] + b"\x04" + data[4:])
    assert "ID3v2.4" in faults(check_path(path, good))


def broken(path: Path, how: Callable[[bytearray, int], None]) -> str:
    """Return the faults of an MP3 whose bytes after the tag were changed at its Info frame."""
    tag, audio = load(path)
    assert tag is not None
    sound = bytearray(audio)
    how(sound, 21)
    path.write_bytes(tag.to_bytes() + sound)
    return faults(check_path(path, good))


def test_a_wrong_info_header_is_found(built: Callable[..., Path]) -> None:
    """Frames, bytes, or no header at all."""

    def frames(sound: bytearray, at: int) -> None:
        sound[at + 8 : at + 12] = struct.pack(">I", 5)

    def size(sound: bytearray, at: int) -> None:
        sound[at + 12 : at + 16] = struct.pack(">I", 5)

    def none(sound: bytearray, at: int) -> None:
        sound[at : at + 4] = b"\0\0\0\0"

    assert "tells 5 frames" in broken(built() / "livre.mp3", frames)
    assert "tells 5 bytes" in broken(built() / "livre.mp3", size)
    assert "no Info header" in broken(built() / "livre.mp3", none)


def test_a_varying_bit_rate_and_rubbish_are_found(built: Callable[..., Path]) -> None:
    """VBR seeks wrongly; bytes that are no frames end the play."""

    def vary(sound: bytearray, _at: int) -> None:
        sound += mp3.silence(128)

    def rubbish(sound: bytearray, _at: int) -> None:
        sound += b"rubbish" * 1000

    assert "bit rate varies" in broken(built() / "livre.mp3", vary)
    assert "no MPEG frames" in broken(built() / "livre.mp3", rubbish)


@pytest.mark.parametrize(
    ("sound", "told"),
    [
        (Sound(-19.0, -3.0, 3.97), "-19.0 LUFS"),
        (Sound(-16.0, 0.3, 3.97), "0.3 dBTP"),
        (Sound(-16.0, -2.0, 9.0), "decodes to 9.0 s"),
    ],
)
def test_a_sound_that_apple_rejects_is_found(
    built: Callable[..., Path], sound: Sound, told: str
) -> None:
    """Loudness, true peak, and a length that is not what the frames tell."""
    assert told in faults(check_path(built(), lambda _: sound))


def test_loudness_is_measured_on_what_is_decoded(built: Callable[..., Path]) -> None:
    """A tone of 440 Hz at −20.8 dBFS measures −23.8 LUFS or so (BS.1770 near 1 kHz: −3.0 dB)."""
    sound = measure(built(pitch=440) / "livre.mp3")
    assert sound.duration == pytest.approx(3.97, abs=0.01)
    assert sound.peak == pytest.approx(-20.8, abs=0.6)
    assert sound.loudness == pytest.approx(-24.4, abs=1.0)


def test_what_is_no_mp3_is_said_to_be_none(tmp_path: Path) -> None:
    """Rubbish gives a finding, an empty folder an error of one line."""
    path = tmp_path / "x.mp3"
    for data in (b"", b"rubbish" * 100, b"ID3\x03\x00\x00\x00\x00\x7f\x7f"):
        path.write_bytes(data)
        assert "nobody can play it" in check_path(path, None)[0].why
    path.unlink()
    with pytest.raises(InputError, match="nothing in it"):
        check_path(tmp_path, None)


def test_a_feed_resolves_no_entity(tmp_path: Path) -> None:
    """A hostile feed reads no file of this machine."""
    secret = tmp_path / "secret"
    secret.write_text("hidden", encoding="utf-8")
    feed = tmp_path / "feed.xml"
    feed.write_text(
        f'<!DOCTYPE rss [<!ENTITY x SYSTEM "{secret.as_uri()}">]>'
        "<rss><channel><title>&x;</title></channel></rss>",
        encoding="utf-8",
    )
    assert "hidden" not in repr(check_path(feed, None))


def test_an_address_that_nobody_answers_is_an_error_of_one_line() -> None:
    """No connection: exit code 6, said plainly."""
    with pytest.raises(NetworkError, match="can't be reached"):
        check_url("http://127.0.0.1:9/feed.xml")


def test_a_book_for_acx_is_judged_by_its_own_figures(built: Callable[..., Path]) -> None:
    """Files a chapter beside it, 192 kb/s, RMS within ACX's: its loudness is no fault."""
    folder = built(bit_rate=192)
    quiet = Sound(-19.4, -3.2, 3.97, -20.1)
    assert "LUFS" in faults(check_path(folder, lambda _: quiet))
    (folder / "chapters").mkdir()
    assert "LUFS" not in faults(check_path(folder, lambda _: quiet))
    assert "LUFS" in faults(check_path(folder, lambda _: replace(quiet, power=-25.0)))


def test_an_m4b_needs_its_mp3(tmp_path: Path) -> None:
    """Publish takes none by itself, and says what to build."""
    (tmp_path / "livre.m4b").write_bytes(b"\0\0\0\x20ftypM4B ")
    with pytest.raises(InputError, match="--format mp3,m4b"):
        read_built_book(tmp_path)


def test_a_nameless_author_can_be_given(built: Callable[..., Path]) -> None:
    """What we made without an author is not mended by making it again: the option is named."""
    found = check_path(built(author=None), good)
    [told] = [finding for finding in found if "author" in finding.what]
    assert "--author" in told.mend
    assert "sidecar" in told.mend


def for_acx(built: Callable[..., Path], profile: str | None = "acx", **told: object) -> Path:
    """Return a built book whose timeline tells what it was made for; it has a chapter's file."""
    folder = built(**told)
    timeline = folder / "livre.timeline.json"
    told = {**json.loads(timeline.read_bytes()), **({"profile": profile} if profile else {})}
    timeline.write_text(json.dumps(told), encoding="utf-8")
    (folder / "chapters").mkdir()
    (folder / "chapters" / "01-premier.mp3").write_bytes((folder / "livre.mp3").read_bytes())
    return folder


@pytest.mark.parametrize(
    ("sound", "told"),
    [
        (Sound(-19.4, -3.2, 3.97, -20.1), ""),
        (Sound(-25.4, -3.2, 3.97, -25.0), "its RMS is -25.0 dB"),
        (Sound(-16.0, -3.2, 3.97, -17.0), "its RMS is -17.0 dB"),
        (Sound(-19.4, -2.0, 3.97, -20.1), "its peak is -2.0 dB"),
    ],
)
def test_a_book_is_judged_by_the_profile_that_it_was_made_for(
    built: Callable[..., Path], sound: Sound, told: str
) -> None:
    """What the timeline calls ACX's is held to RMS and peak, the chapters' files too, no LUFS."""
    found = check_path(for_acx(built, bit_rate=192), lambda _: sound)
    assert "LUFS" not in faults(found)
    wheres = {finding.where for finding in found if told and told in finding.what}
    assert wheres == ({"livre.mp3", "01-premier.mp3"} if told else set())
    assert faults(found) == "" or told
    assert "no cover" not in " ".join(finding.what for finding in found)


def test_a_podcast_is_no_acx_book_whatever_lies_beside_it(built: Callable[..., Path]) -> None:
    """The profile told counts more than the company; without one, it is judged as before."""
    quiet = Sound(-19.4, -3.2, 3.97, -20.1)
    folder = for_acx(built, "podcast", bit_rate=192)
    assert "-19.4 LUFS" in faults(check_path(folder, lambda _: quiet))
    for damage in ("{", "[]", '{"profile": 3}'):
        (folder / "livre.timeline.json").write_text(damage, encoding="utf-8")
        assert "LUFS" not in faults(check_path(folder, lambda _: quiet))


def test_acx_wants_more_bits(built: Callable[..., Path]) -> None:
    """192 kb/s at least."""
    found = check_path(for_acx(built, bit_rate=64), lambda _: Sound(-19.4, -3.2, 3.97, -20.1))
    assert "its bit rate is 64 kb/s" in faults(found)


@pytest.mark.parametrize(
    ("frame", "told"), [(b"CHAP", "(CHAP) is cut"), (b"CTOC", "(CTOC) is cut")]
)
def test_a_damaged_tag_is_a_finding(built: Callable[..., Path], frame: bytes, told: str) -> None:
    """A frame that is cut off is told of, not run into."""
    path = built() / "livre.mp3"
    data = path.read_bytes()
    at = data.index(frame)
    size = int.from_bytes(data[at + 4 : at + 8], "big")
    cut = frame + (1).to_bytes(4, "big") + b"\0\0" + b"x"
    rest = b"PRIV" + (size - 11).to_bytes(4, "big") + b"\0\0" + data[at + 21 : at + 10 + size]
    path.write_bytes(data[:at] + cut + rest + data[at + 10 + size :])
    assert told in faults(check_path(path, good))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ("14 Nov 2023", "14 Nov 2923", "in the future"),
        ("14 Nov 2023", "14 Nov 99999999999999999999", "is no date"),
        ('length="', f'length="{"9" * 5000}', "no length"),
        ("<itunes:duration>", "<itunes:duration>nan", ""),
    ],
)
def test_a_feed_edited_by_hand_is_told_of(site: Path, old: str, new: str, told: str) -> None:
    """Dates that hide an episode, and numbers that no one can mean."""
    assert told in edited(site, (old, new))


def test_a_long_title_is_told_of_once(built: Callable[..., Path]) -> None:
    """The album repeats the title, and an author's name is no title."""
    found = faults(check_path(built(title="x" * 201, author="y" * 201), good))
    assert found.count("201 characters") == 1
