"""The site's first page: every book of the podcast. Pure."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from hautevoix.publishing.markup import attributes, tag
from hautevoix.publishing.page_head import head, read_web, title_class
from hautevoix.publishing.typography import length, typeset

if TYPE_CHECKING:
    from hautevoix.publishing.config import Podcast
    from hautevoix.publishing.state import PublishedBook, State


def write_index(podcast: Podcast, state: State) -> bytes:
    """Return ``index.html`` for the site, its books in reading order."""
    alternate = attributes(title=podcast.title)
    feed = f'<link rel="alternate" type="application/rss+xml" href="feed.xml"{alternate}>\n'
    books = "\n".join(map(_book, state.works))
    by = tag("p", escape(podcast.author), class_="author") if podcast.author else ""
    about = "" if podcast.description == podcast.title else _about(podcast.description)
    return (
        f"<!DOCTYPE html>\n<html{attributes(lang=podcast.language)}>\n<head>\n"
        f"{head(podcast.title, podcast.description)}{feed}</head>\n<body>\n"
        f'<header class="title-page">\n{by}\n'
        f'<h1 class="{title_class(podcast.title)}">{escape(typeset(podcast.title))}</h1>\n'
        f'{about}\n<p class="ornament" aria-hidden="true">❦</p>\n'
        '<nav class="links" aria-label="S’abonner">'
        '<a href="subscribe.html">S’abonner au podcast</a></nav>\n'
        f'</header>\n<main class="shelf">\n<ul class="books">\n{books}\n</ul>\n</main>\n'
        '<footer class="colophon">\n<p>Textes lus par des voix de synthèse.</p>\n</footer>\n'
        f"<script>\n{read_web('index.js')}</script>\n</body>\n</html>\n"
    ).encode()


def _about(text: str) -> str:
    return tag("p", escape(typeset(text)), class_="about")


def _book(work: PublishedBook) -> str:
    size = ' width="1500" height="1500" loading="lazy" alt=""'
    parts = (
        f"<img{attributes(src=work.face[0])}{size}>",
        tag("span", escape(typeset(work.title)), class_="name"),
        tag("span", escape(work.author), class_="by") if work.author else "",
        tag("span", length(work.duration), class_="facts"),
    )
    link = tag("a", "".join(parts), href=work.page)
    facts = {"data_id": work.identity.guid, "data_folder": work.folder}
    return tag("li", link, data_duration=f"{work.duration:.3f}", **facts)
