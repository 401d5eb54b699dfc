"""ONNX models as engines run them: one thread, on the processor or on an accelerator.

One thread a process gives most where every core has a process of its own: workers share the
cores already.
"""

from __future__ import annotations

import importlib.util
from typing import TYPE_CHECKING

from hautevoix.errors import EngineError
from hautevoix.localization import tr

if TYPE_CHECKING:
    import onnxruntime

CPU = "cpu"
PROVIDERS = {
    CPU: "CPUExecutionProvider",
    "cuda": "CUDAExecutionProvider",
    "coreml": "CoreMLExecutionProvider",
    "directml": "DmlExecutionProvider",
}
"""What can run a model, as a user names it and as ONNX Runtime does."""


def is_there() -> bool:
    """Tell whether ONNX Runtime is installed, without loading it."""
    return importlib.util.find_spec("onnxruntime") is not None


def missing(provider: str) -> str:
    """Return what lacks to run models by ``provider``; nothing where ONNX Runtime has it."""
    import onnxruntime  # noqa: PLC0415 - heavy, and an extra

    there = onnxruntime.get_available_providers()
    if PROVIDERS[provider] in there:
        return ""
    known = [name for name, its in PROVIDERS.items() if its in there]
    return tr(
        "this ONNX Runtime has no « {provider} », only {known}",
        provider=provider,
        known=", ".join(known),
    )


def session(
    model: bytes, what: str, voice: str, provider: str = CPU
) -> onnxruntime.InferenceSession:
    """Return the model, loaded; ``what`` names it, ``voice`` gets it anew.

    It comes as bytes: by path, ONNX Runtime would follow links out of the file. Raises EngineError
    where it is damaged, or where ``provider`` can't run it: never does another one do it instead.
    """
    import onnxruntime  # noqa: PLC0415 - heavy, and an extra

    lacks = missing(provider)
    if lacks:
        raise EngineError(
            tr("{what} can't be run: {lacks}.", what=what, lacks=lacks),
            advice=tr("Leave --provider out."),
        )
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # a plan for each length of sentence: 140 MB, and no faster
    options.log_severity_level = 3  # errors: its warnings are about its own graphs
    wanted = PROVIDERS[provider]
    try:
        made = onnxruntime.InferenceSession(model, sess_options=options, providers=[wanted])
    except Exception as error:  # onnxruntime's errors have no common base but this
        raise EngineError(
            tr("{what} is damaged.", what=what),
            advice=tr("Install it again: hautevoix voices install {voice}", voice=voice),
        ) from error
    if made.get_providers()[0] != wanted:
        raise EngineError(
            tr(
                "{what} can't be run by « {provider} »: its drivers can't be used.",
                what=what,
                provider=provider,
            ),
            advice=tr("Install them. Or leave --provider out."),
        )
    return made
