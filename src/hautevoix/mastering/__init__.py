"""Recording → Master: stitching, loudness, MP3, chapters, tags, timeline."""
