"""A command in place of pico2wave: it checks how it is called, and buzzes."""

from __future__ import annotations

import re
import sys
import wave

RATE = 16000


def main() -> None:
    """Do what ``pico2wave -l fr-FR -w FILE -- TEXT`` does; « échoue » and « muet » in it fail."""
    language, file, text = re.fullmatch(
        r"-l (\S+) -w (\S+) -- (.*)", " ".join(sys.argv[1:]), re.DOTALL
    ).groups()
    assert language == "fr-FR"
    text = re.sub('<phoneme alphabet="xsampa" ph="([A-Za-z0-9@~ ]+)"/>', r"\1", text)
    [(speed, said)] = re.findall(r"^<speed level='(\d+)'>([^<>&]*)</speed>$", text)
    if "échoue" in said:
        sys.exit("Cannot open resource file")
    if "muet" in said:
        return
    with wave.open(file, "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(RATE)
        wave_length = 1200 * len(said) // int(speed)
        out.writeframes((b"\0\x20" * 40 + b"\0\xe0" * 40) * wave_length)


if __name__ == "__main__":
    main()
