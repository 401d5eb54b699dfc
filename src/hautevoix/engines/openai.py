"""Any server that speaks OpenAI's ``/v1/audio/speech``: hosted ones, and those of one's own.

Kokoro-FastAPI, LocalAI, openedai-speech and others answer to it. From the environment:

- ``HAUTEVOIX_OPENAI_URL``: the base address (``http://localhost:8880/v1``), else OpenAI's own;
- ``HAUTEVOIX_OPENAI_KEY``: its key; ``OPENAI_API_KEY`` is sent to OpenAI alone;
- ``HAUTEVOIX_OPENAI_MODEL`` and ``HAUTEVOIX_OPENAI_VOICES`` (parted by commas): what it offers;
  where no voices are named, a server other than OpenAI's is asked for its list;
- ``HAUTEVOIX_OPENAI_REQUESTS``: how many sentences it is asked for at once.
"""

from __future__ import annotations

import contextlib
import functools
import ipaddress
import os
import re
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING
from urllib.parse import urlencode, urlsplit

from hautevoix.engines import voicelists
from hautevoix.engines.decoding import decoded
from hautevoix.engines.transport import HttpClient, Retry, RetryPolicy
from hautevoix.errors import EngineError, Secret
from hautevoix.localization import tr
from hautevoix.model import Clip, Readiness, Voice

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

    from hautevoix.model import Words
    from hautevoix.network.http_client import Answer

OFFICIAL = "https://api.openai.com/v1"
RATE = 24000  # Hz, what OpenAI's models give; others are resampled to it
LIMIT = 2000  # characters; the service takes 4,096, but a voice tires
_MODEL = "gpt-4o-mini-tts"
_VOICES = ("coral", "alloy", "ash", "ballad", "echo", "fable", "nova", "onyx", "sage", "shimmer")
_SLOWEST, _FASTEST = 0.25, 4.0  # what « speed » takes
_SPEAKABLE = re.compile(r"[^\W_]")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_REQUESTS = 4  # at once, as far as there are workers: a server batches, or lets the others wait
_TERMS = RetryPolicy(deadline=120.0, spacing=0.0, size_cap=64 << 20)
# A server of one's own may be slower than speech, with others waiting before us; all attempts
# together stay below the ten minutes after which a worker is taken to hang.
_PATIENT = replace(_TERMS, deadline=180.0, attempts=3)
_LISTING = RetryPolicy(deadline=10.0, attempts=2, backoff=0.3, spacing=0.0, size_cap=4 << 20)
_LISTS = ("audio/voices", "voices")  # where servers have it, the usual place first
_NO_LIST = frozenset({400, 404, 405, 410, 422, 501})  # what servers without a list answer


@dataclass(frozen=True, slots=True)
class Server:
    """A server of speech: its base address, its key, and what it offers."""

    url: str = OFFICIAL
    key: Secret = field(default_factory=lambda: Secret(""))
    model: str = _MODEL
    voices: tuple[str, ...] = ()  # none named: those that it lists
    requests: int = _REQUESTS

    @classmethod
    def told_by(cls, environment: Mapping[str, str]) -> Server:
        """Return the server that ``environment`` tells of.

        Raises EngineError for a wrong number, or what is no address.
        """
        url = _address(environment.get("HAUTEVOIX_OPENAI_URL", "").strip().rstrip("/"))
        key = Secret(environment.get("HAUTEVOIX_OPENAI_KEY", ""))
        if not url:
            key = key or Secret(environment.get("OPENAI_API_KEY", ""))
        voices = [
            name.strip() for name in environment.get("HAUTEVOIX_OPENAI_VOICES", "").split(",")
        ]
        return cls(
            url or OFFICIAL,
            key,
            environment.get("HAUTEVOIX_OPENAI_MODEL", "") or _MODEL,
            tuple(filter(None, voices)),
            _count(environment.get("HAUTEVOIX_OPENAI_REQUESTS", "") or str(_REQUESTS)),
        )

    @property
    def host(self) -> str:
        """The name of the machine."""
        return urlsplit(self.url).hostname or self.url

    @property
    def here(self) -> bool:
        """Whether that is this very machine."""
        try:
            return ipaddress.ip_address(self.host).is_loopback
        except ValueError:
            return self.host == "localhost"


class OpenAI:
    """The engine that asks a server of speech, here or elsewhere."""

    name = "openai"
    limit = LIMIT

    def __init__(self, server: Server, client: HttpClient | None = None) -> None:
        self._server = server
        self._client = client or HttpClient(
            server.host,
            tr("Check HAUTEVOIX_OPENAI_URL and its key, or try again later."),
            _TERMS if server.url == OFFICIAL else _PATIENT,
        )

    @property
    def speakers(self) -> int:
        """How many sentences the server is asked for at once."""
        return self._server.requests

    @property
    def version(self) -> str:
        """The server and its model; what it changes behind them we can't know."""
        return f"1/{self._server.host}/{self._server.model}"

    @property
    def online(self) -> bool:
        """Whether the server is another machine."""
        return not self._server.here

    @property
    def paced(self) -> bool:
        """Whether « speed » means anything there: to OpenAI's models named gpt-… it does not.

        From the parameter's description in OpenAI's own client libraries.
        """
        return self._server.url != OFFICIAL or not self._server.model.startswith("gpt-")

    @property
    def notice(self) -> str:
        """Who reads the text, where that is somebody else."""
        return (
            tr("{host} reads this text: each sentence is sent there.", host=self._server.host)
            if self.online
            else ""
        )

    def check(self) -> Readiness:
        """Tell whether a server or a key was named; the network is not tried."""
        if self._server.url == OFFICIAL and not self._server.key:
            missing = tr("set OPENAI_API_KEY, or HAUTEVOIX_OPENAI_URL to a server of your own")
            return Readiness(ready=False, missing=missing)
        if self._server.key and self.online and not self._server.url.startswith("https:"):
            missing = tr(
                "the key would travel unencrypted: {url} must be https", url=self._server.url
            )
            return Readiness(ready=False, missing=Secret.redacted(missing))
        if not self._server.key.sendable:
            missing = tr(
                "its key holds a character that no key has (an accent, a control character)"
            )
            return Readiness(ready=False, missing=missing)
        return Readiness(ready=True)

    def voices(self) -> tuple[Voice, ...]:
        """Return the voices named by the user, else those that the server lists, French ones first.

        OpenAI has no list, nor have some servers, which take OpenAI's names: those are told then.
        Raises NetworkError where the server can't be asked.
        """
        return self._listed or self._called(self._server.voices or _VOICES)

    def composed(self, name: str) -> Voice | None:
        """Return a blend of listed voices, « a(2)+b(1) »; any voice where a server has no list."""
        [voice] = self._called((name,))
        if self._server.voices or self._listed:
            known = {voice.name for voice in self.voices()}
            return voice if known.issuperset(voicelists.parts(name)) else None
        return voice if self._server.url != OFFICIAL and name.strip() else None

    def _called(self, names: tuple[str, ...]) -> tuple[Voice, ...]:
        return tuple(Voice(name, self._about, "fr", "", "natural") for name in names)

    @property
    def _about(self) -> str:
        return tr("{model} at {host}", model=self._server.model, host=self._server.host)

    @functools.cached_property
    def _listed(self) -> tuple[Voice, ...]:
        """The server's own list; empty where it is not asked, or has none."""
        if self._server.voices or self._server.url == OFFICIAL or not self.check().ready:
            return ()
        advice = tr("Check HAUTEVOIX_OPENAI_URL and its key, or name HAUTEVOIX_OPENAI_VOICES.")
        client = HttpClient(self._server.host, advice, _LISTING)
        asked = (self._prepared("GET", f"{path}?{self._model_asked}") for path in _LISTS)
        lists = (client.fetch(request, self._list, _NO_LIST) for request in asked)
        return next(filter(None, lists), ())

    @property
    def _model_asked(self) -> str:
        """The model, as those servers want it told that pass requests on by it."""
        return urlencode({"model": self._server.model})

    def _list(self, answer: Answer) -> tuple[Voice, ...]:
        return () if answer.status in _NO_LIST else voicelists.listed(answer.body, self._about)

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Ask for ``words``. Raises NetworkError or EngineError as ``transport`` tells."""
        text = _CONTROLS.sub(" ", words.text)
        if not _SPEAKABLE.search(text):
            return Clip(b"", RATE)
        readiness = self.check()
        if not readiness.ready:
            raise EngineError(
                tr("The engine « openai » is not ready: {missing}.", missing=readiness.missing)
            )
        return Clip(self._client.fetch(self._request(text, voice), _sound), RATE)

    def _request(self, text: str, voice: Voice) -> requests.PreparedRequest:
        asked: dict[str, object] = {
            "model": self._server.model,
            "input": text,
            "voice": voice.name,
            "response_format": "wav",
            "speed": min(_FASTEST, max(_SLOWEST, voice.rate)),
        }
        return self._prepared("POST", "audio/speech", asked)

    def _prepared(
        self, method: str, path: str, content: dict[str, object] | None = None
    ) -> requests.PreparedRequest:
        import requests  # noqa: PLC0415 - slow to import

        key = self._server.key
        headers = {"Authorization": f"Bearer {key.revealed()}"} if key else {}
        url = f"{self._server.url}/{path}"
        return requests.Request(method, url, json=content, headers=headers).prepare()


def _count(text: str) -> int:
    """Return a number of requests. Raises EngineError for what is none."""
    if text.isascii() and text.isdigit() and int(text[:9]) > 0:
        return int(text[:9])
    raise EngineError(
        tr("HAUTEVOIX_OPENAI_REQUESTS is « {text} », no number from 1 on.", text=text)
    )


def _address(url: str) -> str:
    """Return an address of HTTP, or "" for none. Raises EngineError for what is no address."""
    with contextlib.suppress(ValueError):  # a bracket left open, a port beyond the last
        parts = urlsplit(url)
        if not url or (parts.scheme in {"http", "https"} and parts.hostname and parts.port != 0):
            return url
    raise EngineError(
        tr("HAUTEVOIX_OPENAI_URL is no address of a server."),
        advice=tr("Write it as https://host/v1, a slash or « @ » in a password as %2F or %40."),
    )


def _sound(answer: Answer) -> bytes:
    """Return the samples in an answer. Raises Again if there are none."""
    try:
        return decoded(answer.body, RATE)
    except EngineError as error:
        raise Retry(tr("what it answered is no sound")) from error


def engine() -> OpenAI:
    """Return the engine, for the entry point."""
    return OpenAI(Server.told_by(os.environ))
