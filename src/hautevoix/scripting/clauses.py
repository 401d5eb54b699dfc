"""Relative clauses after an incise: the narrator's, or what is said going on.

« demanda Ardan, que sa vue servait mal. » and « dit Paul, dont la voix tremblait, » are told of who
speaks; « Je crois, dit Paul, que le roi dort » is what he says.
"""

from __future__ import annotations

import re

ADDRESSED = re.compile(
    r"\b(?:je|j[’']|me|moi|mon|ma|mes|nous|notre|nos|vous|votre|vos|tu|te|toi|ton|ta|tes)\b|[!?]",
    re.IGNORECASE,
)
"""What shows that somebody is spoken to: « je », « vous », « votre », a question, a call."""
_RELATIVE = re.compile(
    r"\s(?:(?P<loose>que\b|qu[’']|où\b)|(?:qui|dont|(?:à|de|avec|pour|chez|sur)\s(?:qui|laquelle|lequel)"
    r"|auquel|duquel|lequel|laquelle)\b)(?P<clause>[^.,;:!?…»«\n—–]*)(?P<end>[.,;:…—–]|$)"
)
_TOLD = re.compile(
    r"\b(?!fait\b|plaît\b)(?:[^\W\d_]{2,}(?:ait|aient|èrent|irent|urent|inrent)"
    r"|fut|eut|put|dut|sut|fit|mit|prit|vint|tint|ressentit|sentit|entendit)\b"
)
"""The imperfect and the past of a tale, as far as no other tense looks like it."""
_WHOLE = re.compile(
    r"(?:^|[.!?…«—–-])\s*(?:oui|non|si|bien|soit|certes|parfait|merci|jamais|bon)\s?,$",
    re.IGNORECASE,
)
"""An answer that is a whole sentence, though a comma follows: « Oui, »."""
_EXCLAMATION = re.compile(r"(?:^|[\s«—–-])(?:ah|oh|ô|hélas|dieu|ciel|comme)\s?[!…]$", re.IGNORECASE)
_NEAR = 80  # characters before an incise that tell how what is said ended


def narrated_clause(text: str, start: int, end: int) -> re.Match[str] | None:
    """Return the clause with which an incise, ``text[start:end]``, goes on, and its sign, « end ».

    >>> text = "— À quoi bon ? dit Paul, que la nuit effrayait."
    >>> narrated_clause(text, 15, 24)["clause"]
    ' la nuit effrayait'
    """
    clause = _RELATIVE.match(text, end)
    before = text[max(0, start - _NEAR) : start].rstrip()
    return clause if clause and _is_told(before, clause) else None


def _is_told(before: str, clause: re.Match[str]) -> bool:
    """Tell whether a clause is the narrator's: what is said ``before`` was at its end.

    Where it was not, it goes on, « C’est lui, dit Paul, qui chantait »; and a call may begin
    with « que », « Hélas ! dit-il, que la nuit est longue. »
    """
    # Pinned by speakers-of-a-novel.
    if ADDRESSED.search(clause["clause"]):
        return False
    tale = _TOLD.search(clause["clause"]) is not None
    ended = before.endswith(("!", "?", "…", "»"))
    if clause["loose"]:
        return ended and tale and not _EXCLAMATION.search(before)
    return ended or (tale and _WHOLE.search(before) is not None)
