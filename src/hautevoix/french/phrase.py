"""Words as a user types them, sought in a text as it is printed."""

from __future__ import annotations

import re


def phrase(words: str) -> re.Pattern[str]:
    r"""Return what finds ``words`` in a text, whatever its capitals, spaces and apostrophes are.

    >>> bool(phrase("l'Aube  se leva").search("Quand l’aube\nse leva"))
    True
    """
    parts = (re.escape(part) for part in re.sub("[’ʼ]", "'", words).split())
    return re.compile(r"\s+".join(parts).replace("'", "['’ʼ]"), re.IGNORECASE)
