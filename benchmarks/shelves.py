"""How well chapters are found in public books that no rule was written on, by format.

The books are those of ``books.tsv``: a file of a public repository at one commit, and the headings
that a person reads in it, all of them, in their order; « I-IX » stands for nine. A heading found is
right if it begins with the words that the table has for it. What is fetched is kept under
``--cache`` and read from there the next time; a file of another length than the table says is
refused. ``script/bench books`` prints precision and recall.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import urllib.error
import urllib.parse
import urllib.request
from collections import defaultdict
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.reading import read_data

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

TABLE = Path(__file__).with_name("books.tsv")
SOURCE = "https://raw.githubusercontent.com"
CACHE = Path(tempfile.gettempdir()) / "hautevoix-books"
PATIENCE = 30  # seconds for an answer
_ROMAN = re.compile(r"I-(?P<last>[IVXLC]+)")
_VALUES = {"C": 100, "XC": 90, "L": 50, "XL": 40, "X": 10, "IX": 9, "V": 5, "IV": 4, "I": 1}


@dataclass(frozen=True, slots=True)
class Listed:
    """A book of the table: where it is, its ``format``, how many ``characters``, its headings."""

    repository: str
    commit: str
    path: str
    format: str
    characters: int
    headings: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """How many headings there are, how many were found, and how many of those are right."""

    true: int = 0
    found: int = 0
    right: int = 0

    def add(self, other: Score) -> None:
        """Count what ``other`` counts."""
        self.true += other.true
        self.found += other.found
        self.right += other.right

    def __str__(self) -> str:
        """Return precision and recall, as they are printed."""
        precision, recall = self.right / (self.found or 1), self.right / (self.true or 1)
        return f"{precision:.3f}\t{recall:.3f}\t{self.right} of {self.true}, {self.found} found"


def listed(table: Path = TABLE) -> Iterator[Listed]:
    """Yield the books of ``table``."""
    for line in table.read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            repository, commit, path, kind, characters, headings = line.split("\t")
            titles = tuple(title for part in headings.split("|") for title in _spelled_out(part))
            yield Listed(repository, commit, path, kind, int(characters), titles)


def _spelled_out(part: str) -> Iterator[str]:
    """Yield « I », « II » and « III » of « I-III »; anything else as it is."""
    until = _ROMAN.fullmatch(part.strip())
    if until is None:
        yield part.strip()
        return
    number, label = 0, ""
    while label != until["last"]:
        number += 1
        label = roman(number)
        yield label


def roman(number: int) -> str:
    """Return ``number`` in Roman numerals.

    >>> roman(49)
    'XLIX'
    """
    said = ""
    for sign, value in _VALUES.items():
        said += sign * (number // value)
        number %= value
    return said


def fetched(book: Listed, source: str, cache: Path) -> bytes:
    """Return the bytes of ``book``, from the ``cache`` if it was fetched before.

    Raises ``OSError`` where ``source`` can't be reached, ``ValueError`` if it is another file.
    """
    kept = cache / book.commit / Path(book.path).name
    if not kept.exists():
        address = f"{source}/{book.repository}/{book.commit}/{urllib.parse.quote(book.path)}"
        with urllib.request.urlopen(address, timeout=PATIENCE) as answer:  # noqa: S310 - https, or a test's
            data: bytes = answer.read()
        _check(book, data)
        kept.parent.mkdir(parents=True, exist_ok=True)
        kept.write_bytes(data)
    data = kept.read_bytes()
    _check(book, data)
    return data


def _check(book: Listed, data: bytes) -> None:
    characters = len(data.decode("utf-8", "replace"))
    if characters != book.characters:
        message = f"{book.path}: {characters} characters, not {book.characters}: another file"
        raise ValueError(message)


def score(found: Sequence[str], true: Sequence[str]) -> Score:
    r"""Return how the headings ``found`` compare with the ``true`` ones, in their order.

    >>> str(score(["I. Le bac", "La crue"], ["I", "II"]))
    '0.500\\t0.500\\t1 of 2, 2 found'
    """
    wanted = {_words(title) for title in true}
    names = [_named(_words(title), wanted) for title in found]
    blocks = SequenceMatcher(None, [_words(t) for t in true], names, autojunk=False)
    right = sum(block.size for block in blocks.get_matching_blocks())
    return Score(len(true), len(found), right)


def _words(title: str) -> str:
    return re.sub(r"[\W_]+", " ", title.casefold()).strip()


def _named(words: str, wanted: set[str]) -> str:
    """Return the longest of the ``wanted`` titles that ``words`` begin with."""
    fits = (title for title in wanted if f"{words} ".startswith(f"{title} "))
    return max(fits, key=len, default=words)


def main() -> int:
    """Print a line for each book, and one for each format; exit 1 if a book could not be had."""
    summary, _, more = (__doc__ or "").partition("\n\n")
    parser = argparse.ArgumentParser(description=summary, epilog=more)
    parser.add_argument("--from", dest="source", default=SOURCE, help="where the files are")
    parser.add_argument("--cache", type=Path, default=CACHE, help="where they are kept")
    parser.add_argument("--table", type=Path, default=TABLE, help="the books and their headings")
    given = parser.parse_args()
    formats: defaultdict[str, Score] = defaultdict(Score)
    missing = 0
    print("precision\trecall\theadings\tbook")
    for book in listed(given.table):
        try:
            data = fetched(book, given.source, given.cache)
        except (OSError, ValueError) as error:
            missing += 1
            reason = getattr(error, "reason", error)
            print(f"{book.path}: not there ({reason})", file=sys.stderr)
            continue
        understood = read_data(data, Path(book.path).name)
        titles = [chapter.title for chapter in understood.chapters if chapter.title]
        one = score(titles, book.headings)
        formats[book.format].add(one)
        print(f"{one}\t{book.path}")
    for kind, total in sorted(formats.items()):
        print(f"{total}\tall {kind}")
    if missing:
        print(f"{missing} books are missing: they are fetched from {given.source}, which "
              "needs a network.", file=sys.stderr)  # fmt: skip
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
