"""Names of files and folders, made of texts."""

from __future__ import annotations

import re
import unicodedata

NAMELESS = "livre"
"""What a book is called whose name has no letter that a slug keeps."""


def slug(text: str, longest: int) -> str:
    """Return ``text`` as a name that files and URLs bear: ASCII letters, digits and hyphens.

    It is cut after ``longest`` characters, and empty where nothing of it can be kept. A capital
    ligature is not: names that books were given once must not change.

    >>> slug("Élégies & chants", 60), slug("cœurs simples", 8), slug("…", 60)
    ('elegies-chants', 'coeurs-s', '')
    """
    plain = unicodedata.normalize("NFKD", text.replace("œ", "oe").replace("æ", "ae"))
    ascii_only = plain.encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", ascii_only).strip("-")[:longest].strip("-")
