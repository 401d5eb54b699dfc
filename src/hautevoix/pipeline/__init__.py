"""The order of the stages: ``texts`` from a file to its script, ``builds`` on to the audiobook.

Two modules, so that a command that only reads never waits for the sound libraries to load.
"""
