"""Google's voice, online, through the package gTTS: its request, and a transport of our own.

gTTS itself sends without verifying certificates, never times out and takes an empty answer for
success; so its request is prepared by it and sent by us (see ``transport``). Its tokenizer, which
parts « M. » or « p. » from what follows, is out of the way. An answer counts once it has been
decoded.
"""

from __future__ import annotations

import base64
import binascii
import importlib.util
import os
import re
from typing import TYPE_CHECKING

from hautevoix.engines.decoding import decoded
from hautevoix.engines.transport import HttpClient, Retry
from hautevoix.errors import EngineError
from hautevoix.localization import noop, tr
from hautevoix.model import Clip, Readiness, Voice
from hautevoix.runtime.installation import adding

if TYPE_CHECKING:
    import requests

    from hautevoix.model import Words
    from hautevoix.network.http_client import Answer

RATE = 24000  # Hz, what Google answers with
LIMIT = 100  # characters a request may hold: gtts.tts.gTTS.GOOGLE_TTS_MAX_CHARS
_RPC = b"jQ1olc"  # the call's name in the envelope, as in gtts.tts
_AUDIO = re.compile(rb'jQ1olc","\[\\"([^\\"]*)\\"]')
_SPEAKABLE = re.compile(r"\w")
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_TERMS = "Google Terms of Service"

_VOICES = {
    "fr": (Voice("fr", "French of France", "fr", "female", "natural", _TERMS), "fr"),
    "fr-ca": (Voice("fr-ca", "French of Canada", "fr-CA", "female", "natural", _TERMS), "ca"),
}


class Gtts:
    """The engine that sends your text to Google and returns a natural voice."""

    name = "gtts"
    online = True
    notice = noop("Google reads this text: each sentence is sent to translate.google.com.")
    speakers = 1  # one request at a time, so as not to be shut out
    limit = LIMIT
    paced = False  # Google takes « slow » and nothing else

    def __init__(self, client: HttpClient | None = None, base_url: str | None = None) -> None:
        self._client = client or HttpClient(
            tr("Google's voice"),
            tr("Try again later: what was spoken is kept. Or speak with --engine espeak."),
        )
        self._base_url = base_url

    @property
    def version(self) -> str:
        """The service has no version; ours changes when our handling of it does."""
        return "2"

    def check(self) -> Readiness:
        """Tell whether the package is there; the network is not tried."""
        if importlib.util.find_spec("gtts") is None:  # not imported: that takes its time
            return Readiness(
                ready=False, missing=tr("not installed: {adding}", adding=adding("gTTS"))
            )
        return Readiness(ready=True)

    def voices(self) -> tuple[Voice, ...]:
        """Return Google's French voices, told apart by the domain that is asked."""
        return tuple(voice for voice, _ in _VOICES.values())

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Ask for ``words``, at most LIMIT characters at a time, and join what comes back.

        A voice's rate is not Google's to set and changes nothing. Raises NetworkError when the
        service can't be reached or keeps refusing, EngineError when it can't say these words.
        """
        text = _CONTROLS.sub(" ", words.text)
        if not _SPEAKABLE.search(text):
            return Clip(b"", RATE)
        if voice.name not in _VOICES:
            raise EngineError(
                tr("Google has no French voice called « {voice} ».", voice=voice.name),
                advice=tr("See: hautevoix voices"),
            )
        requests = self._requests(text, _VOICES[voice.name][1])
        return Clip(b"".join(self._client.fetch(request, _sound) for request in requests), RATE)

    def _requests(self, text: str, domain: str) -> list[requests.PreparedRequest]:
        from gtts import gTTS  # noqa: PLC0415 - slow to import

        speech = gTTS(
            text,
            tld=domain,
            lang="fr",
            lang_check=False,
            pre_processor_funcs=[],
            tokenizer_func=lambda whole: [whole],
        )
        # The package's own request, without its sending.
        prepared: list[requests.PreparedRequest] = speech._prepare_requests()  # noqa: SLF001
        if self._base_url:
            for request in prepared:
                request.prepare_url(self._base_url, None)
        return prepared


def _sound(answer: Answer) -> bytes:
    """Return the samples in an answer. Raises Again if there are none."""
    found = _AUDIO.search(answer.body)
    if not found or not found[1]:
        ours = _RPC in answer.body
        what = tr("an answer without audio") if ours else tr("something else than speech answered")
        raise Retry(what, of_these_words=ours)
    try:
        return decoded(base64.b64decode(found[1], validate=True), RATE)
    except (binascii.Error, EngineError) as error:
        raise Retry(tr("garbled audio"), of_these_words=True) from error


def engine() -> Gtts:
    """Return the engine, for the entry point; HAUTEVOIX_GTTS_URL replaces Google's address."""
    return Gtts(base_url=os.environ.get("HAUTEVOIX_GTTS_URL"))
