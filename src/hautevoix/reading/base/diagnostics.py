"""What the reading says of its doubts, in the words that other rooms look for."""

from __future__ import annotations

LEFT = "left as written; a sidecar's [corrections] can mend it"
"""How a doubt says that a correction of the sidecar's would settle it."""
