"""What holds for every text: total, replayable, idempotent, free of digits, linear, explained."""

from __future__ import annotations

import pickle
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from growth import grows_slowly
from hautevoix.french import Counting, Narrator, replay
from hautevoix.model import Manner, Unsure

NARRATOR = Narrator()

_PIECES = (
    "M.,MM.,Mme,Dr,St-,Cie,&,p.,pp.,§,n°,art.,t.,chap.,cf.,ibid.,op. cit.,etc.,c.-à-d.,1er,2e,"
    "1re,XIV,II,I,V,X,XIXe,s.,siècle,Louis,octobre,mai,12 (25),1917,1886-1941,(,),[,],[2],¹,²,*,"
    "***,_,-,–,—,«,»,“,',’,!,?,…,.,..,:,;,3.14,10h30,21 h,10:30,5 F,fr.,50,€,$,%,°,°C,km,m²,km/h,"
    "/,1/2,½,2/3,+,=,×,C.R.M.,URSS,CO2,H₂O,CGT,CD,DIX,J.-J.,V.,Paris,le,un,pages,femmes,"
    "av. J.-C.,an VIII,7bre,www.exemple.fr,a@b.fr,01 23 45 67 89,000,1 234 567,A,À,etc,N.E.,P.-S.,"
    "NB,vs,1°,2°,a),#,@,<,>,~,^,|,\\,{,},√,α,e\u0301,\u00ad,\u00a0,\n,ﬁ,ſ,Ã©,\x00,\ud800,\ue000,"
    "٣,①,Ⅳ,一,я,😀"
)
_FRAGMENTS = _PIECES.split(",")
_TEXTS = st.one_of(
    st.text(st.characters(codec=None)),
    st.lists(st.sampled_from([*_FRAGMENTS, " ", " ", " "]), max_size=14).map("".join),
    st.lists(st.sampled_from(_FRAGMENTS), max_size=12).map(" ".join),
)


@given(_TEXTS)
def test_every_text_is_said_and_its_explanation_replays(text: str) -> None:
    """No text makes the narrator fail; its changes, made again, give the same words."""
    said = NARRATOR.say(text)
    assert replay(text, said.changes) == said.words.text
    assert NARRATOR.say(text, explain=False).words == said.words


@given(_TEXTS)
def test_saying_what_was_said_changes_nothing(text: str) -> None:
    """The words are prose, and prose is said as it stands."""
    words = NARRATOR.say(text).words
    assert NARRATOR.say(words.text).words == words


@given(_TEXTS)
def test_nothing_is_left_that_an_engine_would_spell(text: str) -> None:
    """Words hold letters, spaces and the punctuation of prose: no digit, no sign, no control."""
    for character in NARRATOR.say(text).words.text:
        letter = unicodedata.category(character) in ("Lu", "Ll", "Lt", "Lm", "Lo", "Mn", "Mc")
        assert letter or character in " .,;:!?…'’\"“”«»()–—-"


_WORDS = st.text("abcdefghijklmnopqrstuvwxyzàâçéèêëîïôùûœ", min_size=2, max_size=12)
_LONG_WORDS = _WORDS.filter(lambda word: len(word) > 7)


@given(st.lists(st.tuples(_LONG_WORDS, st.sampled_from(["", "", ",", "."])), min_size=1))
def test_plain_prose_is_left_alone(words: list[tuple[str, str]]) -> None:
    """Words, commas and full stops are said as they stand."""
    text = " ".join(word + stop for word, stop in words)
    assert NARRATOR.say(text).words.text == text


@given(_TEXTS)
def test_spans_stand_on_what_they_say(text: str) -> None:
    """A span of letters covers capitals parted by spaces, and spans neither cross nor touch."""
    words = NARRATOR.say(text).words
    end = -1
    for span in words.spans:
        assert span.start > end
        assert span.manner is Manner.LETTERS
        assert all(len(letter) == 1 for letter in words.text[span.start : span.end].split(" "))
        end = span.end


def test_a_change_tells_its_rule_and_its_edits() -> None:
    """One change for each rule that changed something, in order, in indices of its text."""
    said = NARRATOR.say("Louis XIV, p. 12")
    assert [(change.rule, change.edits[0].before) for change in said.changes] == [
        ("references", "p."),
        ("sovereigns", "XIV"),
        ("cardinals", "12"),
    ]


def test_the_report_of_doubts_names_what_a_lexicon_would_settle() -> None:
    """Unknown abbreviations, acronyms, capitals, odd numerals and slips, as they were written."""
    text = "Le X.Y.Z. et le zbr. vont au GRAND bal, dit 1'homme du BKZ à Malcolm X."
    assert set(NARRATOR.say(text).unsure) == {
        Unsure("acronym", "X.Y.Z."),
        Unsure("acronym", "BKZ"),
        Unsure("abbreviation", "zbr."),
        Unsure("capitals", "GRAND"),
        Unsure("slip", "1"),
        Unsure("roman", "X"),
    }


def test_what_everyone_knows_is_no_doubt() -> None:
    """Well-known acronyms and abbreviations are not reported."""
    assert NARRATOR.say("M. Dupont, de la CGT, quitta l'URSS en 1917, p. 12, etc.").unsure == ()


def test_letters_are_a_span_and_not_a_spelling() -> None:
    """An acronym is given as capitals parted by spaces, with a span that tells the engine."""
    words = NARRATOR.say("l'URSS et le CRM").words
    assert words.text == "l'U R S S et le C R M"
    assert [words.text[span.start : span.end] for span in words.spans] == ["U R S S", "C R M"]


@pytest.mark.parametrize(
    ("counting", "words"),
    [
        (Counting.FRANCE, "soixante-quinze pages en mille neuf cent quatre-vingt-dix"),
        (Counting.BELGIUM, "septante-cinq pages en mille neuf cent nonante"),
        (Counting.SWITZERLAND, "septante-cinq pages en mille neuf cent nonante"),
    ],
)
def test_the_voice_counts_as_its_country_does(counting: Counting, words: str) -> None:
    """A Belgian or Swiss voice says septante and nonante everywhere."""
    assert Narrator(counting=counting).say("75 pages en 1990").words.text == words


def test_a_narrator_travels_to_another_process() -> None:
    """A narrator can be pickled, and says the same when it is unpickled."""
    narrator = Narrator(corrections=[("ta", "la")], counting=Counting.BELGIUM)
    again = pickle.loads(pickle.dumps(narrator))  # noqa: S301 - our own bytes
    assert again.say("ta page 70").words.text == "la page septante"


_UNITS = (
    "M. ", "1 ", "1-", "A. ", "! ", "(", "« ", "' ", "1/", "IV ", "12 (25) ", "½", "1h", "a",
    "*", "- ",
)  # fmt: skip


@pytest.mark.parametrize("unit", [*_UNITS, "Il vit M. Dupont et 21 pages en 1917. "])
def test_time_grows_as_the_text_does(unit: str) -> None:
    """Four times the text takes about four times the time, not sixteen: no line hangs."""

    def work(size: int) -> None:
        NARRATOR.say(unit * (size // len(unit)), explain=False)

    assert grows_slowly(work, 6_000, 24_000, times=10, least=0.004)


@pytest.mark.parametrize("unit", ["Aa", ",", " "])
def test_a_run_beside_what_opens_the_rules_is_looked_at_once(unit: str) -> None:
    """A version, a power, a bracket is sought from where it may begin, and no run twice."""

    def work(size: int) -> None:
        NARRATOR.say(f"Python 3.10, x² (a). {unit * (size // len(unit))}.", explain=False)

    assert grows_slowly(work, 6_000, 24_000, times=10, least=0.004)


def test_a_long_text_is_said_like_its_sentences() -> None:
    """A book on one line is said as it would be sentence by sentence, and replays."""
    sentence = "Le 1er mai 1890, M. Dupont lut 21 pages du C.R.M. au XIXe s. et dit : « Oui ! ! »"
    said = NARRATOR.say(" ".join([sentence] * 300))
    once = NARRATOR.say(sentence).words.text
    assert said.words.text == " ".join([once] * 300)
    assert replay(" ".join([sentence] * 300), said.changes) == said.words.text
    assert len(said.changes) == len(NARRATOR.say(sentence).changes)
    assert len(said.words.spans) == 300
