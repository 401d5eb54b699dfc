"""What was seen on a machine that stood still is seen again."""

from __future__ import annotations

import os
import subprocess

from standstill import undisturbed


def test_what_was_disturbed_is_tried_again() -> None:
    """A program is stopped for a second as a paused machine is: that trial does not count."""
    trials = []

    def trial() -> int:
        trials.append("tried")
        if len(trials) == 1:
            this = os.getpid()
            subprocess.run(
                ["sh", "-c", f"kill -STOP {this}; sleep 1; kill -CONT {this}"], check=True
            )
        return len(trials)

    assert undisturbed(trial) > 1
