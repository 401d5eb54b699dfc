"""The documentation's examples, as tests need them: what a page shows, and what it must print.

Rules for who writes a page:

- In a block of ``sh`` each line is a command; in one of ``console`` (or of no language) a command
  follows ``$``, and what it prints stands under it, stderr included.
- « … » stands for anything within a line, and alone on a line for any lines.
- A command that no test can run is named, by how it begins, in a comment that no reader sees:
  ``<!-- not run: hautevoix preview: serves until it is stopped -->``.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from markdown_it import MarkdownIt

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

    from markdown_it.token import Token

_NOT_RUN = re.compile(r"<!-- not run: ([^:]+): (.+?) -->")
_COMMENT = re.compile(r"(?:^|\s+)#\s.*$")
_LINK = re.compile(r"\]\(([^)\s]+)\)")


@dataclass(frozen=True)
class Block:
    """A fenced block: its language, its text, and the line of the page where it opens."""

    language: str
    text: str
    line: int
    named: bool  # the line before it is a file's name: the file that holds it


@dataclass(frozen=True)
class Command:
    """A command line, what must be set before it, and what it prints (None: nothing is shown)."""

    line: int
    text: str
    before: tuple[str, ...] = ()
    printed: str | None = None


@dataclass(frozen=True)
class Page:
    """A page of Markdown: its blocks, its spans of code, its tables and its links."""

    path: Path
    text: str
    blocks: tuple[Block, ...]
    spans: tuple[str, ...]
    tables: tuple[tuple[tuple[str, ...], ...], ...]
    links: tuple[str, ...]
    not_run: tuple[tuple[str, str], ...]

    def commands(self) -> Iterator[Command]:
        """Yield every command of the page, in order."""
        for block in self.blocks:
            if block.language == "sh":
                yield from _script(block)
            elif block.language in {"console", ""}:
                yield from _session(block)

    def excused(self, command: Command) -> str | None:
        """Return how the marking begins that lets ``command`` be, if there is one."""
        starts = (start for start, _ in self.not_run if command.text.startswith(start))
        return next(starts, None)

    def anchors(self) -> set[str]:
        """Return what a link to a heading of this page may say after its #."""
        titles = re.findall(r"^#+ (.+)$", self.text, re.MULTILINE)
        return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def read(path: Path) -> Page:
    """Return what stands on a page of Markdown."""
    return parsed(path, path.read_text("utf-8"))


def parsed(path: Path, text: str) -> Page:
    """Return what stands on the page at ``path``, whose text is ``text``."""
    tokens = MarkdownIt().enable("table").parse(text)
    prose = [token for token in tokens if token.type == "inline"]
    spans = [span.content for token in prose for span in token.children or () if span.tag == "code"]
    return Page(
        path,
        text,
        tuple(_block(token, text) for token in tokens if token.type == "fence"),
        tuple(spans),
        tuple(_tables(tokens)),
        tuple(link for token in prose for link in _LINK.findall(token.content)),
        tuple(_NOT_RUN.findall(text)),
    )


def matches(shown: str, printed: str) -> bool:
    """Tell whether ``printed`` is what a page shows, whose « … » stands for anything.

    >>> matches("6:02, … MB", "6:02, 4.3 MB"), matches("42 clips", "43 clips")
    (True, False)
    """
    lines = (
        r"(?:.*\n)*" if line.strip() == "…" else ".*".join(map(re.escape, line.split("…"))) + r"\n"
        for line in shown.strip("\n").splitlines()
    )
    return re.fullmatch("".join(lines), printed.strip("\n") + "\n") is not None


def _block(token: Token, text: str) -> Block:
    start = (token.map or [0])[0]
    before = text.splitlines()[start - 1] if start else ""
    named = re.fullmatch(r"`[\w.]+`", before) is not None
    return Block(token.info.strip(), token.content, start + 1, named)


def _script(block: Block) -> Iterator[Command]:
    before: list[str] = []
    for line, text in enumerate(block.text.splitlines(), block.line + 1):
        command = _COMMENT.sub("", text)
        if command.startswith("export "):
            before.append(command)
        elif command:
            yield Command(line, command, tuple(before))


def _session(block: Block) -> Iterator[Command]:
    lines = block.text.splitlines()
    starts = [at for at, text in enumerate(lines) if text.startswith("$ ")]
    for at, end in zip(starts, [*starts, len(lines)][1:], strict=False):
        printed = "\n".join(lines[at + 1 : end]).strip("\n") or None
        yield Command(block.line + 1 + at, _COMMENT.sub("", lines[at][2:]), (), printed)


def _tables(tokens: Sequence[Token]) -> Iterator[tuple[tuple[str, ...], ...]]:
    rows: list[list[str]] = []
    for before, token in itertools.pairwise(tokens):
        if before.type == "tr_open":
            rows.append([])
        if before.type in {"td_open", "th_open"}:
            rows[-1].append(token.content)
        if token.type == "table_close":
            yield tuple(map(tuple, rows))
            rows = []
