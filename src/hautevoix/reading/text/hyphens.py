"""lines → running text: words cut at a line's end are joined, French hyphens stay."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hautevoix.reading.text.lines import Line

# What stands for a hyphen at a line's end: typed, soft, as programs (U+FFFE), recognition (« ¬ »)
# and old type (« hôpi= ») have it. All but the soft ones may be hard: « peut-être ».
_HYPHENS = "-‐‑¬\xad\ufffe="
_CUT = re.compile(rf"(?<![\w’'-])([\w’'-]*\w)[{_HYPHENS}]$")
_HEAD = re.compile(r"[\w’'-]*\w")
_WORD = re.compile(r"\w[\w’'-]*")
_SPACES = re.compile(r"[ \t]{2,}")
_ELIDED = re.compile(r"^(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)[’']")
_SOFT = re.compile("\xad")
_WITHIN = re.compile(r"(?<!\w)(\w+)\ufffe(?=(\w+))")
# What recognition spaces as no French does: « mot , autre . », « Est- ce », « lui- même ».
_LOOSE_STOP = re.compile(r"(?<=[\w»)]) +(?=[,.](?:\s|$))")
_LOOSE_HYPHEN = re.compile(
    r"(?:\b(?:est|était|sont)-(?= ce\b)|\bpeut-(?= être\b)|\w-(?= t-(?:il|elle|on)s?\b)"
    r"|\b(?:lui|elles?|eux|moi|toi|soi|nous|vous)-(?= mêmes?\b)) ",
    re.IGNORECASE,
)

_TENS = frozenset(["vingt", "trente", "quarante", "cinquante", "soixante", "quatre-vingt", "dix"])
_ONES = frozenset("un une deux trois quatre cinq six sept huit neuf dix onze douze treize".split())
# First elements that keep their hyphen whatever follows.
_FIRST = frozenset(
    "peut celui celle ceux celles demi semi ex vice non avant contre arrière quasi pseudo là "
    "quelques soi eux elles par-dessus chef porte garde tire lance saint sainte saints saintes "
    "nouveau rez pied tête lieutenant sous-lieutenant jusque c’est-à c'est-à".split()
)
# Second elements that are joined by a hyphen and are no syllable of a longer word.
_SECOND = frozenset(
    "même mêmes être nous vous ils elles elle dessus dessous dehors dedans dire devant derrière "
    "cinq quatre deux trois huit neuf dix onze douze treize quatorze quinze seize vingt vingts "
    "moi toi".split()
)
# Who speaks, after the verb, as whole words: no syllable begins with a vowel or ends in « je ».
_AFTER_VERB = frozenset(["je", "là-bas", "là-haut", "t-il", "t-elle", "t-on", "t-ils", "t-elles"])
# Who speaks, after a verb that ends as verbs do: « dit-elle », not « cru-elle ».
_SPEAKS = frozenset(["il", "ils", "elle", "elles", "on"])
# Pairs that are written so, whose elements begin or end other words too.
_PAIR = re.compile(
    r"(?:arrière-)?(?:grands?|beaux?|belles?|petite?s?)-(?:pères?|mères?|parents?|fils|filles?|frères?"
    r"|sœurs?|oncles?|tantes?|neveux?|nièces?|enfants?|papas?|mamans?)"
    r"|(?:après-midi|rendez-vous|avant-hier|arc-en-ciel|chefs?-d[’']œuvre|chefs?-lieux?|c[’']est-à-dire)"
    r"|sous-(?:préfets?|officiers?|marins?|bois|sol|entendus?|ordre|titres?|main|pied|chef|jacente?s?)"
    r"|ci-(?:devant|joint|incluse?|dessus|dessous|après|contre|gît)|mi-(?:close?|voix|chemin|côte|temps)"
    r"|(?:au|par)-(?:delà|ci|là)|là-(?:bas|haut|dessus|dessous|dedans)|nu-(?:tête|pieds)|tout-puissant"
    r"|(?:haute?s?|basse?s?)-(?:fonds?|cours?|fort|relief|ventre)|(?:\w+(?:ez|ons))-(?:le|la|les|lui"
    r"|leur|y|en|moi|toi)|\w+-(?:là)|(?:gentils?|bons?)-(?:hommes?)|(?:vis-à|tête-à)-\w+"
    r"|(?:presqu[’']|jusque)-là|aujourd-hui|(?:nord|sud)-(?:est|ouest)|franc-maçons?|quant-à-soi"
)
# Words that a hyphen of ``_SECOND`` or ``_FIRST`` would cut in two by mistake.
_SOLID = frozenset(
    "voilà holà delà gentilhomme bonhomme gentilshommes cellule exemple excès exil expert exact "
    "exercice extrait viceroi contrefait contredit "
    "avantage émoi tournoi genoux rendezvous nonobstant portefeuille gardefou demie".split()
)


@dataclass(frozen=True, slots=True)
class Flow:
    """Running text, and where each source line starts in it: (index, line number) pairs."""

    text: str
    starts: tuple[tuple[int, int], ...]

    def line_at(self, index: int) -> int:
        """Return the number of the source line that ``text[index]`` came from."""
        spot = bisect_right(self.starts, index, key=lambda start: start[0])
        return self.starts[max(spot - 1, 0)][1]


@dataclass(frozen=True, slots=True)
class Lexis:
    """The words of a text, to judge its own hyphens by; empty where no line ends in one."""

    words: Counter[str]

    def keeps(self, left: str, right: str) -> bool:
        """Tell whether ``left-right`` is a French compound, not one word cut in two."""
        # Pinned by spaced-recognition.
        if right[:1].isupper() or right[:1].isdigit() or not right:
            return True
        solid, joined = self.words[f"{left}{right}".lower()], self.words[f"{left}-{right}".lower()]
        if solid != joined:
            return joined > solid
        return is_compound(left.lower(), right.lower())


def is_compound(left: str, right: str) -> bool:
    """Tell whether French writes ``left-right`` with a hyphen, from its elements alone.

    >>> is_compound("peut", "être"), is_compound("vingt", "cinq"), is_compound("ré", "ponds")
    (True, True, False)
    >>> is_compound("dit", "il"), is_compound("va", "t-il"), is_compound("fu", "sil")
    (True, True, False)
    >>> is_compound("grand", "mère"), is_compound("cru", "elle"), is_compound("donnez", "le")
    (True, False, True)
    """
    # Pinned by spaced-recognition.
    if f"{left}{right}" in _SOLID:
        return False
    left = _ELIDED.sub("", left)
    if right in _SPEAKS:
        return left.endswith(("t", "d"))
    if right in _AFTER_VERB or left.endswith("-t") or _PAIR.fullmatch(f"{left}-{right}"):
        return True
    first, second = left.rsplit("-", 1)[-1], right.split("-", 1)[0]
    known = left in _FIRST or first in _FIRST or second in _SECOND
    return known or (left, right) == ("est", "ce") or _is_number(first, right)


def _is_number(left: str, right: str) -> bool:
    # Pinned by lines-within-blocks.
    return left in _TENS and right.split("-", 1)[0] in _ONES


def lexis(lines: Iterable[Line]) -> Lexis:
    """Count the words of ``lines``, cut ones left out, if any line ends in a hyphen."""
    lines = tuple(lines)
    if not any(_CUT.search(line.text[-40:]) for line in lines):
        return Lexis(Counter())
    words: Counter[str] = Counter()
    for line in lines:
        text = _CUT.sub("", line.text) if line.text[-1:] in _HYPHENS else line.text
        words.update(_WORD.findall(text.lower()))
    return Lexis(words)


def join(lines: Sequence[Line], words: Lexis, glue: str = " ") -> Flow:
    r"""Run ``lines`` together by ``glue`` (a space; ``\n`` in verse), cut words by nothing."""
    pieces: list[str] = []
    starts: list[tuple[int, int]] = []
    length = 0
    for index, line in enumerate(lines):
        text = _tidy(line.text)
        following = lines[index + 1].text if index + 1 < len(lines) else None
        if following is not None:
            text = _ending(text, following, words, glue)
        starts.append((length, line.number))
        pieces.append(text)
        length += len(text)
    return Flow("".join(pieces), tuple(starts))


def _tidy(text: str) -> str:
    text = _SPACES.sub(" ", _SOFT.sub("", text[:-1]) + text[-1:])
    if "\ufffe" in text:
        text = _WITHIN.sub(_judged, text)
    if "- " in text:
        text = _LOOSE_HYPHEN.sub(lambda match: match[0][:-1], text)
    return _LOOSE_STOP.sub("", text) if " ," in text or " ." in text else text


def _ending(text: str, following: str, words: Lexis, glue: str) -> str:
    """Return ``text`` as it runs into ``following``: with ``glue``, or its hyphen judged."""
    cut = _CUT.search(text[-40:]) if glue == " " else None
    if cut is None:
        return _soft(text) + glue
    head = _HEAD.match(following[:40])
    if text[-1] in "¬\xad":
        return text[:-1]
    following_word = head[0] if head else ""
    if text[-1] == "=" and not following_word[:1].islower():
        return text + glue
    return f"{text[:-1]}-" if words.keeps(cut[1], following_word) else text[:-1]


def _judged(match: re.Match[str]) -> str:
    """Return a word whose hyphen a PDF program kept from a line's end: « émo[U+FFFE]tion »."""
    hyphen = "-" if is_compound(match[1].lower(), match[2].lower()) else ""
    return f"{match[1]}{hyphen}"


def _soft(text: str) -> str:
    return text.removesuffix("\xad")
