"""Recording → Master: stitching, loudness, MP3 and M4B, chapters, tags, timeline."""

from typing import TYPE_CHECKING

from hautevoix.facades import facade

if TYPE_CHECKING:
    from hautevoix.mastering.covers import cover_problem
    from hautevoix.mastering.figure import plot
    from hautevoix.mastering.foretelling import foretell
    from hautevoix.mastering.pressing import Master, Pressing
    from hautevoix.mastering.profiles import PROFILES, Format, Profile
    from hautevoix.mastering.sample import write_sample
    from hautevoix.mastering.session import master, needed

__all__ = [
    "PROFILES",
    "Format",
    "Master",
    "Pressing",
    "Profile",
    "cover_problem",
    "foretell",
    "master",
    "needed",
    "plot",
    "write_sample",
]
__getattr__ = facade(
    __name__,
    covers=("cover_problem",),
    figure=("plot",),
    foretelling=("foretell",),
    pressing=(
        "Master",
        "Pressing",
    ),
    profiles=(
        "Format",
        "PROFILES",
        "Profile",
    ),
    sample=("write_sample",),
    session=("master", "needed"),
)
