"""Underscores of plain text: « _Le Matin_ » is in italics; « max_size », « @_roc_ » are names."""

from __future__ import annotations

import re

# What is written without a space: an address, a handle, or a word with underscores in it or on it.
_TOKEN = re.compile(
    r"(?P<whole>(?:https?://|www\.)[^\s<>«»]+|(?:(?<![\w.+-])[\w.+-]+)?@[\w.-]*\w)"
    r"|(?P<word>(?<!\w)\w*_\w*)",
    re.IGNORECASE,
)
# « M_me_ », « XII_e_ », « _whist_s »: a part of a word, whose other part is short.
_PART = re.compile(r"[^\W_]{1,6}_[^\W_]{1,3}_|_[^\W_]+_[^\W_]{1,3}")


def italic_marks(text: str) -> list[int]:
    """Return where in ``text`` underscores stand that only say what is in italics.

    >>> italic_marks("_Oui_, dit max_size."), italic_marks("@julie_d_ le sait")
    ([0, 4], [])
    """
    marks: list[int] = []
    if "_" not in text:
        return marks
    for token in _TOKEN.finditer(text):
        start, end = token.span()
        if token["whole"]:
            open_before = len(marks) % 2 and text[end - 1] == "_"
            marks += [end - 1] if open_before else []
        else:
            marks += [start + at for at in _on_word(token[0])]
    return marks


def _on_word(word: str) -> list[int]:
    """Return the places of underscores at the edges of ``word``: those inside are its own."""
    # Pinned by underscores.
    inner = word.strip("_")
    lead = len(word) - len(word.lstrip("_"))
    kept = range(lead, lead + len(inner)) if not _PART.fullmatch(word) else range(0)
    return [at for at, sign in enumerate(word) if sign == "_" and at not in kept]


def without_italic_marks(text: str) -> str:
    """Return ``text`` without the marks of italics.

    >>> without_italic_marks("_La Revue_ de max_size")
    'La Revue de max_size'
    """
    marks = set(italic_marks(text))
    return "".join(sign for at, sign in enumerate(text) if at not in marks) if marks else text
