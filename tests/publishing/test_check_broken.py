"""What a directory or a player would reject is found: a good site, broken in one place a time."""

from __future__ import annotations

import io
import re
import shutil
import zipfile
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import pytest
from PIL import Image

from books import NOW, URL, Made, make
from hautevoix.errors import HautevoixError
from hautevoix.mpeg.id3 import read_tag, tag_bytes
from hautevoix.mpeg.id3_frames import text_frame
from hautevoix.publishing.checking.cues import ReadCue
from hautevoix.publishing.checking.findings import Finding
from hautevoix.publishing.checking.targets import check_path
from hautevoix.publishing.checking.transcripts import same_words
from hautevoix.publishing.config import Podcast
from hautevoix.publishing.site import publish
from m4bs import CHAPTERS, m4b

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


PODCAST = Podcast(
    title="Essais",
    description="Des livres pour essayer.",
    author="Les Essayeurs",
    email="essais@example.org",
    base_url=URL,
)


def jpeg(width: int, height: int) -> bytes:
    """Return a picture."""
    file = io.BytesIO()
    Image.new("RGB", (width, height), "navy").save(file, "JPEG")
    return file.getvalue()


@pytest.fixture(scope="module")
def good(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a site with every format, which nothing is wrong with."""
    folder = tmp_path_factory.mktemp("good")
    book = make(folder / "output", Made())
    m4b(book / "livre.m4b", CHAPTERS, cover=jpeg(600, 600), title="Le Livre d'essai")
    picture = folder / "cover.jpg"
    picture.write_bytes(jpeg(1400, 1400))
    book.with_name("livre").joinpath("livre.cover.jpg").write_bytes(jpeg(1400, 1400))
    publish([book], replace(PODCAST, cover=str(picture)), folder / "site", NOW)
    return folder / "site"


def test_nothing_is_found_in_what_is_good(good: Path) -> None:
    """MP3, M4B, EPUB, page, transcripts, feed, covers: no fault, no advice, alone or together."""
    assert check_path(good, None) == []
    for file in good.rglob("*.*"):
        kinds = {".jpg", ".js", ".svg", ".webmanifest"}  # that no directory looks at
        if file.suffix not in kinds and file.name != "podcast-state.json":
            assert check_path(file, None) == [], file.name
    assert check_path(good.parent / "output" / "livre", None)[1:] == []  # its MP3 has no cover yet


def test_nothing_is_found_where_several_speak(tmp_path: Path) -> None:
    """SRT names who speaks in words of its own, which are no difference."""
    said = "Elle dit : « Qu'importe ! »"
    book = make(tmp_path / "output", Made(characters={said: "Jeanne"}))
    publish([book], PODCAST, tmp_path / "site", NOW)
    assert "Jeanne:" in next(tmp_path.glob("site/livre/*.srt")).read_text("utf-8")
    found = check_path(tmp_path / "site", None)
    assert [finding for finding in found if not finding.advice] == []


def swap(old: str, new: str, *, count: int = 1) -> Callable[[bytes], bytes]:
    """Return what replaces a text, which must be there."""

    def changed(data: bytes) -> bytes:
        assert old.encode() in data, old
        return data.replace(old.encode(), new.encode(), count)

    return changed


def sub(pattern: str, new: str) -> Callable[[bytes], bytes]:
    """Return what replaces what a pattern finds first."""

    def changed(data: bytes) -> bytes:
        text, count = re.subn(pattern, new, data.decode(), count=1, flags=re.DOTALL)
        assert count, pattern
        return text.encode()

    return changed


def half(data: bytes) -> bytes:
    """Cut a file in the middle."""
    return data[: len(data) // 2]


def inside(
    name: str, how: Callable[[bytes], bytes] | None, *, first: str = "mimetype"
) -> Callable[[bytes], bytes]:
    """Return what changes (or drops) a file within an EPUB; ``first`` is the one put first."""

    def changed(data: bytes) -> bytes:
        source, made = zipfile.ZipFile(io.BytesIO(data)), io.BytesIO()
        members = {info.filename: source.read(info) for info in source.infolist()}
        assert name in members or how
        if how:
            members[name] = how(members.get(name, b""))
        else:
            del members[name]
        with zipfile.ZipFile(made, "w") as book:
            for key in sorted(members, key=lambda key: key != first):
                book.writestr(zipfile.ZipInfo(key), members[key])
        return made.getvalue()

    return changed


def tagged(name: str, value: str) -> Callable[[bytes], bytes]:
    """Return what puts a text frame into an MP3's tag, in the place of its like."""

    def changed(data: bytes) -> bytes:
        file = io.BytesIO(data)
        tag = read_tag(file)
        assert tag
        frames = [frame for frame in tag.frames if frame.name != name]
        return tag_bytes([text_frame(name, value), *frames]) + data[file.tell() :]

    return changed


def every(old: bytes, new: bytes) -> Callable[[bytes], bytes]:
    """Return what replaces bytes, wherever they are."""
    return lambda data: data.replace(old, new)


def latin(data: bytes) -> bytes:
    """Write a feed in Latin-1, and say so."""
    return data.replace(b"UTF-8", b"ISO-8859-1", 1).decode().encode("latin-1", "xmlcharrefreplace")


def misplaced(data: bytes) -> bytes:
    """Have an M4B's index point far beyond its end."""
    at = data.index(b"stco") + 12
    return data[:at] + b"\x7f" + data[at + 1 :]


def brandless(data: bytes) -> bytes:
    """Call an M4B a QuickTime film."""
    return data.replace(b"M4B ", b"qt  ").replace(b"M4A mp42iso2", b"qt  qt  qt  ")


def nameless(data: bytes) -> bytes:
    """Take both lists of chapters from an M4B."""
    return data.replace(b"chap", b"chip").replace(b"chpl", b"chip")


@dataclass(frozen=True)
class Broken:
    """A file of the site, what is done to it, the code of what is found, words of the advice."""

    file: str
    how: Callable[[bytes], bytes]
    code: str
    mend: str = "hautevoix publish"


BUILD = "build it again"
FEED, MP3, M4B, EPUB = "feed.xml", "livre/*.mp3", "livre/*.m4b", "livre/*.epub"
PAGE, VTT, SRT = "livre/index.html", "livre/livre-??????????.vtt", "livre/*.srt"
JSON = "livre/livre-??????????.json"
OPF, SMIL, XHTML = "EPUB/package.opf", "EPUB/c0.smil", "EPUB/c0.xhtml"

BROKEN = {
    # The feed
    "not RSS": Broken(FEED, lambda _: b"<html/>", "feed-not-rss"),
    "cut": Broken(FEED, half, "feed-not-xml"),
    "latin": Broken(FEED, latin, "feed-encoding"),
    "version": Broken(FEED, swap('version="2.0"', 'version="0.91"'), "feed-version"),
    "language": Broken(
        FEED, swap("<language>fr<", "<language>français<"), "language-form", 'language = "fr"'
    ),
    "subcategory": Broken(
        FEED, swap('text="Books"', 'text="Romans"'), "subcategory-unknown", "subcategory = "
    ),
    "category": Broken(
        FEED, swap('text="Arts"', 'text="Livres"'), "category-unknown", "category = "
    ),
    "guid of the podcast": Broken(
        FEED, sub("<podcast:guid>[^<]*", "<podcast:guid>essais"), "guid-form"
    ),
    "guid that seems a link": Broken(FEED, swap(' isPermaLink="false"', ""), "guid-form"),
    "guid with spaces": Broken(FEED, sub('("false">)', r"\1 "), "guid-form"),
    "no guid": Broken(FEED, sub("<guid.*?</guid>", ""), "item-missing"),
    "date in French": Broken(
        FEED,
        sub("(<item>.*?<pubDate>)[^<]*", r"\1mardi 14 novembre 2023"),
        "date-malformed",
        "+0000",
    ),
    "ISO date": Broken(
        FEED,
        sub("(<item>.*?<pubDate>)[^<]*", r"\g<1>2023-11-14T22:13:20Z"),
        "date-malformed",
        "+0000",
    ),
    "weekday": Broken(FEED, sub("(<item>.*?<pubDate>)Tue", r"\1Fri"), "date-weekday"),
    "markup in a title": Broken(
        FEED, sub("(<item>.*?<title>)", r"\1&lt;b&gt;Un&lt;/b&gt; "), "title-markup", "plain text"
    ),
    "entity in a title": Broken(
        FEED, sub("(<item>.*?<title>)", r"\1Ma&amp;nbsp;vie "), "title-markup", "plain text"
    ),
    "mojibake in a title": Broken(
        FEED, sub("(<item>.*?<title>)", r"\1Ã‰tÃ© "), "mojibake", "UTF-8"
    ),
    "mojibake in a description": Broken(
        FEED, swap("Des livres pour essayer", "C’est Ã  essayer"), "mojibake", "UTF-8"
    ),
    "ai-content": Broken(
        FEED, sub('(ai-content">)true', r"\1oui"), "ai-content-value", "ai_content = true"
    ),
    "no length": Broken(FEED, sub('length="[0-9]*"', 'length="0"'), "enclosure-length"),
    "type": Broken(FEED, swap('type="audio/mpeg"', 'type="audio/mp3"'), "enclosure-type"),
    "relative address": Broken(
        FEED,
        sub('<enclosure url="https://example.org/', '<enclosure url="/'),
        "address-form",
        "base_url",
    ),
    "duration": Broken(
        FEED, sub("<itunes:duration>[^<]*", "<itunes:duration>3 min"), "duration-form"
    ),
    "explicit": Broken(
        FEED, swap("<itunes:explicit>false", "<itunes:explicit>clean", count=9), "explicit-value"
    ),
    "kind of show": Broken(FEED, swap(">episodic<", ">series<"), "type-value"),
    "locked": Broken(FEED, sub("(<podcast:locked [^>]*>)yes", r"\1oui"), "locked-value"),
    "episode 0": Broken(
        FEED,
        swap("<itunes:episodeType>", "<itunes:episode>0</itunes:episode><itunes:episodeType>"),
        "episode-form",
    ),
    "transcript's type": Broken(FEED, swap('type="text/vtt"', 'type="vtt"'), "transcript-type"),
    "picture": Broken(
        FEED, sub(r"(<itunes:image href=\"[^\"]*)\.jpg", r"\1.webp"), "image-type", ".jpg"
    ),
    "blocked": Broken(
        FEED, swap("<itunes:type>", "<itunes:block>Yes</itunes:block><itunes:type>"), "feed-blocked"
    ),
    "twin": Broken(FEED, sub("(<item>.*?</item>)", r"\1\1"), "item-twin"),
    "two enclosures": Broken(FEED, sub("(<enclosure [^>]*/>)", r"\1\1"), "enclosure-several"),
    "cover's shape": Broken(
        "cover-*.jpg", lambda _: jpeg(1500, 1400), "cover-unfit", "podcast.toml"
    ),
    "cover's kind": Broken("cover-*.jpg", lambda _: b"GIF89a", "cover-unfit", "JPEG"),
    # The MP3
    "TLEN": Broken(MP3, tagged("TLEN", "90000"), "tag-length", BUILD),
    "mojibake in a tag": Broken(MP3, tagged("TIT2", "Le PÃ¨re Goriot"), "mojibake", "UTF-8"),
    "stacked tags": Broken(
        MP3, lambda data: tag_bytes([text_frame("TIT2", "Un")]) + data, "tags-stacked", "tagger"
    ),
    "cover in the tag": Broken(MP3, every(b"\xff\xd8\xff\xe0", bytes(4)), "cover-unfit", "publish"),
    # The M4B
    "M4B cut": Broken(M4B, half, "m4b-unreadable", BUILD),
    "M4B without index": Broken(M4B, every(b"moov", b"free"), "m4b-unreadable", BUILD),
    "M4B's brand": Broken(M4B, brandless, "m4b-brand", BUILD),
    "M4B misplaced": Broken(M4B, misplaced, "m4b-misplaced", BUILD),
    "M4B's sound": Broken(M4B, every(b"mp4a", b"oops"), "m4b-soundless", BUILD),
    "M4B's chapters": Broken(M4B, nameless, "chapters-missing", "--format mp3,m4b"),
    "M4B's cover": Broken(M4B, every(b"\xff\xd8\xff\xe0", bytes(4)), "cover-unfit", "publish"),
    "M4B's title": Broken(
        M4B, every(b"Le Livre d'essai", b"                "), "tag-unnamed", "--title"
    ),
    # The EPUB
    "EPUB cut": Broken(EPUB, half, "epub-unreadable"),
    "mimetype": Broken(EPUB, inside("mimetype", lambda _: b"application/zip"), "epub-mimetype"),
    "mimetype's place": Broken(EPUB, inside(OPF, lambda data: data, first=OPF), "epub-mimetype"),
    "file lacking": Broken(EPUB, inside("EPUB/style.css", None), "epub-file-absent"),
    "file unlisted": Broken(EPUB, inside("EPUB/extra.xhtml", lambda _: b"<p/>"), "epub-unlisted"),
    "no identifier": Broken(
        EPUB, inside(OPF, sub("<dc:identifier.*?</dc:identifier>", "")), "epub-metadata"
    ),
    "no nav": Broken(EPUB, inside(OPF, swap(' properties="nav"', "")), "epub-nav"),
    "spine": Broken(EPUB, inside(OPF, swap('idref="c0"', 'idref="c9"')), "epub-spine"),
    "XHTML": Broken(EPUB, inside(XHTML, swap("</section>", "")), "epub-unreadable"),
    "fragment": Broken(EPUB, inside(SMIL, sub('#s0"', '#s99"')), "overlay-fragment"),
    "SMIL's order": Broken(
        EPUB, inside(SMIL, sub('clipBegin="[1-9][^"]*"', 'clipBegin="0.100s"')), "overlay-order"
    ),
    "SMIL beyond": Broken(
        EPUB,
        inside("EPUB/c1.smil", sub('(clipEnd="[^"]*")(?!.*clipEnd)', 'clipEnd="99.000s"')),
        "overlay-beyond",
    ),
    "SMIL's sound": Broken(
        EPUB, inside(SMIL, sub('<audio src="[^"]*', '<audio src="voice.mp3')), "overlay-sound"
    ),
    "SMIL's clock": Broken(
        EPUB, inside(SMIL, sub('clipEnd="[^"]*"', 'clipEnd="soon"')), "overlay-incomplete"
    ),
    "sum of durations": Broken(
        EPUB, inside(OPF, sub('(media:duration">)[^<]*', r"\g<1>0:30:00.000")), "overlay-duration"
    ),
    # The page and the transcripts
    "page cut": Broken(PAGE, half, "page-unreadable"),
    "page's order": Broken(PAGE, sub('(id="s1"[^>]*data-t=")[^"]*', r"\g<1>0.200"), "page-order"),
    "page beyond": Broken(PAGE, sub('(id="s3"[^>]*data-e=")[^"]*', r"\g<1>99.000"), "page-beyond"),
    "page's words": Broken(PAGE, swap("Il était une fois", "Il serait une fois"), "page-words"),
    "page's language": Broken(PAGE, swap(' lang="fr"', ""), "page-language"),
    "page's file": Broken(PAGE, swap(".m4b", ".m4x"), "page-file-absent"),
    "page's link": Broken(PAGE, swap('href="#texte"', 'href="#nowhere"'), "page-link"),
    "page that fetches": Broken(
        PAGE,
        swap("</body>", '<script src="https://count.example/a.js"></script></body>'),
        "page-fetches",
    ),
    "VTT's head": Broken(VTT, swap("WEBVTT", "WEBVVT"), "transcript-unreadable"),
    "VTT's order": Broken(VTT, sub(r"00:00:01\.\d+ -->", "00:00:00.010 -->"), "cues-order"),
    "VTT beyond": Broken(VTT, sub(r"--> 00:00:03\.\d+", "--> 00:10:03.000"), "cues-beyond"),
    "SRT's words": Broken(SRT, swap("une fois", "deux fois"), "transcript-words"),
    "SRT's times": Broken(SRT, swap(",", "."), "transcript-unreadable"),
    "JSON's segments": Broken(JSON, swap('"segments"', '"parts"'), "transcript-unreadable"),
    "mojibake in a transcript": Broken(JSON, sub("était", "Ã©tait"), "mojibake", "UTF-8"),
    "chapters in JSON": Broken(
        "livre/*.chapters.json", swap('"chapters"', '"parts"'), "chapters-unreadable"
    ),
}


@pytest.mark.parametrize("name", BROKEN)
def test_what_is_broken_is_found(good: Path, tmp_path: Path, name: str) -> None:
    """Each has its code, and its advice names what is to be done."""
    broken = BROKEN[name]
    site = tmp_path / "site"
    shutil.copytree(good, site)
    (path,) = site.glob(broken.file)
    path.write_bytes(broken.how(path.read_bytes()))
    found = check_path(site, None)
    told = [finding for finding in found if finding.code == broken.code]
    assert told, [(finding.code, finding.what) for finding in found]
    assert broken.mend in " ".join(finding.mend for finding in told)
    plain(found)


def plain(found: list[Finding]) -> None:
    """Hold that findings are whole sentences of one line, without what Python calls things."""
    for finding in found:
        words = (finding.what, finding.why, finding.mend)
        assert all(words), finding
        assert not any("\n" in text for text in words), finding
        assert not re.search(r"Error\b|Errno|b'|\{'|<class|None\b", " ".join(words)), finding


FILES = ("mp3", "m4b", "epub", "vtt", "srt", "json", "html", "xml")
CONTENTS = {
    "empty": b"",
    "nought": bytes(5000),
    "ZIP": b"PK\x03\x04" + bytes(60),
    "MP4": b"\0\0\0\x18ftypM4B \0\0\0\0M4B mp42\0\0\0\x08moov",
    "tag": b"ID3\x03\x00\x00\x00\x00\x00\x05abcde",
    "text": "Il était une fois.".encode(),
    "deep": b"[" * 5000,
    "rubbish": bytes(range(256)) * 20,
}


@pytest.mark.parametrize("suffix", FILES)
def test_a_wrong_file_under_a_right_name_is_told_in_a_line(
    good: Path, tmp_path: Path, suffix: str
) -> None:
    """Empty, nought, of another kind, cut anywhere: findings, or one line; never a traceback."""
    (source, *_) = sorted(good.rglob(f"*.{suffix}"))
    data = source.read_bytes()
    cuts = {f"cut {part}": data[: len(data) * part // 8] for part in range(1, 8)}
    for name, content in {**CONTENTS, **cuts}.items():
        path = tmp_path / f"x.{suffix}"
        path.write_bytes(content)
        found = told(path)
        plain(found)
        assert found or name == "text" or name.startswith("cut"), name


def told(path: Path) -> list[Finding]:
    """Return what is found; an error of one line stands for a finding."""
    try:
        return check_path(path, None)
    except HautevoixError as error:
        return [Finding("error", str(path), error.message, error.message, error.message)]


def test_a_line_that_ends_in_a_colon_is_no_speaker() -> None:
    """SRT cuts a sentence where it may: « en anglais: » is said, whatever it looks like."""
    told = "Littéralement, en anglais:\nknock me down."
    cut = [ReadCue(0, 1, "Jeanne:\nBon."), ReadCue(1, 2, told)]
    whole = [ReadCue(0, 1, "Bon."), ReadCue(1, 2, told.replace("\n", " "))]
    assert list(same_words("a.srt", cut, "a.vtt", whole)) == []
    assert list(same_words("a.srt", cut[:1], "a.vtt", whole))
