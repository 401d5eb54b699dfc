"""What every test may use: the letter, a store of its own, and real clients that must be there."""

from __future__ import annotations

import os
import shutil
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

from hautevoix.engines import offers
from hautevoix.engines.installing import Local, Wheels, install
from hautevoix.errors import InputError
from hautevoix.storage.store import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

settings.register_profile("steady", derandomize=True, deadline=None, max_examples=60)
settings.load_profile("steady")

# What this user has installed or was told must not change what a test sees.
_nowhere = Path(__file__).parent / "nothing-here"
os.environ |= {
    "HAUTEVOIX_LANG": "en",
    "HAUTEVOIX_CONFIG": str(_nowhere / "hautevoix.toml"),
    "HAUTEVOIX_ENGINE": "espeak",
    "HAUTEVOIX_VOICES": str(_nowhere),
    "OPENAI_API_KEY": "",
    "HAUTEVOIX_OPENAI_URL": "",
}

ROOT = Path(__file__).parent.parent
NO_SKIP = "HAUTEVOIX_NO_SKIP"
"""Where this variable is set, a missing client fails the test instead of skipping it."""

collect_ignore = ["listeners"]  # fakes of libraries: collected, they would stand for the real ones


@pytest.fixture(scope="session")
def letter() -> Path:
    """Return the letter that comes with the project."""
    return ROOT / "letters" / "lettre.txt"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Return an empty store."""
    return Store(tmp_path / "store")


@pytest.fixture
def bucket(monkeypatch: pytest.MonkeyPatch) -> Iterator[Any]:
    """Serve S3 on loopback; yield a client of its makers' own, with a bucket « livres »."""
    import buckets  # noqa: PLC0415 - boto3 and moto take a second to load

    with buckets.serving(monkeypatch) as client:
        yield client


@pytest.fixture(scope="session")
def kokoro_itself(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a folder of voices with Kokoro's own model and French voice, or skip (fail) likewise.

    The model comes from the packages that hold it, the voice from kokoro-js.
    """
    folder = tmp_path_factory.mktemp("voices")
    package = ROOT / "tests" / "clients" / "node_modules" / "kokoro-js"
    try:
        with pytest.MonkeyPatch.context() as patched:
            patched.setenv("HAUTEVOIX_VOICES", str(folder))
            install(offers.find("ff_siwis"), (Local(package), Wheels()))
    except InputError as error:
        (pytest.fail if os.environ.get(NO_SKIP) else pytest.skip)(
            f"{error} See script/bootstrap listen, and npm ci --prefix tests/clients."
        )
    return folder


@pytest.fixture(scope="session")
def client() -> Callable[[str], str]:
    """Return what finds a real program, or skips (fails, where no skip is allowed)."""

    def find(name: str) -> str:
        path = shutil.which(name)
        if path is None:
            (pytest.fail if os.environ.get(NO_SKIP) else pytest.skip)(f"{name} is not installed")
        return path

    return find


@pytest.fixture(scope="session")
def node(client: Callable[[str], str]) -> str:
    """Return Node.js, where the clients written for it are installed."""
    found = client("node")
    if not (ROOT / "tests" / "clients" / "node_modules").is_dir():
        missing = pytest.fail if os.environ.get(NO_SKIP) else pytest.skip
        missing("install the clients: npm ci --prefix tests/clients")
    return found
