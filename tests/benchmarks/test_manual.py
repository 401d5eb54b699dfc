from __future__ import annotations

import pytest

import manual


@pytest.mark.parametrize("code", manual.PAGES)
def test_the_manual_is_what_the_help_says(code: str) -> None:
    """Each man page is what script/man makes of the commands in its language."""
    assert manual.PAGES[code].read_bytes() == manual.printed(code), "run script/man"


@pytest.mark.parametrize(
    ("code", "told"),
    [("en", (r"\-\-sample TIME", "130 stopped")), ("fr", (r"\-\-sample DURÉE", "130 arrêté"))],
)
def test_every_option_stands_in_it(code: str, told: tuple[str, ...]) -> None:
    """A reader who searches the page for an option finds it."""
    page = manual.PAGES[code].read_text("utf-8")
    for words in (*told, "hautevoix store gc", "HAUTEVOIX_STORE"):
        assert words in page
