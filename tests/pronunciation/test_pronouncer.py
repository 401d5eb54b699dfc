"""What the pronouncer promises beside its cases."""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hautevoix.engines.spelled import spelled, taken
from hautevoix.engines.transcription import Foreign, heard, sounds
from hautevoix.french import Narrator, replay
from hautevoix.model import LexiconEntry, Manner, Span, Words
from hautevoix.model.options import Liaisons
from hautevoix.pronunciation import Pronouncer, names, occurrences

if TYPE_CHECKING:
    from hautevoix.engines import Engine

SAID = "Jadis, les hommes et Berthe buvaient vingt heures."


def test_the_changes_replayed_give_what_the_engine_is_given() -> None:
    """Every step is told, so that the story can be replayed like the narrator's."""
    told = Pronouncer().explained(Words(SAID))
    assert replay(SAID, told.changes) == spelled(told.words).text
    assert {change.rule for change in told.changes} == {"name", "word", "liaison"}


def test_what_is_written_stays_as_it_is() -> None:
    """Only spans tell of spellings: script, page and word times have the words as they are."""
    words = Pronouncer().pronounced(Words(SAID))
    assert words.text == SAID
    assert [SAID[span.start : span.end] for span in words.spans] == [
        "Jadis",
        "hommes",
        "Berthe",
        "vingt",
    ]


def test_a_lexicon_wins() -> None:
    """What a person told, in other words or by phonemes, no rule of ours touches."""
    entries = (
        LexiconEntry("Bertha", spoken="Berthe"),
        LexiconEntry("Arthur", ipa="aʁtyʁ"),
    )
    words = Pronouncer().pronounced(Narrator(entries).say("Bertha avec Arthur et Berthe.").words)
    assert words.text == "Berthe avec Arthur et Berthe."
    assert words.spans == (
        Span(12, 18, Manner.PHONEMES, "aʁtyʁ"),
        Span(22, 28, Manner.RESPELLED, spelling="berte"),
    )


def test_other_spans_move_with_the_spellings() -> None:
    """Phonemes and letters stand where they stood among the words."""
    words = Words("Jadis la C G T", (Span(9, 14, Manner.LETTERS),))
    given_ = spelled(Pronouncer().pronounced(words))
    span = given_.spans[0]
    assert given_.text[span.start : span.end] == "C G T"


@given(st.text("Lesha dtxyénqu'-.,! oùî", max_size=60))
def test_as_many_words_come_out_as_went_in(text: str) -> None:
    """Word times are told by number and place: a spelling never adds, drops or joins a word."""
    words = Pronouncer().pronounced(Words(text))
    assert len(spelled(words).text.split()) == len(text.split())
    assert all(0 <= span.start < span.end <= len(text) for span in words.spans)


def test_a_solemn_style_links_plural_nouns() -> None:
    """An option for sermons and alexandrines; « et » is never linked with, in any style."""
    text = Words("Des enfants adorables et des hommes et des femmes.")
    usual, solemn = (
        spelled(Pronouncer(style).pronounced(text)).text
        for style in (Liaisons.USUAL, Liaisons.SOLEMN)
    )
    assert usual.startswith("Des enfant adorable et des homme et")
    assert solemn.startswith("Des enfants adorable et des homme et")


def test_it_travels_to_another_process() -> None:
    """Narrators are sent to workers: what they are made of goes with them."""
    again = pickle.loads(pickle.dumps(Pronouncer(Liaisons.SOLEMN, Foreign())))  # noqa: S301 - ours
    assert again.style is Liaisons.SOLEMN
    assert again.pronounced(Words("Jadis.")).spans


def test_an_engine_that_reads_otherwise_never_sees_a_spelling() -> None:
    """Spellings are for eSpeak's French alone: to others, the words are as they were."""

    class Plain:
        pass

    class Taking:
        respelled = True

    words = Pronouncer().pronounced(Words(SAID))
    plain: Engine = Plain()  # type: ignore[assignment] # a stranger's engine
    taking: Engine = Taking()  # type: ignore[assignment] # the same
    assert taken(plain, words) == Words(SAID)
    assert taken(taking, words) == words


@pytest.mark.parametrize("name", ["Shakespeare", "Auxerre", "Hegel", "Thucydide", "Mathilde"])
def test_a_known_name_is_read_as_its_table_says(name: str) -> None:
    """Each spelling of the table was checked by asking eSpeak back; some are asked again."""
    told = heard([Pronouncer().pronounced(Words(f"Voici {name}"))])[0].split()[-1]
    kept = str.maketrans("ɔɛ", "oe", "ˈˌə")
    assert told.translate(kept) == names()[name].ipa.translate(kept)


def test_no_word_of_a_sentence_is_read_as_english() -> None:
    """Words that eSpeak would hand to its English voice stay French."""
    text = "Le rythme de Bovary plut à Thackeray, à Wentworth et à Billy."
    assert "(" in sounds([text])[0]
    assert "(" not in heard([Pronouncer(switches=Foreign()).pronounced(Words(text))])[0]


def test_names_are_counted_where_no_sentence_begins() -> None:
    """A capital at a sentence's start tells nothing, and a word mostly in small letters no name."""
    texts = ["Emma vit Homais. Homais vit Emma et le Curé.", "Le curé, un curé."]
    texts += ["On lut Les Maximes, puis « Rue Saint-Yves : Faut-il rire ? »."]
    assert occurrences(map(Words, texts)) == {
        "Emma": 2, "Homais": 2, "Maximes": 1, "Yves": 1
    }  # fmt: skip
