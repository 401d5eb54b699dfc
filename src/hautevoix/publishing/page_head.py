"""What every page of a site starts with: its head, its style sheet, its typeface. Pure."""

from __future__ import annotations

import base64
from functools import cache
from html import escape
from importlib.resources import files
from typing import TYPE_CHECKING
from urllib.parse import quote

from hautevoix.publishing.markup import attributes

if TYPE_CHECKING:
    from hautevoix.publishing.state import PublishedBook


TAB = 70
"""Characters that a tab or a search result shows of a title."""
_LONG = 60  # characters of a title that is set smaller


def head(title: str, description: str) -> str:
    """Return what every page's head starts with; ``title`` and ``description`` are plain text."""
    return (
        '<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(_tab(title))}</title>\n"
        f'<meta name="description"{attributes(content=description)}>\n'
        '<meta name="color-scheme" content="light dark">\n'
        f'<link rel="icon"{attributes(href=_icon())}>\n'
        f"<style>\n{styles()}</style>\n"
    )


def link_preview(work: PublishedBook, base_url: str) -> str:
    """Return what other sites show of a link to the book (Open Graph)."""
    told = {
        "og:type": "book",
        "og:title": work.title,
        "og:description": work.summary or f"{work.title}, à écouter et à lire.",
        "og:locale": work.language,
    }
    if base_url:
        told |= {"og:url": base_url + work.page, "og:image": base_url + work.face[0]}
    return "".join(
        f"<meta{attributes(property=name, content=value)}>\n" for name, value in told.items()
    )


@cache
def _icon() -> str:
    """Return the icon as an address that holds it."""
    return f"data:image/svg+xml,{quote(read_web('icon.svg').strip())}"


def _tab(title: str) -> str:
    """Return what a tab shows of a title: whole words."""
    return title if len(title) <= TAB else title[: TAB - 1].rsplit(" ", 1)[0] + "…"


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
