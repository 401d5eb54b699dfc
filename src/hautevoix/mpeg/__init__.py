"""MP3 as bytes: MPEG frames, the Info frame before them, and the ID3 tag at the file's start.

Mastering writes with it what publishing reads, cuts and tags anew, and what the check looks at.
"""
