"""Who speaks in plays, scripts and interviews, from the name over or before what is said."""

from __future__ import annotations

from pathlib import Path

import pytest

from characters import plays, scores
from hautevoix.french import Narrator
from hautevoix.model import Book, BookInfo, Chapter, Kind, Paragraph, Role
from hautevoix.reading import read
from hautevoix.scripting import ReadingOptions, write_script
from hautevoix.scripting.plays import characters, replies

GOLDEN = sorted((Path(__file__).parent / "golden").glob("*/in.*"))


def _said(path: Path, *, staged: bool) -> list[tuple[str, str]]:
    """Return who says what in the chapters of a text, the narrator as nobody."""
    reading = ReadingOptions(opening=False, closing=False, parted=staged, staged=staged)
    made = write_script(read(path), Narrator(), reading).utterances
    return [
        (one.character or "", " / ".join(one.written.split("\n")))
        for one in made
        if one.role is not Role.HEADING
    ]


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_a_text_is_spoken_by_those_whom_it_names(path: Path) -> None:
    """From the file to who says each utterance; names and stage directions are the narrator's."""
    wanted = path.with_name("said.tsv").read_text("utf-8").splitlines()
    assert ["\t".join(row) for row in _said(path, staged=True)] == wanted


@pytest.mark.parametrize("path", GOLDEN, ids=lambda path: path.parent.name)
def test_one_voice_says_it_in_the_same_breaths(path: Path) -> None:
    """Where nobody is cast no sentence is cut: a name and what follows it stay together."""
    whole = [written for _, written in _said(path, staged=False)]
    pieces = [written for _, written in _said(path, staged=True)]
    assert "".join(whole).replace(" ", "").replace("—", "") == "".join(pieces).replace(
        " ", ""
    ).replace("—", "")
    assert len(whole) <= len(pieces)


def test_the_labelled_set_is_read_precisely() -> None:
    """Nobody is given words that are not his, nor where it only looks like a play."""
    texts = list(plays())
    wanted = [who for text in texts for who in text.speakers]
    got = [who for text in texts for who in text.found()]
    precision, recall = scores(wanted, got)
    assert precision >= 0.97
    assert recall >= 0.95


def test_who_speaks_is_counted() -> None:
    """The most frequent first, those of a play as those of a novel."""
    path = next(path for path in GOLDEN if path.parent.name == "play-in-prose")
    assert characters(read(path)) == (("MAÎTRE GUILLOT", 4), ("JACQUELINE", 3), ("L’AVEUGLE", 2))


TALK = (
    "ARNAUD. — Qui va là ?",
    "BERTHE. — C'est moi.",
    "ARNAUD. — Entrez, vous.",
    "BERTHE. — Merci, mon ami.",
    "ARNAUD. — Je vous attends.",
)
NAMED = ("Arnaud : Et vous ?", "Berthe : C'est moi.", "Claire : Venez.", "Denis : J'y vais.")
OVER = ("ARNAUD", "Où est-il ?", "BERTHE", "Chez moi.") * 3
IN_ITALICS = Paragraph(Kind.PARAGRAPH, "Ils sortent.", emphasis=((0, 12),))


def _emphasised(before: str, words: str, after: str) -> Paragraph:
    start = len(before)
    span = (start, start + len(words))
    return Paragraph(Kind.PARAGRAPH, before + words + after, emphasis=(span,))


def _replies(*paragraphs: str | Paragraph) -> list[list[tuple[str | None, str]]]:
    """Return who says what in each paragraph of a book of one chapter."""
    whole = tuple(
        each if isinstance(each, Paragraph) else Paragraph(Kind.PARAGRAPH, each)
        for each in paragraphs
    )
    found = replies(Book(BookInfo(), (Chapter(None, whole),)))
    return [
        [
            (part.character, paragraph.text[part.start : part.end].strip())
            for part in found.get((0, index), ())
            if part.speech
        ]
        for index, paragraph in enumerate(whole)
    ]


@pytest.mark.parametrize(
    "paragraphs",
    [
        pytest.param((*NAMED, "Émile : Et toi ?"), id="each comes once"),
        pytest.param(TALK[:4], id="four in all"),
        pytest.param((*TALK, *["Il pleut sur la ville."] * 20), id="few of what is there"),
    ],
)
def test_what_only_looks_like_names_is_nobody(paragraphs: tuple[str, ...]) -> None:
    """Names come again, are several, and make up much of what stands around them."""
    assert not any(_replies(*paragraphs))


@pytest.mark.parametrize(
    ("paragraph", "said"),
    [
        ("BERTHE. — (Vous riez ?) Merci.", [("BERTHE", "(Vous riez ?) Merci.")]),
        ("ARNAUD ET BERTHE. — Nous venons !", [(None, "Nous venons !")]),
        (_emphasised("BERTHE. — ", "Elle rit.", " Merci."), [("BERTHE", "Merci.")]),
        (_emphasised("BERTHE. — Oui, ", "certes.", ""), [("BERTHE", "Oui, certes.")]),
        (_emphasised("BERTHE. — ", "Certes", " oui."), [("BERTHE", "Certes oui.")]),
    ],
)
def test_within_a_reply(paragraph: str | Paragraph, said: list[tuple[str | None, str]]) -> None:
    """Directions are the narrator's: in brackets and addressed to nobody, or whole sentences."""
    assert _replies(*TALK, paragraph)[-1] == said


@pytest.mark.parametrize(
    ("after", "said"),
    [
        pytest.param(("Nous partons.",), [], id="nothing tells directions from speech"),
        pytest.param((IN_ITALICS, "Nous partons."), [("ARNAUD", "Nous partons.")], id="italics do"),
        pytest.param(
            (Paragraph(Kind.VERSE, "Nous partons\nà l'aube."),),
            [("ARNAUD", "Nous partons\nà l'aube.")],
            id="a stanza",
        ),
        pytest.param((IN_ITALICS, "FIN DE L'ACTE", "Nous partons."), [], id="capitals end it"),
        pytest.param(
            (IN_ITALICS, Paragraph(Kind.HEADING, "Plus tard"), "Nous partons."),
            [],
            id="a heading ends it",
        ),
    ],
)
def test_what_follows_a_reply(
    after: tuple[str | Paragraph, ...], said: list[tuple[str | None, str]]
) -> None:
    """It is the speaker's where directions are set apart, up to what begins something else."""
    assert _replies(*TALK, *after)[-1] == said


def test_a_list_of_names_says_nothing() -> None:
    """Only a name alone over a text says it, not the last of several."""
    assert _replies("CLAIRE", "ARNAUD", "BERTHE", "Vous êtes à Paris.", *OVER)[3] == []
    assert _replies(*OVER)[3] == [("BERTHE", "Chez moi.")]


def test_a_lone_title_beside_names_is_no_name() -> None:
    """Names in small letters come again: « Usage : » among them does not."""
    talk = (*NAMED[:2], "Arnaud : Entrez.", "Berthe : Je viens.", "Arnaud : Et toi ?")
    *names, usage = _replies(*talk, "Usage : je le redis.")
    assert [said[0][0] for said in names] == ["Arnaud", "Berthe", "Arnaud", "Berthe", "Arnaud"]
    assert usage == []
