"""What the benchmarks' tests share: a listener with its real weights, where they are installed."""

from __future__ import annotations

import os

import pytest

from hautevoix.errors import EngineError
from hautevoix.proofing.listener import Listener
from listening import Weights, weights


@pytest.fixture(scope="session")
def ears() -> Weights:
    """Return the listener's weights, or skip (fail, where no skip is allowed)."""
    try:
        return weights()
    except EngineError as error:
        return (pytest.fail if os.environ.get("HAUTEVOIX_NO_SKIP") else pytest.skip)(str(error))


@pytest.fixture(scope="session")
def listener(ears: Weights) -> Listener:
    """Return the listener."""
    return Listener(ears.folder)
