"""The listening page of a book: one HTML file that needs nothing but its MP3. Pure."""

from __future__ import annotations

import base64
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING

from hautevoix.publishing import edition
from hautevoix.publishing.linked_data import linked_data
from hautevoix.publishing.markup import Writer, attributes, tag, unheard
from hautevoix.publishing.typography import clock, length, typeset

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.publishing.built_book import BuiltBook
    from hautevoix.publishing.edition import Block, EditionChapter
    from hautevoix.publishing.state import PublishedBook

_HOUR = 3600
_TAB = 70  # characters that a tab or a search result shows of a title
_LONG = 60  # characters of a title that is set smaller


def write_page(built: BuiltBook, work: PublishedBook) -> bytes:
    """Return ``index.html`` for the book's folder."""
    title = f"{work.title} — {work.author}"
    if not work.author or len(title) > _TAB:
        title = work.title
    feed = attributes(
        rel="alternate", type="application/rss+xml", href="../feed.xml", title="Podcast"
    )
    told = head(title, work.summary or title) + f"<link{feed}>\n" + linked_data(work)
    writer = _writer(built)
    body = "\n".join(
        (
            '<a class="skip" href="#texte">Aller au texte</a>',
            _title_page(built, work, writer),
            _contents(built),
            tag("main", "\n" + "\n".join(_text(built, writer)) + "\n", id="texte"),
            _colophon(work),
            read_web("player.html"),
            f"<script>\n{read_web('page.js')}</script>",
        )
    )
    facts = attributes(
        data_id=work.identity.guid,
        data_title=work.title,
        data_author=work.author,
        data_cover=local(work.face[0]),
    )
    html = f"<!DOCTYPE html>\n<html{attributes(lang=work.language)}>\n<head>\n{told}</head>\n"
    return f"{html}<body{facts}>\n{body}\n</body>\n</html>\n".encode()


def head(title: str, description: str) -> str:
    """Return what every page's head starts with; ``title`` and ``description`` are plain text."""
    return (
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(_tab(title))}</title>\n"
        f'<meta name="description"{attributes(content=description)}>\n'
        '<meta name="color-scheme" content="light dark">\n'
        '<link rel="icon" href="data:,">\n'
        f"<style>\n{styles()}</style>\n"
    )


def _tab(title: str) -> str:
    """Return what a tab shows of a title: whole words."""
    return title if len(title) <= _TAB else title[: _TAB - 1].rsplit(" ", 1)[0] + "…"


@cache
def styles() -> str:
    """Return the style sheet with its typeface in it (EB Garamond, OFL)."""
    faces = "".join(
        "@font-face { font-family: 'EB Garamond'; font-display: swap; "
        f"font-style: {style}; src: url(data:font/woff2;base64,{_font(name)}) format('woff2'); }}\n"
        for name, style in (("Regular", "normal"), ("Italic", "italic"))
    )
    return faces + read_web("page.css")


def _font(name: str) -> str:
    data = files("hautevoix.publishing").joinpath(f"fonts/EBGaramond-{name}.woff2").read_bytes()
    return base64.b64encode(data).decode("ascii")


@cache
def read_web(name: str) -> str:
    """Return a file of the page's own: its style sheet, its script, its controls."""
    return files("hautevoix.publishing").joinpath(f"web/{name}").read_text(encoding="utf-8")


def title_class(title: str) -> str:
    """Return the class of a title page's title: a long one is set smaller."""
    return "title long" if len(title) > _LONG else "title"


def local(path: str) -> str:
    """Return a published path as the book's own folder sees it."""
    return path.rsplit("/", 1)[-1]


def _writer(built: BuiltBook) -> Writer:
    def times(row: int) -> dict[str, str]:
        span = built.spans[row]
        return {"id": f"s{row}", "data_t": f"{span.start:.3f}", "data_e": f"{span.end:.3f}"}

    def call(index: int, label: str) -> dict[str, str]:
        del index
        return {"class_": "call", "role": "doc-noteref", "aria_label": f"Note {label}"}

    return Writer(built.edition, times, call, {"role": "doc-backlink"})


def _title_page(built: BuiltBook, work: PublishedBook, writer: Writer) -> str:
    opening = (
        [block for block in built.edition.parts[0].blocks if block.kind == edition.OPENING]
        if built.edition.parts
        else []
    )
    said = {block.sentences[0].text: writer.sentences(block.sentences) for block in opening}
    parts = []
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
    parts.append(_downloads(work))
    return tag("header", "\n" + "\n".join(parts) + "\n", class_="title-page")


def _said(name: str, kind: str, text: str, said: dict[str, str]) -> str:
    return tag(name, said.get(text) or escape(typeset(text)), class_=kind)


def _downloads(work: PublishedBook) -> str:
    files = {"MP3": work.audio.path, "M4B": work.m4b, "EPUB": work.epub}
    links = [(name, local(path)) for name, path in files.items()]
    told = [
        tag("a", name, href=href, download=f"{work.folder}.{name.lower()}")
        for name, href in links
        if href
    ]
    told.append(tag("a", "Podcast", href="../feed.xml"))
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
        rows.append(tag("li", tag("a", f"{name} {when}", href=f"#c{number}"), class_=kind))
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
        id=f"c{number}",
        aria_label=None if titled else part.title,
        data_title=part.title,
        data_t=None if start is None else f"{start:.3f}",
        data_e=None if end is None else f"{end:.3f}",
    )


def _colophon(work: PublishedBook) -> str:
    told = f"Texte lu par une voix de synthèse. {escape(work.narrator)}."
    made = "Composé en EB Garamond par Hautevoix."
    return f'<footer class="colophon">\n<p>{told}<br>{made}</p>\n</footer>'
