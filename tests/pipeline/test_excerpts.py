from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from commands import hautevoix
from hautevoix.errors import InputError
from hautevoix.model.options import Excerpt, Source
from hautevoix.pipeline.texts import Understood, narrate, understand

if TYPE_CHECKING:
    from pathlib import Path

BOOK = """LE PHARE

CHAPITRE PREMIER
L'arrivée

Le bateau accosta au petit matin[1]. Personne ne l’attendait. Le gardien descendit.

CHAPITRE II
La tempête

Le vent se leva vers midi. Les vagues montaient jusqu'aux vitres[2]. On n'entendait plus rien.

Personne ne dormit cette nuit-là.

CHAPITRE III
Le retour

Le bateau repartit au soir. Le phare s'éteignit.

NOTES

[1] C'était en mars.

[2] Elles ont huit mètres.
"""


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Return a book of three chapters and two notes."""
    path = tmp_path / "phare.txt"
    path.write_text(BOOK, "utf-8")
    return path


def part(book: Path, excerpt: Excerpt) -> Understood:
    """Return that part of it."""
    return understand(Source(book, excerpt=excerpt))


def heard(book: Path, excerpt: Excerpt) -> list[str]:
    """Return what is said of that part, as it is written."""
    return [utterance.written for utterance in narrate(part(book, excerpt)).utterances]


def test_chapters_come_with_their_own_notes(book: Path) -> None:
    """The second alone is read, with its note and no other; the title says that it is a part."""
    told = heard(book, Excerpt(((2, 2),)))
    assert told[0] == "LE PHARE (extrait)"
    assert "Personne ne dormit cette nuit-là." in told
    assert "Elles ont huit mètres." in told
    assert not {"Le gardien descendit.", "C'était en mars.", "Le phare s'éteignit."} & set(told)
    assert part(book, Excerpt(((1, 1), (3, None)))).numbers == (0, 2)


def test_a_sample_ends_with_a_sentence(book: Path) -> None:
    """Some seconds give whole sentences from the first prose on, and no more."""
    told = heard(book, Excerpt(seconds=3))
    assert "Le bateau accosta au petit matin." in told
    assert "Le gardien descendit." not in told
    assert "C'était en mars." in told
    assert not any("tempête" in text for text in told)


def test_words_choose_where_it_begins(book: Path) -> None:
    """The sentence that has them is the first, whichever apostrophe is typed."""
    told = heard(book, Excerpt(start="NE L'ATTENDAIT", seconds=1))
    assert told[2] == "Personne ne l’attendait."
    assert "C'était en mars." not in told


@pytest.mark.parametrize(
    ("excerpt", "said"),
    [
        (
            Excerpt(((2, 7),)),
            "no chapter 7. There are 3: 1 CHAPITRE PREMIER. L'arrivée, 2",
        ),
        (
            Excerpt(start="le bateau"),
            "2 sentences: 1 « Le bateau accosta",
        ),
        (Excerpt(start="un avion"), "stands nowhere"),
    ],
)
def test_a_part_that_is_not_there_is_told(book: Path, excerpt: Excerpt, said: str) -> None:
    """One line says which chapters there are, or where the words stand."""
    with pytest.raises(InputError, match=r"phare\.txt: ") as told:
        part(book, excerpt)
    assert said in str(told.value)


def test_a_part_leaves_the_whole_alone(book: Path) -> None:
    """A sample is built beside the book, and outline numbers chapters as the whole does."""
    whole = book.parent / "output" / "phare" / "phare.mp3"
    whole.parent.mkdir(parents=True)
    whole.write_bytes(b"the whole book")
    done = hautevoix("build", book, "--sample", "1s", "--store", "store", cwd=book.parent)
    assert done.returncode == 0, done.stderr
    assert done.stdout == "output/phare-sample/phare-sample.mp3\n"
    assert whole.read_bytes() == b"the whole book"
    assert "\n3. CHAPITRE III" in hautevoix("outline", book, "--chapters", "3").stdout
    wrong = hautevoix("script", book, "--chapters", "3-")
    assert "Le vent" not in wrong.stdout
    assert hautevoix("script", book, "--chapters", "3-1").returncode == 2
