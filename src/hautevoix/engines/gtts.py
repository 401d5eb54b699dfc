"""Google's voice, online, through the package gTTS: its request, and a transport of our own.

gTTS itself sends without verifying certificates, never times out and takes an empty answer for
success; so its request is prepared by it and sent by us: TLS verified, a total deadline, a cap
on size, retries with a growing random wait. An answer counts once it has been decoded.
"""

from __future__ import annotations

import base64
import binascii
import os
import random
import re
import time
from dataclasses import dataclass
from http import HTTPStatus
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError, NetworkError
from hautevoix.model import Clip, Readiness, Voice

if TYPE_CHECKING:
    import requests

    from hautevoix.model import Words

RATE = 24000  # Hz, what Google answers with
_ANSWER = re.compile(rb'jQ1olc","\[\\"([^\\"]*)\\"]')  # as in gtts.tts: the audio in its envelope
_SPEAKABLE = re.compile(r"\w")
_WORTH_RETRYING = frozenset({408, 429, 500, 502, 503, 504})
_TERMS = "Google Terms of Service"
_ADVICE = "Try again later, or build offline: --engine espeak."

_VOICES = {
    "fr": (Voice("fr", "French of France", "fr", "female", "natural", _TERMS), "fr"),
    "fr-ca": (Voice("fr-ca", "French of Canada", "fr-CA", "female", "natural", _TERMS), "ca"),
}


@dataclass(frozen=True, slots=True)
class Transport:
    """How requests travel. Times in seconds; ``base_url`` replaces Google's address in tests."""

    base_url: str | None = None
    deadline: float = 30.0
    attempts: int = 4
    spacing: float = 0.3
    longest_wait: float = 60.0
    size_cap: int = 4 << 20


class Gtts:
    """The engine that sends your text to Google and returns a natural voice."""

    name = "gtts"
    online = True
    speakers = 1  # one request at a time, so as not to be shut out

    def __init__(self, transport: Transport | None = None) -> None:
        self._transport = transport or Transport()
        self._last = 0.0

    @property
    def version(self) -> str:
        """The service has no version; ours changes when our handling of it does."""
        return "1"

    def check(self) -> Readiness:
        """Tell whether the package is there; the network is not tried."""
        try:
            import gtts  # noqa: F401, PLC0415 - slow to import, and only this engine needs it
        except ImportError as error:
            return Readiness(ready=False, missing=f"gTTS can't be loaded: {error}")
        return Readiness(ready=True)

    def voices(self) -> tuple[Voice, ...]:
        """Return Google's French voices, told apart by the domain that is asked."""
        return tuple(voice for voice, _ in _VOICES.values())

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Ask for each part of ``words`` and join what comes back.

        Raises NetworkError when the service can't be reached or keeps refusing, EngineError
        when what it sends is no speech.
        """
        if not _SPEAKABLE.search(words.text):
            return Clip(b"", RATE)
        parts = [_decoded(self._answer(request)) for request in self._requests(words.text, voice)]
        return Clip(b"".join(parts), RATE)

    def _requests(self, text: str, voice: Voice) -> list[requests.PreparedRequest]:
        from gtts import gTTS  # noqa: PLC0415 - slow to import

        speech = gTTS(
            text,
            tld=_VOICES[voice.name][1],
            lang="fr",
            lang_check=False,
            pre_processor_funcs=[],
            tokenizer_func=lambda whole: [whole],
        )
        # The package's own request, without its sending.
        prepared: list[requests.PreparedRequest] = speech._prepare_requests()  # noqa: SLF001
        if self._transport.base_url:
            for request in prepared:
                request.prepare_url(self._transport.base_url, None)
        return prepared

    def _answer(self, request: requests.PreparedRequest) -> bytes:
        """Send until an answer comes, at most ``attempts`` times; return the MP3 in it."""
        transport = self._transport
        for attempt in range(transport.attempts):
            self._keep_distance()
            try:
                return _sent(request, transport)
            except _Retry as retry:
                if attempt + 1 == transport.attempts:
                    raise NetworkError(f"Google's voice: {retry.reason}.", advice=_ADVICE) from None
                wait = retry.after if retry.after is not None else 2.0**attempt
                time.sleep(min(wait, transport.longest_wait) * (1 + random.random() / 4))  # noqa: S311 - no secret
        raise AssertionError  # the last attempt returns or raises

    def _keep_distance(self) -> None:
        wait = self._last + self._transport.spacing - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last = time.monotonic()


class _Retry(Exception):  # noqa: N818 - a signal to try again, not an error of ours
    def __init__(self, reason: str, after: float | None = None) -> None:
        super().__init__(reason)
        self.reason = reason
        self.after = after


def _sent(request: requests.PreparedRequest, transport: Transport) -> bytes:
    """Send ``request`` once and return the audio in the answer."""
    import requests  # noqa: PLC0415 - slow to import

    end = time.monotonic() + transport.deadline
    try:
        with requests.Session() as session:
            settings = session.merge_environment_settings(request.url, {}, True, None, None)  # noqa: FBT003 - its API
            response = session.send(
                request, timeout=transport.deadline, allow_redirects=False, **settings
            )
            body = _read(response, end, transport.size_cap)
    except requests.exceptions.SSLError as error:
        raise NetworkError(
            "Google's certificate can't be verified: someone may be listening.",
            advice="Check this machine's clock and certificates; nothing was accepted.",
        ) from error
    except requests.exceptions.RequestException as error:
        raise _Retry(f"no answer ({type(error).__name__})") from error
    return _audio(response, body)


def _read(response: requests.Response, end: float, cap: int) -> bytes:
    chunks = []
    size = 0
    for chunk in response.iter_content(1 << 14):
        size += len(chunk)
        chunks.append(chunk)
        if size > cap:
            raise NetworkError("Google's voice: an answer too long to be a sentence.")
        if time.monotonic() > end:
            raise _Retry("the answer took too long")
    return b"".join(chunks)


def _audio(response: requests.Response, body: bytes) -> bytes:
    """Return the MP3 in ``body``; raise _Retry or NetworkError if there is none."""
    if response.status_code in _WORTH_RETRYING:
        after = response.headers.get("Retry-After", "")
        raise _Retry(f"status {response.status_code}", float(after) if after.isdigit() else None)
    if response.status_code != HTTPStatus.OK:
        raise NetworkError(f"Google's voice: status {response.status_code}.", advice=_ADVICE)
    found = _ANSWER.search(body)
    if not found or not found[1]:
        raise _Retry("an answer without audio")
    try:
        return base64.b64decode(found[1], validate=True)
    except binascii.Error as error:
        raise _Retry("garbled audio") from error


def _decoded(mp3: bytes) -> bytes:
    """Decode to samples at RATE. Raises EngineError if it is no MP3."""
    import miniaudio  # noqa: PLC0415 - only online engines decode

    try:
        sound = miniaudio.decode(
            mp3, output_format=miniaudio.SampleFormat.SIGNED16, nchannels=1, sample_rate=RATE
        )
    except miniaudio.MiniaudioError as error:
        raise EngineError(
            f"Google's voice sent what is no MP3: {error}.", advice=_ADVICE
        ) from error
    return bytes(sound.samples.tobytes())


def engine() -> Gtts:
    """Return the engine, for the entry point; HAUTEVOIX_GTTS_URL replaces Google's address."""
    return Gtts(Transport(base_url=os.environ.get("HAUTEVOIX_GTTS_URL")))
