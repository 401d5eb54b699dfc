"""What lets a site be installed and work without a network: worker, manifest, icon. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.parsing.json_codec import document
from hautevoix.publishing.page_head import read_web

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.publishing.config import Podcast


def offline_files(podcast: Podcast) -> Iterator[tuple[str, bytes]]:
    """Yield (path in the site, content) of each; browsers use them where http(s) serves them."""
    yield "sw.js", read_web("sw.js").encode()
    yield "icon.svg", read_web("icon.svg").encode()
    manifest = {
        "name": podcast.title,
        "short_name": podcast.title[:30],
        "lang": podcast.language,
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": "#fbf7ee",
        "theme_color": "#8c2a1a",
        "icons": [{"src": "icon.svg", "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    yield "manifest.webmanifest", document(manifest)
