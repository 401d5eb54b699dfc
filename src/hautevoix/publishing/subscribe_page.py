"""How to subscribe, for people: the feed's address, its QR code, links that open apps. Pure."""

from __future__ import annotations

import io
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

import segno

from hautevoix.publishing.markup import attributes, tag
from hautevoix.publishing.page_head import head, read_web, title_class
from hautevoix.publishing.state import FEED
from hautevoix.publishing.typography import typeset

if TYPE_CHECKING:
    from hautevoix.publishing.config import Podcast

SUBSCRIBE = "subscribe.html"
"""The page's path in the site."""
_APPS = {
    "Apple Podcasts": "podcast://{bare}",
    "AntennaPod": "antennapod-subscribe://{bare}",
    "Overcast": "overcast://x-callback-url/add?url={quoted}",
    "Pocket Casts": "pktc://subscribe/{bare}",
    "Podcast Addict": "podcastaddict://{bare}",
    "Castro": "castros://subscribe/{bare}",
}
"""Apps that open an address of their own scheme, as their makers document it."""


def write_subscribe_page(podcast: Podcast) -> bytes:
    """Return the page that tells how to have the podcast in an app."""
    address = podcast.base_url + FEED
    bare = address.split("://", 1)[-1]
    apps = "\n".join(
        tag("li", tag("a", name, href=link.format(bare=bare, quoted=quote(address, safe=""))))
        for name, link in _APPS.items()
    )
    title = f"S’abonner — {podcast.title}"
    return (
        f"<!DOCTYPE html>\n<html{attributes(lang='fr')}>\n<head>\n"
        f"{head(title, f'S’abonner à {podcast.title}')}</head>\n<body>\n"
        f'<header class="title-page subscribe-head">\n<p class="author">S’abonner</p>\n'
        f'<h1 class="{title_class(podcast.title)}">{escape(typeset(podcast.title))}</h1>\n'
        "</header>\n"
        '<main class="title-page subscribe">\n<p>Ouvrez dans votre application :</p>\n'
        f'<ul class="apps">\n{apps}\n</ul>\n'
        "<p>Ou donnez-lui cette adresse (« ajouter par adresse ») :</p>\n"
        f'<p class="address" id="address">{escape(address)}</p>\n'
        '<p><button type="button" id="copy" hidden>Copier l’adresse</button> '
        '<span id="status" role="status"></span></p>\n'
        f"{_qr(address)}\n"
        f'<nav class="links" aria-label="Ce podcast"><a href="{FEED}">Le flux RSS lui-même</a> · '
        '<a href="index.html">Tous les livres</a></nav>\n</main>\n'
        f"<script>\n{read_web('subscribe.js')}</script>\n</body>\n</html>\n"
    ).encode()


def _qr(address: str) -> str:
    """Return the address as a picture that a telephone reads, drawn in the page itself."""
    drawn = io.BytesIO()
    segno.make(address, error="m", micro=False).save(
        drawn, kind="svg", xmldecl=False, svgns=False, omitsize=True, svgclass="qr", nl=False,
        title="L’adresse du podcast en code QR",
    )  # fmt: skip
    return drawn.getvalue().decode("utf-8").replace("<svg", '<svg role="img"', 1)
