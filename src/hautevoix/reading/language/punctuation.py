"""What the marks of a line say: that it is a rule, ends a sentence, goes on with one."""

from __future__ import annotations

import re

_RULE = re.compile(r"[-_=—–─━*~•·.⁂+#oO\s]{3,}")
_ASTERISM = re.compile(r"[*⁂✻✽❧❦•\s]+")
# An end mark, and what may close after it: quotes, brackets, note references.
_CLOSERS = r"(?:[\s»”\"’')\]]|\[[^\]\s]{1,4}\]|\([\d*]{1,3}\)|[¹²³⁰-⁹*])*"
_SENTENCE_END = re.compile(rf"[.!?…]{_CLOSERS}")
_TAIL = 24


def is_rule(text: str) -> bool:
    """Tell whether ``text`` is a drawn line or an asterism, with no word in it.

    >>> is_rule("* * *"), is_rule("--------"), is_rule("No"), is_rule("...")
    (True, True, False, False)
    """
    # Pinned by notes-of-indesign, scenes.
    drawn = _RULE.fullmatch(text) and not text.strip(" .").isalpha() and text.strip(".")
    return bool(drawn) or bool(text and _ASTERISM.fullmatch(text))


def ends_sentence(text: str) -> bool:
    """Tell whether ``text`` ends a sentence, whatever quotes and calls close after its end mark.

    >>> ends_sentence("il le dit. »"), ends_sentence("la fin [2]."), ends_sentence("la fin [2]")
    (True, True, False)
    """
    # Pinned by english, form-feeds.
    tail = text.rstrip()[-_TAIL:]
    return any(
        _SENTENCE_END.fullmatch(tail, index) for index, char in enumerate(tail) if char in ".!?…"
    )


def starts_lower(text: str) -> bool:
    """Tell whether the first letter of ``text`` is a small one, and nothing stands before it."""
    # Pinned by poem-that-speaks, english.
    return text[:1].islower()
