"""The spelling of a word whose last consonant is heard before a vowel, or is not."""

from __future__ import annotations

import functools
import re

from hautevoix.pronunciation import tables

# Endings that eSpeak would link, and what is said the same without; the first that fits holds.
# Words that these would say wrong stand in unlinked.tsv, made by asking eSpeak for each of Lexique.
_KEPT_APART: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        ("aient$", "aie"),
        ("ment$", "ment"),
        ("ent$", "e"),
        ("a[iî][st]$", "aie"),
        ("(?<=[aeéo]u)[sx]$", ""),
        ("(?<=[aiueéoïûî])s$", ""),
        ("(?<=o[iu])x$", ""),
        ("ez$", "é"),
        ("(?<=[iuûîâ])t$", ""),
        ("(?<=oi)t$", ""),
        ("(?<=on)t$", ""),
        ("(?<=[bcdfgklmnpqrtvz])s$", ""),
    )
)
_LINKABLE = frozenset("sxztdn")
# What a last letter becomes where it is heard: « grand ami » with t, « beaux arts » with z.
HEARD = {"s": "z", "x": "z", "z": "z", "d": "t", "t": "t", "n": "n", "r": "r"}


def is_linkable(word: str) -> bool:
    """Tell whether eSpeak may link a word (small letters) with the next one."""
    return word[-1] in _LINKABLE


@functools.lru_cache(maxsize=1 << 14)
def apart(word: str) -> str:
    """Return ``word`` (small letters) so that nothing is heard between it and a vowel.

    >>> apart("hommes"), apart("parlent"), apart("moment")
    ('homme', 'parle', 'moment')
    """
    known = tables.unlinked().get(word)
    return known if known is not None else ruled_apart(word)


def ruled_apart(word: str) -> str:
    """Return what the rules alone make of ``word``, for the table of those that they get wrong."""
    for pattern, said in _KEPT_APART:
        if pattern.search(word):
            return pattern.sub(said, word)
    return word


def linked(word: str, sound: str) -> str:
    """Return ``word`` so that ``sound`` (t or z) is heard at its end, whatever follows.

    >>> linked("vingt", "t"), linked("vient", "t"), linked("deux", "z")
    ('vinte', 'viente', 'deuze')
    """
    stem = re.sub("[sxztdg]+$", "", word) if sound == "z" else re.sub("g?[td]s?$", "", word)
    return f"{stem}{sound}e"
