"""What no French voice can say: text in another script than ours, signs that are no words."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from hautevoix.errors import InputError
from hautevoix.french import sentences
from hautevoix.localization import noop, tr
from hautevoix.reading.base.diagnostics import NO_WORDS, OTHER_SCRIPT, OTHER_SCRIPTS, tell, tell_all

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.model import Book, Diagnostic

_LETTER = re.compile(r"[^\W\d_]")
# Letters of no Latin block of Unicode: accents, phonetics, ligatures, « ª » and « ℃ » are ours.
_FOREIGN = re.compile(
    "[^\\W\\d_A-Za-zªµºÀ-\u02ff\u1d00-\u1dbf\u1e00-\u1eff\u2070-\u209f\u2100-\u214f\u2c60-\u2c7f"
    "\ua720-\ua7ff\ufb00-\ufb06\uff21-\uff5a]"
)
_WHOLE = 0.8  # share of a text's letters: what is left is no text of ours
_LIKELY = 0.5  # share of its characters: of a text with less, letters need no counting
_MOST = 0.5  # share of a sentence's letters; single words are left to the lexicon
_FEWEST = 3  # letters: « α = β » is said
_SHOWN = 60
_LONGEST = 200  # characters: a longer sentence is not shown whole
_MANY = 5  # doubts of a kind: then one tells them all
_NAMES = {  # the first word of a character's name in Unicode, where users say another
    "CJK": noop("Chinese"),
    "HIRAGANA": noop("Japanese"),
    "KATAKANA": noop("Japanese"),
    "HANGUL": noop("Korean"),
}
_SCRIPTS = (
    noop("Arabic"),
    noop("Armenian"),
    noop("Cyrillic"),
    noop("Devanagari"),
    noop("Georgian"),
    noop("Greek"),
    noop("Hebrew"),
    noop("Thai"),
)
"""Those that French books quote, for translators; others are told by their name in Unicode."""


def tell_unspeakable(book: Book, where: str) -> tuple[Diagnostic, ...]:
    """Return a doubt for each sentence of ``book`` in a foreign script, and for signs set alone.

    Raises ``InputError``, naming ``where``, if nearly all of it is in one.
    """
    texts = list(_texts(book))
    foreign = [(line, text) for line, text in texts if _FOREIGN.search(text)]
    if foreign and _is_foreign(texts, foreign):
        name = _alphabet("".join(text for _, text in foreign))
        advice = tr("Give a French text.")
        raise InputError(
            tr("{where}: written in {name} script; only French is read.", where=where, name=name),
            advice=advice,
        )
    hits = [(line, part) for line, text in foreign for part in _foreign_sentences(text)]
    mute = [(line, {"words": text[:_SHOWN]}) for line, text in texts if _is_mute(text)]
    return (*_told(hits), *tell_all(NO_WORDS, mute))


def _texts(book: Book) -> Iterator[tuple[int, str]]:
    for chapter in book.chapters:
        if chapter.title:
            yield chapter.line, chapter.title
        yield from ((paragraph.line, paragraph.text) for paragraph in chapter.paragraphs)
    yield from ((paragraph.line, paragraph.text) for paragraph in book.notes_preamble)
    yield from ((note.line, note.text) for note in book.notes)


def _is_foreign(texts: list[tuple[int, str]], foreign: list[tuple[int, str]]) -> bool:
    """Tell whether the ``foreign`` among ``texts``, those with any such letter, are nearly all."""
    # Pinned by notes-superscript.
    size = sum(len(text) for _, text in texts)
    likely = sum(len(text) for _, text in foreign) > _LIKELY * size
    return likely and _share("\n".join(text for _, text in texts)) > _WHOLE


def _share(text: str) -> float:
    letters = len(_LETTER.findall(text))
    return len(_FOREIGN.findall(text)) / letters if letters else 0.0


def _foreign_sentences(text: str) -> Iterator[str]:
    for part in sentences(text.replace("\n", " ")):
        if len(_FOREIGN.findall(part)) >= _FEWEST and _share(part) > _MOST:
            yield part


def _is_mute(text: str) -> bool:
    """Tell pictures (« 😀 ») from signs with a name, and from punctuation: no loss if silent."""
    # Pinned by only-notes, signs-alone.
    return not any(map(str.isalnum, text)) and any(unicodedata.category(c) == "So" for c in text)


def _alphabet(text: str) -> str:
    first = _FOREIGN.search(text)
    name = unicodedata.name(first[0], "foreign").split()[0] if first else "foreign"
    return tr(_NAMES.get(name, name.capitalize()))


def _told(hits: list[tuple[int, str]]) -> Iterator[Diagnostic]:
    if len(hits) > _MANY:
        line, first = hits[0]
        words = {"words": first[:_SHOWN], "more": len(hits) - 1, "alphabet": _alphabet(first)}
        yield tell(OTHER_SCRIPTS, line, **words)
        return
    for line, part in hits:
        shown = part if len(part) <= _LONGEST else f"{part[:_SHOWN]}…"
        yield tell(OTHER_SCRIPT, line, words=shown, alphabet=_alphabet(part))
