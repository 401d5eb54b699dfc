"""Phonemes in X-SAMPA (J. C. Wells, 1995), the alphabet of ASCII, as IPA."""

from __future__ import annotations

import re

_SIGNS = {
    # vowels
    **dict(zip("AEIMOQUVY@236789&{}", "ɑɛɪɯɔɒʊʌʏəøɜɐɤɵœɶæʉ", strict=True)),
    "1": "ɨ",
    "4": "ɾ",
    "5": "ɫ",
    "@\\": "ɘ",
    "3\\": "ɞ",
    # consonants
    **dict(zip("BCDFGHJKLNPRSTWXZ", "βçðɱɣɥɲɬʎŋʋʁʃθʍχʒ", strict=True)),
    "?": "ʔ",
    "J\\": "ɟ",
    "r\\": "ɹ",
    "R\\": "ʀ",
    "G\\": "ɢ",
    "N\\": "ɴ",
    "h\\": "ɦ",
    "H\\": "ʜ",
    "j\\": "ʝ",
    "l\\": "ɺ",
    "L\\": "ʟ",
    "s\\": "ɕ",
    "z\\": "ʑ",
    "x\\": "ɧ",
    "X\\": "ħ",
    "p\\": "ɸ",
    "v\\": "ʋ",
    "B\\": "ʙ",
    "M\\": "ɰ",
    "t`": "ʈ",
    "d`": "ɖ",
    "n`": "ɳ",
    "s`": "ʂ",
    "z`": "ʐ",
    "l`": "ɭ",
    "r`": "ɽ",
    "g": "ɡ",
    # marks
    "~": "\u0303",
    "_~": "\u0303",
    ":": "ː",
    ":\\": "ˑ",
    '"': "ˈ",
    "%": "ˌ",
    "_h": "ʰ",
    "_j": "ʲ",
    "'": "ʲ",
    "_w": "ʷ",
    "_=": "\u0329",
    "=": "\u0329",
    "_0": "\u0325",
    "_": "\u0361",
    "-": ".",
}
_SOUND = re.compile("|".join(map(re.escape, sorted(_SIGNS, key=len, reverse=True))) + r"|[a-z. |]")


def to_ipa(written: str) -> str | None:
    """Return X-SAMPA as IPA, None where it has a sign that is none.

    >>> to_ipa('bR9j'), to_ipa('bO~"ZuR'), to_ipa("œ")
    ('bʁœj', 'bɔ̃ˈʒuʁ', None)
    """
    sounds: list[str] = []
    done = 0
    while done < len(written):
        found = _SOUND.match(written, done)
        if found is None:
            return None
        sounds.append(_SIGNS.get(found[0], found[0]))
        done = found.end()
    return "".join(sounds)
