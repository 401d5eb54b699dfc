"""What a user writes today: eSpeak's command a paragraph, « += », export, chapters by mutagen.

Usage: naive.py TEXT MP3. It needs pydub, mutagen, and the programs espeak-ng and ffmpeg.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from pathlib import Path

from mutagen.id3 import CHAP, CTOC, ID3, TIT2, CTOCFlags
from pydub import AudioSegment


def main(source: str, target: str) -> None:
    """Build the audiobook the obvious way."""
    text = Path(source).read_text("utf-8")
    book, marks = AudioSegment.empty(), []
    for paragraph in (" ".join(part.split()) for part in re.split(r"\n\s*\n", text)):
        if re.match(r"Chapitre \d+$", paragraph) or not marks:
            marks.append((len(book), paragraph))
        with tempfile.NamedTemporaryFile(suffix=".wav") as wav:
            subprocess.run(["espeak-ng", "-v", "fr", "-w", wav.name, paragraph], check=True)  # noqa: S603, S607 - a user's script
            book += AudioSegment.from_wav(wav.name)
        book += AudioSegment.silent(450)
    book.export(target, format="mp3", bitrate="96k", parameters=["-ar", "44100"])
    tags, names = ID3(), []
    ends = [start for start, _ in marks[1:]] + [len(book)]
    for number, ((start, title), end) in enumerate(zip(marks, ends, strict=True)):
        names.append(f"chp{number}")
        frames = [TIT2(encoding=3, text=title[:60])]
        tags.add(CHAP(element_id=names[-1], start_time=start, end_time=end, sub_frames=frames))
    flags = CTOCFlags.TOP_LEVEL | CTOCFlags.ORDERED
    tags.add(CTOC(element_id="toc", flags=flags, child_element_ids=names[:255], sub_frames=[]))
    tags.save(target)


if __name__ == "__main__":
    main(*sys.argv[1:])
