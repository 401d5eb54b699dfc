"""Which signs the International Phonetic Alphabet has (the IPA's chart, revised to 2020)."""

from __future__ import annotations

import unicodedata

from hautevoix.errors import InputError
from hautevoix.localization import tr

_LETTERS = (
    "abcdefghijklmnopqrstuvwxyz"  # the alphabet's plain letters
    "ɑɐɒæɓʙβɔɕçɗɖðʤəɘɚɛɜɝɞɟʄɡɠɢʛɦɧħɥʜɨɪʝɭɬɫɮʟɱɯɰŋɳɲɴøɵɸθœɶʘɹɺɾɻʀʁɽʂʃʈʧʉʊʋⱱʌɣɤʍχʎʏʑʐʒʔʡʕʢ"
    "ǀǁǂǃꞎʣʥʦʨᵻᵿ"
)
_MARKS = "ˈˌːˑʼʰʱʷʲˠˤⁿˡ˞̴‿͜͡.|‖↗↘ꜛꜜ˥˦˧˨˩ᵊᵗᵈˀ"
_WRITERS = "'’:-()[]/ˑ"  # what people put for a stress, a length, a syllable, an optional sound
_SIGNS = frozenset(_LETTERS + _MARKS + _WRITERS)


def strange_ipa(ipa: str, sign: str, where: str) -> InputError:
    """Return what to tell of ``ipa`` with a strange ``sign``, which stands at ``where``."""
    return InputError(
        tr(
            "{where}: “{sign}” in “{ipa}” is no sign of the phonetic alphabet (IPA).",
            where=where,
            sign=sign,
            ipa=ipa,
        ),
        advice=tr('Write sounds, as in ipa = "ʃa", or say it by other words: spoken = "…".'),
    )


def strange_sign(ipa: str) -> str | None:
    """Return the first sign of ``ipa`` that the alphabet does not have, None where all are its own.

    Accents may stand on any letter. What has no letter at all says nothing: its first sign is
    returned.

    >>> strange_sign("bʁɔ̃ʃtajn"), strange_sign("kafE"), strange_sign("ˈ.")
    (None, 'E', 'ˈ')
    """
    signs = [sign for sign in unicodedata.normalize("NFD", ipa) if not sign.isspace()]
    for sign in signs:
        if sign not in _SIGNS and not unicodedata.combining(sign):
            return sign
    letters = frozenset(unicodedata.normalize("NFD", _LETTERS))
    return None if letters & set(signs) else next(iter(signs), "")
