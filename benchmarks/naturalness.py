"""How natural speech sounds, by estimators that need no reference: PLCMOS v2 and DNSMOS P.835.

Both were trained on what people judged, from 1 (bad) to 5. They come with the package speechmos,
whose own loader of DNSMOS wants more than its weights; so these are asked here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hautevoix.proofing.listener import RATE
from listening import package

if TYPE_CHECKING:
    Samples = np.ndarray[Any, np.dtype[np.float32]]

_SEED = 1  # PLCMOS imagines fifteen raters: the same ones each time

# From speechmos.dnsmos: the seconds that its model takes, and its polynomial from raw to overall.
_WINDOW = 9.01
_OVERALL = (-0.06766283, 1.11546468, 0.04602535)


class Judge:
    """Estimates what people would say of a sound."""

    def __init__(self) -> None:
        """Load both models, one thread each. Raises EngineError where they are missing."""
        models = package("speechmos")
        import onnxruntime  # noqa: PLC0415 - an extra, slow to load
        from speechmos.plcmos import PLCMOS  # noqa: PLC0415 - the same

        def session(*path: str) -> Any:
            options = onnxruntime.SessionOptions()
            options.intra_op_num_threads = 1
            return onnxruntime.InferenceSession(str(models.joinpath(*path)), options)

        self._plcmos = PLCMOS()
        self._plcmos.session = session("plcmos_models", "plcmos_v2.onnx")
        self._dnsmos = session("dnsmos_models", "sig_bak_ovr.onnx")

    def plcmos(self, samples: Samples) -> float:
        """Return PLCMOS of ``samples`` (16 kHz): how free of gaps and artefacts they sound."""
        np.random.seed(_SEED)  # noqa: NPY002 - what the package draws from
        return float(self._plcmos(samples)["plcmos"])

    def dnsmos(self, samples: Samples) -> float:
        """Return DNSMOS, overall: the mean of windows of 9 s, one a second; short ones repeat."""
        size = int(_WINDOW * RATE)
        repeated = np.tile(samples, -(-size // len(samples))) if len(samples) < size else samples
        starts = range(0, len(repeated) - size + 1, RATE)
        return float(np.mean([self._overall(repeated[at : at + size]) for at in starts]))

    def _overall(self, window: Samples) -> float:
        [[raw]] = self._dnsmos.run(None, {"input_1": window[np.newaxis]})
        return float(np.polyval(_OVERALL, raw[2]))
