"""What the blocks of a text are: headings, title page, contents, paragraphs and their kinds."""
