"""Piper: natural voices that run on this machine, as the extra ``hautevoix[piper]``.

A model draws noise from a generator whose state goes from clip to clip, so each clip is spoken in
a forked child that starts from the same seed: the same words give the same bytes. Models are loaded
with one thread: workers share the cores already (see ``onnxmodels``).
"""

from __future__ import annotations

import functools
import importlib.metadata
import importlib.util
import re
import unicodedata
from typing import TYPE_CHECKING

from hautevoix.engines import catalogue, onnxmodels
from hautevoix.engines.isolation import CAN_FORK, in_child
from hautevoix.engines.phonemetimes import clauses, tied, with_lengths
from hautevoix.engines.spelled import spelled
from hautevoix.engines.wordmarks import marked
from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.model import Clip, Manner, Readiness, Voice
from hautevoix.parsing.bounded import json_value
from hautevoix.runtime.installation import getting

if TYPE_CHECKING:
    from collections.abc import Iterable

    from piper import AudioChunk, PiperVoice

    from hautevoix.model import Words

# Piper's own pace suits conversation; a reading voice takes some 5 % more time.
LENGTH_SCALE = 1.05
LIMIT = 600  # characters: a model's memory and its breath both grow short beyond
_SENTENCE_SILENCE_MS = 250  # where eSpeak, which gives the phonemes, finds several sentences
_SEED = 1  # of the model's noise: any, but always the same
_GET_VOICE = f"hautevoix voices install {catalogue.RECOMMENDED}"
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f\ud800-\udfff]+")
_BRACKETS = re.compile(r"[\[\]]")
_SPEAKABLE = re.compile(r"[^\W_]")


class Piper:
    """The engine for voices that were trained from a reader's own."""

    name = "piper"
    online = False
    notice = ""
    speakers = None
    paced = True
    respelled = True
    limit = LIMIT

    @property
    def version(self) -> str:
        """Piper's and ONNX Runtime's versions, and our own settings; voices have their own."""
        piper, runtime = map(importlib.metadata.version, ("piper-tts", "onnxruntime"))
        return f"{piper}/{runtime}/{LENGTH_SCALE}/{_SEED}"

    def check(self) -> Readiness:
        """Tell whether the extra and a voice are installed."""
        if any(importlib.util.find_spec(name) is None for name in ("piper", "onnxruntime")):
            return Readiness(
                ready=False,
                missing=tr(
                    "not installed: {getting}, then {get_voice}",
                    getting=getting("piper"),
                    get_voice=_GET_VOICE,
                ),
                extra="piper",
            )
        if not catalogue.installed():
            return Readiness(
                ready=False, missing=tr("no voice yet: {get_voice}", get_voice=_GET_VOICE)
            )
        return Readiness(ready=True)

    def voices(self) -> tuple[Voice, ...]:
        """Return the French voices installed. Raises EngineError if there is none."""
        voices = catalogue.installed()
        if not voices:
            raise EngineError(
                tr("Piper has no French voice yet."),
                advice=tr("Get one: {get_voice}", get_voice=_GET_VOICE),
            )
        return voices

    def speak(self, words: Words, voice: Voice) -> Clip:
        """Speak with one of the installed voices. Raises EngineError if that fails."""
        name, _, speaker = voice.name.partition("+")
        model = _loaded(name, voice.build)
        text = _request(words, model)
        if not _SPEAKABLE.search(text):
            return Clip(b"", model.config.sample_rate)
        number = _speaker(model, speaker, voice.name)
        scale = (model.config.length_scale or 1.0) * LENGTH_SCALE / voice.rate
        speak = functools.partial(_spoken, model, text, number, scale, words.text)
        if not CAN_FORK:
            _loaded.cache_clear()  # the generator starts anew with the next session
            return speak()
        data = in_child(lambda: [speak().to_bytes()], f"Piper on « {text[:60]} »")
        return Clip.from_bytes(data)


@functools.lru_cache(maxsize=4)
def _loaded(name: str, _build: str) -> PiperVoice:
    """Load a model; ``_build`` makes a replaced one another."""
    import onnxruntime  # noqa: PLC0415 - heavy, and an extra
    from piper import PiperConfig, PiperVoice  # noqa: PLC0415 - the same

    path = catalogue.model_file(name)
    onnxruntime.set_seed(_SEED)
    try:
        told = catalogue.config_file(path).read_text(encoding="utf-8")
        config = PiperConfig.from_dict(json_value(told))
        data = path.read_bytes()
    except OSError as error:
        raise EngineError(
            tr(
                "The voice « {name} » can't be read: {strerror}.",
                name=name,
                strerror=error.strerror,
            ),
            advice=tr("Try: {get_voice}", get_voice=_GET_VOICE),
        ) from error
    except (ValueError, LookupError, TypeError) as error:
        raise EngineError(
            tr("The voice « {name} » is damaged.", name=name),
            advice=tr("Install it again: hautevoix voices install {name}", name=name),
        ) from error
    session = onnxmodels.session(with_lengths(data), f"The voice « {name} »", name)
    model = PiperVoice(session=session, config=config)
    model.phonemize("a")  # the phonemiser's own start-up, before any fork
    return model


def _request(words: Words, model: PiperVoice) -> str:
    """Return the text for Piper, where « [[…]] » holds phonemes; a text's own brackets go."""
    words = spelled(words)
    text = _CONTROLS.sub(" ", words.text)
    parts: list[str] = []
    done = 0
    for span in sorted(words.spans, key=lambda span: span.start):
        ipa = unicodedata.normalize("NFD", span.ipa)
        known = ipa and all(sign in model.config.phoneme_id_map for sign in ipa)
        if span.manner is not Manner.PHONEMES or span.start < done or not known:
            continue
        parts += [_inert(text[done : span.start]), f"[[{_BRACKETS.sub('', ipa)}]]"]
        done = span.end
    return "".join([*parts, _inert(text[done:])])


def _inert(text: str) -> str:
    return _BRACKETS.sub(" ", text)


def _speaker(model: PiperVoice, speaker: str, name: str) -> int | None:
    if not speaker:
        return None
    if speaker not in model.config.speaker_id_map:
        raise EngineError(
            tr("There is no speaker « {name} ».", name=name), advice=tr("See: hautevoix voices")
        )
    return model.config.speaker_id_map[speaker]


def _spoken(
    model: PiperVoice, request: str, speaker: int | None, scale: float, written: str
) -> Clip:
    """Return ``request`` spoken, with the marks of the words as ``written``."""
    from piper import SynthesisConfig  # noqa: PLC0415 - already loaded by now

    # Not normalised: each clip would get a gain of its own, and a whisper become a shout.
    settings = SynthesisConfig(speaker_id=speaker, length_scale=scale, normalize_audio=False)
    pause = bytes(2 * (model.config.sample_rate * _SENTENCE_SILENCE_MS // 1000))
    pcm = b""
    heard: list[list[int]] = []
    timed = True
    chunks: Iterable[AudioChunk] = model.synthesize(request, settings, include_alignments=True)
    for chunk in chunks:
        pcm += pause if pcm else b""
        lengths = [(told.phoneme, int(told.num_samples)) for told in chunk.phoneme_alignments or ()]
        heard += clauses(lengths, len(pcm) // 2)
        timed = timed and bool(lengths)
        pcm += chunk.audio_int16_bytes
    words = marked(written, tied(written, heard), len(pcm) // 2) if timed else ()
    return Clip(pcm, model.config.sample_rate, words)


def engine() -> Piper:
    """Return the engine, for the entry point."""
    return Piper()
