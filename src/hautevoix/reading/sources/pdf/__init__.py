"""PDF: text by its place and size on the page."""
