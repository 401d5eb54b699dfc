"""How this very installation gets what it lacks.

By pip, in the environments that hold one; by pipx or uv, whose own leave it out.
"""

from __future__ import annotations

import re
import shlex
import shutil
import sys
import tomllib
from importlib.metadata import PackageNotFoundError, requires
from importlib.util import find_spec
from pathlib import Path
from typing import Any

_NAME = "hautevoix"
_OF_AN_EXTRA = re.compile(r"""(?P<need>.+?)\s*;.*\bextra\s*==\s*(["'])(?P<extra>[^"']+)\2""")
_SOURCES = ("editable", "directory", "path", "url", "git")
"""Where a receipt of uv's says a package came from, if not from an index."""


def getting(extra: str) -> str:
    """Return the command that adds ``extra`` to this installation, as a shell takes it.

    It names the packages that the extra is made of. So it is the same for what came from an index
    and for a checkout, and builds nothing again.
    """
    return adding(*(_packages(extra) or [f"{_NAME}[{extra}]"]))


def adding(*packages: str) -> str:
    """Return the command that adds packages to this installation, as a shell takes it.

    They are requirements as pip writes them, such as ``av>=15``.
    """
    environment = Path(sys.prefix)
    if (environment / "pipx_metadata.json").is_file():
        return shlex.join(["pipx", "inject", environment.name, *packages])
    receipt = environment / "uv-receipt.toml"
    if receipt.is_file():
        return shlex.join(_tool_again(receipt, packages))
    return shlex.join([*_installer(), *packages])


def _packages(extra: str) -> list[str]:
    """Return what an extra asks for, as our own metadata tells (PEP 508)."""
    try:
        needs = map(_OF_AN_EXTRA.fullmatch, requires(_NAME) or [])
    except PackageNotFoundError:
        return []
    return [need["need"] for need in needs if need and need["extra"] == extra]


def _installer() -> list[str]:
    """Return how pip installs here, as this environment has it, or else uv, which needs no pip.

    Where pip on the PATH would install for another Python, ours is named.
    """
    if not find_spec("pip"):
        return ["uv", "pip", "install", "--python", sys.executable]
    pip = shutil.which("pip")
    if pip and Path(pip).parent == Path(sys.executable).parent:
        return ["pip", "install"]
    return [sys.executable, "-m", "pip", "install"]


def _tool_again(receipt: Path, packages: tuple[str, ...]) -> list[str]:
    """Return uv's command for this tool, with ``packages`` too: what it leaves out is removed."""
    told: list[dict[str, Any]] = tomllib.loads(receipt.read_text("utf-8"))["tool"]["requirements"]
    main = next((entry for entry in told if entry["name"] == _NAME), {"name": _NAME})
    others = [_requirement(entry) for entry in told if entry is not main]
    withs = [word for package in (*others, *packages) for word in ("--with", package)]
    in_place = ["--editable"] if "editable" in main else []
    return ["uv", "tool", "install", *in_place, *withs, _requirement(main)]


def _requirement(entry: dict[str, Any]) -> str:
    """Return an entry of uv's receipt as a requirement.

    >>> _requirement({"name": "av", "specifier": ">=15"})
    'av>=15'
    >>> _requirement({"name": "hautevoix", "extras": ["m4b"], "directory": "/src"})
    '/src[m4b]'
    """
    extras = f"[{','.join(entry['extras'])}]" if entry.get("extras") else ""
    source = next((key for key in _SOURCES if key in entry), "")
    if source in {"url", "git"}:
        prefix = "git+" if source == "git" else ""
        return f"{entry['name']}{extras} @ {prefix}{entry[source]}"
    return f"{entry[source] if source else entry['name']}{extras}{entry.get('specifier', '')}"
