"""Recording → Master: stitching, loudness, MP3, chapters, tags, timeline."""

from hautevoix.mastering.master import Master, Pressing, master

__all__ = ["Master", "Pressing", "master"]
