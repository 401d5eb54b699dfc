"""Phonemes in the International Phonetic Alphabet, as eSpeak NG's mnemonics for French.

The mnemonics are those of eSpeak's French voice (its docs/phonemes.md, and ``phsource/ph_french``);
each row was checked by having the library tell the phoneme back in IPA.
"""

from __future__ import annotations

import re
import unicodedata

_VOWELS = {
    "ɑ̃": "A~",
    "ã": "A~",
    "ɛ̃": "E~",
    "ẽ": "E~",
    "ɔ̃": "O~",
    "õ": "O~",
    "œ̃": "W~",
    "aː": "a:",
    "ɑː": "a:",
    "ɑ": "a:",
    "a": "a",
    "e": "e",
    "ɛ": "E",
    "ə": "@",
    "i": "i",
    "o": "o",
    "ɔ": "O",
    "u": "u",
    "y": "y",
    "ø": "Y",
    "œ": "W",
}
_CONSONANTS = {
    **{letter: letter for letter in "bdfhjklmnpstvwxz"},
    "ɡ": "g",
    "g": "g",
    "ɥ": "y",
    "ʁ": "r",
    "ʀ": "r",
    "ɹ": "r",
    "r": "r",
    "ɲ": "n^",
    "ŋ": "N",
    "ʃ": "S",
    "ʒ": "Z",
    "θ": "T",
    "ð": "D",
    "χ": "X",
}
_STRESS = {"ˈ": "'", "ˌ": ","}
# What a French reader can do without: length, ties, syllables, brackets.
_IGNORED = frozenset("ː‿͡.-/[]()")
# The longest first; each alternative is a literal, so that scanning is linear. A vowel or a
# consonant may carry no combining mark that we don't know.
_SOUND = re.compile(
    "|".join(
        sorted(
            (
                re.escape(unicodedata.normalize("NFD", sound))
                for sound in {**_VOWELS, **_CONSONANTS}
            ),
            key=len,
            reverse=True,
        )
    )
)
_MNEMONICS = {
    unicodedata.normalize("NFD", sound): mnemonic
    for sound, mnemonic in {**_VOWELS, **_CONSONANTS}.items()
}
_NASAL_OR_VOWEL = frozenset(unicodedata.normalize("NFD", vowel) for vowel in _VOWELS)


def mnemonics(ipa: str) -> str | None:
    """Return French ``ipa`` as eSpeak writes it, None where a sign has no place in the table.

    A word without a stress gets it on its last full vowel, as French has it.

    >>> mnemonics("bʁɔ̃ʃtajn"), mnemonics("lenin"), mnemonics("ǃkaː")
    ("brO~St'ajn", "len'in", None)
    """
    words = [_word(word) for word in unicodedata.normalize("NFD", ipa).split()]
    if not words or None in words:
        return None
    return " ".join(word for word in words if word)


def _word(ipa: str) -> str | None:
    out: list[str] = []
    vowels: list[int] = []
    waiting = ""  # eSpeak wants the stress right before the vowel, IPA before the syllable
    stressed = False
    position = 0
    while position < len(ipa):
        sign = ipa[position]
        found = _SOUND.match(ipa, position)
        if found:
            if found[0] in _NASAL_OR_VOWEL:
                vowels.append(len(out))
                out.append(waiting)
                waiting = ""
            out.append(_MNEMONICS[found[0]])
            position = found.end()
            continue
        if sign in _STRESS:
            waiting = _STRESS[sign]
            stressed = True
        elif sign not in _IGNORED:
            return None
        position += 1
    if vowels and not stressed:
        full = [index for index in vowels if out[index + 1] != "@"] or vowels
        out[full[-1]] = "'"
    return "".join(out)
