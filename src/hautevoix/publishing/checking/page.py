"""A listening page: its sound and files are there, its sentences' times in order and inside.

Sentences are the elements with « data-t » and « data-e », seconds from and to, as the page's script
reads them; a chapter's section has them too, around its sentences.
"""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING
from urllib.parse import unquote

from lxml import etree, html

from hautevoix.localization import noop, tr
from hautevoix.parsing.bounded import file_bytes
from hautevoix.publishing.checking.archive import is_elsewhere
from hautevoix.publishing.checking.findings import Finding
from hautevoix.publishing.checking.references import path_of
from hautevoix.publishing.checking.transcripts import words_of
from hautevoix.publishing.checking.wording import mojibake

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence
    from pathlib import Path

    from hautevoix.publishing.checking.cues import ReadCue

_AGREE = 0.5  # seconds
_CLOSE = 0.05  # seconds: times are told to the millisecond
_LABEL = 3  # words: as many may be a label, set as a number
_LARGEST = 64 << 20  # bytes of a page: a book of 17 hours has some 4
_AGAIN = noop("publish it again: hautevoix publish")
_FETCHING = ("img", "script", "audio", "source", "track", "iframe", "video")  # by their src
_CALL = ".//a[@role='doc-noteref']"


@dataclass(frozen=True, slots=True)
class Page:
    """A page, read: its sentences (start, end, words), the files beside it that it names."""

    sentences: tuple[tuple[float, float, tuple[str, ...]], ...]
    audio: str
    links: tuple[str, ...]


def read_page(path: Path, exists: Callable[[str], bool]) -> tuple[Page, list[Finding]]:
    """Return what a page tells and what is amiss in it.

    ``exists`` tells whether a file beside it is there, by its name.
    """
    where = f"{path.parent.name}/{path.name}"
    try:
        tree = _tree(path)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or error
        what = tr("it can't be read: {error}", error=reason)
        why = tr("nobody can open it")
        return Page((), "", ()), [Finding("page-unreadable", where, what, why, tr(_AGAIN))]
    sound = tree.find(".//audio[@src]")
    page = Page(
        tuple(_sentences(tree)),
        "" if sound is None else path_of(sound.get("src") or ""),
        tuple(dict.fromkeys(_links(tree))),
    )
    return page, [*_whole(where, tree), *_present(where, page, exists), *_fragments(where, tree)]


def _tree(path: Path) -> etree._Element:
    data = file_bytes(path, _LARGEST)
    try:
        data.decode()
        found = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    except UnicodeDecodeError as error:
        raise ValueError(tr("it is not in UTF-8 (byte {start})", start=error.start)) from error
    except etree.LxmlError as error:
        raise ValueError(tr("there is nothing in it")) from error
    if found.find("body") is None or b"</html>" not in data[-64:].lower():
        raise ValueError(tr("it breaks off"))
    return found


def _sentences(tree: etree._Element) -> Iterator[tuple[float, float, tuple[str, ...]]]:
    for element in tree.iterfind(".//*[@data-t]"):
        if element.tag == "section" or element.get("data-e") is None:
            continue
        try:
            start, end = float(element.get("data-t") or ""), float(element.get("data-e") or "")
        except ValueError:
            start, end = -1.0, -1.0  # told as out of order
        yield start, end, tuple(_words(element))


def _words(element: etree._Element) -> list[str]:
    """Return the words that are read of a sentence: without the calls of its notes."""
    calls = set(element.iterfind(_CALL))
    parts = [element.text or ""]
    for inner in element.iterdescendants():
        called = inner in calls or any(outer in calls for outer in inner.iterancestors())
        parts += ["" if called else str(inner.text or ""), inner.tail or ""]
    return words_of("".join(parts))


def _links(tree: etree._Element) -> Iterator[str]:
    """Yield the files beside the page that it names, without those of the site around it."""
    for element in tree.iterfind(".//*"):
        for name in ("href", "src"):
            href = element.get(name) or ""
            path = path_of(href) if href and not is_elsewhere(href) else ""
            if path and not path.startswith(("..", "/")):
                yield path


def _whole(where: str, tree: etree._Element) -> Iterator[Finding]:
    if not tree.get("lang"):
        what = tr("it does not tell its language (lang)")
        why = tr("screen readers read French as English")
        yield Finding("page-language", where, what, why, tr(_AGAIN))
    if not (tree.findtext(".//title") or "").strip():
        what, why = tr("it has no title"), tr("tabs and search show its address")
        yield Finding("page-untitled", where, what, why, tr(_AGAIN))
    yield from mojibake(where, tree.text_content())  # type: ignore[attr-defined]
    for element in tree.iter(*_FETCHING):
        source = element.get("src") or ""
        if source.startswith(("http:", "https:", "//")):
            what = tr("it fetches « {source} » from elsewhere", source=source[:80])
            why = tr("listeners are counted there, and without it the page is not whole")
            yield Finding("page-fetches", where, what, why, tr(_AGAIN))


def _present(where: str, page: Page, exists: Callable[[str], bool]) -> Iterator[Finding]:
    for link in page.links:
        if not exists(link):
            what = tr("it names « {link} », which is not there", link=link)
            why = tr("who clicks gets an error")
            yield Finding("page-file-absent", where, what, why, tr(_AGAIN))


def _fragments(where: str, tree: etree._Element) -> Iterator[Finding]:
    ids = [element.get("id") for element in tree.iterfind(".//*[@id]")]
    known = set(ids)
    if len(known) < len(ids):
        what, why = tr("an id in it stands twice"), tr("its links lead to the wrong place")
        yield Finding("page-twin", where, what, why, tr(_AGAIN))
    for link in tree.iterfind(".//a[@href]"):
        href = link.get("href") or ""
        fragment = unquote(href[1:])
        if href.startswith("#") and fragment and "=" not in fragment and fragment not in known:
            what = tr("the link « {href} » leads nowhere", href=href)
            yield Finding(
                "page-link", where, what, tr("who clicks stays where they are"), tr(_AGAIN)
            )
            break


def against_sound(where: str, page: Page, duration: float) -> Iterator[Finding]:
    """Yield where sentences are not in order or not inside of a sound of ``duration`` seconds."""
    why = tr("a click on a sentence plays another one")
    heard = sorted(page.sentences, key=lambda sentence: sentence[0])
    wrong = next(
        (
            two[0]
            for one, two in pairwise(heard)
            if two[0] < one[1] - _CLOSE or one[1] < one[0] or one[0] < 0
        ),
        None,
    )
    if wrong is not None:
        what = tr("the sentence at {start:.1f} s begins before the one before it ends", start=wrong)
        yield Finding("page-order", where, what, why, tr(_AGAIN))
    last = max((end for _, end, _ in page.sentences), default=0.0)
    if duration and last > duration + _AGREE:
        what = tr(
            "a sentence ends at {last:.1f} s, the sound at {length:.1f} s",
            last=last,
            length=duration,
        )
        yield Finding("page-beyond", where, what, why, tr(_AGAIN))


def against_transcript(
    where: str, page: Page, name: str, cues: Sequence[ReadCue]
) -> Iterator[Finding]:
    """Yield a finding if a page's sentences don't say what the transcript ``name`` says then.

    Of a few words it may say less: « Note 1 » is heard where the page has « 1. ».
    """
    ordered = sorted(cues, key=lambda cue: cue.start)
    starts = [cue.start for cue in ordered]
    for start, end, words in page.sentences:
        first, last = bisect_left(starts, start - _CLOSE), bisect_left(starts, end)
        heard = words_of(" ".join(cue.text for cue in ordered[first:last]))
        if len(words) > _LABEL and list(words) != heard:
            what = tr(
                "at {start:.1f} s it says « {words}… », {other} says « {heard}… »",
                start=start,
                words=" ".join(words[:6]),
                other=name,
                heard=" ".join(heard[:6]),
            )
            why = tr("what is read is not what is heard")
            yield Finding("page-words", where, what, why, tr(_AGAIN))
            break
