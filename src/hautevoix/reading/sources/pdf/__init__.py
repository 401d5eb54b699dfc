"""PDF: text by its place, size and font on the page."""

MOST_PAGES = 5_000
"""Pages that a PDF may have."""
LARGEST_TOLD = 512 << 20
"""Bytes that its reader may tell of it: some 20 a glyph."""
