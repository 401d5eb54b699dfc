"""Makes the table of words whose last consonant the rules would not keep apart rightly.

Each form of Lexique whose end eSpeak might link is asked for, alone and before « et ».
"""

from __future__ import annotations

from hautevoix.pronunciation.linking import is_linkable, ruled_apart
from hautevoix.pronunciation.naming import ruled
from hautevoix.pronunciation.tables import words as table
from respelling import folded, respelling, sounded
from wordtable import DATA, lexique

_HEAD = """\
# Words whose last consonant is heard before a vowel, and how they are spelled where it shall not;
# the word itself where nothing is to be done. Only what the rules of linking.py would get wrong:
# made by script/pronunciation from Lexique 3.83, under CC BY-SA 4.0; see NOTICE. Do not edit.
"""
_COMMON = """\
# French words that end as foreign names do: with a capital, they are said as they are. Made by
# script/pronunciation from Lexique 3.83, under CC BY-SA 4.0; see NOTICE. Do not edit.
"""


def main() -> None:
    """Write the table, and tell what was left out."""
    rows: dict[str, str] = {}
    missing: list[str] = []
    for form in lexique():
        word = form.word
        if not (word.isalpha() and is_linkable(word)) or word in table() or "(" in sounded(word):
            continue
        alone = folded(sounded(word))
        ruled = ruled_apart(word)
        if _is_apart(ruled, alone):
            continue
        spelling = word if _is_apart(word, alone) else respelling(word, sounded(word))
        if spelling is None:
            missing.append(word)
        else:
            rows[word] = spelling
    told = "".join(f"{word}\t{rows[word]}\n" for word in sorted(rows))
    (DATA / "unlinked.tsv").write_text(_HEAD + told, "utf-8")
    told = "".join(f"{word}\n" for word in _common())
    (DATA / "common.tsv").write_text(_COMMON + told, "utf-8")
    print(f"{len(rows)} words; no spelling found for {len(missing)}: {' '.join(missing)}")


def _common() -> list[str]:
    """Return the words of Lexique that would be said wrong if they were taken for names."""
    found = []
    for form in lexique():
        told = ruled(form.word)
        verb = form.word.endswith("ez")  # « Arrêtez » never has a capital inside a sentence
        if told != form.word and form.word.isalpha() and not verb and form.word not in table():
            said = folded(sounded(told))
            found += [form.word] * (said not in {folded(ipa) for ipa in form.sounds})
    return sorted(found)


def _is_apart(spelling: str, alone: str) -> bool:
    return {folded(sounded(each).split()[0]) for each in (spelling, f"{spelling} et")} == {alone}


if __name__ == "__main__":
    main()
