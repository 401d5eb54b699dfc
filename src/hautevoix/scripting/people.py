"""Who is one person by a shorter and a longer name: « Ardan » and « Michel Ardan ».

Precision comes first. A surname alone is taken for the longer name only where no other speaker
bears it and the book's text gives it to nobody else: « Mme Bovary » and « Bovary » are two.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hautevoix.scripting.speech import CAPITAL, INITIAL, parts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from hautevoix.model import Book

_GIVEN = re.compile(rf"(?:{CAPITAL}|{INITIAL}(?:[\s-]?{INITIAL})*)(?:\s{CAPITAL})*")
# What is no given name, though it has a capital; before a surname most of it changes nobody.
_TITLES = frozenset(
    "m monsieur maître me mgr monseigneur dr docteur sir lord don baron comte duc capitaine".split()
)
# Before a surname these tell of somebody else who bears it, or may: « les Dupont ».
_OTHERS = frozenset(
    """
    mme mmes mlle mlles mm madame mesdames mademoiselle mesdemoiselles messieurs miss lady mistress
    la les des aux ces deux trois fils fille filles frère frères sœur sœurs père mère oncle tante
    cousin cousine cousins neveu nièce jeune jeunes petit petite vieux vieille vieil femme veuve
    époux famille saint sainte
    """.split()
)
_FOND = r"(?<!\bmon\svieux\s)(?<!\bmon\sjeune\s)(?<!\bmon\spetit\s)"  # « mon vieux Maston »
_LOWER = re.compile(r"\b[a-zß-öø-ÿœ][\w’-]*")


def whole_names(book: Book) -> Mapping[str, str]:
    """Return the longer name of those speakers of dialogue who have one, by the shorter.

    >>> from hautevoix.model import Book, BookInfo, Chapter, Kind, Paragraph
    >>> said = ("— Oui, dit Michel Ardan.", "— Non, dit Ardan.", "— Si, dit Nicholl.")
    >>> told = tuple(Paragraph(Kind.DIALOGUE, text) for text in said)
    >>> dict(whole_names(Book(BookInfo(), (Chapter(None, told),))))
    {'Ardan': 'Michel Ardan'}
    """
    names = set(_speakers(book))
    longer = {name: _longer(name, names) for name in names if re.fullmatch(CAPITAL, name)}
    pairs = [(name, *found) for name, found in longer.items() if len(found) == 1]
    text = "\n".join(_texts(book)).replace("'", "’") if pairs else ""
    words = frozenset(_LOWER.findall(text))
    return {name: whole for name, whole in pairs if _is_one(name, whole, text, words)}


def _speakers(book: Book) -> Iterator[str]:
    for chapter in book.chapters:
        for paragraph in chapter.paragraphs:
            yield from (part.character for part in parts(paragraph) if part.character)


def _texts(book: Book) -> Iterator[str]:
    for chapter in book.chapters:
        yield from (paragraph.text for paragraph in chapter.paragraphs)


def _longer(surname: str, names: Iterable[str]) -> list[str]:
    """Return those of ``names`` who bear a surname beside something else."""
    return [name for name in names if name.endswith((f" {surname}", f"’{surname}"))]


def _is_one(surname: str, whole: str, text: str, words: frozenset[str]) -> bool:
    """Tell whether a ``text`` gives a surname to nobody but him whose ``whole`` name has it.

    ``words`` are those that it has in lower case: « Alors Ardan » names nobody else.
    """
    # Pinned by speakers-of-a-novel.
    given = whole.removesuffix(surname).rstrip()
    own = {_bare(word) for word in given.split()}
    if not _GIVEN.fullmatch(given) or own & (_TITLES | _OTHERS):
        return False
    before = re.findall(
        rf"\b([^\W\d_][\w.’-]{{0,40}})\s{_FOND}{re.escape(surname)}\b(?![-’])", text
    )
    return not any(_tells_another(word, words) for word in before if _bare(word) not in own)


def _tells_another(word: str, words: frozenset[str]) -> bool:
    """Tell whether the ``word`` before a surname makes it somebody else's.

    >>> _tells_another("Mme", frozenset()), _tells_another("Alors", frozenset({"alors"}))
    (True, False)
    """
    bare = _bare(word)
    named = word[0].isupper() and bare not in words and bare not in _TITLES
    return bare in _OTHERS or named


def _bare(word: str) -> str:
    return word.casefold().rstrip(".")
