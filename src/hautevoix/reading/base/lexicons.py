"""Lexicon files: our TOML (the sidecar's [lexicon] alone), or W3C PLS 1.0, told by content."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hautevoix.errors import InputError, RefusedError
from hautevoix.french import read_pls
from hautevoix.localization import tr
from hautevoix.parsing.bounded import LARGEST_TOML, file_bytes
from hautevoix.reading.base.sidecar import load_toml, parse_lexicon

if TYPE_CHECKING:
    from pathlib import Path

    from hautevoix.model import LexiconEntry

USER_FILES = ("lexicon.toml", "lexicon.pls")
"""What is looked for in the user's configuration folder, the first first."""


def read_lexicon(path: Path) -> tuple[LexiconEntry, ...]:
    """Return the entries of a lexicon file. Raises InputError, RefusedError for a hostile PLS."""
    try:
        data = file_bytes(path, 4 * LARGEST_TOML)
        if data[:4096].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
            return read_pls(data.decode("utf-8-sig"))
    except FileNotFoundError:
        raise InputError(
            tr("{path}: no such file.", path=path), advice=tr("Check the name.")
        ) from None
    except UnicodeDecodeError:
        raise InputError(
            tr("{path}: not UTF-8.", path=path), advice=tr("Save it as UTF-8.")
        ) from None
    except OSError as error:
        raise InputError(
            tr("{path}: {strerror}.", path=path, strerror=error.strerror),
            advice=tr("Check the name."),
        ) from None
    except (InputError, RefusedError) as error:
        raise type(error)(f"{path}: {error.message}", advice=error.advice) from None
    except ValueError as error:
        raise InputError(
            tr("{path}: {why}.", path=path, why=error), advice=tr("Check the name.")
        ) from None
    table = load_toml(path)
    return parse_lexicon(table.get("lexicon", table), "lexicon", str(path))


def user_lexicon(folder: Path) -> tuple[LexiconEntry, ...]:
    """Return the entries of the user's own lexicons in ``folder``; none where there is none."""
    files = [folder / name for name in USER_FILES]
    return tuple(entry for file in files if file.is_file() for entry in read_lexicon(file))
