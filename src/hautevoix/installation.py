"""How this very installation gets what it lacks."""

from __future__ import annotations

import json
import shlex
import shutil
import sys
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path
from urllib.parse import unquote, urlsplit

_NAME = "hautevoix"


def getting(extra: str) -> str:
    """Return the command that adds ``extra`` to this installation, as a shell takes it.

    A checkout is named by its folder (PEP 610 tells it), as pip knows it by no other name; where
    pip on the PATH would install for another Python, ours is named.
    """
    folder, editable = _checkout()
    what = shlex.quote(f"{folder or _NAME}[{extra}]")
    return f"{_pip()} install {'--editable ' if editable else ''}{what}"


def _pip() -> str:
    pip = shutil.which("pip")
    if pip and Path(pip).parent == Path(sys.executable).parent:
        return "pip"
    return f"{shlex.quote(sys.executable)} -m pip"


def _checkout() -> tuple[str, bool]:
    """Return the folder that was installed from, empty if none, and whether it is used in place."""
    try:
        told = json.loads(distribution(_NAME).read_text("direct_url.json") or "{}")
    except (PackageNotFoundError, ValueError):
        return "", False
    url = urlsplit(str(told.get("url", "")))
    if url.scheme != "file" or "dir_info" not in told:
        return "", False
    return unquote(url.path), bool(told["dir_info"].get("editable"))
