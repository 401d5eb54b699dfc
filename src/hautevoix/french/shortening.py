"""What abbreviations of the table stand where in a text, however print writes them."""

from __future__ import annotations

import re

from hautevoix.french.abbreviations import TABLE, Abbreviation


def key(written: str) -> str:
    """Return what an abbreviation is looked up by: print may or may not have its spaces.

    >>> key("op. cit.") == key("op.cit.")
    True
    """
    return written.replace(" ", "").replace("’", "'")


def _index() -> dict[str, tuple[Abbreviation, ...]]:
    found: dict[str, tuple[Abbreviation, ...]] = {}
    for entry in TABLE:
        name = key(entry.written)
        found[name] = (*found.get(name, ()), entry)
    return found


_BY_KEY = _index()


def lookup(written: str) -> tuple[Abbreviation, ...]:
    """Return the entries for an abbreviation as printed, in the table's order."""
    name = key(written)
    small = name[0].lower() + name[1:] if name[1:2] != "." else name
    for form in (name, name.removesuffix("."), small, small.removesuffix(".")):
        if form in _BY_KEY:
            return _BY_KEY[form]
    return ()


def pattern(group: str) -> str:
    """Return a pattern for the abbreviations of a group, the longest first."""
    written = {entry.written for entry in TABLE if entry.group == group}
    return "|".join(map(_written_pattern, sorted(written, key=lambda word: (-len(word), word))))


def heads(group: str) -> frozenset[str]:
    """Return a run of letters of each of a group's abbreviations, with and without a capital.

    It is the first that a full stop follows, with it, where there is one: « l. » and « al. » are
    in few texts, « l » and « et » in most.
    """
    written = [entry.written for entry in TABLE if entry.group == group]
    found = (_DOTTED.search(word) or _LETTERS.search(word) for word in written)
    runs = [match[0] for match in found if match]
    return frozenset((*runs, *(run[0].upper() + run[1:] for run in runs)))


_DOTTED = re.compile(r"(?<![^\W\d_])[^\W\d_]+\.")
_LETTERS = re.compile(r"[^\W\d_]+")


def _written_pattern(written: str) -> str:
    first, rest = written[0], written[1:]
    capital_too = first.islower() and written[1:2] not in ("", ".")
    letter = f"[{first}{first.upper()}]" if capital_too else re.escape(first)
    tail = re.escape(rest).replace(r"\ ", " ?").replace("'", "['’]")
    if written.endswith("."):
        return f"{letter}{tail}(?!\\.\\.)"
    return f"{letter}{tail}" + (r"\b(?:\.(?!\.))?" if written[-1].isalpha() else "")


def holding(text: str, start: int, end: int) -> Abbreviation | None:
    """Return the abbreviation that stands at ``text[start:end]``, None where none does.

    >>> [bool(holding(*at)) for at in (("M. Dupont", 0, 2), ("l'art. Il", 2, 6))]
    [True, False]
    """
    return next((e for e in lookup(text[start:end]) if e.holds(text, start, end)), None)


_ELIDING = frozenset("'’")
_ELIDED = re.compile(r"(?:[cdjlmnst]|qu)['’](?=\w)", re.IGNORECASE)


def standing(text: str, start: int, end: int) -> Abbreviation | None:
    """Return the abbreviation of which ``text[start:end]`` is the last piece between spaces.

    It may have words before that piece (« p. ex. »), or follow an elided article (« l'art. »).

    >>> [bool(standing(*at)) for at in (("Voir p. ex. 3", 8, 11), ("l'art. 3", 0, 6))]
    [True, True]
    """
    token = text[start:end]
    for written in _BY_LAST_WORD.get(token, ()):
        first = end - len(written)
        held = holding(text, first, end) if _stands(text, first, written) else None
        if held is not None:
            return held
    word = _past_elision(text, start, end)
    return holding(text, start, end) or (holding(text, word, end) if word > start else None)


def is_inner(text: str, start: int, end: int) -> bool:
    """Tell whether ``text[start:end]`` begins an abbreviation that goes on after its full stop.

    >>> [is_inner(*at) for at in (("50 av. J.-C.", 3, 6), ("l'av. Foch", 0, 5))]
    [True, False]
    """
    start = _past_elision(text, start, end)
    for head, rest, entry in _BY_INNER_WORD.get(text[start:end], ()):
        first = end - len(head)
        whole = text.startswith(rest, end) and _stands(text, first, head)
        if whole and entry.holds(text, first, end + len(rest)):
            return True
    return False


def _past_elision(text: str, start: int, end: int) -> int:
    """Return where the word in ``text[start:end]`` starts, after the article that it elides."""
    if text[start + 1 : start + 2] not in _ELIDING and text[start + 2 : start + 3] not in _ELIDING:
        return start
    elided = _ELIDED.match(text, start, end)
    return elided.end() if elided else start


def _stands(text: str, first: int, written: str) -> bool:
    """Tell whether a word begins at ``text[first]``, and is ``written``, save for its capital."""
    if first < 0 or not text.startswith(written[1:], first + 1):
        return False
    if first and (text[first - 1].isalnum() or text[first - 1] == "."):
        return False
    return text[first] in (written[0], written[0].upper() if written[0].islower() else "")


def _by_last_word() -> dict[str, tuple[str, ...]]:
    """Gather the abbreviations of several words by their last, the longest first."""
    found: dict[str, tuple[str, ...]] = {}
    spaced = {entry.written for entry in TABLE if " " in entry.written}
    for written in sorted(spaced, key=lambda name: (-len(name), name)):
        last = written.rpartition(" ")[2]
        found[last] = (*found.get(last, ()), written)
    return found


def _by_inner_word() -> dict[str, tuple[tuple[str, str, Abbreviation], ...]]:
    """Gather the abbreviations of several words by each that ends with a full stop, save the last.

    With each, what stands up to that stop and after it. A first word may have a capital.
    """
    found: dict[str, tuple[tuple[str, str, Abbreviation], ...]] = {}
    for entry in TABLE:
        for stop in re.finditer(r"\. ", entry.written):
            head, rest = entry.written[: stop.start() + 1], entry.written[stop.start() + 1 :]
            word = head.rpartition(" ")[2]
            for form in {word, word[0].upper() + word[1:] if word == head else word}:
                found[form] = (*found.get(form, ()), (head, rest, entry))
    return found


_BY_LAST_WORD = _by_last_word()
_BY_INNER_WORD = _by_inner_word()
