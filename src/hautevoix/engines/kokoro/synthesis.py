"""Kokoro's model at work, in a process of its own: words in, a clip out."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hautevoix.engines import onnxmodels
from hautevoix.engines.kokoro import catalogue
from hautevoix.engines.kokoro.sounds import sounds, tokens
from hautevoix.engines.phonemetimes import clauses, tied, with_lengths
from hautevoix.engines.wordmarks import marked
from hautevoix.errors import EngineError
from hautevoix.localization import tr
from hautevoix.model import Clip, Words
from hautevoix.parsing.json_codec import decoded, encoded

if TYPE_CHECKING:
    from collections.abc import Iterator

    import numpy as np
    import onnxruntime
    from numpy.typing import NDArray

    Samples = NDArray[np.float32]

RATE = 24000  # Hz, the model's only one
_FRAME = 600  # samples: what the model counts lengths in
_MOST_TOKENS = 510  # tokens at once; a style has a row for each number of them
_STYLE = 256  # numbers a row
_FULL_SCALE = 32767  # of 16-bit samples
_PAUSE_MS = 120  # between two stretches of one clip; only a sentence of letters' names has two
# Where a stretch of phonemes may end, the best places first.
_BREAKS = (frozenset(".!?…"), frozenset(";:—"), frozenset(",)”"), frozenset(" "))


@dataclass(frozen=True, slots=True)
class Order:
    """What to say, by which model, at which speed, on which provider.

    ``styles`` are the files of the voice, or of those that are blended, each with its share of 1;
    ``build`` tells apart files that were replaced.
    """

    words: Words
    model: str
    styles: tuple[tuple[str, float], ...]
    build: str
    speed: float = 1.0
    provider: str = onnxmodels.CPU

    def to_bytes(self) -> bytes:
        """Return it as ``answer`` takes it."""
        return encoded(self)

    @classmethod
    def from_bytes(cls, data: bytes) -> Order:
        """Return the order that ``to_bytes`` wrote."""
        return decoded(cls, data)


def answer(request: bytes) -> tuple[bytes, bool]:
    """Return an Order's Clip (both as bytes), and that this process may be asked again.

    The model keeps nothing of one clip for the next. Raises EngineError where it can't be said.
    """
    return clip(Order.from_bytes(request)).to_bytes(), True


def clip(order: Order) -> Clip:
    """Return an order's words spoken, with the times of their words. Raises EngineError."""
    session = _loaded(order.model, order.build, order.provider)
    style = _style(order.styles, order.build)
    pcm = b""
    heard: list[list[int]] = []
    for stretch in _stretches(sounds(order.words)):
        pcm += bytes(2 * (RATE * _PAUSE_MS // 1000)) if pcm else b""
        samples, lengths = _spoken(session, stretch, style, order.speed)
        heard += clauses(lengths, len(pcm) // 2)
        pcm += _as_pcm(samples)
    text = order.words.text
    return Clip(pcm, RATE, marked(text, tied(text, heard), len(pcm) // 2))


def _spoken(
    session: onnxruntime.InferenceSession, phonemes: str, style: Samples, speed: float
) -> tuple[Samples, list[tuple[str, int]]]:
    """Return the sound of a stretch, and how many samples each of its signs lasts.

    No lengths are told by a model that does not give them.
    """
    import numpy as np  # noqa: PLC0415 - only the process that speaks loads it

    numbers = tokens(phonemes)
    given = {
        "tokens": np.array([[0, *numbers, 0]], np.int64),
        "style": style[len(numbers) - 1][None],
        "speed": np.array([speed], np.float32),
    }
    samples, *told = session.run(None, given)
    lengths = told[0].ravel() * _FRAME if told else ()
    # What comes before the first sign and after the last is silence.
    return samples, [(sign, int(length)) for sign, length in zip(f" {phonemes} ", lengths)]  # noqa: B905 - none are told by some


def _as_pcm(samples: Samples) -> bytes:
    import numpy as np  # noqa: PLC0415 - as above

    return np.rint(np.clip(samples, -1, 1) * _FULL_SCALE).astype("<i2").tobytes()


def _stretches(phonemes: str) -> Iterator[str]:
    """Yield the phonemes in stretches that the model can take, cut where one would breathe.

    Nearly always that is one, as an engine's limit is in characters and sounds are fewer.
    Raises EngineError where there is nothing to say.
    """
    rest = phonemes.strip()
    if not any(sign.isalpha() for sign in rest):
        raise EngineError(tr("Kokoro finds nothing to say in it."))
    while len(rest) > _MOST_TOKENS:
        at = _best_break(rest[:_MOST_TOKENS])
        yield rest[:at].strip()
        rest = rest[at:].strip()
    if any(sign.isalpha() for sign in rest):
        yield rest


def _best_break(phonemes: str) -> int:
    """Return after how many signs to cut: after the best one in the second half, the last such."""
    for signs in _BREAKS:
        for at in range(len(phonemes), len(phonemes) // 2, -1):
            if phonemes[at - 1] in signs:
                return at
    return len(phonemes)


@functools.lru_cache(maxsize=1)
def _loaded(path: str, _build: str, provider: str) -> onnxruntime.InferenceSession:
    """Load the model; ``_build`` makes a replaced one another."""
    try:
        data = Path(path).read_bytes()
    except OSError as error:
        raise EngineError(
            tr("Kokoro's model can't be read: {strerror}.", strerror=error.strerror),
            advice=tr(
                "Get it: hautevoix voices install {recommended}", recommended=catalogue.RECOMMENDED
            ),
        ) from error
    model = with_lengths(data, b"Clip")
    return onnxmodels.session(model, "Kokoro's model", catalogue.RECOMMENDED, provider)


@functools.lru_cache(maxsize=8)
def _style(shares: tuple[tuple[str, float], ...], _build: str) -> Samples:
    """Return a voice's or a blend's style: a row of numbers for each number of tokens."""
    styles: list[Any] = [_read(Path(path)) * share for path, share in shares]
    return sum(styles[1:], styles[0]).astype("float32")  # type: ignore[no-any-return] # NumPy's sum


def _read(path: Path) -> Samples:
    import numpy as np  # noqa: PLC0415 - as above

    try:
        numbers = np.fromfile(path, "<f4")
    except OSError as error:
        raise EngineError(
            tr(
                "The voice « {stem} » can't be read: {strerror}.",
                stem=path.stem,
                strerror=error.strerror,
            ),
            advice=tr("Get it: hautevoix voices install {stem}", stem=path.stem),
        ) from error
    if numbers.size != _MOST_TOKENS * _STYLE or not np.isfinite(numbers).all():
        raise EngineError(
            tr("The voice « {stem} » is damaged.", stem=path.stem),
            advice=tr("Install it again: hautevoix voices install {stem}", stem=path.stem),
        )
    return numbers.reshape(_MOST_TOKENS, _STYLE)
