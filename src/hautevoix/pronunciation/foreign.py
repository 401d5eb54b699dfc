"""The sounds of other languages as a French reader makes them: the nearest that French has.

« The Daily Telegraph » is said « zœ dɛjli tɛlœɡʁaf » by French narrators. The table follows how
French borrows: B. Tranel, The Sounds of French (1987), and the pronunciations that dictionaries
give English and German loanwords (« gentleman », « leitmotiv »).
"""

from __future__ import annotations

import re
import unicodedata

_HEARD = "bg ca cs da de el es et eu fi hr hu it lt lv nl pl pt ro ru sk sl sr sv tr uk"
VOICES = {language: language for language in _HEARD.split()} | {
    "en": "en-us",
    **dict.fromkeys(("nb", "nn", "no"), "nb"),
}
"""eSpeak NG's voice for a language that a French reader sounds otherwise than it is spelled.

American for English, as it tells the r that the French say. Latin is not here: French readers
read it by French rules.
"""

_NEAREST = {
    # diphthongs and vowels before r, first of all
    "eɪ": "ɛj",
    "aɪ": "aj",
    "ɔɪ": "ɔj",
    "aʊ": "aw",
    "oʊ": "o",
    "əʊ": "o",
    "ɔø": "ɔj",
    "ɜː": "œʁ",
    "ɚ": "œʁ",
    "ɪɹ": "iʁ",
    "ʊɹ": "uʁ",
    "ɑ̃": "ɑ̃",
    "ã": "ɑ̃",
    "ɐ̃": "ɑ̃",
    "ẽ": "ɛ̃",
    "ɛ̃": "ɛ̃",
    "ĩ": "ɛ̃",
    "õ": "ɔ̃",
    "ɔ̃": "ɔ̃",
    "œ̃": "œ̃",
    "ũ": "œ̃",
    "iː": "i",
    **{sign: sign for sign in "aeiouyɛɔəøœ"},
    **dict.fromkeys("æɑɐɶ", "a"),
    **dict.fromkeys("ɪɨᵻɘ", "i"),
    **dict.fromkeys("ʊɯʉ", "u"),
    **dict.fromkeys("ʌɜɞ", "œ"),
    "ɒ": "ɔ",
    "ʏ": "y",
    "ɵ": "ø",
    "ɤ": "ə",
    "ᵊ": "ə",
    # consonants
    **{sign: sign for sign in "bdfjklmnpstvwzɡɥɲŋʃʒʁ"},
    "g": "ɡ",
    **dict.fromkeys("ɹrɾɻʀɽ", "ʁ"),
    **dict.fromkeys("θɕ", "s"),
    "ð": "z",
    **dict.fromkeys("çʂ", "ʃ"),
    **dict.fromkeys("ʑʐ", "ʒ"),
    **dict.fromkeys("xχqc", "k"),
    **dict.fromkeys("ɫɬɭʟ", "l"),
    **dict.fromkeys("βʋ", "v"),
    "ɸ": "f",
    "ɣ": "ɡ",
    "ɟ": "ɡ",
    "ʎ": "j",
    "ɳ": "n",
    "ɱ": "m",
    "ʈ": "t",
    "ɖ": "d",
    "ɲ": "ɲ",
    "ʍ": "w",
}
_SIGNS = {unicodedata.normalize("NFD", sign): said for sign, said in _NEAREST.items()}
_SOUND = re.compile("|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True))))


def as_french(ipa: str) -> str:
    """Return the sounds of a word of another language in those of French; its stress is theirs.

    What French has no sound for, as « h » or a glottal stop, is left out.

    >>> as_french("ðə"), as_french("dˈeɪli"), as_french("ʃvˈaɪɡən"), as_french("hˈaʊs")
    ('zə', 'dɛjli', 'ʃvajɡən', 'aws')
    """
    return "".join(_SIGNS[found[0]] for found in _SOUND.finditer(unicodedata.normalize("NFD", ipa)))
