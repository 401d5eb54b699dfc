"""TOML and JSON that anybody may have written: bounded in size, depth, keys and numbers.

The standard parsers trust their input. tomllib takes memory with the square of a dotted key (a
line of 30,000 dots: 3.9 GB), and both leave by RecursionError where tables or lists are nested
some hundreds deep. Here all that is wrong with a file is a ValueError that says what.
"""

from __future__ import annotations

import errno
import json
import os
import re
import stat
import tomllib
from typing import TYPE_CHECKING, Any, BinaryIO

from hautevoix.localization import noop, tr

if TYPE_CHECKING:
    from pathlib import Path

LARGEST_TOML = 4 << 20
"""Characters of TOML that are read: a lexicon of 50,000 entries has 2 million."""

LARGEST_JSON = 256 << 20
"""Bytes of JSON that are read: the timeline, with words, of a book of 100 hours has some 60 MB."""

_KEY = r"(?:[\w-]++|\"[^\"\n]*+\"|'[^'\n]*+')"
_MOST_PARTS = 32  # of a dotted key: those that anybody writes have two or three
_LONG_KEY = re.compile(rf"(?<![\w-]){_KEY}(?:[ \t]*+\.[ \t]*+{_KEY}){{{_MOST_PARTS}}}")
_NO_FILE = noop("it is no file that one can read")
_NESTED = noop("it is nested too deep")


def opened(path: Path) -> BinaryIO:
    """Open a file for reading, which must be one: neither a pipe nor a device, that never end.

    Raises OSError, of errno EINVAL for what is no file.
    """
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    mode = os.fstat(handle).st_mode
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):  # a folder raises as ever
        return os.fdopen(handle, "rb")
    os.close(handle)
    raise OSError(errno.EINVAL, tr(_NO_FILE), str(path))


def file_bytes(path: Path, most: int) -> bytes:
    """Return what a file holds, which must be one: neither a pipe nor a device, that never end.

    Raises OSError where it can't be read, ValueError for what is no file or over ``most`` bytes.
    """
    try:
        with opened(path) as file:
            data = file.read(most + 1)
    except OSError as error:
        if error.errno == errno.EINVAL:
            raise ValueError(tr(_NO_FILE)) from None
        raise
    if len(data) > most:
        raise ValueError(tr("it has more than {most} MiB", most=most >> 20))
    return data


def toml_table(text: str) -> dict[str, Any]:
    """Return the table that the TOML ``text`` is. Raises ValueError, naming the line if it can.

    >>> toml_table("titre = 'Lettre'")
    {'titre': 'Lettre'}
    """
    if len(text) > LARGEST_TOML:
        raise ValueError(
            tr(
                "it has more than {largest_toml} million characters",
                largest_toml=LARGEST_TOML >> 20,
            )
        )
    if long := _LONG_KEY.search(text):
        line = text.count("\n", 0, long.start()) + 1
        raise ValueError(
            tr(
                "a key of more than {most_parts} parts (at line {line})",
                most_parts=_MOST_PARTS,
                line=line,
            )
        )
    try:
        return tomllib.loads(text)
    except RecursionError:
        raise ValueError(tr(_NESTED)) from None
    except tomllib.TOMLDecodeError as error:
        raise ValueError(" ".join(str(error).split())) from None
    except ValueError as error:  # Python's own: digits beyond its limit, a day that no month has
        raise ValueError(_number(error)) from None


def json_value(data: bytes | str) -> Any:
    """Return what the JSON ``data`` (UTF-8, 16 or 32) holds. Raises ValueError.

    >>> json_value(b'{"rate": 44100}')
    {'rate': 44100}
    """
    if len(data) > LARGEST_JSON:
        raise ValueError(tr("it has more than {largest_json} MiB", largest_json=LARGEST_JSON >> 20))
    try:
        return json.loads(data)
    except RecursionError:
        raise ValueError(tr(_NESTED)) from None
    except (json.JSONDecodeError, UnicodeDecodeError):
        raise
    except ValueError as error:
        raise ValueError(_number(error)) from None


def _number(error: ValueError) -> str:
    """Return what is wrong with a number, without Python's advice to programmers."""
    return tr("a number of too many digits") if "digits" in str(error) else str(error)
