"""How an HTML element is to be spoken: ``lang``, ``em``, and EPUB's attributes of SSML.

``ssml:ph`` gives the sounds of what an element holds, in the alphabet that ``ssml:alphabet`` names
on it or around it (EPUB 3.3, « SSML attributes »).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.french.ipa import strange_sign
from hautevoix.french.xsampa import to_ipa
from hautevoix.model import SpeechSpan
from hautevoix.reading.base.xml import local

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_FRENCH = "fr"
_PAGE = frozenset({"html", "body"})  # whose language is the book's
_XSAMPA = frozenset({"x-sampa", "xsampa"})
_UNKNOWN = frozenset({"", "und", "mul", "zxx", "mis"})  # of BCP 47: it tells no language
_LONGEST_SOUNDS = 200  # characters of ``ssml:ph``: more are no word's


def told(
    element: Element, tag: str, language: str, alphabet: str
) -> tuple[str, str, SpeechSpan | None]:
    """Return the language inside an element, the alphabet there, and how it is spoken itself.

    ``language`` and ``alphabet`` are those around it. What says nothing new gives None.
    """
    own = _language(element) if tag not in _PAGE else None
    spelled = _attribute(element, "alphabet")
    inner = language if own is None else own
    alphabet = alphabet if spelled is None else spelled.strip().lower()
    ipa = _sounds(_attribute(element, "ph") or "", alphabet)
    stressed = tag == "em"
    if not (ipa or stressed or inner != language):
        return inner, alphabet, None
    told_language = (inner or _FRENCH) if inner != language else ""
    span = SpeechSpan(0, 0, ipa=ipa, language=told_language, emphasis=stressed)
    return inner, alphabet, span


def _language(element: Element) -> str | None:
    """Return the language that an element names, empty for French; None where it names none."""
    tag = next(
        (str(value) for name, value in element.attrib.items() if local(name) == "lang"), None
    )
    if tag is None:
        return None
    primary = tag.strip().lower().replace("_", "-").split("-")[0]
    if primary in _UNKNOWN or not primary.isalpha():
        return None
    return "" if primary in {_FRENCH, "fra", "fre"} else primary


def _attribute(element: Element, name: str) -> str | None:
    """Return an attribute of SSML's, whether its prefix was understood (XHTML) or not (HTML)."""
    for key, value in element.attrib.items():
        if key in (f"ssml:{name}", f"{{http://www.w3.org/2001/10/synthesis}}{name}"):
            return str(value)
    return None


def _sounds(written: str, alphabet: str) -> str:
    """Return sounds in IPA; nothing where they are in another alphabet, or no sounds at all."""
    written = written.strip()
    if not written or len(written) > _LONGEST_SOUNDS:
        return ""
    ipa = to_ipa(written) if alphabet in _XSAMPA else written if alphabet in {"", "ipa"} else None
    return ipa if ipa and strange_sign(ipa) is None else ""
