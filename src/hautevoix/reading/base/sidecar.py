"""The sidecar: the TOML of the same stem beside a text, checked key by key."""

from __future__ import annotations

import datetime as dt
import difflib
from typing import TYPE_CHECKING, Any

from hautevoix.errors import InputError
from hautevoix.french import strange_ipa, strange_sign
from hautevoix.localization import tr
from hautevoix.model import (
    LEVELS,
    LONGEST_PAUSE,
    PAUSES,
    RATES,
    VOICE_ROLES,
    BookDetails,
    LexiconEntry,
    Sidecar,
    VoiceSettings,
)
from hautevoix.model.options import Liaisons, sidecar_file
from hautevoix.parsing.bounded import LARGEST_TOML, file_bytes, toml_table
from hautevoix.reading.base import values
from hautevoix.reading.base.details import DETAILS, over
from hautevoix.reading.base.diagnostics import KEEPABLE
from hautevoix.reading.base.passages import parse_chapters, parse_retakes
from hautevoix.storage.files import is_there

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

_MONTHS = (
    "janvier février mars avril mai juin juillet août septembre octobre novembre décembre".split()
)
BRACKETS = "brackets"
"""What ``notes`` says in a sidecar where words in brackets are notes."""


def read_sidecar(text_path: Path) -> Sidecar:
    """Return what the TOML beside ``text_path`` says; an empty ``Sidecar`` where there is none.

    Raises ``InputError`` for TOML that can't be read, an unknown key or a wrong type.
    """
    path = sidecar_file(text_path)
    try:
        if path is None or not is_there(path):
            return Sidecar()
    except OSError as error:
        raise _unreadable(path, error.strerror) from None
    return parse_sidecar(load_toml(path), str(path))


def _unreadable(path: Path | None, why: str | None) -> InputError:
    advice = tr("A sidecar is a file that can be read: mend it, or move it away.")
    return InputError(tr("{path}: {why}.", path=path, why=why), advice=advice)


def load_toml(path: Path) -> dict[str, Any]:
    """Return the TOML in ``path``. Raises InputError, naming the line, if it can't be read."""
    try:
        data = file_bytes(path, 4 * LARGEST_TOML)
    except OSError as error:
        raise _unreadable(path, error.strerror) from None
    except ValueError as error:
        raise _unreadable(path, str(error)) from None
    try:
        return toml_table(data.decode("utf-8-sig"))
    except UnicodeDecodeError:
        advice = tr("Save it as UTF-8, as TOML asks.")
        raise InputError(tr("{path}: not UTF-8.", path=path), advice=advice) from None
    except ValueError as error:
        bare = "after a key" in str(error)  # tomllib's words, of « Cunégonde = … »
        raise InputError(
            tr("{path}: not valid TOML: {error}.", path=path, error=error),
            advice=tr("A name with an accent or a space stands in quotes.")
            if bare
            else tr("Correct that line."),
        ) from None


def parse_sidecar(table: dict[str, Any], where: str) -> Sidecar:
    """Return the ``Sidecar`` of a parsed TOML ``table``; ``where`` names it in errors.

    Raises ``InputError`` for an unknown key (naming the nearest known one) or a wrong type.
    """
    _check_kinds(table, where)
    told = {key: _FIELDS[key](value, key, where) for key, value in table.items()}
    details = over(BookDetails(), {key: told.pop(key) for key in DETAILS if key in told})
    return Sidecar(**told, details=details, where=where)


def french_date(value: dt.date) -> str:
    """Return ``value`` as a French reader prints it.

    >>> french_date(dt.date(1917, 11, 1))
    '1er novembre 1917'
    """
    day = "1er" if value.day == 1 else str(value.day)
    return f"{day} {_MONTHS[value.month - 1]} {value.year}"


def _check_kinds(table: dict[str, Any], where: str) -> None:
    """Raise InputError for an unknown key; the known ones of its kind are named, tables as [x]."""
    for key, value in table.items():
        if key in _FIELDS:
            continue
        is_table = isinstance(value, (dict, list))
        alike = [name for name in _FIELDS if (name in _TABLES) == is_table]
        near = difflib.get_close_matches(key, alike, n=1)
        raise (
            _unknown_table(key, alike, near, where)
            if is_table
            else values.unknown(key, alike, near, where)
        )


def _unknown_table(key: str, known: list[str], near: list[str], where: str) -> InputError:
    listed = ", ".join(f"[{name}]" for name in known)
    return InputError(
        tr("{where}: unknown table [{key}].", where=where, key=key),
        advice=tr("Did you mean [{near}]?", near=near[0])
        if near
        else tr("Known tables: {listed}.", listed=listed),
    )


def _date(value: object, key: str, where: str) -> str:
    if isinstance(value, dt.date):
        return french_date(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return str(value)
    return values.string(value, key, where)


def parse_lexicon(value: object, key: str, where: str) -> tuple[LexiconEntry, ...]:
    """Return the entries of a lexicon table called ``key`` in ``where``. Raises InputError."""
    table = values.table(value, key, where)
    if "" in table:
        raise InputError(
            tr("{where}: [{key}] has an entry for nothing (“”).", where=where, key=key),
            advice=tr("Name a word."),
        )
    return tuple(_entry(written, how, f"{where}: [{key}]") for written, how in table.items())


def _entry(written: str, how: object, where: str) -> LexiconEntry:
    if isinstance(how, str):
        return LexiconEntry(written, spoken=values.string(how, written, where))
    if not isinstance(how, dict):
        raise values.wrong(where, written, tr("a string or a table"), how)
    values.check_keys(how, _ENTRY_FIELDS, f"{where} “{written}”")
    if not {"spoken", "ipa"} & set(how):
        raise InputError(
            tr("{where}: “{written}” says nothing.", where=where, written=written),
            advice=tr("Give it “spoken” or “ipa”."),
        )
    fields = {
        key: _ENTRY_FIELDS[key](value, key, f"{where} “{written}”") for key, value in how.items()
    }
    return LexiconEntry(written, **fields)


def _ipa(value: object, key: str, where: str) -> str:
    ipa = values.string(value, key, where)
    if (sign := strange_sign(ipa)) is not None:
        raise strange_ipa(ipa, sign, where)
    return ipa


def _liaisons(value: object, key: str, where: str) -> Liaisons:
    told = values.string(value, key, where)
    if told not in tuple(Liaisons):
        known = ", ".join(f"“{choice}”" for choice in Liaisons)
        raise InputError(
            tr("{where}: “{key}” can't be “{told}”.", where=where, key=key, told=told),
            advice=tr("It is one of {known}.", known=known),
        )
    return Liaisons(told)


def _corrections(value: object, key: str, where: str) -> tuple[tuple[str, str], ...]:
    table = values.table(value, key, where)
    for wrong, right in table.items():
        if not isinstance(right, str):
            raise values.wrong(f"{where}: [{key}]", wrong, tr("a string"), right)
    if "" in table:
        raise InputError(
            tr("{where}: [{key}] corrects nothing (“”).", where=where, key=key),
            advice=tr("Name the slip."),
        )
    return tuple(table.items())


def _pauses(value: object, key: str, where: str) -> tuple[tuple[str, int], ...]:
    table = values.table(value, key, where)
    values.check_keys(table, PAUSES, f"{where}: [{key}]")
    return tuple((name, _milliseconds(ms, name, f"{where}: [{key}]")) for name, ms in table.items())


def _milliseconds(value: object, key: str, where: str) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise values.wrong(where, key, tr("a whole number of milliseconds"), value)
    if not 0 <= value <= LONGEST_PAUSE:
        limits = tr("between 0 and {longest_pause} milliseconds", longest_pause=LONGEST_PAUSE)
        raise InputError(
            tr("{where}: “{key}” must be {limits}.", where=where, key=key, limits=limits),
            advice=tr("It says {value}.", value=value),
        )
    return value


def _voices(value: object, key: str, where: str) -> tuple[tuple[str, VoiceSettings], ...]:
    table = values.table(value, key, where)
    values.check_keys(table, VOICE_ROLES, f"{where}: [{key}]")
    return tuple((role, _part(how, role, f"{where}: [{key}]")) for role, how in table.items())


def _characters(value: object, key: str, where: str) -> tuple[tuple[str, VoiceSettings], ...]:
    table = values.table(value, key, where)
    return tuple((name, _part(how, name, f"{where}: [{key}]")) for name, how in table.items())


def _part(how: object, role: str, where: str) -> VoiceSettings:
    if isinstance(how, str):
        return VoiceSettings(values.string(how, role, where))
    if not isinstance(how, dict):
        raise values.wrong(where, role, tr("a voice or a table"), how)
    values.check_keys(how, _PART_FIELDS, f"{where} “{role}”")
    return VoiceSettings(
        **{key: _PART_FIELDS[key](value, key, where) for key, value in how.items()}
    )


def _keep(value: object, key: str, where: str) -> frozenset[str]:
    """Return the codes of what is to be read although it looks like no text."""
    if not isinstance(value, list):
        raise values.wrong(where, key, tr("a list of codes"), value)
    for code in value:
        if not isinstance(code, str):
            raise values.wrong(where, key, tr("a list of codes in quotes"), code)
    for code in value:
        if code not in KEEPABLE:
            near = difflib.get_close_matches(code, KEEPABLE, n=1)
            known = tr("Known codes: {keepable}.", keepable=", ".join(sorted(KEEPABLE)))
            advice = tr("Did you mean “{near}”?", near=near[0]) if near else known
            raise InputError(
                tr("{where}: “{key}” can't keep “{code}”.", where=where, key=key, code=code),
                advice=advice,
            )
    return frozenset(value)


def _notes(value: object, key: str, where: str) -> str:
    if value != BRACKETS:
        advice = tr("The one value that it can have is “{brackets}”.", brackets=BRACKETS)
        raise InputError(
            tr("{where}: “{key}” is {value!r}.", where=where, key=key, value=value), advice=advice
        )
    return BRACKETS


_PART_FIELDS: dict[str, Callable[[object, str, str], Any]] = {
    "voice": values.string,
    "rate": values.within(RATES),
    "level": values.within(LEVELS),
}
_ENTRY_FIELDS: dict[str, Callable[[object, str, str], Any]] = {
    "spoken": values.string,
    "ipa": _ipa,
    "any_case": values.flag,
}
_TABLES = frozenset(
    {"lexicon", "corrections", "pauses", "voices", "characters", "chapters", "retakes"}
)
_FIELDS: dict[str, Callable[[object, str, str], Any]] = {
    "title": values.string,
    "author": values.string,
    "date": _date,
    "language": values.string,
    "description": values.string,
    "cover": values.string,
    **DETAILS,
    "liaisons": _liaisons,
    "lexicon": parse_lexicon,
    "corrections": _corrections,
    "pauses": _pauses,
    "voices": _voices,
    "characters": _characters,
    "keep": _keep,
    "notes": _notes,
    "marks": values.flag,
    "chapters": parse_chapters,
    "retakes": parse_retakes,
}
