"""The title page: what stands before the text starts, and the title and author on it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise, takewhile
from typing import TYPE_CHECKING

from hautevoix.model import TitleSource
from hautevoix.reading.language.heading_words import (
    CAST,
    Form,
    is_contents,
    match_heading,
)
from hautevoix.reading.language.phrases import (
    BYLINE,
    is_dateline,
    is_dialogue,
    is_salutation,
    looks_like_name,
)
from hautevoix.reading.language.punctuation import ends_sentence, is_rule
from hautevoix.reading.structure.contents import is_prose, key
from hautevoix.reading.structure.publisher import is_narrative
from hautevoix.reading.structure.title_lines import (
    FEW_WORDS,
    YEAR,
    author_among,
    is_author,
    lines_of,
    title_among,
)
from hautevoix.reading.text.units import bare

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hautevoix.reading.text.gutenberg import Imprint
    from hautevoix.reading.text.layout import Layout
    from hautevoix.reading.text.units import Unit

_LONGEST = 120
_MOST_UNITS = 40
_PAIR = 2
_IMPRINT = re.compile(
    r"\b(?:éditeurs?|édition|imprimerie|librairie|paris|rue|tome|volume|traduit|illustr|dessins"
    r"|collection|1[5-9]\d\d|20\d\d|par|chez|membre|auteur)\b",
    re.IGNORECASE,
)
# A sentence of the text says what someone does or did; an imprint names things.
_TELLS = re.compile(
    r"\b(?:j[e’']|tu|ils?|elles?|on|nous|vous|ce|c[’']|qui|que|qu[’']|est|sont|suis|était|étaient"
    r"|fut|furent|sera|a|ai|ont|avait|avaient|eut|ne|n[’']|me|m[’']|se|s[’'])(?:\b|(?<=[’']))"
    r"|\w{2}(?:aient|èrent|irent|urent)\b|\w{2}[^rf]ait\b",
    re.IGNORECASE,
)
_DEDICATION = re.compile(r"(?:À|A|Aux?|AUX?|Pour|POUR) .{2,60}")
_PUBLISHED = re.compile(r"\b(?:éditeurs?|édition|imprimerie|librairie)\b", re.IGNORECASE)
_NUMBERED = 4  # units in which what publishes must follow a volume's number


@dataclass(frozen=True, slots=True)
class TitlePage:
    """How many units make the title page, and what it says."""

    stop: int = 0
    title: str | None = None
    source: TitleSource | None = None
    author: str | None = None


def read_title_page(
    units: Sequence[Unit], layout: Layout, imprint: Imprint, front: int = 0
) -> TitlePage:
    """Return the title page of ``units``; the ``imprint`` of a header settles what it says.

    ``front`` units stand before a table of contents that was taken out (0: there is none): the
    page goes on after it only with the same lines over again.
    """
    stop = _front_end(units)
    if 0 < front < stop:
        said = {key(line.text) for unit in units[:front] for line in unit.lines}
        again = takewhile(lambda unit: key(bare(unit)) in said, units[front:stop])
        stop = front + sum(1 for _ in again)
    articles = stop > _PAIR and _signs_articles(units, stop)
    if articles:
        stop -= _PAIR
    elif 0 < stop < len(units):
        stop -= _text_begun(units, stop)
    if imprint.title:
        return TitlePage(stop, imprint.title, TitleSource.TEXT, imprint.author)
    if not stop or not (articles or _is_title_page(units, stop, layout)):
        return TitlePage()
    texts = list(lines_of(units[:stop]))
    title = title_among(texts)
    author = author_among(texts, title, letter=stop < len(units) and _opens_letter(units[stop]))
    return TitlePage(stop, title, TitleSource.TEXT, author and author.strip(" ."))


def _opens_letter(unit: Unit) -> bool:
    # Pinned by underlined, titled-letter.
    return is_salutation(bare(unit)) or is_dateline(bare(unit))


def _text_begun(units: Sequence[Unit], stop: int) -> int:
    """Return how many units before ``stop`` are the text's: a heading, and whom a poem is for."""
    if _heads_text(units, stop):
        return 1
    place = next((i for i in (stop, stop - 1) if i > 1 and _is_dedication(units, i)), 0)
    head = units[place - 1]
    if not place or looks_like_name(head.text):  # the author's: the book is for someone
        return 0
    again = any(_are_alike(head, one, two) for one, two in pairwise(units[place:]))
    return stop - place + 1 if again else 0


def _is_dedication(units: Sequence[Unit], index: int) -> bool:
    # Pinned by number-under-a-book, dedicated-poems.
    verse = index + 1 < len(units) and units[index + 1].verse
    return verse and _DEDICATION.fullmatch(units[index].text) is not None


def _heads_text(units: Sequence[Unit], stop: int) -> bool:
    """Tell whether the last unit before ``stop`` is a heading like others further on."""
    # Pinned by author-in-de, miserables.
    last = units[stop - 1]
    heading = match_heading(last.text)
    if heading and heading.form is Form.DIVISION:
        return True
    if not (is_prose(units[stop]) or units[stop].verse or (stop > 1 and _reads_on(units[stop]))):
        return False  # a book's one line over what someone says is its title
    return any(_are_alike(last, one, two) for one, two in pairwise(units[stop:]))


def _signs_articles(units: Sequence[Unit], stop: int) -> bool:
    """Tell whether « Par A. Fabre » before ``stop`` signs one of several articles, not the book."""
    # Pinned by gutenberg, articles-signed.
    later = (BYLINE.fullmatch(unit.text) for unit in units[stop:] if len(unit.lines) == 1)
    return bool(BYLINE.fullmatch(units[stop - 1].text)) and any(later)


def _are_alike(last: Unit, one: Unit, two: Unit) -> bool:
    """Tell whether ``one``, over ``two``, is a heading set as ``last`` is."""
    # Pinned by title-over-kind, poems.
    if len(one.lines) > 1 or len(one.text) > _LONGEST or one.text.isupper() != last.text.isupper():
        return False
    if ends_sentence(one.text) or one.after < last.after:
        return False
    heading = match_heading(two.text)
    return _reads_on(two) or (heading is not None and heading.number == 1)


def _reads_on(unit: Unit) -> bool:
    """Tell what a heading may stand over: prose, verse, someone who speaks, a long sentence."""
    # Pinned by title-over-short-chapters, contents-with-a-notice.
    if is_prose(unit) or unit.verse or _is_speech(unit.text):
        return True
    return ends_sentence(unit.text) and is_narrative(unit.text)


def _front_end(units: Sequence[Unit]) -> int:
    """Return how many units stand before the first heading or paragraph of the text."""
    published = False
    for index, unit in enumerate(units[:_MOST_UNITS]):
        if published and _dedicates(unit.text):
            return index  # it stands on a page of its own
        published = published or _PUBLISHED.search(unit.text) is not None
        if not _on_title_page(unit) and not (index and _numbers_volume(units, index)):
            return index
    return 0


def _dedicates(text: str) -> bool:
    """Tell « AU POÈTE DES CARRIÈRES » from « A PARIS, »."""
    # Pinned by title-page-with-a-dedication.
    few = len(text.split()) > _PAIR
    return few and not text.endswith(",") and _DEDICATION.fullmatch(text) is not None


def _numbers_volume(units: Sequence[Unit], index: int) -> bool:
    """Tell « I » between a title and its publisher, a volume's number, from the first chapter's."""
    # Pinned by title-page-with-address.
    heading = match_heading(bare(units[index]))
    after = units[index + 1 : index + 1 + _NUMBERED]
    alone = heading is not None and heading.form is Form.NUMBER and heading.stands_alone
    front = list(takewhile(lambda unit: not is_prose(unit), after))
    return alone and any(_PUBLISHED.search(unit.text) for unit in front)


def _on_title_page(unit: Unit) -> bool:
    # Pinned by author-in-de.
    text = bare(unit)
    if is_rule(unit.text) or YEAR.fullmatch(text):
        return True
    if text.split(" ", 1)[0].casefold() in CAST or is_contents(text):
        return False
    heading = match_heading(text) or match_heading(unit.lines[0].text)
    if heading and heading.form <= Form.NUMBER and heading.word not in {"tome", "volume"}:
        return False
    if is_prose(unit) or unit.verse or len(text) > _LONGEST or _is_speech(text):
        return False
    if ends_sentence(text) and not text.isupper() and not _is_imprint(text):
        return False
    return not (is_salutation(text) or (is_dateline(text) and not text.isdigit()))


def _is_speech(text: str) -> bool:
    # Pinned by speech-before-a-heading, articles-signed, speech-under-a-title.
    return is_dialogue(text) or text[:1] in "«“"


def _is_imprint(text: str) -> bool:
    """Tell who printed, translated or wrote from what happened « par un soir de 1829 »."""
    # Pinned by line-over-a-poem.
    return _IMPRINT.search(text) is not None and _TELLS.search(text) is None


def _is_title_page(units: Sequence[Unit], stop: int, layout: Layout) -> bool:
    """One line may be the first of the text: it must be set or followed as a title is."""
    # Pinned by enumeration-is-no-chapter, author-in-de.
    if stop >= len(units):
        return False
    first, following = units[0], units[stop]
    text = bare(first)
    if not text[:1].isalnum() or (
        text.endswith((".", ",", ":", ";", "!", "?", "…")) and not text.isupper()
    ):
        return False
    if text.isupper() or following.verse or match_heading(following.lines[0].text) is not None:
        return True
    if _opens_letter(following):
        return True
    texts = list(lines_of(units[:stop]))
    by = any(map(BYLINE.fullmatch, texts))
    signed = len(texts) == _PAIR and is_author(texts[1]) and " " in texts[1]
    return max(first.after, units[stop - 1].after) > layout.gap or by or signed


def half_title(units: Sequence[Unit], title: str | None) -> int:
    """Return how many units at the end of ``units`` are the title page over again."""
    count = 0
    while count < len(units) and _is_displayed(units[-count - 1]):
        count += 1
    lines = [key(bare(unit)) for unit in units[len(units) - count :]]
    names = key(title or "")
    return count if names and any(line and line in names for line in lines) else 0


def _is_displayed(unit: Unit) -> bool:
    text = bare(unit)
    named = text.isupper() or FEW_WORDS.fullmatch(text) or text.isdigit()
    return is_rule(unit.text) or (bool(named) and len(text) <= _LONGEST)
