"""What SVOX Pico is told so that it says what stands there: a respelling, and its markup.

Pico is of 2009 and of one code page: it reads « œ » as « o », names « Ô », « Y » and each of the
three full stops, pauses for no dash, is silent where a letter is not its own, and hangs on long
words. Each row of the tables was heard, and those that can be were compared with phonemes.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from hautevoix.engines.picosampa import sampa, spelled
from hautevoix.model import Manner

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hautevoix.model import Words

VERSION = 1  # changes whenever the same words may give another text

LONGEST = 40  # letters of a word: from 50 on digits are lost, from 90 consonants; vowels then hang
# What else than ASCII Pico has a sound for, or that the rules below still need.
_KEPT = frozenset("ÀÂÄÇÈÉÊËÎÏÔÖÙÛÜŸŒàâäáãåçèéêëìíîïñòóôöõùúûüÿœšžŠŽÑ«»“”…—–―‒°ªº§€£½¼¾×÷")
_SPELLED_AT_ONCE = 6  # letters to a « word » of phonemes

_PLAIN = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ′´`ʹˈ", "'"),
        **dict.fromkeys("‐‑", "-"),
        # Signs that are said have become words before; Pico would name the rest, or read markup.
        **dict.fromkeys("<>\\|{}[]_*#^~=+@©®™•·†‡→←¶¬¦¤", " "),
        "&": " et ",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ħ": "h",
        "ı": "i",
        "ŋ": "n",
        "ø": "eu",
        "Ø": "Eu",
        "ß": "ss",
        "æ": "é",
        "Æ": "É",
    }
)
_UNSPEAKABLE = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_START = r"(?:^|(?<=[.!?…:;«\"“(—–-])|(?<=[.!?…:;«\"“(—–-]\s))"  # of a sentence
_RESPELLED: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        # Letters that it has not, or says by their names.
        (r"(?i)mœurs", "meurs"),
        (r"(?i)fœtus", "fétusse"),
        (r"\bc[eé]tera\b", "cétéra"),
        (r"Œil", "Euil"),
        (r"œil", "euil"),
        (r"Œ(?=[uU])", "Oe"),
        (r"œ(?=u)", "oe"),
        (r"Œ", "É"),
        (r"œ", "é"),
        (r"(?<![\w'])[Ôô](?![\w'])", "oh"),
        (r"\b[Çç]'", "s'"),
        (_START + r"Y(?=[ -][a-zà-ÿ])", "y"),
        # Marks that it spells out or passes over: where a reader breathes, it takes a comma.
        (r"\.{2,}", "…"),
        (r"!(?:\s*!)+", "!"),
        (r"\?(?:\s*[?!])+|!\s*\?(?:\s*[?!])*", "?"),
        (r"(?<=\w)\s*(?:…\s*)+(?=\w)", ", "),
        (r"(?<=[\w»”])\s*[—–―‒]+\s*(?=[\w«“])", ", "),
        (r"(?<=\w)\s+-+\s+(?=\w)", ", "),
        (r"(?<=\w)\s*\(", ", "),
        (r"(?<=\w)\s*\)\s*(?=\w)", ", "),
        (r"[—–―‒()]+", " "),
        (rf"([^\W\d]{{{LONGEST}}}|\d{{{LONGEST}}})(?=\w)", r"\1 "),
    )
)
# « C R M »: capital letters parted by spaces, unless all may be words (« IL Y A »).
_SPELLED = re.compile(r"(?<!\w)[A-ZÀ-ÖØ-Þ](?: [A-ZÀ-ÖØ-Þ])+(?![\w'])")
_WORDS = frozenset("AÀYÔ ")
# Phonemes stand in the text as letters that it can't hold itself, as they are in no code page.
_FIRST, _LAST = 0x4E00, 0x9FFF
_STANDING = f"[{chr(_FIRST)}-{chr(_LAST)}]"
# What is elided before phonemes is said with them, or Pico would name the letter.
_ELIDED = re.compile(rf"(?i:(?<!\w)([ldsnmjtcç]|qu)')?({_STANDING})")
_ELISIONS = {"": "", "c": "s", "ç": "s", "j": "Z", "qu": "k"} | {each: each for each in "ldsnmt"}
# So do the beginning and the end of what is stressed: spoken higher and louder (heard: its pitch
# rises by a third on the word alone, and no pause comes in).
_STRESS, _EASE = "\u3400", "\u3401"
_STRESSED = {
    _STRESS: "<pitch level='130'><volume level='130'>",
    _EASE: "</volume></pitch>",
}
_PHONEMES = '<phoneme alphabet="xsampa" ph="{}"/>'


def told(words: Words) -> str:
    """Return what Pico is given for ``words``: plain text, and phonemes in its own markup.

    >>> from hautevoix.model import Words
    >>> told(Words("Ô sœur, l'O N U… Y va-t-on ?"))
    'oh soeur, <phoneme alphabet="xsampa" ph="loEny"/>, y va-t-on ?'
    """
    phonemes: list[str] = []

    def standing(said: str) -> str:
        phonemes.append(said)
        return chr(_FIRST + len(phonemes) - 1)

    text = "".join(
        _known(piece) if said is None else standing(said) if said else piece
        for piece, said in _pieces(words)
    )
    text = _SPELLED.sub(lambda match: _by_letters(match[0], standing), text)
    for pattern, said in _RESPELLED:
        text = pattern.sub(said, text)

    def marked(match: re.Match[str]) -> str:
        elided = _ELISIONS[(match[1] or "").lower()]
        return _PHONEMES.format(elided + phonemes[ord(match[2]) - _FIRST])

    text = _ELIDED.sub(marked, " ".join(text.split()))
    for sign, markup in _STRESSED.items():
        text = text.replace(sign, markup)
    return text


def _pieces(words: Words) -> Iterator[tuple[str, str | None]]:
    """Yield the text piece by piece, each with the phonemes that say it, None for its spelling.

    Of what is stressed, the first and the last sign have another before and after them.
    """
    edges = sorted(
        (place, sign)
        for span in words.spans
        if span.manner is Manner.EMPHASIS
        for place, sign in ((span.start, _STRESS), (span.end, _EASE))
    )
    done = 0
    for span in sorted(words.spans, key=lambda span: span.start)[: _LAST - _FIRST]:
        written = words.text[span.start : span.end]
        said = sampa(span.ipa) if span.manner is Manner.PHONEMES else None
        if span.manner is Manner.LETTERS and len(written) == 1:
            said = spelled(written) or None
        if said and span.start >= done:  # else it overlaps the one before
            yield from _edged(words.text, done, span.start, edges)
            yield written, said
            done = span.end
    yield from _edged(words.text, done, len(words.text), edges)
    yield from ((sign, "") for _, sign in edges)


def _edged(
    text: str, start: int, end: int, edges: list[tuple[int, str]]
) -> Iterator[tuple[str, str | None]]:
    """Yield a stretch of the text with the edges of what is stressed in it, which are used up."""
    while edges and edges[0][0] <= end:
        place, sign = edges.pop(0)
        yield text[start : max(start, place)], None
        yield sign, ""
        start = max(start, place)
    yield text[start:end], None


def _by_letters(written: str, standing: Callable[[str], str]) -> str:
    """Return what stands for letters parted by spaces: some at once, as Pico's words are short."""
    if _WORDS.issuperset(written):
        return written
    letters = written.replace(" ", "")
    return " ".join(
        standing(spelled(letters[first : first + _SPELLED_AT_ONCE]))
        for first in range(0, len(letters), _SPELLED_AT_ONCE)
    )


def _known(text: str) -> str:
    """Return the text in signs that Pico knows: others become theirs, or lose their accents.

    >>> _known("Dvořák, Łódź, ﬁn, e\u0301te\u0301, dix\u00a0ans, <b>")
    'Dvorák, Lódz, fin, été, dix ans,  b '
    """
    text = unicodedata.normalize("NFC", _UNSPEAKABLE.sub(" ", text)).translate(_PLAIN)
    return "".join(sign if _has_sound(sign) else _bare(sign) for sign in text)


def _has_sound(sign: str) -> bool:
    return sign.isascii() or (sign in _KEPT)


def _bare(sign: str) -> str:
    """Return what is left of a sign in Pico's code page; nothing, or a space for any space."""
    if sign.isspace():
        return " "
    return "".join(
        part for part in unicodedata.normalize("NFKD", sign) if part.isascii() or part in _KEPT
    )
