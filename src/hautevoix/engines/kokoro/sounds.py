"""French words as the phonemes that Kokoro was taught, and those as the numbers of its tokens.

It was taught French as the package misaki writes it: eSpeak NG's IPA with stress marks, the
punctuation kept, diphthongs and affricates as one sign each.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from hautevoix.engines.libespeak import TIE, transcribed
from hautevoix.engines.spelled import spelled
from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.model import Manner

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hautevoix.model import Span, Words

# The model's own table, a sign's place being its number, « _ » where there is none: the key
# « vocab » of config.json in hexgrad/Kokoro-82M.
_TABLE = (
    '_;:,.!?__—…"()“” \u0303ʣʥʦʨᵝ\uab67AI_____O_Q_ST__W'
    "_Yᵊabcdef_hijklmnopqrstuvwxyzɑɐɒæ__βɔɕç_"
    "ɖðʤə_ɚɛɜ__ɟ_ɡ______ɥ_ɨɪʝ______ɯɰŋɳɲɴø_ɸθ"
    "œ__ɹ_ɾɻ_ʁɽʂʃʈʧ_ʊʋ_ʌɣɤ_χʎ___ʒʔ_______ˈˌː_"
    "__ʰ_ʲ____↓_→↗↘___ᵻ"
)
TOKENS = {sign: number for number, sign in enumerate(_TABLE) if sign != "_"}
"""The number of each sign that the model knows."""


# What eSpeak ties is one sign to Kokoro, where it has one (misaki's table of eSpeak's phonemes).
_TIED = {
    "aɪ": "I",
    "aʊ": "W",
    "dz": "ʣ",
    "dʒ": "ʤ",
    "eɪ": "A",
    "oʊ": "O",
    "əʊ": "Q",
    "ss": "S",
    "ts": "ʦ",
    "tʃ": "ʧ",
    "ɔɪ": "Y",
}
# A lexicon's IPA may use signs that the model lacks: the nearest that it has.
_NEAREST = str.maketrans("grʀɫɱʏɵɦħʍɬɘʉˑʷɶ", "ɡʁʁlmyøhhwləuːwœ")
# Syllables, links, brackets; and marks of how a sound is articulated, but for the nasal tilde.
_PUNCTUATION = frozenset(';:,.!?—…"()“”')
_UNHEARD = re.compile("[-./\\[\\]()‿ʼ]|[\u0300-\u0302\u0304-\u036f]")
_FLAG = re.compile(r"\([^()]*\)")  # « (en) »: a change of language

_STOPS = re.compile(r"""[;:,.!?—–…"()\[\]{}«»“”„]+""")
_STOP_SIGNS = str.maketrans("«»„–[]{}", "“”“—()()")
# French sets « ! » apart from its word, the model was not taught so: « Oui ! » became « Où est… ».
_APART = re.compile(r"""[ ]([;:,.!?…)”])|([(“])[ ]""")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_ELIDED = re.compile(r"\w['’]\Z")
_DUMMY = re.compile("(?<![ˈˌ])[ˈˌ]*a\\Z")


def sounds(words: Words) -> str:
    """Return the words as phonemes and punctuation; spans with phonemes are taken as they are.

    A span whose phonemes have no place in the model's table is read as it is written.
    Raises EngineError where eSpeak can't be used, or gives a sign that is not in the table.
    """
    words = spelled(words)
    text = _CONTROLS.sub(lambda found: " " * len(found[0]), words.text)
    parts: list[str] = []
    done = 0
    for span, ipa in _given(words.spans):
        if span.start >= done:
            parts += [_read(text[done : span.start], before_sounds=True), ipa]
            done = span.end
    parts.append(_read(text[done:]))
    return _APART.sub(r"\1\2", " ".join("".join(parts).split()))


def _given(spans: tuple[Span, ...]) -> Iterator[tuple[Span, str]]:
    """Yield, in order, the spans that tell phonemes which can be said."""
    for span in sorted(spans, key=lambda span: span.start):
        ipa = _fitting(span.ipa) if span.manner is Manner.PHONEMES else ""
        if ipa:
            yield span, ipa


def _fitting(ipa: str) -> str:
    """Return a lexicon's IPA in the model's signs; nothing where one has no place there.

    >>> _fitting("bʀɔ̃.ˈtajn"), _fitting("ǃxóõ")
    ('bʁɔ̃ˈtajn', '')
    """
    plain = _UNHEARD.sub("", _tied(unicodedata.normalize("NFD", ipa.replace("ç", "\ue000"))))
    plain = plain.replace("\ue000", "ç").translate(_NEAREST)
    return plain if all(sign in TOKENS and sign not in _PUNCTUATION for sign in plain) else ""


def _tied(ipa: str) -> str:
    for pair, sign in _TIED.items():
        ipa = ipa.replace(f"{pair[0]}{TIE}{pair[1]}", sign)
    return ipa


def _read(text: str, *, before_sounds: bool = False) -> str:
    """Return a stretch of text as phonemes, its punctuation and its spaces at both ends kept."""
    parts: list[str] = []
    done = 0
    for stop in _STOPS.finditer(text):
        parts += [_spoken(text[done : stop.start()]), _stop(stop[0])]
        done = stop.end()
    parts.append(_spoken(text[done:], before_sounds=before_sounds))
    return "".join(parts)


def _stop(signs: str) -> str:
    return signs.translate(_STOP_SIGNS).replace("...", "…")


def _spoken(text: str, *, before_sounds: bool = False) -> str:
    """Return words without punctuation as eSpeak sounds them, between the spaces they had.

    « l' » before phonemes is no letter's name: it is read before a vowel that is taken off again.
    """
    if not text.strip():
        return text
    elided = before_sounds and _ELIDED.search(text)
    told = _tied(_FLAG.sub("", transcribed(f"{text.strip()}a" if elided else text.strip())))
    told = _UNHEARD.sub("", told)
    told = _DUMMY.sub("", told) if elided else told
    first, last = (" " if text[at].isspace() else "" for at in (0, -1))
    return f"{first}{told}{last}"


def tokens(phonemes: str) -> list[int]:
    """Return the numbers of the phonemes' signs. Raises EngineError for one the model lacks.

    >>> tokens("vˈɛ̃.")
    [64, 156, 86, 17, 4]
    """
    unknown = sorted({sign for sign in phonemes if sign not in TOKENS})
    if unknown:
        raise EngineError(tr("Kokoro has no sound for « {unknown} ».", unknown="".join(unknown)))
    return [TOKENS[sign] for sign in phonemes]
