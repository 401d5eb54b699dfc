"""French as printers set it: what may not be parted at a line's end holds by a no-break space.

Who translates a message or writes a page types plain spaces and straight apostrophes;
``script/translations`` sets them. The space is U+00A0 everywhere: the narrow one (U+202F) that
goes before « ; ! ? » in books is not in the charsets of all terminals.
"""

from __future__ import annotations

import re

SPACE = "\u00a0"
_BEFORE = re.compile(r"(?<=\S) (?=[:;!?»%](?![\w=/\[-]))")
_UNIT = re.compile(
    r"(?<=[\d}]) (?=(?:ko|[MG]o|[KM]io|kbit/s|m?s|k?Hz|dB(?:TP|FS)?|LUFS)(?![\w'’]))"
)
_THOUSANDS = re.compile(r"(?<=\d) (?=\d{3}(?!\d))")
_APOSTROPHE = re.compile(r"(?<=\w)'(?=[\w«`*])")
_CODE = re.compile(r"(^```.*?^```|`[^`]*`|<!--.*?-->|\]\([^)]*\))", re.MULTILINE | re.DOTALL)


def message(text: str) -> str:
    r"""Return a message with its spaces set; examples, which begin with « $ », are as typed.

    >>> message("« a » : non !\n$ hautevoix say 'Vous venez ?'").replace(SPACE, "~")
    "«~a~»~: non~!\n$ hautevoix say 'Vous venez ?'"
    """
    lines = text.replace("’", "'").split("\n")
    return "\n".join(line if line.startswith("$ ") else _spaced(line) for line in lines)


def page(text: str) -> str:
    """Return a page of Markdown with its spaces and apostrophes set, but for code and links.

    >>> page("L'écoute : `hautevoix say 'Oui ?'`").replace(SPACE, "~")
    "L’écoute~: `hautevoix say 'Oui ?'`"
    """
    parts = _CODE.split(text)
    parts[::2] = [_APOSTROPHE.sub("’", _spaced(part)) for part in parts[::2]]
    return "".join(parts)


def _spaced(text: str) -> str:
    text = _BEFORE.sub(SPACE, text.replace("« ", f"«{SPACE}"))
    return _THOUSANDS.sub(SPACE, _UNIT.sub(SPACE, text))
