"""What only its place makes a paragraph: an epigraph at a chapter's head, an item of a list."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hautevoix.model import Diagnostic, Kind
from hautevoix.reading.base.diagnostics import EPIGRAPH_GUESSED, tell_all
from hautevoix.reading.language.phrases import LONGEST_NAME, NAME, is_dialogue

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from hautevoix.model import Chapter, Paragraph
    from hautevoix.reading.base.diagnostics import Hit

_LONGEST_EPIGRAPH = 500
_REAL = 160  # characters that make a paragraph of prose
_MOST = 4  # paragraphs of an epigraph, the line that says whose it is among them
_FEWEST_CAPITALS = 4  # characters of a name in capitals: « III » is none

_DASHED = re.compile(r"(?:—|–|--) ?(?P<whose>[A-ZÀ-ÖØ-Þ][^!?]{2,40})")
_BRACKETED = re.compile(r"\((?P<whose>[A-ZÀ-ÖØ-Þ].{2,40})\)\.?")
_SIGNED = re.compile(r"[»”] ?(?P<whose>[^«»“”]{3,45})$")
# What somebody says opens or goes on like this; the name of an author or a work never does.
_SPEECH = re.compile(
    r"(?:(?:[JCNSM]|Qu)[’']|(?:je|tu|ils?|elles?|on|nous|vous|moi|toi|ce|cela|ça|oui|non|si|et|mais"
    r"|ou|où|donc|or|ni|car|que?|qui|quoi|quand|comment|pourquoi|combien|bonjour|bonsoir|adieu"
    r"|merci|pardon|eh|ah|oh|hé|mon|ma|mes|votre|vos|ton|ta|tes|monsieur|madame|mademoiselle"
    r"|messieurs|rien|personne|jamais|toujours|silence|voilà|voici|bien|très|trop|alors|allons"
    r"|allez|venez|viens|entrez|entre|pas|peut-être|demain|hier|tant|tiens|tenez|soit)\b)"
    r"|.*-(?:t-)?(?:je|tu|ils?|elles?|on|nous|vous|moi|toi|lui|leur|ce)\b",
    re.IGNORECASE,
)
_STOP = re.compile(r"[a-zà-ÿ]{3}\. ")
_GOES_ON = re.compile(  # « Pascal, Pensées, 72 », « Le Cid, acte I »
    r"[A-ZÀ-ÖØ-Þ\d«“\"_*]|(?:actes?|scènes?|livres?|chants?|chap\w*|tome|lettre|trad\w*|dans|in"
    r"|vers|cité|[tpv])\b|d[’']après\b"
)


@dataclass(frozen=True, slots=True)
class _Credit:
    """A line that may say whose words stand above; ``full``: by name and surname, or by work."""

    full: bool
    dashed: bool
    stopped: bool


@dataclass(frozen=True, slots=True)
class _Epigraph:
    """The first ``count`` paragraphs of a chapter are words of someone else, ``sure`` or not."""

    count: int
    sure: bool


def is_attribution(text: str) -> bool:
    """Tell whether ``text`` says whose words stand above: « LESSING », « (Pascal, Pensées.) ».

    >>> is_attribution("— Blaise Pascal, Pensées"), is_attribution("— Entrez donc, dit-elle.")
    (True, False)
    """
    # Pinned by scenes-with-people, epigraph-under-numbers.
    return _credit(text) is not None


def in_context(paragraphs: Sequence[Paragraph], *, headed: bool) -> Iterator[Paragraph]:
    """Yield a chapter's ``paragraphs``, those that only their place tells given their kind."""
    found = _epigraph([paragraph.text for paragraph in paragraphs]) if headed else None
    quoted = found.count if found else 0
    listed = False
    for index, paragraph in enumerate(paragraphs):
        hyphen = paragraph.text.startswith("- ")
        if index < quoted:
            yield replace(paragraph, kind=Kind.EPIGRAPH)
        elif listed and hyphen:
            yield replace(paragraph, kind=Kind.LIST_ITEM)
        else:
            yield paragraph
        listed = hyphen and (listed or paragraph.kind is Kind.LIST_ITEM)


def told_epigraphs(chapters: Iterable[Chapter]) -> tuple[Diagnostic, ...]:
    """Return a doubt for each epigraph of ``chapters`` that ``in_context`` took by guess."""
    guesses: list[Hit] = [
        (
            chapter.paragraphs[0].line,
            {"whose": chapter.paragraphs[found.count - 1].text[-LONGEST_NAME:]},
        )
        for chapter in chapters
        if chapter.paragraphs and chapter.paragraphs[0].kind is Kind.EPIGRAPH
        if (found := _epigraph([p.text for p in chapter.paragraphs])) and not found.sure
    ]
    return tell_all(EPIGRAPH_GUESSED, guesses)


def _epigraph(texts: Sequence[str]) -> _Epigraph | None:
    """Return the epigraph that the ``texts`` of a chapter open with, if they do."""
    if texts and texts[0].isupper() and _credit(texts[0]):
        return None  # « LE NOTAIRE. » over what he says
    for index, text in enumerate(texts[:_MOST]):
        if index + 1 == len(texts):
            break
        credit = _credit(text) if index else None
        if credit:
            quoted = texts[0][:1] in "«“" or "\n" in texts[0]
            return _credited(credit, index, texts, quoted=quoted)
        signed = _SIGNED.search(text[-LONGEST_NAME - 2 :]) if text[:1] in "«“" else None
        credit = _credit(signed["whose"]) if signed else None
        if credit:
            return _credited(credit, index, texts, quoted=True)
        if is_dialogue(text) or len(text) > _longest(text):
            break
    return None


def _longest(text: str) -> int:
    return _LONGEST_EPIGRAPH if text[:1] in "«“" or "\n" in text else _REAL


def _credited(
    credit: _Credit, index: int, texts: Sequence[str], *, quoted: bool
) -> _Epigraph | None:
    """Weigh what the line at ``index`` says: « — Marie. » may as well be an answer."""
    answer = credit.dashed and credit.stopped and not credit.full
    sure = not answer if quoted else credit.full and not credit.stopped
    speaks = (
        texts[index].isupper()
        and any(  # a play, which names its people in capitals
            text.isupper() and _credit(text) for text in texts[index + 1 :]
        )
    )
    if speaks or (answer and not quoted) or (not sure and is_dialogue(texts[index + 1])):
        return None
    return _Epigraph(index + 1, sure)


def _credit(text: str) -> _Credit | None:
    """Return what ``text`` says of whose words stand above, None where it says something else."""
    if len(text) > LONGEST_NAME:
        return None
    stopped = text.endswith(".")
    if text.isupper() and len(text) >= _FEWEST_CAPITALS and not is_dialogue(text):
        return None if text[-1] in "!?…" else _Credit(full=False, dashed=False, stopped=stopped)
    match = _DASHED.fullmatch(text) or _BRACKETED.fullmatch(text)
    whose = match["whose"].rstrip(".") if match else ""
    if len(whose) < _FEWEST_CAPITALS - 1 or _SPEECH.match(whose) or whose.endswith("…"):
        return None
    name, *more = whose.split(", ")
    named = NAME.fullmatch(name) is not None
    dashed = not text.startswith("(")
    if dashed and _STOP.search(whose):
        return None
    if not all(map(_GOES_ON.match, more)) or (dashed and stopped and not named):
        return None
    return _Credit(named and (bool(more) or " " in name), dashed, stopped)
