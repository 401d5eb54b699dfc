"""Phonemes in the International Phonetic Alphabet, as SVOX Pico writes them for French.

Pico takes X-SAMPA in its markup, but knows only the phonemes of its French voice, and drops any
other in silence. Each row was checked by having it speak: a word that is spelled and the same
word in phonemes give the same samples (« brun », « bR9~ »).
"""

from __future__ import annotations

import re
import unicodedata

_VOWELS = {
    **{vowel: vowel for vowel in "aeiouy"},
    "ɑ": "a",  # this voice has one a
    "ɛ": "E",
    "ɔ": "O",
    "ə": "@",
    "ø": "2",
    "œ": "9",
    "ɑ̃": "A~",
    "ã": "A~",
    "ɛ̃": "E~",
    "ẽ": "E~",
    "ɔ̃": "O~",
    "õ": "O~",
    "œ̃": "9~",
}
_CONSONANTS = {
    **{consonant: consonant for consonant in "bdfjklmnpstvwz"},
    "ɡ": "g",
    "g": "g",
    "ɥ": "H",
    "ɲ": "J",
    "ŋ": "N",
    "ʃ": "S",
    "ʒ": "Z",
    **dict.fromkeys("ʁʀɹr", "R"),
    # What French has not, as the French say it.
    **dict.fromkeys("xχ", "R"),
    "θ": "s",
    "ð": "z",
    "h": "",
}
_SAMPA = {
    unicodedata.normalize("NFD", sign): sampa for sign, sampa in (_VOWELS | _CONSONANTS).items()
}
# Stress is always on the last syllable; length, ties and syllables are the voice's own.
_SOUND = re.compile(
    "|".join(map(re.escape, sorted(_SAMPA, key=len, reverse=True))) + r"|(?P<idle>[ˈˌː‿͡.\-/\[\]()])"
)

_LETTERS = {
    "A": "a",
    "B": "be",
    "C": "se",
    "D": "de",
    "E": "2",
    "F": "Ef",
    "G": "Ze",
    "H": "aS",
    "I": "i",
    "J": "Zi",
    "K": "ka",
    "L": "El",
    "M": "Em",
    "N": "En",
    "O": "o",
    "P": "pe",
    "Q": "ky",
    "R": "ER",
    "S": "Es",
    "T": "te",
    "U": "y",
    "V": "ve",
    "W": "dublve",
    "X": "iks",
    "Y": "igREk",
    "Z": "zEd",
}


def sampa(ipa: str) -> str | None:
    """Return French ``ipa`` as Pico writes it, None where a sign has no place in the table.

    >>> sampa("bʁɔ̃ʃˈtajn"), sampa("lenin"), sampa("ǃkaː"), sampa("aʌ")
    ('bRO~Stajn', 'lenin', None, None)
    """
    words = [_word(word) for word in unicodedata.normalize("NFD", ipa).split()]
    if None in words:
        return None
    return " ".join(word for word in words if word) or None


def _word(ipa: str) -> str | None:
    out: list[str] = []
    position = 0
    while position < len(ipa):
        found = _SOUND.match(ipa, position)
        if not found:
            return None
        out.append("" if found["idle"] else _SAMPA[found[0]])
        position = found.end()
    return "".join(out)


def spelled(letters: str) -> str:
    """Return the French names of Latin ``letters`` in Pico's phonemes; other signs have none.

    >>> spelled("CGT"), spelled("É")
    ('seZete', '2')
    """
    plain = unicodedata.normalize("NFD", letters).upper()
    return "".join(_LETTERS.get(letter, "") for letter in plain)
