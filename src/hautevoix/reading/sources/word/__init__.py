"""Word documents: their parts, styles, numbering and runs."""
