"""A server of speech: what it is asked, whom the key goes to, and what its faults become."""

from __future__ import annotations

import json
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Any

import pytest

import talking
from hautevoix.engines import find_voice
from hautevoix.engines.openai import OFFICIAL, OpenAI, Server
from hautevoix.engines.transport import HttpClient, RetryPolicy
from hautevoix.errors import EngineError, NetworkError, Secret
from hautevoix.model import Voice, Words
from standstill import PATIENCE
from web import Asked, Reply, Service

if TYPE_CHECKING:
    from collections.abc import Iterator

TERMS = RetryPolicy(deadline=20, attempts=2, backoff=0.01, spacing=0)


def _always(reply: Reply, _asked: Asked) -> Reply:
    return reply


@pytest.fixture
def service() -> Iterator[Service]:
    """Return a server that hums."""
    with Service(talking.speech).running() as service:
        yield service


def engine(service: Service, **more: Any) -> OpenAI:
    """Return the engine for that server."""
    return OpenAI(Server(f"{service.url}/v1", **more), HttpClient("here", "Advice.", TERMS))


def test_a_request_says_words_voice_model_and_speed(service: Service) -> None:
    """What the protocol wants, and the key where there is one."""
    speaker = engine(service, key=Secret("secret"), model="kokoro")
    speaker.speak(Words("Bonjour."), Voice("ff_siwis", rate=0.9))
    [asked] = service.asked
    assert json.loads(asked.body) == {
        "model": "kokoro",
        "input": "Bonjour.",
        "voice": "ff_siwis",
        "response_format": "wav",
        "speed": 0.9,
    }
    assert asked.headers["authorization"] == "Bearer secret"


def test_one_connection_serves_all_sentences() -> None:
    """Also after a refusal; after an answer that was cut there is another."""
    busy = Reply(status=429, headers={"Retry-After": "0"})
    cut = Reply(b"RIFF", promised=9, headers={"Connection": "close"})
    troubles = iter([None, busy, None, cut])
    patient = HttpClient("here", "Advice.", replace(TERMS, deadline=PATIENCE))
    with Service(
        lambda asked: next(troubles, None) or talking.speech(asked), keeps=True
    ).running() as service:
        speaker = OpenAI(Server(f"{service.url}/v1"), patient)
        for connections in (1, 1, 2, 2):
            assert speaker.speak(Words("Bonjour."), Voice("coral")).pcm
            assert service.connections == connections
    assert len(service.asked) == 6


def test_a_server_on_this_machine_is_offline(service: Service) -> None:
    """On loopback words stay here, and nobody need be told."""
    assert not engine(service).online
    assert engine(service).notice == ""
    assert OpenAI(Server()).online
    assert "api.openai.com" in OpenAI(Server()).notice
    assert OpenAI(Server("http://localhost.example.com/v1")).online


def test_the_environment_tells_the_server() -> None:
    """Address, model and voices; a stranger's server never gets the key meant for OpenAI."""
    told = Server.told_by(
        {
            "HAUTEVOIX_OPENAI_URL": "http://localhost:8880/v1/",
            "OPENAI_API_KEY": "for-openai-alone",
            "HAUTEVOIX_OPENAI_MODEL": "kokoro",
            "HAUTEVOIX_OPENAI_VOICES": "ff_siwis, fm_x",
        }
    )
    assert told == Server("http://localhost:8880/v1", Secret(""), "kokoro", ("ff_siwis", "fm_x"))
    assert Server.told_by({"HAUTEVOIX_OPENAI_REQUESTS": "8"}).requests == 8
    with pytest.raises(EngineError, match="« none », no number"):
        Server.told_by({"HAUTEVOIX_OPENAI_REQUESTS": "none"})
    for wrong in ("http://me:hunter2@[::1", "http://me:a/hunter2@host", "ftp://host", "host:1"):
        with pytest.raises(EngineError, match="no address") as caught:
            Server.told_by({"HAUTEVOIX_OPENAI_URL": wrong})
        assert "hunter2" not in str(caught.value)
    assert Server.told_by({"OPENAI_API_KEY": "k"}) == Server(OFFICIAL, Secret("k"))


def test_without_a_key_or_a_server_it_is_not_ready() -> None:
    """What is missing is told; nothing is sent."""
    assert "OPENAI_API_KEY" in OpenAI(Server()).check().missing
    with pytest.raises(EngineError, match="not ready"):
        OpenAI(Server()).speak(Words("Bonjour."), Voice("coral"))


def test_a_key_never_travels_unencrypted() -> None:
    """A key and a plain http address elsewhere: not ready."""
    assert "unencrypted" in OpenAI(Server("http://example.com/v1", Secret("k"))).check().missing


def test_a_key_is_what_stands_between_its_blanks(service: Service) -> None:
    """A line end that came along when it was copied is no part of it."""
    server = Server.told_by(
        {"HAUTEVOIX_OPENAI_URL": f"{service.url}/v1", "HAUTEVOIX_OPENAI_KEY": " sk-copied\r\n"}
    )
    OpenAI(server).speak(Words("Bonjour."), Voice("coral"))
    assert service.asked[-1].headers["authorization"] == "Bearer sk-copied"


@pytest.mark.parametrize("key", ["sk-\rsecret", "sk-\x00secret", "clé-secrète", "sk-\u2028secret"])
def test_a_key_that_no_header_can_hold_is_told_and_not_shown(key: str) -> None:
    """Nothing is sent."""
    speaker = OpenAI(Server.told_by({"OPENAI_API_KEY": key}))
    assert "a character that no key has" in speaker.check().missing
    with pytest.raises(EngineError) as told:
        speaker.speak(Words("Bonjour."), Voice("coral"))
    assert "secr" not in str(told.value)
    assert "secr" not in repr(Server.told_by({"OPENAI_API_KEY": key}))


def test_a_key_that_a_server_says_again_is_not_shown(service: Service) -> None:
    """Whole or cut: what would be shown of a refusal holds none of it."""
    key = "sk-" + "0123456789" * 4
    for before in ("", "x" * 60, " " * 310):
        body = f"{before} wrong key: {key}".encode()
        refusal = Reply(body, 401, {"Content-Type": "text/plain"})
        service.answer = partial(_always, refusal)
        with pytest.raises(NetworkError) as told:
            engine(service, key=Secret(key)).speak(Words("Bonjour."), Voice("coral"))
        assert "status 401" in str(told.value)
        assert "sk-0" not in str(told.value)


@pytest.mark.parametrize(
    ("reply", "reason"),
    [
        (
            Reply(b'{"error": "no credit"}', 402, {"Content-Type": "application/json"}),
            "no credit",
        ),
        (Reply(b"<html>", 200), "no sound"),
        (Reply(b"", 500), "status 500"),
        (Reply(status=307, headers={"Location": "http://example.com/"}), "redirected"),
    ],
    ids=["402", "html", "500", "redirect"],
)
def test_its_faults_are_told(service: Service, reply: Reply, reason: str) -> None:
    """What the server said of it, exit code 6."""
    service.answer = lambda _: reply
    with pytest.raises(NetworkError, match=reason):
        engine(service).speak(Words("Bonjour."), Voice("coral"))


def test_a_model_of_one_pace_says_so() -> None:
    """OpenAI's own gpt-… models take no speed; its others, and other servers, do."""
    assert not OpenAI(Server()).paced
    assert OpenAI(Server(model="tts-1")).paced
    assert OpenAI(Server("http://localhost:8880/v1")).paced


KOKORO = {"id": "ff_siwis", "name": "ff_siwis"}
POCKET = {"id": "estelle", "name": "Estelle", "object": "voice", "type": "builtin"}


@pytest.mark.parametrize(
    ("path", "answer", "names"),
    [
        ("/v1/audio/voices", {"voices": ["af_sky", "ff_siwis"]}, ["ff_siwis", "af_sky"]),
        ("/v1/audio/voices", {"voices": [{"id": "af_sky"}, KOKORO]}, ["ff_siwis", "af_sky"]),
        (
            "/v1/audio/voices",
            {"voices": [{"name": "a", "language": "it"}, {"name": "b", "language": "fr-FR"}]},
            ["b", "a"],
        ),
        ("/v1/audio/voices", {"items": [{"id": "7", "name": "Anne"}]}, ["7"]),
        ("/v1/voices", {"object": "list", "data": [POCKET, POCKET]}, ["estelle"]),
        ("/v1/audio/voices", ["x", "", "a\nb", 3, None, {"id": 4}], ["x"]),
    ],
    ids=["names", "objects", "languages", "items", "elsewhere", "nonsense"],
)
def test_a_server_tells_its_voices(
    service: Service, path: str, answer: object, names: list[str]
) -> None:
    """In each form that servers have: the French first; it is asked once, by its key."""
    service.answer = talking.listing(path, answer)
    speaker = engine(service, key=Secret("secret"), model="m/1")
    assert [voice.name for voice in speaker.voices()] == names
    assert find_voice(speaker, names[0]).name == names[0]
    lists = [asked for asked in service.asked if asked.path == f"{path}?model=m%2F1"]
    assert [asked.headers["authorization"] for asked in lists] == ["Bearer secret"]


def test_a_voice_that_the_server_has_not_is_refused(service: Service) -> None:
    """Before any work, naming the nearest; a blend of its voices is one of them."""
    service.answer = talking.listing("/v1/audio/voices", {"voices": ["af_sky", "ff_siwis"]})
    speaker = engine(service)
    with pytest.raises(EngineError, match="no voice called « ff_siwi »") as refused:
        find_voice(speaker, "ff_siwi")
    assert "Did you mean ff_siwis?" in str(refused.value.advice)
    assert find_voice(speaker, "ff_siwis(2)+af_sky(1)").name == "ff_siwis(2)+af_sky(1)"
    with pytest.raises(EngineError, match="no voice called"):
        find_voice(speaker, "ff_siwis+nobody")


@pytest.mark.parametrize(
    "reply",
    [Reply(b'["lost"]', 404), Reply(b"", 405), Reply(b"<html>"), Reply(b'{"voices": {}}')],
    ids=["404", "405", "page", "other"],
)
def test_without_a_list_any_voice_may_be_asked_for(service: Service, reply: Reply) -> None:
    """OpenAI's names are told, others are taken on trust: the server will say."""
    service.answer = lambda _: reply
    assert engine(service).voices()[0].name == "coral"
    assert find_voice(engine(service), "estelle").name == "estelle"


def test_what_is_named_is_not_asked_for(service: Service) -> None:
    """Voices named by the user hold; OpenAI's own are known; no server is asked."""
    speaker = engine(service, voices=("ff_siwis",))
    assert [voice.name for voice in speaker.voices()] == ["ff_siwis"]
    assert speaker.composed("af_sky") is None
    assert OpenAI(Server(key=Secret("k"))).voices()[0].name == "coral"
    assert OpenAI(Server(key=Secret("k"))).composed("ff_siwis") is None
    assert service.asked == []


@pytest.mark.parametrize("status", [401, 503])
def test_a_list_that_is_refused_is_told(service: Service, status: int) -> None:
    """A wrong key, or a server in trouble: one line, and how to do without."""
    service.answer = lambda _: Reply(b"", status)
    with pytest.raises(NetworkError, match=f"status {status}") as refused:
        engine(service).voices()
    assert "HAUTEVOIX_OPENAI_VOICES" in str(refused.value.advice)


def test_a_busy_server_is_asked_again(service: Service) -> None:
    """It says « too many requests » and for how long; the sentence is said all the same."""
    busy = iter([Reply(status=429, headers={"Retry-After": "0"})])
    service.answer = lambda asked: next(busy, None) or talking.speech(asked)
    assert engine(service).speak(Words("Bonjour."), Voice("coral")).pcm
    assert len(service.asked) == 2


def test_a_pocket_server_is_heard(service: Service) -> None:
    """As those before Kyutai's Pocket TTS answer: a list at /v1/voices, WAV at 24 kHz, no speed."""
    hum = talking.listing("/v1/voices", {"object": "list", "data": [POCKET]})
    service.answer = hum
    speaker = engine(service, model="pocket-tts")
    [voice] = speaker.voices()
    clip = speaker.speak(Words("Attendre pour agir, c'est la mort. " * 12), voice)
    assert (clip.rate, json.loads(service.asked[-1].body)["voice"]) == (24000, "estelle")
    assert len(clip.pcm) > 2 * 24000
