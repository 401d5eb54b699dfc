"""file → Book: the segmenter and its readers.

``read(path, sidecar)`` gives a ``Book``; ``read_sidecar(path)`` what the TOML beside it says;
``parse_text(text)`` is the segmenter alone, with no file.
"""

from typing import TYPE_CHECKING

from hautevoix.runtime.lazy_imports import lazy_imports

if TYPE_CHECKING:
    from hautevoix.reading.base.lexicons import read_lexicon, user_lexicon
    from hautevoix.reading.base.sidecar import parse_sidecar, read_sidecar
    from hautevoix.reading.reader import read, read_bytes, read_data, read_standard_input
    from hautevoix.reading.segment import parse_text

__all__ = [
    "parse_sidecar",
    "parse_text",
    "read",
    "read_bytes",
    "read_data",
    "read_lexicon",
    "read_sidecar",
    "read_standard_input",
    "user_lexicon",
]
__getattr__ = lazy_imports(
    __name__,
    **{
        "base.lexicons": ("read_lexicon", "user_lexicon"),
        "base.sidecar": ("parse_sidecar", "read_sidecar"),
        "reader": ("read", "read_bytes", "read_data", "read_standard_input"),
        "segment": ("parse_text",),
    },
)
