"""Book → Script: what will be said, by whom, with which pauses."""
