"""What the lines of a title page say: the title, who wrote the book, what and when it is."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import clean_title
from hautevoix.reading.language.phrases import BYLINE, looks_like_name
from hautevoix.reading.language.punctuation import ends_sentence, is_rule
from hautevoix.reading.text.units import bare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from hautevoix.reading.text.units import Unit

_LONGEST = 120
_PAIR = 2
FEW_WORDS = re.compile(
    r"(?:ou|par|de|et|traduit.*|romans?|contes?|nouvelles?|récits?|essais?|poèmes?|poésies|théâtre"
    r"|drame|comédie|tragédie|mémoires|souvenirs|lettres|discours|chroniques?|pamphlet)",
    re.IGNORECASE,
)
"""What a book is, and other words of a title page that name nothing."""
YEAR = re.compile(r"\(?(?:1[5-9]|20)\d\d(?: ?[-–—] ?(?:1[5-9]|20)\d\d)?\)?\.?")
"""When it came out, alone on its line."""
_PARTICLES = frozenset("du des la le les au aux l’ l'".split())
_WROTE = (
    r"(?:écrit|publié|rédigé|prononcé|composé|imprimé|édité|adressé|envoyé|diffusé|paru|dicté)e?s?"
)
_ORIGIN = re.compile(
    rf"(?P<title>[A-ZÀ-ÖØ-Þ«“\"].{{3,150}}?) (?:(?:fut|furent|est|sont) {_WROTE}"
    rf"|(?:a|ont) été {_WROTE}|parut|parurent)\b"
)


def author_among(texts: Sequence[str], title: str | None, *, letter: bool) -> str | None:
    """Return who is named; one word over a ``letter`` is the town that it was written in."""
    for text in texts:
        by = BYLINE.fullmatch(text)
        if by and text != title and not _is_phrase(by["author"]):
            return by["author"]
    names = (text for text in texts if text != title and is_author(text))
    return next((name for name in names if " " in name or not letter), None)


def _is_phrase(text: str) -> bool:
    """Tell « DE LA PLUS PROFONDE HUMILITÉ » from « DE LA FONTAINE »."""
    # Pinned by title-page-with-a-dedication.
    words = text.split()
    return text.isupper() and words[0] in {"LA", "LE", "LES"} and len(words) > _PAIR


def is_author(text: str) -> bool:
    """Tell whether ``text`` has the form of a name, and is no word of title pages."""
    # Pinned by verne.
    return looks_like_name(text) and not FEW_WORDS.fullmatch(text)


def lines_of(units: Sequence[Unit]) -> Iterator[str]:
    """Yield what a title page says: each unit, or its lines where one of them names the author."""
    for unit in units:
        shouted = [line.text.isupper() for line in unit.lines]
        named = looks_like_name(unit.lines[0].text) and " " in unit.lines[0].text
        mixed = not all(shouted) and (shouted[0] or (named and all(shouted[1:])))
        by = any(BYLINE.fullmatch(line.text) for line in unit.lines)
        if by or mixed or _is_signed(unit):
            yield from (clean_title(line.text) for line in unit.lines)
        elif not is_rule(unit.text):
            yield clean_title(bare(unit))


def _is_signed(unit: Unit) -> bool:
    """Tell whether a title and a name stand on two lines: « Récits du Loing / Paul Herbin »."""
    # Pinned by title-on-two-lines.
    if len(unit.lines) != _PAIR:
        return False
    title, name = (line.text for line in unit.lines)
    return is_author(name) and " " in name and not title.rsplit(" ", 1)[-1].islower()


def title_among(texts: Sequence[str]) -> str | None:
    """Return the first line in capitals that is no name, else the first line."""
    named = list(texts[:1]) if texts[0][:3].casefold() == "de " else []  # « De la guerre »
    named += [
        text for text in texts if not BYLINE.fullmatch(text) and not FEW_WORDS.fullmatch(text)
    ]
    capitals = [text for text in named if text.isupper()]
    if len(capitals) > 1 and _is_person(capitals[0]) and not _is_person(capitals[1]):
        capitals = capitals[1:]
    if not capitals and len(named) == _PAIR and _is_person(named[0]) and _is_named(named[1]):
        return named[1]
    return next(iter(capitals or named), None)


def _is_named(text: str) -> bool:
    """Tell « Germinal » or « La Curée », under the author's name, from a second name."""
    # Pinned by author-over-the-title.
    return " " not in text or text.split(" ", 1)[0].casefold() in _PARTICLES


def _is_person(text: str) -> bool:
    """Tell « ANNE KERVELLA » from « LETTRES DU PORT », which has the form of a name too."""
    # Pinned by title-page-with-address.
    words = text.casefold().split()
    common = any(word in _PARTICLES or FEW_WORDS.fullmatch(word) for word in words)
    return len(words) > 1 and not common and looks_like_name(text)


def is_title_page_line(text: str) -> bool:
    """Tell a line that stands under a title: what the book is, when it came out, at whose house.

    >>> is_title_page_line("(1888)"), is_title_page_line("roman"), is_title_page_line("À Lucie")
    (True, True, False)
    """
    # Pinned by title-page-in-a-page.
    short = len(text) <= _LONGEST and not ends_sentence(text)
    named = FEW_WORDS.fullmatch(text) or YEAR.fullmatch(text)
    return bool(named) or (
        short and re.match(r"éditions? [A-ZÀ-Þ]", text, re.IGNORECASE) is not None
    )


def title_in_note(text: str) -> str | None:
    """Return the title that a note opens with when it tells how the work came to be.

    >>> title_in_note("Lettre à un ami fut écrite par Diderot en mai.")
    'Lettre à un ami'
    """
    match = _ORIGIN.match(text[:250])
    return match["title"].strip(' «»“”"') if match else None
