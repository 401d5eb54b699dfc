"""HTML → blocks: its tags, its styles, the vocabulary of its classes."""
