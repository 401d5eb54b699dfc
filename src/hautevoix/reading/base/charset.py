"""bytes → text: the charset, told by a mark, by validity, or by the French letters that it gives.

The order (byte order mark, strict UTF-8, UTF-16 without a mark, then a score) decoded more short
French samples right than a general charset guesser does.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from hautevoix.localization import tr

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# One-byte charsets in which French texts are found, the likelier first (it wins a tie).
_ONE_BYTE = ("cp1252", "mac_roman", "iso8859-15", "cp850")
_NAMES = {
    "cp1252": "Windows-1252",
    "mac_roman": "Mac Roman",
    "iso8859-15": "ISO-8859-15",
    "cp850": "DOS 850",
}
_SAMPLE = 1 << 18
_MOSTLY = 0.9
_CONVINCING = 0.8
_BINARY_SHARE = 0.003
_UTF16_SHARE = 0.3

_BINARY = re.compile(rb"[\x00-\x08\x0e-\x19\x1b-\x1f\x7f]")
_HIGH = re.compile(r"[^\x00-\x7f]")
# A French letter or mark where French puts it: small accented letters anywhere,
# capitals at the head of a word or among capitals, typographic marks beside no odd letter.
_GOOD = re.compile(
    r"[àâäæçéèêëîïôöœùûüÿ]"
    r"|(?<![a-zà-ÿ])[ÀÂÄÆÇÉÈÊËÎÏÔÖŒÙÛÜ]"
    r"|«(?=[\s\xa0\w])|(?<=[\s\xa0\w.!?…,;])»"
    r"|(?<=\w)[’](?=\w)|[“”‘’–—…](?=\s|$)|(?<=\s)[–—“‘…]"
    r"|\xa0(?=[:;!?»\d])|(?<=[«\dnN])[\xa0°]|(?<=\d)€|[§²³·†]|(?<![a-zà-ÿ])[½¼¾]"
)


@dataclass(frozen=True, slots=True)
class Decoded:
    """A text, the charset that gave it, and whether that was only a good guess."""

    text: str
    charset: str
    guessed: bool = False


def decode(data: bytes) -> Decoded | None:
    """Return the text of ``data``; None where no charset makes French (or any text) of it."""
    for mark, name in _MARKS:
        if data.startswith(mark):
            return _strict(data, name)
    if b"\0" in data[:_SAMPLE]:
        return _utf16(data)
    if is_binary(data):
        return None
    return _strict(data, "utf-8") or _damaged(data) or _scored(data)


def is_binary(data: bytes) -> bool:
    """Tell whether ``data`` holds more control characters than any text does."""
    sample = data[:_SAMPLE]
    return len(_BINARY.findall(sample)) > _BINARY_SHARE * len(sample)


def _strict(data: bytes, name: str) -> Decoded | None:
    try:
        return Decoded(data.decode(name), name)
    except UnicodeDecodeError:
        return None


def _utf16(data: bytes) -> Decoded | None:
    """UTF-16 without a mark: in French nearly every second byte is a NUL."""
    sample = data[:_SAMPLE]
    for name, offset in (("utf-16-le", 1), ("utf-16-be", 0)):
        nuls = sample[offset::2].count(0)
        if nuls > _UTF16_SHARE * (len(sample) / 2) and not sample[1 - offset :: 2].count(0):
            found = _strict(data[: len(data) // 2 * 2], name)
            return found and Decoded(found.text, "UTF-16", guessed=True)
    return None


def _damaged(data: bytes) -> Decoded | None:
    """UTF-8 with a few foreign bytes, each read as Windows-1252 would."""
    text = data.decode("utf-8", errors="surrogateescape")
    foreign = sum("\udc80" <= char <= "\udcff" for char in text) if len(text) < len(data) else 0
    sound = sum(1 for _ in _HIGH.finditer(text)) - foreign
    if not foreign or sound < _MOSTLY * (sound + foreign):
        return None
    mended = text.translate({0xDC00 + byte: _windows(byte) for byte in range(0x80, 0x100)})
    return Decoded(mended, tr("UTF-8 with damaged bytes"), guessed=True)


def _windows(byte: int) -> str:
    return bytes([byte]).decode("cp1252", errors="replace")


def _scored(data: bytes) -> Decoded | None:
    """Return the one-byte reading with the largest share of French letters, if it convinces."""
    scores = [(_share(data[:_SAMPLE], name), -rank) for rank, name in enumerate(_ONE_BYTE)]
    share, rank = max(scores)
    name = _ONE_BYTE[-rank]
    found = _strict(data, name) if share >= _CONVINCING else None
    return found and Decoded(found.text, _NAMES[name], guessed=True)


def _share(sample: bytes, name: str) -> float:
    found = _strict(sample, name)
    if found is None:
        return 0.0
    high = len(_HIGH.findall(found.text))
    return len(_GOOD.findall(found.text)) / high if high else 1.0
