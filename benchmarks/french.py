"""Measures what is read aright: python benchmarks/french.py [ours|spokenform|num2words|sentences].

The cases are ``unseen.tsv``, labelled before any rule had seen them, and the hard sentence cases of
the tests. The others must be installed first (none is a dependency of the project): num2words,
spokenform, and for sentences pysbd, syntok, sentence-splitter, yasbd-lib.
Case, punctuation and hyphens are not compared: a listener hears none of them.
"""

from __future__ import annotations

import importlib
import re
import sys
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

HERE = Path(__file__).parent


def heard(text: str) -> list[str]:
    """Return the words of a text, as far as they can be heard."""
    return re.findall(r"[^\W_]+", text.lower())


def ours() -> Callable[[str], str]:
    """Return the narrator."""
    narrator = importlib.import_module("hautevoix.french").Narrator()
    return lambda text: narrator.say(text).words.text


def spokenform() -> Callable[[str], str]:
    """Return spokenform, told that this is French."""
    prepare = importlib.import_module("spokenform").prepare
    return lambda text: prepare(text, language="fr").text


def num2words() -> Callable[[str], str]:
    """Return num2words behind the thin wrapper that most projects write."""
    words = importlib.import_module("num2words").num2words

    def number(match: re.Match[str]) -> str:
        written = match[0].replace(",", ".")
        return str(words(float(written) if "." in written else int(written), lang="fr"))

    def say(text: str) -> str:
        text = re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d{3}\b)", "", text)
        text = re.sub(r"\b1er\b", "premier", text)
        text = re.sub(r"\b1re\b", "première", text)
        text = re.sub(r"\b(\d+)e\b", lambda m: words(int(m[1]), lang="fr", to="ordinal"), text)
        return re.sub(r"\d+(?:,\d+)?", number, text)

    return say


READERS = {"ours": ours, "spokenform": spokenform, "num2words": num2words}


def cases() -> Iterable[tuple[str, list[str]]]:
    """Yield what is written, and what may be said."""
    for line in (HERE / "unseen.tsv").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            written, said = line.split("\t")
            yield written, said.split("|")


def score(name: str) -> str:
    """Return one reader's line of the table."""
    say = READERS[name]()
    results = [heard(say(written)) in map(heard, said) for written, said in cases()]
    return f"{name}: {sum(results)} of {len(results)}"


def splitters() -> dict[str, Callable[[str], list[str]]]:
    """Return the splitters that are installed."""
    load = importlib.import_module
    found: dict[str, Callable[[str], list[str]]] = {
        "ours": lambda text: list(load("hautevoix.french").sentences(text)),
        "pysbd": lambda text: load("pysbd").Segmenter(language="fr", clean=False).segment(text),
        "syntok": _syntok,
        "sentence_splitter": lambda text: load("sentence_splitter").split_text_into_sentences(
            text, language="fr"
        ),
        "yasbd": lambda text: list(load("yasbd").BoundaryDetector(lang="fr").segment(text)),
    }
    return found


def _syntok(text: str) -> list[str]:
    paragraphs: Any = importlib.import_module("syntok.segmenter").process(text)
    return [
        "".join(token.spacing + token.value for token in sentence)
        for paragraph in paragraphs
        for sentence in paragraph
    ]


def split_scores() -> Iterable[str]:
    """Yield each splitter's line: paragraphs cut exactly right."""
    file = HERE.parent / "tests" / "french" / "sentences.toml"
    paragraphs = tomllib.loads(file.read_text(encoding="utf-8"))["cases"]
    for name, split in splitters().items():
        try:
            right = sum([s.strip() for s in split(" ".join(p))] == p for p in paragraphs)
        except ModuleNotFoundError:
            yield f"{name}: not installed"
            continue
        yield f"{name}: {right} of {len(paragraphs)}"


def main(what: str) -> None:
    """Print the scores asked for."""
    lines = split_scores() if what == "sentences" else [score(what)]
    sys.stdout.writelines(f"{line}\n" for line in lines)


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "ours")
