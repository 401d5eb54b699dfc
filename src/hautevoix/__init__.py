"""Hautevoix: a French text in, an audiobook out.

For programs: ``build``, ``outline``, ``script``, ``publish`` and what they take (docs/api.md).
"""

from typing import TYPE_CHECKING

from hautevoix.runtime.lazy_imports import lazy_imports

if TYPE_CHECKING:
    from hautevoix.api import build, outline, publish, script
    from hautevoix.errors import HautevoixError
    from hautevoix.model.options import Excerpt
    from hautevoix.model.sidecar import VoiceSettings

__version__ = "0.1.0"
__all__ = ["Excerpt", "HautevoixError", "VoiceSettings", "build", "outline", "publish", "script"]
__getattr__ = lazy_imports(
    __name__,
    **{
        "api": ("build", "outline", "publish", "script"),
        "errors": ("HautevoixError",),
        "model.options": ("Excerpt",),
        "model.sidecar": ("VoiceSettings",),
    },
)
