"""What a book's page tells search engines and libraries: https://schema.org/Audiobook."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from hautevoix.publishing.state import PublishedBook


def linked_data(work: PublishedBook) -> str:
    """Return the script element that holds a book's JSON-LD, addresses as its page sees them."""
    told = {name: value for name, value in _audiobook(work).items() if value}
    # A « < » could end the script: JSON has another way to write it.
    text = json.dumps(told, ensure_ascii=False).replace("<", "\\u003c")
    return f'<script type="application/ld+json">{text}</script>\n'


def _audiobook(work: PublishedBook) -> dict[str, Any]:
    details = work.details
    series = {"@type": "BookSeries", "name": details.series} if details.series else None
    return {
        "@context": "https://schema.org",
        "@type": "Audiobook",
        "name": work.title,
        "author": _named("Person", work.author),
        "readBy": _named("Person", work.narrator),
        "publisher": _named("Organization", details.publisher),
        "isPartOf": series,
        "position": details.series_number,
        "isbn": details.isbn,
        "copyrightNotice": details.rights,
        "genre": details.genre,
        "description": work.summary,
        "inLanguage": work.language,
        "duration": f"PT{round(work.duration)}S",
        "image": work.face[0].rsplit("/", 1)[-1],
        "associatedMedia": {
            "@type": "AudioObject",
            "contentUrl": work.audio.path.rsplit("/", 1)[-1],
            "encodingFormat": work.audio.type,
        },
    }


def _named(kind: str, name: str) -> dict[str, str] | None:
    return {"@type": kind, "name": name} if name else None
