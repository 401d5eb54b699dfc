"""The fake's downloads: one model is here, one can be fetched, no other is known."""

from __future__ import annotations

import os

from huggingface_hub.errors import LocalEntryNotFoundError


def download_model(name: str, *, local_files_only: bool = False) -> str:
    """Return the folder that FAKE_MODEL names, for « base », once it may be fetched."""
    if name not in {"base", "small"}:
        raise ValueError(name)
    if local_files_only or name != "base":
        raise LocalEntryNotFoundError(name)
    return os.environ["FAKE_MODEL"]
