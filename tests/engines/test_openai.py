"""A server of speech: what it is asked, whom the key goes to, and what its faults become."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

import talking
from hautevoix.engines.openai import OFFICIAL, OpenAI, Server
from hautevoix.engines.transport import Courier, Terms
from hautevoix.errors import EngineError, NetworkError
from hautevoix.model import Voice, Words
from web import Reply, Service

if TYPE_CHECKING:
    from collections.abc import Iterator

TERMS = Terms(deadline=20, attempts=2, backoff=0.01, spacing=0)


@pytest.fixture
def service() -> Iterator[Service]:
    """Return a server that hums."""
    with Service(talking.speech).running() as service:
        yield service


def engine(service: Service, **more: str) -> OpenAI:
    """Return the engine for that server."""
    return OpenAI(Server(f"{service.url}/v1", **more), Courier("here", "Advice.", TERMS))


def test_a_request_says_words_voice_model_and_speed(service: Service) -> None:
    """What the protocol wants, and the key where there is one."""
    speaker = engine(service, key="secret", model="kokoro")
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
    assert told == Server("http://localhost:8880/v1", "", "kokoro", ("ff_siwis", "fm_x"))
    assert Server.told_by({"OPENAI_API_KEY": "k"}) == Server(OFFICIAL, "k")


def test_without_a_key_or_a_server_it_is_not_ready() -> None:
    """What is missing is told; nothing is sent."""
    assert "OPENAI_API_KEY" in OpenAI(Server()).check().missing
    with pytest.raises(EngineError, match="not ready"):
        OpenAI(Server()).speak(Words("Bonjour."), Voice("coral"))


def test_a_key_never_travels_unencrypted() -> None:
    """A key and a plain http address elsewhere: not ready."""
    assert "unencrypted" in OpenAI(Server("http://example.com/v1", "k")).check().missing


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
