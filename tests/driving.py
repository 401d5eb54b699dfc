"""Pages driven in a real browser, from a file or from the site that ``preview`` serves."""

from __future__ import annotations

import json
import subprocess
import threading
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hautevoix.publishing.preview import preview
from standstill import PATIENCE, undisturbed

if TYPE_CHECKING:
    from collections.abc import Iterator

CLIENTS = Path(__file__).parent / "clients"


def driven(node: str, driver: str, *arguments: str) -> dict[str, Any]:
    """Return what a driver of tests/clients told of its page, while the machine did not rest."""

    def drive() -> dict[str, Any]:
        done = subprocess.run(
            [node, CLIENTS / driver, *arguments],
            capture_output=True, text=True, check=False, timeout=2 * PATIENCE,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        told: dict[str, Any] = json.loads(done.stdout)
        return told

    return undisturbed(drive)


@contextmanager
def served(site: Path) -> Iterator[str]:
    """Serve a site to this machine; yield its address, which ends with a stroke."""
    server = preview(site)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield server.url
    finally:
        server.stop()
        thread.join(PATIENCE)
