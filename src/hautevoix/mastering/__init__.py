"""Recording → Master: stitching, loudness, MP3 and M4B, chapters, tags, timeline."""

from typing import TYPE_CHECKING

from hautevoix.runtime.lazy_imports import lazy_imports

if TYPE_CHECKING:
    from hautevoix.mastering.covers import cover_problem
    from hautevoix.mastering.encoding import EncodingOptions, Master
    from hautevoix.mastering.figure import plot
    from hautevoix.mastering.prefetching import prefetch
    from hautevoix.mastering.profiles import PROFILES, Format, Profile
    from hautevoix.mastering.sample import write_sample
    from hautevoix.mastering.session import master, needed

__all__ = [
    "PROFILES",
    "EncodingOptions",
    "Format",
    "Master",
    "Profile",
    "cover_problem",
    "master",
    "needed",
    "plot",
    "prefetch",
    "write_sample",
]
__getattr__ = lazy_imports(
    __name__,
    covers=("cover_problem",),
    figure=("plot",),
    prefetching=("prefetch",),
    encoding=(
        "Master",
        "EncodingOptions",
    ),
    profiles=(
        "Format",
        "PROFILES",
        "Profile",
    ),
    sample=("write_sample",),
    session=("master", "needed"),
)
