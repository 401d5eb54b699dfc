"""Recording → Master: stitching, loudness, MP3, chapters, tags, timeline."""

from hautevoix.mastering.master import Master, Pressing, master
from hautevoix.mastering.plot import plot
from hautevoix.mastering.sample import write_sample

__all__ = ["Master", "Pressing", "master", "plot", "write_sample"]
