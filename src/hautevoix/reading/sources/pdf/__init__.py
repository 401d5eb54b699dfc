"""PDF: text by its place, size and font on the page."""

MOST_PAGES = 5_000
"""Pages that a PDF may have."""
LARGEST_TOLD = 192 << 20
"""Bytes that its reader may tell of it: some 17 a glyph, of which a long novel has two million."""
HUNDREDTHS = 100
"""Places along a line are told in hundredths of a point."""
