"""Google's voice, against a fake of its endpoint with every fault of a real network."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

import googling
from hautevoix.engines import gtts
from hautevoix.engines.gtts import Gtts
from hautevoix.engines.transport import HttpClient, RetryPolicy
from hautevoix.errors import EngineError, NetworkError
from hautevoix.model import Voice, Words
from hautevoix.recording.speaking import parted, speak
from web import Asked, Reply, Service

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

FRENCH = Voice("fr")
TERMS = RetryPolicy(deadline=20, attempts=3, backoff=1.0, longest_wait=30, spacing=0, breaker=3)
PHRASE = "Attendre pour agir, c'est la mort."


class Fake:
    """The engine before a service whose answers are set by the test."""

    def __init__(self, service: Service, terms: RetryPolicy = TERMS) -> None:
        self.service = service
        self.waits: list[float] = []
        client = HttpClient("Google's voice", "Advice.", terms, self.waits.append)
        self.engine = Gtts(client, service.url)

    def answers(self, *replies: Reply | Callable[[Asked], Reply]) -> None:
        """Give these answers in turn, the last one for ever."""
        left = list(replies)

        def answer(asked: Asked) -> Reply:
            reply = left.pop(0) if len(left) > 1 else left[0]
            return reply(asked) if callable(reply) else reply

        self.service.answer = answer

    def say(self, text: str = PHRASE) -> float:
        """Say ``text``; return the clip's seconds."""
        clip = self.engine.speak(Words(text), FRENCH)
        return clip.frames / clip.rate


@pytest.fixture
def fake() -> Iterator[Fake]:
    """Return the engine and its service, which speaks unless told otherwise."""
    with Service(googling.speech).running() as service:
        yield Fake(service)


def test_speech_comes_back_as_samples(fake: Fake) -> None:
    """One request, the text as it is, and the sound decoded at Google's rate."""
    assert fake.say() == pytest.approx(0.06 * len(PHRASE), abs=0.2)
    assert [googling.words_of(asked) for asked in fake.service.asked] == [PHRASE]
    assert gtts.RATE == 24000


def test_abbreviations_stay_in_their_sentence(fake: Fake) -> None:
    """The package's own tokenizer, which parts at « M. » and « p. », is out of the way."""
    text = "M. Dupont, cf. p. 3, vint : il vit ; il vainquit. " * 3
    fake.say(text)
    asked = [googling.words_of(request) for request in fake.service.asked]
    assert len(asked) == 2
    assert " ".join(asked) == text.strip()


def test_a_long_sentence_is_asked_for_in_few_parts_cut_at_its_best_places(fake: Fake) -> None:
    """Up to 100 characters a request, parted where a reader breathes."""
    long = (
        "Le gouvernement chancelle, et il faut l'achever à tout prix ; attendre encore, quand "
        "tout nous presse, ce serait une faute que l'histoire ne pardonnerait à personne."
    )
    speak(fake.engine, Words(long), FRENCH)
    asked = [googling.words_of(request) for request in fake.service.asked]
    assert " ".join(asked) == long
    assert all(len(part) <= gtts.LIMIT for part in asked)
    assert asked[0].endswith(";")
    assert len(asked) == 3


def test_a_book_costs_few_requests() -> None:
    """A hundred thousand characters of long sentences are some 1,000 to 1,500 requests."""
    sentence = Words("Il marchait dans la plaine, sous la pluie, et songeait à son pays. " * 6)
    parts = list(parted(sentence, gtts.LIMIT))
    assert len(sentence.text) / len(parts) > 65


def test_nothing_to_say_asks_nothing(fake: Fake) -> None:
    """Punctuation alone is silence and costs no request."""
    assert fake.say("« … » !") == 0
    assert fake.service.asked == []


def test_accents_are_told_by_the_domain() -> None:
    """French of France is asked at translate.google.fr, French of Canada at .ca."""
    for voice, (_, domain) in gtts._VOICES.items():
        [request] = Gtts()._requests("Bonjour.", domain)
        assert request.url.startswith(f"https://translate.google.{domain}/"), voice


def test_an_unknown_voice_is_an_error(fake: Fake) -> None:
    """A voice that isn't Google's is told."""
    with pytest.raises(EngineError, match="« fr-be »"):
        fake.engine.speak(Words(PHRASE), Voice("fr-be"))


@pytest.mark.parametrize("status", [429, 500, 502, 503])
def test_a_passing_refusal_is_tried_again_after_a_growing_wait(fake: Fake, status: int) -> None:
    """Two refusals, then speech: the clip is whole, and the second wait was the longer one."""
    fake.answers(Reply(status=status), Reply(status=status), googling.speech)
    assert fake.say() > 1
    assert 1.0 <= fake.waits[0] <= 1.25
    assert 2.0 <= fake.waits[1] <= 2.5


def test_the_service_s_own_wait_is_kept(fake: Fake) -> None:
    """Retry-After says when to come back."""
    fake.answers(Reply(status=429, headers={"Retry-After": "7"}), googling.speech)
    assert fake.say() > 1
    assert 7.0 <= fake.waits[0] <= 8.75


def test_a_wait_that_is_too_long_ends_the_work(fake: Fake) -> None:
    """Nobody waits an hour before a still screen: it is said, and how long it asks for."""
    fake.answers(Reply(status=429, headers={"Retry-After": "3600"}))
    with pytest.raises(NetworkError, match=r"status 429, and it asks to wait 3600 s\. Advice\."):
        fake.say()
    assert fake.waits == []


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=429), "status 429"),
        (Reply(status=503), "status 503"),
        (Reply(b"<html><body>Bienvenue</body></html>"), "something else than speech"),
        (Reply(b""), "something else than speech"),
        (Reply(b"x" * 50, promised=5000), "the connection failed"),
        (Reply(how="reset"), "the connection failed"),
        (Reply(how="hang"), "no whole answer within 0.4 s"),
        (
            Reply(googling.envelope(googling.mp3(2000)).body, how="drip"),
            "no whole answer within 0.4 s",
        ),
    ],
    ids=["429", "503", "portal", "empty", "cut short", "reset", "hang", "drip"],
)
def test_a_lasting_fault_is_a_network_error(fake: Fake, reply: Reply, reason: str) -> None:
    """After its attempts the service is given up: exit code 6, one line, with advice."""
    if reply.how in {"hang", "drip"}:
        fake = Fake(fake.service, replace(TERMS, deadline=0.4))
    fake.answers(reply)
    with pytest.raises(NetworkError, match=re.escape(reason)) as caught:
        fake.say()
    assert caught.value.exit_code == 6
    assert "3 attempts" in str(caught.value)
    assert len(fake.service.asked) == TERMS.attempts


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (Reply(status=302, headers={"Location": "http://portal.example/"}), "login page"),
        (Reply(status=403), "refused with status 403"),
        (Reply(status=404), "refused with status 404"),
        (Reply(bytes(20 << 20)), "an answer of over 8 MB"),
    ],
    ids=["portal", "403", "404", "20 MB"],
)
def test_a_hopeless_answer_is_not_asked_for_again(fake: Fake, reply: Reply, reason: str) -> None:
    """A redirect is not followed, a refusal not argued with, a flood not read to its end."""
    fake.answers(reply)
    with pytest.raises(NetworkError, match=re.escape(reason)):
        fake.say()
    assert len(fake.service.asked) == 1


@pytest.mark.parametrize(
    "body",
    [
        googling.envelope(b"").body,
        googling.envelope(b"ID3 and then no MP3 at all" * 20).body,
        googling.envelope(b"").body.replace(b'[\\"\\"]', b'[\\"not base64!\\"]'),
    ],
    ids=["no audio", "no MP3", "no base64"],
)
def test_a_sentence_without_usable_audio_is_lost_alone(fake: Fake, body: bytes) -> None:
    """The service is well but can't say it: an EngineError, a loss among clips."""
    fake.answers(Reply(body))
    with pytest.raises(EngineError):
        fake.say()
    assert len(fake.service.asked) == TERMS.attempts
    fake.answers(googling.speech)
    assert fake.say() > 1


@pytest.mark.parametrize("status", [400, 413, 422])
def test_a_refusal_of_these_words_is_not_argued_with(fake: Fake, status: int) -> None:
    """The sentence is lost alone, after one request."""
    fake.answers(Reply(status=status))
    with pytest.raises(EngineError, match=f"refused with status {status}"):
        fake.say()
    assert len(fake.service.asked) == 1


def test_after_several_such_sentences_in_a_row_nothing_more_is_asked(fake: Fake) -> None:
    """The breaker: three sentences without audio end the work, exit code 6."""
    fake.answers(googling.envelope(b""))
    for _ in range(2):
        with pytest.raises(EngineError):
            fake.say()
    with pytest.raises(NetworkError, match="3 sentences in a row"):
        fake.say()


def test_truncated_audio_is_not_taken_for_the_sentence(fake: Fake) -> None:
    """A clip far too short for its words is asked for again, then refused."""
    fake.answers(googling.envelope(googling.mp3(300)))
    with pytest.raises(EngineError, match="too short"):
        speak(fake.engine, Words(PHRASE), FRENCH)
    fake.answers(googling.envelope(googling.mp3(300)), googling.speech)
    assert speak(fake.engine, Words(PHRASE), FRENCH).frames > 24000


def test_a_self_signed_certificate_is_refused() -> None:
    """TLS is verified: nothing is sent to a stranger, and it is not tried again."""
    certificate = Path(__file__).parent / "self-signed.pem"
    with Service(googling.speech, certificate).running() as service:
        fake = Fake(service)
        with pytest.raises(NetworkError, match="certificate can't be verified"):
            fake.say()
        assert service.asked == []
        assert fake.waits == []


def test_an_unreachable_service_says_so() -> None:
    """A name that can't be resolved, a port that nobody listens on."""
    client = HttpClient("Google's voice", "Advice.", TERMS, lambda _: None)
    for url, reason in (
        ("http://nowhere.invalid/", "can't be resolved"),
        ("http://127.0.0.1:9/", "the connection was refused"),
    ):
        with pytest.raises(NetworkError, match=reason):
            Gtts(client, url).speak(Words(PHRASE), FRENCH)


def test_requests_are_spaced(fake: Fake) -> None:
    """Between two requests there is always the agreed distance."""
    spaced = Fake(fake.service, RetryPolicy(spacing=0.2))
    spaced.say()
    spaced.say()
    assert spaced.waits
    assert 0 < spaced.waits[0] <= 0.2


def test_engine_is_one_speaker_and_tells_that_it_is_online() -> None:
    """One request at a time; a user is told where the text goes."""
    engine = gtts.engine()
    assert engine.speakers == 1
    assert engine.online
    assert "sent to translate.google.com" in engine.notice
    assert engine.check().ready
