"""file → Book: the segmenter and its readers.

``read(path, sidecar)`` gives a ``Book``; ``read_sidecar(path)`` what the TOML beside it says.
"""
