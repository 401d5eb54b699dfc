"""Words → Clip: the voices, one Protocol, one entry-point group."""
