"""file → Book: the segmenter and its readers.

``read(path, sidecar)`` gives a ``Book``; ``read_sidecar(path)`` what the TOML beside it says;
``parse_text(text)`` is the segmenter alone, with no file.
"""

from typing import TYPE_CHECKING

from hautevoix.facades import facade

if TYPE_CHECKING:
    from hautevoix.reading.lexicons import read_lexicon, user_lexicon
    from hautevoix.reading.reader import read, read_bytes, read_data, read_standard_input
    from hautevoix.reading.segment import parse_text
    from hautevoix.reading.sidecar import parse_sidecar, read_sidecar

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
__getattr__ = facade(
    __name__,
    lexicons=(
        "read_lexicon",
        "user_lexicon",
    ),
    reader=(
        "read",
        "read_data",
        "read_bytes",
        "read_standard_input",
    ),
    segment=("parse_text",),
    sidecar=(
        "parse_sidecar",
        "read_sidecar",
    ),
)
