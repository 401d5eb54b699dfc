"""EPUB 2 and 3: the package, its pages, its table of contents."""
