"""Script → Recording: every utterance spoken, on all cores, each clip kept in the store."""
