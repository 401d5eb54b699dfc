"""Who speaks in plays, film scripts and interviews: the name over what is said, or before it.

« NÉRINE, à part. » on a line of its own, « NÉRINE. — Entrez. », « Nérine (bas) : Entrez. »,
« Q. — Qui êtes-vous ? ». A book has such names only where several come again and again, make up
much of what stands around them, and somebody is addressed under them: a glossary, a recipe and a
novel in which « Bien. » is a paragraph have none. What stands in brackets or italics, and what
nobody is sure to say, is the narrator's.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hautevoix.model import Kind
from hautevoix.scripting.clauses import ADDRESSED
from hautevoix.scripting.people import whole_names
from hautevoix.scripting.speech import Part, between, parts

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hautevoix.model import Book, Chapter, Paragraph

    Place = tuple[int, int]  # a chapter's index, a paragraph's in it

_UP = "A-ZÀ-ÖØ-ÞŒ"
_LOW = "a-zß-öø-ÿœ"
_TITLED = r"(?:(?:MM?\.|Mmes?|Mlles?|Mgr|Me|Dr)\s)?"
_CAPITALS = rf"{_TITLED}[{_UP}](?:[{_UP}’'.\s-]{{0,40}}[{_UP}])?"
_WORD = rf"[{_UP}][{_LOW}]+(?:[-’'][{_UP}{_LOW}]+)*"
_TITLE = (
    rf"(?:{_TITLED}{_WORD}(?:\s(?:(?:de|du|des)\s|d[’'])?{_WORD}){{0,3}}"
    rf"|(?:Le|La)\s[{_LOW}-]{{3,}}|L[’'][{_LOW}-]{{3,}})"
)
# « , à part », « (bas) », « [il sort] »: how it is said.
_MANNER = (
    rf"(?:\s?,\s[{_LOW}][^.()\[\]—–:;!?]{{1,80}}|\s?\([^()]{{1,120}}\)|\s?\[[^\[\]]{{1,120}}\])?"
)
_DASH = r"\s?[.,:]?\s?(?:[—–]|--)\s?"
_COLON = r"\s?:\s"
_FORMS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<name>{_CAPITALS})\.?{_MANNER}(?:{_DASH}|{_COLON})(?=\S)",
        rf"(?P<name>{_CAPITALS}){_MANNER}\s?[.:]?(?:\n|$)",
        rf"(?P<name>[{_UP}’' -]{{3,40}}){_MANNER}\.\s(?=\S)",
        rf"(?P<name>{_TITLE}){_MANNER}(?:{_DASH}|{_COLON})(?=\S)",
        rf"(?P<name>{_TITLE}){_MANNER}\s?[.:]?(?:\n|$)",
    )
)
"""How names are set; a book's may be set in several ways, each shown by itself."""
_SURE_FORMS = 3  # the first ones, in capitals: there a name that comes only once is one too
# What is printed like a name over or before a text and says what that is, not who speaks.
_LABELS = frozenset(
    """
    acte addition annexe argument article attention avertissement avis chapitre citation
    commentaire conclusion conseil corollaire date définition démonstration exemple exercice
    explication fin figure hypothèse ingrédients introduction lemme lieu matin midi moralité nota
    note objet observation personnages post-scriptum postface préface préparation principe
    problème proposition question recette règle remarque résumé rideau scène scolie soir solution
    source tableau théorème titre variante
    lundi mardi mercredi jeudi vendredi samedi dimanche
    janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    ah allons assez bien bon certes eh hélas jamais merci non oh oui peut-être pourquoi rien silence
    soit tiens voilà
    """.split()
)
_NUMBER = re.compile(r"[IVXLC]+")
_AGAIN = 2  # times that a name comes, of two names at least
_LEAST = 5  # names in all
_DENSE = 0.35  # of the paragraphs of the chapters that have any, those that are names and replies
_ANSWERED = 0.25  # of the replies that address somebody, or ask or call
_ASIDE = re.compile(r"\([^()]*\)|\[[^\[\]]*\]")
_ENDS = tuple(".!?…")


@dataclass(frozen=True, slots=True)
class _Cue:
    """A name: where its paragraph is, which form it has, where it ends there.

    ``alone``: what is said stands in the next paragraph.
    """

    place: Place
    form: int
    name: str
    end: int
    alone: bool


def replies(book: Book) -> Mapping[Place, tuple[Part, ...]]:
    """Return the parts of each paragraph that somebody named speaks, by its place in the book.

    >>> from hautevoix.model import BookInfo, Chapter, Paragraph, Book
    >>> said = ["Où ?", "Chez moi.", "Chez vous ?", "(Il rit.) Oui.", "J'y vais.", "Venez !"]
    >>> lines = [f"{'AB'[at % 2]}NNE. — {text}" for at, text in enumerate(said)]
    >>> play = Chapter(None, tuple(Paragraph(Kind.PARAGRAPH, line) for line in lines))
    >>> for part in replies(Book(BookInfo(), (play,)))[0, 3]:
    ...     print(part.speech, part.character, lines[3][part.start : part.end].strip())
    False None BNNE. — (Il rit.)
    True BNNE Oui.
    """
    cues = _believed(book)
    if not cues:
        return {}
    marked = any(_is_aside(book, place, cues) for place in _places(book))
    found: dict[Place, tuple[Part, ...]] = {}
    for number, chapter in enumerate(book.chapters):
        found.update(_spoken(number, chapter, cues, marked=marked))
    return found


def _places(book: Book) -> Iterator[Place]:
    for number, chapter in enumerate(book.chapters):
        yield from ((number, index) for index in range(len(chapter.paragraphs)))


def _cues(book: Book, form: int) -> Iterator[_Cue]:
    """Yield all that is set in one form, and over something: a list of names says nothing."""
    for number, chapter in enumerate(book.chapters):
        over: list[_Cue] = []
        for index, paragraph in enumerate(chapter.paragraphs):
            cue = _cue((number, index), paragraph, form)
            if cue and cue.alone:
                over.append(cue)
                continue
            if len(over) == 1 and not (cue or paragraph.kind is Kind.HEADING):
                yield over[0]
            over = []
            if cue:
                yield cue


def _cue(place: Place, paragraph: Paragraph, form: int) -> _Cue | None:
    """Return the name of one form that a paragraph begins with, or is."""
    text = paragraph.text
    match = _FORMS[form].match(text)
    if not match or paragraph.kind in {Kind.HEADING, Kind.DIALOGUE}:
        return None
    name = " ".join(match["name"].replace("'", "’").rstrip(" .,-").split())
    if not name or _is_label(name):
        return None
    return _Cue(place, form, name, match.end(), match.end() == len(text))


def _is_label(name: str) -> bool:
    """Tell whether what is set like a name is a label or a number.

    >>> _is_label("REMARQUE"), _is_label("XIV"), _is_label("NÉRINE")
    (True, True, False)
    """
    return name.split(maxsplit=1)[0].casefold() in _LABELS or _NUMBER.fullmatch(name) is not None


def _believed(book: Book) -> dict[Place, _Cue]:
    """Return those names that are sure to be speakers', form by form; the first forms go first.

    Where any is, capitals before what is said are a name too, however seldom they come.
    """
    found = {form: _of_form(book, form) for form in range(len(_FORMS))}
    if any(found.values()):
        found[0] = found[0] or list(_cues(book, 0))
    return {cue.place: cue for form in reversed(found) for cue in found[form]}


def _of_form(book: Book, form: int) -> list[_Cue]:
    """Return the names of one form, if they are sure to be speakers'."""
    own = list(_cues(book, form))
    counts = Counter(cue.name for cue in own)
    again = {name for name, count in counts.items() if count >= _AGAIN}
    told = own if form < _SURE_FORMS else [cue for cue in own if cue.name in again]
    sure = len(again) > 1 and len(told) >= _LEAST and _is_talk(book, told)
    return told if sure else []


def _is_talk(book: Book, cues: list[_Cue]) -> bool:
    """Tell whether what stands under names is much of what is there, and addresses somebody."""
    chapters = {cue.place[0] for cue in cues}
    around = sum(len(book.chapters[number].paragraphs) for number in chapters)
    own = sum(1 + cue.alone for cue in cues)
    addressed = [ADDRESSED.search(_said(book, cue)) is not None for cue in cues]
    return own >= _DENSE * around and sum(addressed) >= _ANSWERED * len(cues)


def _said(book: Book, cue: _Cue) -> str:
    number, index = cue.place
    paragraphs = book.chapters[number].paragraphs
    return paragraphs[index + 1].text if cue.alone else paragraphs[index].text[cue.end :]


def _is_aside(book: Book, place: Place, cues: Mapping[Place, _Cue]) -> bool:
    """Tell whether a paragraph is a stage direction by itself, not of a name's manner."""
    number, index = place
    under = cues.get((number, index - 1))
    return not (under and under.alone) and _is_stage_direction(
        book.chapters[number].paragraphs[index]
    )


def _is_stage_direction(paragraph: Paragraph) -> bool:
    text = paragraph.text.strip()
    whole = any(end - start >= len(text) - 1 for start, end in paragraph.emphasis)
    return whole or _ASIDE.fullmatch(text.rstrip(".")) is not None


def _spoken(
    number: int, chapter: Chapter, cues: Mapping[Place, _Cue], *, marked: bool
) -> Iterator[tuple[Place, tuple[Part, ...]]]:
    """Yield the paragraphs of a chapter in which somebody speaks.

    ``marked``: its directions are set apart, so that what follows a reply is the speaker's too.
    """
    who: str | None = None
    due = False  # a name stands above, and nothing has been said under it
    for index, paragraph in enumerate(chapter.paragraphs):
        cue = cues.get((number, index))
        if cue:
            who, due = cue.name, True
            if cue.alone:
                continue
        elif _is_stage_direction(paragraph):
            continue
        elif paragraph.kind is Kind.HEADING or paragraph.text.isupper():
            who = None
        if who and (due or marked or paragraph.kind is Kind.VERSE):
            yield (number, index), _parts(paragraph, cue.end if cue else 0, who)
        due = False


def _parts(paragraph: Paragraph, start: int, name: str) -> tuple[Part, ...]:
    """Return what ``name`` says in a paragraph from ``start`` on, and what the narrator does."""
    text = paragraph.text
    asides = [match.span() for match in _ASIDE.finditer(text, start)]
    asides += [span for span in paragraph.emphasis if _sentence(text, span, start)]
    quiet = [(a, b) for a, b in asides if not ADDRESSED.search(text[a:b])]
    before = [(0, start)] if start else []
    speaker = None if " ET " in name.upper() else name
    return between(text, sorted([*before, *quiet]), speaker)


def _sentence(text: str, span: tuple[int, int], start: int) -> bool:
    """Tell whether what is emphasised is a sentence of its own, which in a play is a direction."""
    low, high = span
    before = text[start:low].rstrip(" (")
    opens = low >= start and (not before or before.endswith(_ENDS))
    return opens and text[low:high].rstrip(" )").endswith(_ENDS)


def characters(book: Book) -> tuple[tuple[str, int], ...]:
    """Return who speaks in a book, each with the number of paragraphs, the most frequent first."""
    named = replies(book)
    whole = whole_names(book)
    found = Counter(
        whole.get(name, name)
        for place in _places(book)
        for name in {part.character for part in named.get(place) or parts(_at(book, place))}
        if name
    )
    return tuple(sorted(found.items(), key=lambda each: (-each[1], each[0])))


def _at(book: Book, place: Place) -> Paragraph:
    number, index = place
    return book.chapters[number].paragraphs[index]
