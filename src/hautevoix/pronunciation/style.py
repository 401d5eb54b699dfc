"""How many liaisons a reading makes."""

from __future__ import annotations

from enum import StrEnum


class Liaisons(StrEnum):
    """Which optional liaisons are made; the obligatory ones always are, the forbidden ones never.

    ``USUAL`` is how novels are read today: none after a plural noun, few after verbs. ``SOLEMN``
    makes those too, as in a sermon or an alexandrine.
    """

    USUAL = "usual"
    SOLEMN = "solemn"
