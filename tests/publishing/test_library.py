"""A book dropped into Audiobookshelf or BookLore shows right, by the rules that they document.

Audiobookshelf: the folder's name, then ffprobe's tags, then metadata.opf, later ones first
(https://www.audiobookshelf.org/docs/documentation/libraries/book-library/directory-structure).
BookLore: title from the album, author from the artist, narrator from the composer, description from
the comment, series from the grouping, its number from the track, publisher from the label.
"""

from __future__ import annotations

import json
import re
import subprocess
from dataclasses import replace
from typing import TYPE_CHECKING

from lxml import etree
from mutagen.id3 import ID3
from mutagen.mp4 import MP4Tags
from mutagen.mp4._atom import Atoms

from books import NOW, tree
from commands import hautevoix
from hautevoix.mastering.mp4.ilst import Tags, udta
from hautevoix.model import BookDetails
from hautevoix.publishing.built_book import read_built_book
from hautevoix.publishing.library import shelf_name, shelve
from hautevoix.publishing.site import publish

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hautevoix.publishing.config import Podcast

DETAILS = BookDetails(
    "Anne Martin", "Éditions du Lac", "Les Rivages", "2", "9782070360024", "© 2020 Lac", "Roman"
)
SEEN = {
    "title": "Le Livre d'essai", "author": "Anne Onyme", "narrator": "Anne Martin",
    "series": "Les Rivages", "sequence": "2", "publishedYear": "1900",
    "publisher": "Éditions du Lac", "genre": "Roman", "isbn": "9782070360024",
}  # fmt: skip
NAMES = {
    "title": ("album", "title"), "author": ("artist", "album_artist"), "narrator": ("composer",),
    "series": ("series", "show", "mvnm"), "sequence": ("series-part", "episode_id", "mvin"),
    "publishedYear": ("date",), "publisher": ("publisher",), "genre": ("genre",),
    "isbn": ("isbn",), "description": ("description", "desc"), "language": ("language", "lang"),
}  # fmt: skip
OPF = {"o": "http://www.idpf.org/2007/opf", "dc": "http://purl.org/dc/elements/1.1/"}


def from_folder(path: str) -> dict[str, str]:
    """Return what Audiobookshelf reads in « Author/Series/Vol. 2 - 1900 - Title {Narrator} »."""
    author, *series, folder = path.split("/")
    told = {"author": author}
    found = re.fullmatch(r"(.*) \{(.*)\}", folder)
    assert found
    folder, told["narrator"] = found[1], found[2]
    if series:
        told["series"] = series[0]
        if volume := re.match(
            r"(?:vol\.? |volume |book )(\d{0,3}(?:\.\d{1,2})?) - ", folder, re.IGNORECASE
        ):
            told["sequence"], folder = volume[1], folder[volume.end() :]
    if year := re.match(r"\(?(\d{4})\)? *- *", folder):
        told["publishedYear"], folder = year[1], folder[year.end() :]
    return told | {"title": folder}


def from_tags(path: Path, ffprobe: str) -> dict[str, str]:
    """Return what Audiobookshelf reads in a file's tags, by ffprobe."""
    asked = [ffprobe, "-v", "error", "-show_format", "-of", "json", str(path)]
    done = subprocess.run(asked, capture_output=True, check=True)
    tags = {name.lower(): told for name, told in json.loads(done.stdout)["format"]["tags"].items()}
    return {
        name: next(tags[key] for key in keys if key in tags)
        for name, keys in NAMES.items()
        if any(key in tags for key in keys)
    }


def test_audiobookshelf_sees_the_book_by_folder_by_tags_and_by_opf(
    built: Callable[..., Path], tmp_path: Path, client: Callable[[str], str]
) -> None:
    """Each of the three tells the same; one file of sound, a cover; nothing is written twice."""
    told = {"details": DETAILS, "description": "Une histoire\nd'essai."}
    (folder,) = shelve([built(**told)], tmp_path / "library")
    assert sorted(path.name for path in folder.iterdir()) == [
        "Le Livre d'essai.mp3", "cover.jpg", "metadata.opf",
    ]  # fmt: skip
    seen = from_folder(folder.relative_to(tmp_path / "library").as_posix())
    assert seen.items() <= SEEN.items()
    assert seen.keys() == {"title", "author", "narrator", "series", "sequence", "publishedYear"}
    tags = from_tags(folder / "Le Livre d'essai.mp3", client("ffprobe"))
    assert tags.items() >= SEEN.items()
    assert (tags["description"], tags["language"]) == ("Une histoire d'essai.", "fra")
    opf = etree.parse(folder / "metadata.opf")
    paths = {
        "title": "//dc:title", "author": "//dc:creator[@o:role='aut']",
        "narrator": "//dc:creator[@o:role='nrt']", "publishedYear": "//dc:date",
        "publisher": "//dc:publisher", "genre": "//dc:subject",
        "isbn": "//dc:identifier[@o:scheme='ISBN']",
    }  # fmt: skip
    for name, path in paths.items():
        assert opf.xpath(f"{path}/text()", namespaces=OPF) == [SEEN[name]]
    for name, key in (("series", "calibre:series"), ("sequence", "calibre:series_index")):
        assert opf.xpath(f"//o:meta[@name='{key}']/@content", namespaces=OPF) == [SEEN[name]]
    before = {path: path.stat().st_mtime_ns for path in folder.iterdir()}
    shelve([built(**told)], tmp_path / "library")
    assert {path: path.stat().st_mtime_ns for path in folder.iterdir()} == before


def test_booklore_sees_the_book_by_its_tags(built: Callable[..., Path]) -> None:
    """In an MP3 and in an M4B, by the names that it reads in each."""
    folder = built(details=DETAILS, description="Une histoire.")
    tags = ID3(folder / "livre.mp3", translate=False)
    names = {
        "TALB": "Le Livre d'essai", "TPE1": "Anne Onyme", "TCOM": "Anne Martin",
        "TPUB": "Éditions du Lac", "TIT1": "Les Rivages", "TRCK": "2", "TCON": "Roman",
        "TLAN": "fra", "TCOP": "© 2020 Lac",
    }  # fmt: skip
    assert {name: str(tags[name]) for name in names} == names
    assert tags.getall("COMM")[0].text[0].startswith("Une histoire.\n\nLu par")


def _text(value: object) -> str:
    """Return a free-form tag's text."""
    assert isinstance(value, bytes)
    return value.decode()


def test_an_m4b_tells_the_same(tmp_path: Path) -> None:
    """Narrator, series and the rest by iTunes' names and by those that libraries add to them."""
    about = Tags("Le Livre", "Anne", "1900", "Lu.", "Nous", None, "Une\nhistoire.", "fra", DETAILS)
    ftyp = b"\0\0\0\x10ftypM4B \0\0\0\0"
    box = udta(about, (), 44100)
    moov = (8 + len(box)).to_bytes(4, "big") + b"moov" + box
    (tmp_path / "a.m4b").write_bytes(ftyp + moov)
    tags = {name: value[0] for name, value in _mp4_tags(tmp_path / "a.m4b").items()}
    plain = {
        "©wrt": "Anne Martin", "©grp": "Les Rivages", "aART": "Anne", "cprt": "© 2020 Lac",
        "©gen": "Roman", "desc": "Une\nhistoire.", "ldes": "Une\nhistoire.",
        "©cmt": "Une\nhistoire.\n\nLu.", "trkn": (2, 0), "stik": 2,
    }  # fmt: skip
    assert {name: tags[name] for name in plain} == plain
    own = {
        "SERIES": "Les Rivages", "SERIES-PART": "2", "ISBN": "9782070360024",
        "LABEL": "Éditions du Lac", "PUBLISHER": "Éditions du Lac", "LANGUAGE": "fra",
    }  # fmt: skip
    freeform = {name: _text(tags[f"----:com.apple.iTunes:{name}"]) for name in own}
    assert freeform == own


def _mp4_tags(path: Path) -> dict[str, list[object]]:
    with path.open("rb") as file:
        tags: dict[str, list[object]] = dict(MP4Tags(Atoms(file), file))
    return tags


def test_names_are_such_as_any_system_takes(built: Callable[..., Path]) -> None:
    """Signs that no folder may have are left out; who is not known has a name all the same."""
    edition = read_built_book(built(title="Qui ? 1/2 : « Rien »…", author=None)).edition
    voice = "Voix de synthèse essai (fr)"
    assert shelf_name(edition) == f"Anonyme/1900 - Qui 1 - 2 - « Rien »… {{{voice}}}"
    details = replace(DETAILS, narrator="N")
    odd = replace(edition, author="../..", title="A {B}", date=None, details=details)
    assert shelf_name(odd) == "Anonyme/Les Rivages/Vol. 2 - A (B) {N}"


def test_the_m4b_takes_the_mp3_s_place(built: Callable[..., Path], tmp_path: Path) -> None:
    """Both would be one book of twice the length; the command tells where each book is."""
    (folder,) = shelve([built()], tmp_path / "library")
    done = hautevoix("publish", built(m4b=True), "--library", tmp_path / "library", cwd=tmp_path)
    assert done.stdout == f"{folder}\n"
    assert {path.suffix for path in folder.iterdir()} == {".m4b", ".jpg", ".opf"}
    assert not (tmp_path / "site").exists()
    assert hautevoix("publish", folder, "--library", tmp_path, "--to", "x").returncode == 2


def test_an_m4b_that_can_t_be_read_is_told(built: Callable[..., Path], tmp_path: Path) -> None:
    """The MP3 is not put in its place: the listener would have another book than was made."""
    book, library = built(m4b=True), tmp_path / "library"
    (m4b,) = book.glob("*.m4b")
    m4b.unlink()
    m4b.mkdir()
    done = hautevoix("publish", book, "--library", library)
    assert done.returncode == 3
    assert f"{m4b} can't be read: " in done.stderr
    assert not list(tmp_path.glob("library/**/*.mp3"))


def test_feed_page_and_epub_tell_the_details_too(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """The description names series, publisher, ISBN and rights; schema.org and OPF theirs."""
    site = tmp_path / "site"
    publish([built(details=DETAILS, description="</script><b>")], podcast, site, NOW)
    feed = (site / "feed.xml").read_text("utf-8")
    for told in ("Série : Les Rivages, n° 2.", "Éditions du Lac, ISBN 9782070360024", "© 2020 Lac"):
        assert told in feed
    page = (site / "livre" / "index.html").read_text("utf-8")
    (data,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    linked = json.loads(data)
    assert (linked["@type"], linked["isPartOf"]["name"], linked["position"]) == (
        "Audiobook", "Les Rivages", "2",
    )  # fmt: skip
    assert (linked["isbn"], linked["readBy"]["name"]) == ("9782070360024", "Anne Martin")
    assert linked["description"] == "</script><b>"
    before = tree(site)
    publish([], podcast, site, NOW + 60)
    assert tree(site) == before


def test_whoever_speaks_is_named_in_transcripts(
    built: Callable[..., Path], podcast: Podcast, tmp_path: Path
) -> None:
    """A character by name, else the narrator: <v> in VTT, a line in SRT, the speaker in JSON."""
    said = {"Elle dit : « Qu'importe ! »": "La <Reine>"}
    publish([built(details=DETAILS, characters=said)], podcast, tmp_path / "site", NOW)
    vtt, srt, told = (
        next(path for path in (tmp_path / "site" / "livre").glob(f"*.{kind}")
             if "chapters" not in path.name).read_text("utf-8")
        for kind in ("vtt", "srt", "json")
    )  # fmt: skip
    assert re.findall(r"<v (.*?)>", vtt) == [
        "Anne Martin", "Anne Martin", "La &lt;Reine&gt;", "Anne Martin",
    ]  # fmt: skip
    assert re.findall(r"^(.*):$", srt, re.MULTILINE) == ["Anne Martin", "La ‹Reine›", "Anne Martin"]
    assert [segment["speaker"] for segment in json.loads(told)["segments"]] == [
        "Anne Martin", "Anne Martin", "La <Reine>", "Anne Martin",
    ]  # fmt: skip
