from __future__ import annotations

import os
import subprocess
import sys

import manual


def test_the_manual_is_what_the_help_says() -> None:
    """man/hautevoix.1 is what script/man makes of the commands, in any user's language."""
    done = subprocess.run(
        [sys.executable, manual.__file__, "--print"],
        capture_output=True,
        env={**os.environ, "HAUTEVOIX_LANG": "fr"},
        check=True,
    )
    assert manual.PAGE.read_bytes() == done.stdout, "run script/man"


def test_every_option_stands_in_it() -> None:
    """A reader who searches the page for an option finds it."""
    page = manual.PAGE.read_text("utf-8")
    for told in (r"\-\-sample TIME", "hautevoix store gc", "HAUTEVOIX_STORE", "130 stopped"):
        assert told in page
