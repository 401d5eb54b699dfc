"""The documentation in French says what the English one says: all of it that can be compared."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import translations
import typography
from examples import Page, parsed, read

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parent.parent
OTHERS = {"pronunciation.fr.md": ("french.md",)}
"""The English pages, besides its own, of which a French one says what a user needs."""
ENGLISH_ALONE = re.compile(r"<!-- English only: (.+?) -->")
PAIRS = [
    (english, page)
    for page in translations.french_pages()
    if (english := page.with_name(page.name.replace(".fr.md", ".md"))).exists()
    and page.parent.name == "docs"
]


@pytest.mark.parametrize(("english", "french"), PAIRS, ids=lambda path: path.name)
def test_a_french_page_says_what_its_english_one_does(english: Path, french: Path) -> None:
    """Commands, options, keys of tables and of TOML, codes, variables: none lacks, none is left."""
    told = read(french)
    own = without(read(english), ENGLISH_ALONE.findall(told.text))
    known = [
        read(english),
        *(read(english.with_name(name)) for name in OTHERS.get(told.path.name, ())),
    ]
    lacking = set(named(own)) - set(named(told))
    left = set(named(told)) - {one for page in known for one in named(page)}
    rows = [[len(table) for table in page.tables] for page in (own, told)]
    assert len(rows[0]) != len(rows[1]) or rows[0] == rows[1], f"{french.name}: rows of its tables"
    assert not lacking, f"{french.name} does not say what {english.name} does: {sorted(lacking)}"
    assert not left, f"{french.name} says what {english.name} does not: {sorted(left)}"


def test_every_page_for_users_is_in_french() -> None:
    """What a user needs is; what only developers do stays English."""
    developers = {"api.md", "capacity.md", "cluster.md", "french.md", "how-to-add.md"}
    developers |= {"performance.md", "reliability.md"}
    pages = {path.name for path in ROOT.glob("docs/*.md") if not path.name.endswith(".fr.md")}
    assert {english.name for english, _ in PAIRS} == pages - developers


@pytest.mark.parametrize("page", translations.french_pages(), ids=lambda path: path.name)
def test_a_french_page_is_set_as_printers_do(page: Path) -> None:
    """No-break spaces before « : ; ! ? » and in quotation marks: script/translations."""
    text = page.read_text("utf-8")
    assert text == typography.page(text)


def test_a_missing_option_a_stale_key_and_a_lost_row_are_told(tmp_path: Path) -> None:
    """What a French page leaves out, or says beyond, is among what is compared."""
    english = "`hautevoix build --words`\n\n| code | |\n|---|---|\n| `page-number` | a |\n"
    french = "`hautevoix build`\n\n| code | |\n|---|---|\n| `page-numbers` | a |\n"
    for name, text in (("page.md", english), ("page.fr.md", french)):
        (tmp_path / name).write_text(text, "utf-8")
    own, told = (set(named(read(tmp_path / name))) for name in ("page.md", "page.fr.md"))
    assert own - told == {"--words", "row page-number"}
    assert told - own == {"row page-numbers"}


def without(page: Page, headings: list[str]) -> Page:
    """Return a page without its sections of these headings, which must be there."""
    text = page.text
    for heading in headings:
        section = re.compile(
            rf"^(#+) {re.escape(heading)}\n.*?(?=^\1 |\Z)", re.MULTILINE | re.DOTALL
        )
        text, found = section.subn("", text)
        assert found, f"{page.path.name} has no section « {heading} »"
    return parsed(page.path, text)


def named(page: Page) -> Iterator[str]:
    """Yield what both languages call by the same names."""
    lines = [*page.spans, *(command.text for command in page.commands())]
    for line in lines:
        if re.match(r"(hautevoix\b|--[a-z])", line):
            yield from re.findall(r"^hautevoix [a-z]+", line)
            yield from re.findall(r"(?<!\S)--[a-z][a-z-]*", line)
    yield from (f"$ {command.text}" for command in page.commands())
    for _, *rows in page.tables:
        for row in rows:
            yield from (f"row {key}" for key in re.findall(r"`([\w.=\"/-]+)`", row[0]))
    for block in page.blocks:
        if block.language == "toml":
            yield from (f"key {key}" for key in keys(tomllib.loads(block.text)))
    yield from re.findall(r"HAUTEVOIX_[A-Z_]+", page.text)
    codes = re.findall(r"(?:[Ee]xit(?:\s+code)?|[Cc]ode\s+de\s+sortie)\s+(\d+)", page.text)
    yield from (f"exit code {code}" for code in codes)


def keys(table: dict[str, object], path: str = "") -> Iterator[str]:
    """Yield the keys of a table, those of tables in it with their paths."""
    for key, value in table.items():
        yield path + key
        for inner in value if isinstance(value, list) else [value]:
            if isinstance(inner, dict):
                yield from keys(inner, f"{path}{key}.")
