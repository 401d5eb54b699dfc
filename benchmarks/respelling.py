"""A spelling that eSpeak NG's French reads as given sounds: sought, and each one asked back.

First the word itself with one or two letters changed (« jadisse », « ritme »), then a spelling
made from the sounds alone, its commonest form first.
"""

from __future__ import annotations

import functools
import itertools
import re
import unicodedata
from typing import TYPE_CHECKING

from hautevoix.engines.libespeak import TIE, transcribed

if TYPE_CHECKING:
    from collections.abc import Iterator

_MOST = 1500  # spellings asked for a word
_STRESS = re.compile(f"[ˈˌː{TIE}‿ .-]")
_FOLDED = (
    # What two dictionaries write differently, and one speaker says both ways: « e » and « ɛ » in
    # an open syllable, « o » and « ɔ », « brin » and « brun », mute e, « absent » with b or p.
    ("r", "ʁ"),
    ("ɹ", "ʁ"),
    ("g", "ɡ"),
    ("œ\u0303", "I"),
    ("ɛ\u0303", "I"),
    ("ɔ\u0303", "U"),
    ("ɑ\u0303", "A"),
    ("a\u0303", "A"),
    ("ɑ", "a"),
    ("ɔ", "o"),
    ("ɛ", "e"),
    ("œ", "ø"),
    ("ɥ", "y"),
    ("ɲ", "nj"),
    ("njj", "nj"),
    ("ə", ""),
)
_GLIDES = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        ("i?j(?=[aeiouyøAIU])", "i"),
        ("w(?=[aeiyøAI])", "u"),
        ("b(?=[st])", "p"),
        (r"([bdfɡjklmnpʁstvzʃʒ])\1", r"\1"),
    )
)


def folded(ipa: str) -> str:
    """Return sounds without what no listener minds: what is equal here is said alike.

    >>> folded("apsɑ̃") == folded("absˈɑ̃"), folded("fis") == folded("fil")
    (True, False)
    """
    sounds = _STRESS.sub("", unicodedata.normalize("NFD", ipa))
    for sign, said in _FOLDED:
        sounds = sounds.replace(sign, said)
    for pattern, said in _GLIDES:
        sounds = pattern.sub(said, sounds)
    return sounds


@functools.lru_cache(maxsize=1 << 16)
def sounded(text: str) -> str:
    """Return eSpeak's sounds of ``text``, its flags of other languages among them."""
    return transcribed(text)


def is_english(text: str) -> bool:
    """Tell whether eSpeak's French reads some of ``text`` as another language."""
    return "(" in sounded(text)


def says(spelling: str, ipa: str) -> bool:
    """Tell whether eSpeak says ``ipa`` for a spelling, and one word."""
    told = sounded(spelling)
    return "(" not in told and " " not in told and folded(told) == folded(ipa)


def respelling(word: str, ipa: str) -> str | None:
    """Return a spelling of ``word`` that eSpeak says as ``ipa``; None where none was found.

    It has no last consonant that would be heard before a vowel and not else.
    """
    tried = itertools.islice(dict.fromkeys((*_edited(word), *_spelled(ipa))), _MOST)
    return next((each for each in tried if says(each, ipa) and not _is_linking(each)), None)


def _is_linking(spelling: str) -> bool:
    return folded(sounded(f"{spelling} à").split()[0]) != folded(sounded(spelling))


# What the ear takes for the same in French, but eSpeak doesn't.
_EDITS = tuple(
    (re.compile(pattern), said)
    for pattern, said in (
        ("th", "t"),
        ("y", "i"),
        ("sh", "ch"),
        ("s$", ""),
        ("s$", "sse"),
        ("[tcpdglf]s?$", ""),
        ("ent$", "e"),
        ("ents?$", "ant"),
        ("ens?$", "ant"),
        ("ll", "l"),
        ("s$", "z"),
        ("w", "v"),
        ("h", ""),
        ("([tdcklfpmn])s?$", r"\1e"),
        ("oo", "ou"),
        ("ow", "o"),
        ("(?<=[aeiouéè])s(?=[aeiouéèy])", "ss"),
        ("ti(?=[eéo])", "ci"),
        ("ch", "k"),
        ("ill", "il"),
        ("ers?$", "ère"),
        ("ers?$", "eure"),
        ("e", "é"),
        ("e", "è"),
        ("en", "ène"),
        ("en", "in"),
        ("x", "gz"),
        ("x", "ss"),
        ("c(?=[eiéè])", "ss"),
        ("ums?$", "ome"),
        ("oe", "eu"),
        ("sc", "ss"),
        ("ings?$", "inng"),
        ("gn", "guen"),
        ("enh", "enhh"),
        ("ue", "ué"),
        ("u", "ou"),
    )
)


def _edited(word: str) -> Iterator[str]:
    """Yield ``word`` with one change, then with two."""
    once = list(dict.fromkeys(_changed(word)))
    yield from once
    for each in once:
        yield from _changed(each)


def _changed(word: str) -> Iterator[str]:
    for pattern, said in _EDITS:
        found = list(pattern.finditer(word))
        for match in found:
            yield word[: match.start()] + match.expand(said) + word[match.end() :]
        if len(found) > 1:
            yield pattern.sub(said, word)


# Sounds of two signs as one, so that a spelling may have a sign for each.
_ONE = (
    ("ɑ\u0303", "A"),
    ("ɛ\u0303", "I"),
    ("œ\u0303", "I"),
    ("ɔ\u0303", "U"),
    ("wa", "W"),
    ("wI", "Q"),
    ("tʃ", "C"),
    ("dʒ", "D"),
    ("g", "ɡ"),
)
_VOWELS = frozenset("aɑeɛiyuoɔøœəAIUWQ")
_FRONT = frozenset("eɛiIjəøœ")
_ALWAYS = {
    "a": "a à â",
    "ɑ": "a â",
    "e": "é ê e",
    "ɛ": "è ê ai e",
    "i": "i î y",
    "y": "u û",
    "u": "ou oû",
    "o": "o au ô",
    "ɔ": "o au ô",
    "ø": "eu oeu",
    "œ": "eu oeu e",
    "ə": "e eu",
    "W": "oi oua",
    "Q": "oin ouin",
    "w": "ou w",
    "ɥ": "u",
    "ŋ": "nng ng ngue",
    "x": "h",
}
_NASALS = {"A": "an en", "I": "in ain un", "U": "on"}
_LAST = {
    "j": "il ille y",
    "k": "que c",
    "ɡ": "gue g",
    "s": "sse ce s",
    "z": "ze se z",
    "ʒ": "ge",
    "ʃ": "che",
    "ɲ": "gne",
    "C": "tche",
    "D": "dge",
    "ʁ": "re r rre",
    "A": "an ant am",
    "I": "in ain",
}


def _spellings(before: str, sound: str, after: str) -> list[str]:
    """Return how a sound may be spelled between others, the commonest first."""
    if not after and sound in _LAST:
        return _LAST[sound].split()
    if sound in _ALWAYS:
        return _ALWAYS[sound].split()
    soft = after in _FRONT
    told = {
        "j": "ill y i ï" if before in _VOWELS else "i y ill ï",
        "k": "qu k" if soft else "c k qu",
        "ɡ": "gu gh" if soft else "g gu",
        "s": "ss ç s" if before in _VOWELS and after in _VOWELS else "s ss ç",
        "z": "z s",
        "ʒ": "j ge",
        "ʃ": "ch sh",
        "ɲ": "gn gni",
        "C": "tch",
        "D": "dj",
        "ʁ": "r rr",
    }
    if sound in _NASALS:
        labial = [each.replace("n", "m") for each in _NASALS[sound].split()]
        return labial if after and after in "bp" else _NASALS[sound].split()
    if sound in told:
        return told[sound].split()
    doubled = sound * 2 if sound in "mn" else ""  # « inn » is no « in » through the nose
    return list(filter(None, (sound, doubled))) if after else [f"{sound}e", sound, f"{sound * 2}e"]


def _spelled(ipa: str) -> Iterator[str]:
    """Yield spellings of the sounds: the plainest, then with one, two, three rarer signs."""
    sounds = _STRESS.sub("", unicodedata.normalize("NFD", ipa))
    for pair, sign in _ONE:
        sounds = sounds.replace(pair, sign)
    around = zip(["", *sounds], sounds, [*sounds[1:], ""], strict=False)
    choices = [_spellings(*each) for each in around]
    yield from _combined(choices)
    yield from _combined([[*each, each[0] * 2] if len(each[0]) == 1 else each for each in choices])


def _combined(choices: list[list[str]]) -> Iterator[str]:
    """Yield the spellings with the first choice everywhere, then with up to three others."""
    plain = [each[0] for each in choices]
    for count in range(4):
        for places in itertools.combinations(range(len(choices)), count):
            for rare in itertools.product(*(choices[place][1:] for place in places)):
                chosen = dict(zip(places, rare, strict=True))
                yield "".join(chosen.get(at, each) for at, each in enumerate(plain))
