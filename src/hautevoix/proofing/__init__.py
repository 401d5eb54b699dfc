"""What a book sounds like, told before anyone listens: by its sound alone, and by a listener."""
