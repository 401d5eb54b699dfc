"""The listener: any Whisper model that faster-whisper runs, found by folder or by name.

It is the extra ``hautevoix[proof]``. A model is never fetched unasked.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import soxr

from hautevoix.engines.assets import sha256_of
from hautevoix.errors import DiskError, EngineError, NetworkError
from hautevoix.localization import tr
from hautevoix.model import Readiness
from hautevoix.model.options import ListenerOptions
from hautevoix.runtime.installation import getting
from hautevoix.storage.store import Store, key_of

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from hautevoix.model import Clip

    Samples = NDArray[np.float32]

VARIABLE = "HAUTEVOIX_LISTENER"
"""The environment variable that names the listener's model or its folder."""

USUAL = "base"
"""Whisper base, some 145 MB: the smallest that finds the faults told in docs/proof.md."""

RATE = 16_000
"""Hz: at which the listener hears."""

COMPUTE = "int8"
"""How the weights are reckoned with: float32 heard the same in three sentences of Pico's, and took
3.8 s of CPU for each where this took 3.1."""

PADDING = 0.5
"""Seconds of silence at either side of a clip: of 24 headings by SVOX Pico, whose own silence was
cut off, 14 were heard right with it and 11 without, and what was heard wrong was nearer."""

_MODEL, _CONFIG = "model.bin", "config.json"
_LONGEST = 14.0  # seconds heard at once: of one of 19 s, the last words were left out
_PAUSE = 0.2  # seconds: a breath, at which longer ones are cut
_ROOM = 2.0  # seconds of silence that close a short window: without it, words come twice
_WINDOW = 3000  # frames of 10 ms: the window that Whisper was trained on
_BEAMS = 5

# A listener gone astray repeats itself without end. Read aloud, French has some fifteen letters a
# second, which are eight tokens at most.
_TOKENS, _TOKENS_A_SECOND = 16, 12
_MOST_TOKENS = 220


@dataclass(frozen=True, slots=True)
class Model:
    """A listener's weights: their ``name`` as the user gave it, their folder, what tells them."""

    name: str
    folder: Path
    digest: str


def find_model(options: ListenerOptions, store: Store) -> Model:
    """Return the model that the options name, or that lies in the folder of that name.

    A name is one of faster-whisper's (``base``, ``small``…) or of a repository's on Hugging Face;
    without one it is what VARIABLE says, or USUAL. ``store`` remembers its digest. Raises
    EngineError where it can't be had, with the command that gets it; NetworkError, DiskError.
    """
    name = _named(options)
    folder = _folder(name, fetch=options.fetch)
    return Model(name, folder, _digest(folder / _MODEL, store))


def check() -> Readiness:
    """Tell whether the listener that is asked unless another is named can listen now."""
    try:
        _folder(_named(ListenerOptions()), fetch=False)
    except EngineError as error:
        return Readiness(ready=False, missing=str(error))
    return Readiness(ready=True)


def _named(options: ListenerOptions) -> str:
    return options.name or os.environ.get(VARIABLE) or USUAL


def _folder(name: str, *, fetch: bool) -> Path:
    """Return where the model of that name lies. Raises EngineError, NetworkError, DiskError."""
    if find_spec("faster_whisper") is None:
        raise EngineError(
            tr("The listener is not installed."),
            advice=tr("Get it: {getting}", getting=getting("proof")),
        )
    folder = Path(name)
    if not folder.is_dir():
        if os.sep in name and folder.is_absolute():
            raise EngineError(
                tr("{name}: no such folder of a model.", name=name), advice=tr("Check the name.")
            )
        folder = _fetched(name) if fetch else _cached(name)
    for needed in (_MODEL, _CONFIG):
        if not (folder / needed).is_file():
            raise EngineError(
                tr(
                    "{folder} is no model for faster-whisper: {needed} is not in it.",
                    folder=folder,
                    needed=needed,
                ),
                advice=tr(
                    "Name a folder with model.bin, config.json, tokenizer.json, vocabulary.*."
                ),
            )
    return folder


def _cached(name: str) -> Path:
    """Return where a model of that name was downloaded to before."""
    from faster_whisper.utils import download_model  # noqa: PLC0415 - an extra, slow to load
    from huggingface_hub.errors import (  # noqa: PLC0415 - as above
        HFValidationError,
        LocalEntryNotFoundError,
    )

    try:
        return Path(download_model(name, local_files_only=True))
    except LocalEntryNotFoundError:
        raise EngineError(
            tr("The listener's model « {name} » is not here.", name=name),
            advice=tr(
                "Have it fetched, once: hautevoix proof TEXT --fetch. Or name a folder that "
                "holds one in {variable}. Or give it with --model DIR.",
                variable=VARIABLE,
            ),
        ) from None
    except (ValueError, HFValidationError):
        raise _unknown(name) from None


def _fetched(name: str) -> Path:
    """Return where a model lies, which is downloaded if it is not there yet."""
    from faster_whisper.utils import download_model  # noqa: PLC0415 - as above
    from huggingface_hub.errors import (  # noqa: PLC0415 - as above
        HfHubHTTPError,
        HFValidationError,
        LocalEntryNotFoundError,
    )

    try:
        return Path(download_model(name))
    except HFValidationError:
        raise _unknown(name) from None
    except (HfHubHTTPError, LocalEntryNotFoundError, ConnectionError) as error:
        raise NetworkError(
            tr(
                "The listener's model « {name} » can't be fetched ({name2}).",
                name=name,
                name2=type(error).__name__,
            ),
            advice=tr("Once online, the same command goes on. Or name a folder: --model DIR."),
        ) from error
    except ValueError:
        raise _unknown(name) from None
    except OSError as error:
        raise DiskError(
            tr("The listener's model can't be kept: {strerror}.", strerror=error.strerror or error)
        ) from error


def _unknown(name: str) -> EngineError:
    return EngineError(
        tr("There is no listener called « {name} », nor such a folder.", name=name),
        advice=tr("Known: tiny, base, small, medium, large-v3, turbo, or a repository's name."),
    )


def _digest(weights: Path, store: Store) -> str:
    """Return a file's SHA-256, which is reckoned once for all its size and time stay."""
    status = weights.stat()
    key = key_of("listener", weights.resolve(), status.st_size, status.st_mtime_ns)
    known = store.get(key)
    if known is None:
        known = sha256_of(weights).encode("ascii")
        store.put(key, known)
    return known.decode("ascii")


def sound(clip: Clip) -> Samples:
    """Return a clip as one hears it here: 16 kHz, full scale 1."""
    samples = np.frombuffer(clip.pcm, "<i2").astype(np.float32) / 32768
    heard = samples if clip.rate == RATE else soxr.resample(samples, clip.rate, RATE, "HQ")
    return np.clip(heard, -1.0, 1.0).astype(np.float32)


class Listener:
    """Hears French: the same samples give the same text, whatever it heard before."""

    def __init__(self, folder: Path, compute: str = COMPUTE) -> None:
        """Load the weights; one thread each: workers share the cores already."""
        from faster_whisper import WhisperModel  # noqa: PLC0415 - an extra, slow to load
        from faster_whisper.tokenizer import Tokenizer  # noqa: PLC0415 - as above

        self._model: Any = WhisperModel(
            str(folder), device="cpu", compute_type=compute, cpu_threads=1, num_workers=1
        )
        self._tokenizer: Any = Tokenizer(
            self._model.hf_tokenizer, multilingual=True, task="transcribe", language="fr"
        )

    def hear(self, samples: Samples, padding: float = PADDING) -> str:
        """Return what is heard in ``samples`` (16 kHz, mono), with silence around them.

        The listener hears as it was trained to, in windows of thirty seconds.
        """
        return " ".join(self._transcribed(part, padding) for part in parts(samples))

    def hear_quickly(self, samples: Samples) -> str:
        """Return the same in windows no longer than what is said, at a third of the cost.

        It hears about as well; where it seems to hear something wrong, ``hear`` has the last word.
        """
        return " ".join(map(self._glimpsed, parts(samples)))

    def _transcribed(self, samples: Samples, padding: float) -> str:
        segments, _ = self._model.transcribe(
            _padded(samples, padding, padding),
            language="fr",
            beam_size=_BEAMS,
            temperature=0.0,
            condition_on_previous_text=False,
            vad_filter=False,
            max_new_tokens=_most_tokens(samples),
        )
        return " ".join(segment.text.strip() for segment in segments)

    def _glimpsed(self, samples: Samples) -> str:
        features = self._model.feature_extractor(_padded(samples, PADDING, PADDING + _ROOM))
        even = min(features.shape[-1] // 2 * 2, _WINDOW)  # its first layer takes frames in pairs
        prompt = [*self._tokenizer.sot_sequence, self._tokenizer.no_timestamps]
        heard = self._model.model.generate(
            self._model.encode(features[:, :even]),
            [prompt],
            beam_size=_BEAMS,
            max_length=len(prompt) + _most_tokens(samples),
        )
        return str(self._tokenizer.decode(heard[0].sequences_ids[0])).strip()


def parts(samples: Samples) -> list[Samples]:
    """Return samples cut in their quietest places, so that no part exceeds _LONGEST.

    Of what is longer, a listener may leave out the end.
    """
    if len(samples) <= _LONGEST * RATE:
        return [samples]
    third, pause = len(samples) // 3, round(_PAUSE * RATE)
    powers = np.convolve(np.square(samples[third : 2 * third]), np.ones(pause), "valid")
    middle = third + int(powers.argmin()) + pause // 2
    return [*parts(samples[:middle]), *parts(samples[middle:])]


def _padded(samples: Samples, before: float, after: float) -> Samples:
    return np.pad(samples, (round(before * RATE), round(after * RATE)))


def _most_tokens(samples: Samples) -> int:
    return min(_TOKENS + _TOKENS_A_SECOND * len(samples) // RATE, _MOST_TOKENS)
