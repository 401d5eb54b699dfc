"""The listening page of a book: one HTML file that needs nothing but its MP3. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from html import escape
from typing import TYPE_CHECKING

from hautevoix.publishing import edition
from hautevoix.publishing.linked_data import linked_data
from hautevoix.publishing.markup import Writer, attributes, tag, unheard
from hautevoix.publishing.page_head import TAB, head, link_preview, read_web, title_class
from hautevoix.publishing.typography import clock, length, typeset, typeset_at
from hautevoix.publishing.wordtimes import placed

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.publishing.built_book import BuiltBook
    from hautevoix.publishing.edition import Block, EditionChapter
    from hautevoix.publishing.state import PublishedBook

_HOUR = 3600
_FEED = '<link rel="alternate" type="application/rss+xml" href="../feed.xml" title="Podcast">\n'
_RUN = re.compile(r"\S+")
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_SCRIPTS = (
    "book.js", "place.js", "sound.js", "reading.js", "notes.js", "links.js", "tools.js", "keys.js",
    "media.js", "offline.js", "start.js",
)  # fmt: skip
"""The page's script in its order: one scope, since a page from a disk can load no modules."""


@dataclass(frozen=True, slots=True)
class Surroundings:
    """Where a page stands: in a site with a feed at ``base_url``, or by itself (``feed`` False).

    ``live`` tells which build a page that renews itself shows; ``banner`` is HTML before all else,
    ``scripts`` are files of ``web/`` after the page's own.
    """

    base_url: str = ""
    feed: bool = True
    live: str | None = None
    banner: str = ""
    scripts: tuple[str, ...] = ()


def write_page(
    built: BuiltBook, work: PublishedBook, base_url: str = "", around: Surroundings | None = None
) -> bytes:
    """Return ``index.html`` for the book's folder; ``base_url`` is where the site will be."""
    around = around or Surroundings(base_url)
    title = f"{work.title} — {work.author}"
    if not work.author or len(title) > TAB:
        title = work.title
    told = head(title, work.summary or title) + (_FEED if around.feed else "")
    told += link_preview(work, around.base_url) + linked_data(work)
    writer = _writer(built)
    body = "\n".join(
        (
            '<a class="skip" href="#texte">Aller au texte</a>',
            '<a class="skip" href="#player">Aller au lecteur</a>',
            around.banner + _title_page(built, work, writer, feed=around.feed),
            _contents(built),
            tag("main", "\n" + "\n".join(_text(built, writer)) + "\n", id="texte"),
            _colophon(work),
            read_web("player.html").replace("../index.html", f"../index.html#apres-{work.folder}"),
            f"<script>\n{script(around.scripts)}</script>",
        )
    )
    facts = attributes(
        data_id=work.identity.guid,
        data_title=work.title,
        data_author=work.author,
        data_cover=local(work.face[0]),
        data_bytes=str(work.audio.bytes),
        data_live=around.live,
    )
    html = f"<!DOCTYPE html>\n<html{attributes(lang=work.language)}>\n<head>\n{told}</head>\n"
    return f"{html}<body{facts}>\n{body}\n</body>\n</html>\n".encode()


@cache
def script(more: tuple[str, ...] = ()) -> str:
    """Return a book page's whole script; ``more`` are files of ``web/`` that come after it."""
    return "'use strict';\n(() => {\n" + "\n".join(map(read_web, (*_SCRIPTS, *more))) + "})();\n"


def local(path: str) -> str:
    """Return a published path as the book's own folder sees it."""
    return path.rsplit("/", 1)[-1]


def _writer(built: BuiltBook) -> Writer:
    texts = {
        sentence.utterance: sentence.text
        for part in built.edition.parts
        for block in part.blocks
        for sentence in block.sentences
        if sentence.utterance is not None
    }

    def times(row: int) -> dict[str, str]:
        span = built.spans[row]
        told = {"id": f"s{row}", "data_t": f"{span.start:.3f}", "data_e": f"{span.end:.3f}"}
        words = _words(built, row, texts.get(row, ""))
        return {**told, "data_w": words} if words else told

    def call(index: int, label: str) -> dict[str, str]:
        del index
        return {"class_": "call", "role": "doc-noteref", "aria_label": f"Note {label}"}

    return Writer(built.edition, times, call, {"role": "doc-backlink"})


def _words(built: BuiltBook, row: int, text: str) -> str:
    """Return when each word of a sentence is heard, as short as can be: a book has 150,000.

    A sign for each run of the sentence as it is set: the twentieths of a second since the word
    before (since the sentence's start for the first) in base 36, « _ » for 35 more, « - » where
    they are not known.
    """
    known = placed(text, built.words[row]) if row < len(built.words) else ()
    if not known:
        return ""
    shown, places = typeset_at(text, [place for place, _ in known])
    seconds = dict(zip(places, (second for _, second in known), strict=True))
    before = 0
    told = []
    for run in _RUN.finditer(shown):
        second = next((seconds[at] for at in range(*run.span()) if at in seconds), None)
        if second is None:
            told.append("-")
            continue
        now = max(before, round((second - built.spans[row].start) * 20))
        more, rest = divmod(now - before, 35)
        told.append("_" * more + _DIGITS[rest])
        before = now
    return "".join(told)


def _title_page(built: BuiltBook, work: PublishedBook, writer: Writer, *, feed: bool) -> str:
    opening = (
        [block for block in built.edition.parts[0].blocks if block.kind == edition.OPENING]
        if built.edition.parts
        else []
    )
    said = {block.sentences[0].text: writer.sentences(block.sentences) for block in opening}
    parts = [_face(work)]
    if work.author:
        parts.append(_said("p", "author", work.author, said))
    parts.append(_said("h1", title_class(work.title), work.title, said))
    if work.date:
        parts.append(_said("p", "date", work.date, said))
    facts = f"{escape(work.narrator)} · {length(built.duration)}"
    parts.append('<p class="ornament" aria-hidden="true">❦</p>')
    parts.append(tag("p", facts, class_="facts"))
    parts.append(
        f'<audio id="audio" controls preload="metadata"{attributes(src=local(work.audio.path))}>'
        "</audio>"
    )
    if work.summary:
        parts.append(tag("p", escape(typeset(work.summary)), class_="about"))
    parts.append(_downloads(work, feed=feed))
    return tag("header", "\n" + "\n".join(parts) + "\n", class_="title-page")


def _face(work: PublishedBook) -> str:
    """Return the cover; the title beside it says what it shows."""
    size = ' class="face" width="1500" height="1500" decoding="async" alt=""'
    return f"<img{attributes(src=local(work.face[0]))}{size}>" if work.face[0] else ""


def _said(name: str, kind: str, text: str, said: dict[str, str]) -> str:
    return tag(name, said.get(text) or escape(typeset(text)), class_=kind)


def _downloads(work: PublishedBook, *, feed: bool) -> str:
    files = {"MP3": work.audio.path, "M4B": work.m4b, "EPUB": work.epub}
    links = [(name, local(path)) for name, path in files.items()]
    told = [
        tag("a", name, href=href, download=f"{work.folder}.{name.lower()}")
        for name, href in links
        if href
    ]
    if feed:
        told.append(tag("a", "S’abonner", href="../subscribe.html"))
    told.append(tag("a", "Tous les livres", href="../index.html"))
    return tag("nav", " · ".join(told), class_="links", aria_label="Ce livre")


def _contents(built: BuiltBook) -> str:
    """Return the table of contents, with times; nothing for a single chapter."""
    if len(built.edition.parts) < 2:  # one chapter needs no table
        return ""
    hours = built.duration >= _HOUR
    rows = []
    for number, part in enumerate(built.edition.parts):
        start = _start(part, built)
        when = "" if start is None else tag("span", clock(start, hours=hours), class_="when")
        name = tag("span", escape(typeset(part.title)), class_="name")
        kind = "sub" if part.level > 1 else None
        rows.append(tag("li", tag("a", f"{name} {when}", href=f"#c{number + 1}"), class_=kind))
    table = tag("ol", "\n" + "\n".join(rows) + "\n")
    head = '<h2 id="table">Table</h2>'
    return tag("nav", f"\n{head}\n{table}\n", class_="contents", aria_labelledby="table")


def _start(part: EditionChapter, built: BuiltBook) -> float | None:
    """Return where THE chapter list has a part start; a part without sound is not in it."""
    rows = rows_of(part)
    if not rows:
        return None
    first = built.spans[rows[0]].start
    return max((c.start for c in built.chapters if c.start <= first), default=0.0)


def rows_of(part: EditionChapter) -> list[int]:
    """Return the rows of the timeline at which a part is heard."""
    return [
        sentence.utterance
        for block in part.blocks
        for sentence in block.sentences
        if sentence.utterance is not None
    ]


def _text(built: BuiltBook, writer: Writer) -> Iterator[str]:
    told = built.edition
    outermost = min((part.level for part in told.parts), default=1)
    deep = False
    for number, part in enumerate(told.parts):
        sub = part.level > outermost and deep
        deep = deep or part.level == outermost
        blocks = [block for block in part.blocks if block.kind != edition.OPENING]
        heading = "h3" if sub else "h2"
        inner = "\n".join(writer.blocks(blocks, heading))
        yield _section(built, number, part, blocks, inner)
    left = unheard(told)
    if left:
        notes = "\n".join(writer.unheard(index, told.notes[index]) for index in left)
        yield tag("section", f"\n<h2>Notes</h2>\n{notes}\n", class_="chapter notes")


def _section(
    built: BuiltBook, number: int, part: EditionChapter, blocks: list[Block], inner: str
) -> str:
    titled = any(block.kind == edition.TITLE for block in blocks)
    notes = any(block.kind == edition.NOTE for block in blocks)
    start = _start(part, built)
    rows = rows_of(part)
    end = next((c.end for c in built.chapters if start is not None and c.end > start), None)
    return tag(
        "section",
        f"\n{inner}\n",
        class_="chapter notes" if notes and len(rows) and titled else "chapter",
        id=f"c{number + 1}",
        aria_label=None if titled else part.title,
        data_title=part.title,
        data_t=None if start is None else f"{start:.3f}",
        data_e=None if end is None else f"{end:.3f}",
    )


def _colophon(work: PublishedBook) -> str:
    told = f"Texte lu par une voix de synthèse. {escape(work.narrator)}."
    made = "Composé en EB Garamond par Hautevoix."
    return f'<footer class="colophon">\n<p>{told}<br>{made}</p>\n</footer>'
