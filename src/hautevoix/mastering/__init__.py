"""Recording → Master: stitching, loudness, MP3 and M4B, chapters, tags, timeline."""

from hautevoix.mastering.covers import cover_problem
from hautevoix.mastering.master import Master, Pressing, master
from hautevoix.mastering.plot import plot
from hautevoix.mastering.profiles import PROFILES, Format, Profile
from hautevoix.mastering.sample import write_sample

__all__ = [
    "PROFILES",
    "Format",
    "Master",
    "Pressing",
    "Profile",
    "cover_problem",
    "master",
    "plot",
    "write_sample",
]
