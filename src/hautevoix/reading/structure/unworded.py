"""Headings that no word gives away, only their look: capitals, or a short line set apart."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.reading.language.heading_words import Form, Heading, clean_title
from hautevoix.reading.language.phrases import (
    BURDEN,
    BYLINE,
    CAPTION,
    is_dateline,
    is_dialogue,
    looks_like_name,
)
from hautevoix.reading.language.punctuation import ends_sentence, is_rule
from hautevoix.reading.structure.contents import is_prose
from hautevoix.reading.text.units import bare

if TYPE_CHECKING:
    from collections.abc import Container, Iterator, Sequence

    from hautevoix.reading.text.layout import Layout
    from hautevoix.reading.text.units import Unit

_LONGEST_LOOSE = 65
_LONGEST_SET = 120
_SENTENCE = 60  # characters: a longer unit may be a sentence
_PAIR = 2
_HEAD = re.compile(r"(?:\d{1,2}(?:\.\d{1,2}){1,3}\.? )?[^\W\da-zà-ÿ_]")
_CAPITALS = re.compile(r"[A-ZÀ-ÖØ-ÞŒ]{3,}")
_STOP = re.compile(r"[.;:!?…,]")
# « À VICTOR LE GALL », « À M. Paul Arène », « À ma mère »: whom a text is for.
_WHOM = r"[A-ZÀ-ÖØ-Þ][\w’'.-]*(?:[ -](?:de |DE |[Dd][’'])?[A-ZÀ-ÖØ-Þ][\w’'.-]*){0,3}"
_DEDICATION = re.compile(
    rf"[AÀ] (?:(?!L[AE] )(?:(?:MM?\.|Mme|MADAME|MONSIEUR|Monsieur|Madame) )?{_WHOM}"
    r"|(?:mon|ma|mes|MON|MA|MES) [\w ]{2,30})\.?"
)
_DECIMAL = re.compile(r"\d{1,2}\.\d{1,2}\.?[ .]")  # « 1.2 La crue »: no gap is needed


def find_unworded(
    units: Sequence[Unit], layout: Layout, taken: Container[int], starts: Container[int] | None
) -> Iterator[tuple[int, Heading]]:
    """Yield the headings that only look like ones: capitals, or a short line with no end mark.

    ``taken`` are the units of headings found by their wording, ``starts`` those numbered 1, which
    may stand under a heading like these; None if there is no heading by its wording.
    """
    need = layout.gap + 1 if starts is not None else 0
    heads: set[int] = set()
    for index in range(len(units) - 1, -1, -1):
        unit, over = units[index], _over(units, index, starts or (), heads)
        apart = unit.gap >= need or unit.page or not index or (over and _is_capitals(unit))
        if index in taken or unit.speaks or not (apart or _DECIMAL.match(unit.text)):
            continue
        form = None if _heads_nothing(bare(unit)) else _form(units, index, taken)
        if form and (over or _opens_text(units, index)):
            heads.add(index)
    for index in sorted(heads):
        form = _form(units, index, taken) or Form.LOOSE
        yield index, Heading(form, clean_title(bare(units[index])))


def _over(units: Sequence[Unit], index: int, starts: Container[int], heads: Container[int]) -> bool:
    """Tell whether what follows is the first number under it, or a heading that it is over too.

    « LE VIN » over « L'ÂME DU CIDRE »; whom the poem is for may stand between: « À VICTOR ».
    """
    # Pinned by capitals-over-numbers, caps-signature-is-no-heading.
    after = index + 1
    if after < len(units) and _DEDICATION.fullmatch(units[after].text):
        after += 1
    if after in starts:
        return True
    stacked = after == index + 1 and after in heads and _is_capitals(units[index])
    return stacked and not _is_signed(bare(units[index]))


def _is_signed(text: str) -> bool:
    """Tell the name that ends one text from the title that stands over that of the next."""
    # Pinned by caps-signature-is-no-heading, capitals-over-capitals, signature-over-a-title.
    return " " in text and looks_like_name(text)


def _heads_nothing(text: str) -> bool:
    """Tell a burden, a caption (« Figure 3 »), whom a text is for: set as headings are."""
    # Pinned by capitals-over-capitals, song.
    return bool(BURDEN.fullmatch(text) or CAPTION.match(text) or _DEDICATION.fullmatch(text))


def _form(units: Sequence[Unit], index: int, taken: Container[int]) -> Form | None:
    if _is_capitals(units[index]):
        return Form.CAPITALS
    loose = index - 1 not in taken and _is_loose(units[index])
    return Form.LOOSE if loose else None


def _is_capitals(unit: Unit) -> bool:
    # Pinned by a-paragraph-a-line, poems.
    text = bare(unit)
    words = _CAPITALS.search(text)
    if not text.isupper() or not words or len(text) > _LONGEST_SET or len(unit.lines) > _PAIR + 1:
        return False
    return not text.endswith((",", ";", ":")) and not text.startswith(("FIN", "«", "—", "--"))


def _is_loose(unit: Unit) -> bool:
    # Pinned by a-paragraph-a-line, heading-without-mark.
    text = bare(unit)
    if not _HEAD.match(text) or not _is_short(unit, text):
        return False
    if text[-1:] in ".,;:!?…»)-–—'\"’" or text[-1:].isdigit() or " : " in text:
        return False
    return not (is_dateline(text) or (" " in text and looks_like_name(text)))


def _is_short(unit: Unit, text: str) -> bool:
    """Tell whether ``text`` is one short line, or two with no stop in them."""
    # Pinned by lines-within-blocks, heading-without-mark.
    if len(unit.lines) == 1:
        return len(text) <= _LONGEST_LOOSE
    return len(unit.lines) == _PAIR and len(text) <= _LONGEST_SET and not _STOP.search(text)


def _opens_text(units: Sequence[Unit], index: int) -> bool:
    """Prose, or another heading's text, stood before; prose follows."""
    # Pinned by notes-stars, poems.
    before = units[index - 1] if index else None
    after = index + 1
    if after < len(units) and units[after].gap == 0 and is_rule(units[after].text):
        after += 1
    if after + 1 < len(units) and _DEDICATION.fullmatch(bare(units[after])):
        after += 1
    if after + 1 < len(units) and BYLINE.fullmatch(units[after].text):
        after += 1
    if after + 1 < len(units) and not is_prose(units[after]) and units[after + 1].verse:
        after += 1  # a line over a poem: whom it is for, what it answers to
    following = units[after] if after < len(units) else None
    closed = before is None or ends_sentence(before.lines[-1].text) or is_rule(before.text)
    closed = closed or (before is not None and _is_stacked(before, units[index]))
    return closed and following is not None and _reads_on(following)


def _is_stacked(over: Unit, unit: Unit) -> bool:
    """Tell a title under a title (« LE VIN / L'ÂME DU CIDRE ») from a name under one."""
    # Pinned by capitals-over-capitals, words-on-a-door.
    apart = unit.gap > 0 and not over.speaks
    return apart and _is_capitals(over) and _is_capitals(unit) and not _is_signed(bare(unit))


def _reads_on(unit: Unit) -> bool:
    # Pinned by notes-stars, poems.
    opens = unit.lines[0].text[:1]
    if is_dialogue(unit.text):
        return True
    return (is_prose(unit) or unit.verse or unit.size > _SENTENCE) and (
        opens.isupper() or opens in '«—–-“"[(_0123456789'
    )
