"""A sidecar that is changed in place: what its owner wrote stays, comments and order too."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import tomlkit
from tomlkit.items import AoT, Table

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.model.options import sidecar_file
from hautevoix.parsing.bounded import toml_table
from hautevoix.reading import parse_sidecar, read_sidecar
from hautevoix.scripting.retakes import joined
from hautevoix.storage.files import whole

if TYPE_CHECKING:
    from pathlib import Path

    from tomlkit import TOMLDocument

_RETAKES = "retakes"


def sidecar_of(text: Path) -> Path:
    """Return where the sidecar of ``text`` lies or would lie. Raises InputError if it has none."""
    path = sidecar_file(text) if str(text) != "-" else None
    if path is None:
        raise InputError(
            tr("{text}: it can have no sidecar.", text=text),
            advice=tr("Give the text a file of its own: TEXT.txt has TEXT.toml."),
        )
    return path


def keep_retake(text: Path, words: str, told: dict[str, Any]) -> dict[str, Any]:
    """Keep in the sidecar of ``text`` how the sentence ``words`` is said; return all its keys.

    ``told`` goes over what was kept of it before; where it is empty, the next take is wished for.
    Raises InputError for a sidecar that can't be read, DiskError for one that can't be written.
    """
    path, document = _opened(text)
    if _RETAKES not in document:
        document.append(_RETAKES, tomlkit.aot())
    kept = document[_RETAKES]
    entry = next((one for one in kept if joined(one["words"]) == joined(words)), None)
    if entry is None:
        entry = tomlkit.table() if isinstance(kept, AoT) else tomlkit.inline_table()
        entry["words"] = joined(words)
        if document.as_string().strip() and isinstance(entry, Table):
            entry.trivia.indent = "\n"  # an empty line above it
        kept.append(entry)
        entry = kept[-1]
    entry.update(told or {"take": int(entry.get("take", 0)) + 1})
    _write(path, document)
    return dict(entry.unwrap())


def drop_retake(text: Path, words: str) -> None:
    """Take what is kept of the sentence ``words`` out of the sidecar. Raises as ``keep_retake``."""
    path, document = _opened(text)
    kept = document[_RETAKES]
    places = [at for at, one in enumerate(kept) if joined(one["words"]) == joined(words)]
    for at in reversed(places):
        del kept[at]
    if not kept:
        del document[_RETAKES]
    _write(path, document)


def _opened(text: Path) -> tuple[Path, TOMLDocument]:
    """Return the sidecar of a text, empty where there is none, after it has been checked."""
    path = sidecar_of(text)
    read_sidecar(text)
    source = path.read_bytes().decode("utf-8-sig") if path.exists() else ""
    return path, tomlkit.parse(source)


def _write(path: Path, document: TOMLDocument) -> None:
    written = tomlkit.dumps(document)
    parse_sidecar(toml_table(written), str(path))
    with whole(path) as file:
        file.write(written.encode("utf-8"))
