"""Marks of speech: taken out before anything else looks at a text, heeded when it is understood.

So « [voix Anna] » is no heading and « [pause] » no note. ``held`` takes the marks out and leaves an
anchor in each one's place; anchors go where their text goes; ``heeded`` makes spans of them, and
chapters.
"""
