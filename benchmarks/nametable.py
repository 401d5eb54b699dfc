"""Fills in the table of proper names: script/pronunciation.

A name and its sounds are written by hand, from French usage. What is filled in: the spelling that
eSpeak, asked back, says so (nothing where it says the name itself so), and who bears the sounds
out: « espeak », « g2p2 », both, or nobody (« usage »).
"""

from __future__ import annotations

from respelling import folded, respelling, says, sounded
from wordtable import DATA

_TABLE = DATA / "names.tsv"


def _row(name: str, ipa: str) -> str:
    import g2p2  # noqa: PLC0415 - not needed to measure

    right = says(name, ipa)
    spelling = "" if right else respelling(name.lower(), ipa)
    if spelling is None:
        print(f"{name}: no spelling found for {ipa}, eSpeak says {sounded(name)}")
    witnesses = ["espeak"] * right
    witnesses += ["g2p2"] * (folded(g2p2.phonemize(name, language="fr")) == folded(ipa))
    return f"{name}\t{ipa}\t{spelling or ''}\t{'+'.join(witnesses) or 'usage'}\n"


def main() -> None:
    """Write the table anew."""
    lines = _TABLE.read_text("utf-8").splitlines()
    head = [f"{line}\n" for line in lines if line.startswith("#")]
    told = dict(line.split("\t")[:2] for line in lines if not line.startswith("#"))
    rows = [_row(name, told[name]) for name in sorted(told)]
    _TABLE.write_text("".join(head + rows), "utf-8")


if __name__ == "__main__":
    main()
