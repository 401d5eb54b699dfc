"""A file of each format → what the segmenter reads."""
