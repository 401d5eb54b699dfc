"""A few seconds of each voice, for docs/samples: script/samples [ENGINE/VOICE…].

Without names, of the first voice of each engine that is ready offline. What a name's sample was
before is replaced; the others stay, and the page beside them lists them all.
"""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from choosing import chosen
from hautevoix.errors import HautevoixError
from hautevoix.french import Narrator
from hautevoix.mastering import write_sample
from hautevoix.recording import speak

if TYPE_CHECKING:
    from hautevoix.engines import Engine
    from hautevoix.model import Voice

FOLDER = Path(__file__).parent.parent / "docs" / "samples"
TEXT = "Ce soir-là, la pluie cessa : on n'entendait plus que la mer."
LARGEST = 60_000  # bytes: a page of samples loads at once

_ROW = re.compile(r"^\| \[(?P<file>[^\]]+)\].*$", re.MULTILINE)
_PAGE = f"""# Voices, to be heard

Each says « {TEXT} »,
as it sounds in an audiobook: at −16 LUFS, MP3 at 96 kb/s. Made by `script/samples`.

| sample | voice | licence of the voice |
|---|---|---|
%s

The sentence is ours, and so are these recordings: both are given away under
[CC0 1.0](https://creativecommons.org/publicdomain/zero/1.0/), as far as the voice's own licence
lets us. Where that wants its maker named (CC BY), name it when you pass the sample on.
"""


def sample(engine: Engine, voice: Voice) -> Path:
    """Write a voice's sample and return it. Raises EngineError, ValueError if it is too large."""
    file = FOLDER / re.sub(r"[^\w.+-]", "_", f"{engine.name}-{voice.name}.mp3")
    words = Narrator().say(TEXT, explain=False).words
    write_sample(speak(engine, words, voice), file)
    if file.stat().st_size > LARGEST:
        raise ValueError(f"{file}: {file.stat().st_size} bytes are too many for a page")
    return file


def listed(page: str, file: Path, engine: Engine, voice: Voice) -> str:
    """Return ``page`` with a row for the sample, in the place of the one it had."""
    rows = {match["file"]: match[0] for match in _ROW.finditer(page)}
    cells = f"[{file.name}]({file.name}) | `{engine.name}`, `{voice.name}` | {voice.licence or '?'}"
    rows[file.name] = f"| {cells} |"
    return _PAGE % "\n".join(rows[name] for name in sorted(rows))


def main() -> int:
    """Write the samples asked for and the page; return the exit code, as errors.py has it."""
    FOLDER.mkdir(exist_ok=True)
    page = FOLDER / "README.md"
    try:
        for engine, voice in chosen(sys.argv[1:]):
            file = sample(engine, voice)
            before = page.read_text("utf-8") if page.exists() else ""
            page.write_text(listed(before, file, engine, voice), "utf-8")
            print(file)
    except HautevoixError as error:
        sys.stderr.write(f"script/samples: {error}\n")
        return error.exit_code
    return 0


if __name__ == "__main__":
    sys.exit(main())
