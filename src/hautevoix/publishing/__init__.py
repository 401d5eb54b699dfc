"""Audiobooks → Release: feed, page, transcripts, chapters, cover; preview, check and upload.

``edition`` keeps what a page needs beside the MP3 when it is built; ``built`` reads it back;
``release`` settles identity; ``feed``, ``page``, ``transcripts``, ``chapters``, ``epub`` write
each their format, purely; ``site`` puts it all on disk, the feed last.
"""
