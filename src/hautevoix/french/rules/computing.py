"""What computers write: versions, files, paths, options, hashtags, names of variables."""

from __future__ import annotations

import re

from hautevoix.french.numbers import Counting, number
from hautevoix.french.rule import Rule, rule
from hautevoix.french.rules.parts import DIGITS

_SIGNS = {
    "/": "barre oblique", "\\": "antislash", ".": "point", "-": "tiret", "_": "tiret bas",
    ":": "deux-points", "~": "tilde", "@": "arobase", "*": "étoile", "=": "égale", "#": "dièse",
    "?": "point d'interrogation", "&": "et", "%": "pour cent", "+": "plus",
}  # fmt: skip
_PIECE = re.compile(r"[^\W\d_]+|[0-9]+|\S")
_EXTENSIONS = """
avi bak bash bat bin bmp bz c cfg class conf cpp cs css csv dat db deb dll doc docx env epub exe
flac gif go gz h html htm ico ini ipynb iso jar java jpeg jpg js json jsx key lock log lua m4b m4a
md mkv mov mp3 mp4 mpg msi odp ods odt ogg opus org otf pdf pem php pl png ppt pptx ps1 psd py r rar
rb rpm rs rst rtf scss sh sql sqlite svg tar tex tgz tif tiff toml ts tsv ttf txt vue wav webm webp
woff xls xlsx xml yaml yml zip zsh
"""
_SAID_AS_WORDS = frozenset(
    """
bak bash bat bin class conf env epub go iso jar java key lock log lua msi opus tar tex toml vue wav
org net com zip json yaml sql sqlite flac gif db2 raw
""".split()
)
_SPELLED = frozenset(_EXTENSIONS.split()) - _SAID_AS_WORDS | frozenset(
    """
etc www fr be ch ca eu uk de io tv lu usr src cd ls cp mv rm ssh ftp http https sbin lib64 dns ip id
""".split()
)
_VOWELS = frozenset("aeiouyàâéèêëîïôùûœæ")


def spell(code: str, counting: Counting) -> str:
    """Return an address, a path or a name of a file piece by piece, its signs named.

    >>> spell("/etc/fstab.d", Counting.FRANCE)
    'barre oblique E T C barre oblique fstab point D'
    """
    return " ".join(filter(None, (_piece(piece, counting) for piece in _PIECE.findall(code))))


def _piece(piece: str, counting: Counting) -> str:
    if piece.isascii() and piece.isdecimal():
        return number(piece, counting=counting)
    if piece.isalpha():
        small = piece.lower()
        spelled = small in _SPELLED or (len(piece) < 4 and not _VOWELS & set(small))  # « cfg »
        return " ".join(piece.upper()) if spelled else _words_of(piece)
    return _SIGNS.get(piece, "")


def _words_of(name: str) -> str:
    """Part the words that capitals join: « JeSuisCharlie »."""
    return _HUMP.sub(" ", name)


_HUMP = re.compile(r"(?<=[a-zà-ÿœ])(?=[A-ZÀ-Þ])|(?<=[A-ZÀ-Þ])(?=[A-ZÀ-Þ][a-zà-ÿœ])")

_PATH_PART = r"\.?[\w@~%+-]{1,60}(?:\.[\w@~%+-]{1,30}){0,4}"


@rule(
    "paths",
    rf"(?<![\w./\\<])(?P<x>(?:~|\.{{1,2}})?(?:/{_PATH_PART}){{2,12}}/?|~(?:/{_PATH_PART}){{1,12}}/?"
    rf"|\.{{1,2}}(?:/{_PATH_PART}){{1,12}}/?|/(?:etc|usr|var|home|tmp|opt|bin|dev|root|mnt|proc|srv)\b/?"
    rf"|[A-Z]:\\(?:{_PATH_PART}\\){{0,12}}(?:{_PATH_PART})?|\\\\(?:{_PATH_PART}\\){{1,8}}(?:{_PATH_PART})?)(?![\w/\\])",
    why="A path of files is said with its signs.",
    needs="/\\",
    hints=(" /", "/home", "/usr", "/etc", "~/", "./", ":\\", "\\\\", "(/", "«/"),
)
def _paths(match: re.Match[str], c: Counting) -> str:
    return spell(match["x"], c)


@rule(
    "slash-folders",
    rf"(?<![\w./\\])(?P<x>[a-z_][\w-]{{1,40}}(?:/[a-z_][\w.-]{{1,40}}){{1,8}}+(?:/|\.(?:{'|'.join(_EXTENSIONS.split())})))(?![\w/])",
    why="A path of files without a root is said with its signs.",
    needs="/",
)
def _slash_folders(match: re.Match[str], c: Counting) -> str:
    return spell(match["x"], c)


@rule(
    "file-names",
    rf"(?<![\w./@-])(?P<x>(?:[\w-]{{1,60}}\.){{1,4}}(?:{'|'.join(_EXTENSIONS.split())}))(?![\w@-]|\.\w)",
    why="The name of a file is said with its point.",
    needs=".",
    hints=tuple(f".{name}" for name in _EXTENSIONS.split()),
)
def _file_names(match: re.Match[str], c: Counting) -> str | None:
    name, _, end = match["x"].rpartition(".")
    if not re.search(r"[^\W_]", name) or (name.isdigit() and len(end) < 2):  # « 12.h »
        return None
    one_letter = len(end) == 1 and not re.search(r"[a-z]{3}|[_-]", name)
    return None if one_letter else spell(match["x"], c)


@rule(
    "options",
    r"(?<=[\w'\"/»\]] )(?P<x>--?)(?=(?P<name>[a-zA-Z][\w-]{0,30})(?=[ =,;:.!?»)'\"]|$))",
    why="The dashes of a command's option are said.",
    hints=(" -",),
)
def _options(match: re.Match[str], _: Counting) -> str | None:
    name, text = match["name"], match.string
    if match["x"] == "-":
        return "tiret " if len(name) == 1 and name.isascii() and name not in "àây" else None
    if _ASIDE.search(text, match.end()) or _SAID_BY.search(name) or not name.isascii():
        return None
    return "tiret tiret "


_ASIDE = re.compile(r"[\w,;.!?»](?:--|—)|\w --? ")
"""A second dash: what stands between the two is said by the way, as in old texts."""
_SAID_BY = re.compile(r"-(?:je|tu|ils?|elles?|on|nous|vous|moi|toi|ce|y|en)$")


@rule(
    "hashtags",
    r"(?<![\w&/#])#(?P<tag>[^\W\d_][\w]{1,60}|\d+[^\W\d_]\w{0,40})",
    why="« #mot » is « hashtag mot », its words apart.",
    needs="#",
)
def _hashtags(match: re.Match[str], _: Counting) -> str:
    return f"hashtag {_words_of(match['tag']).replace('_', ' ')}"


@rule(
    "handles",
    r"(?<![\w.@/])@(?P<name>[A-Za-z_][\w.-]{0,60}\w|[A-Za-z])",
    why="« @nom » is « arobase nom ».",
    needs="@",
)
def _handles(match: re.Match[str], c: Counting) -> str:
    return f"arobase {spell(match['name'], c)}"


@rule(
    "identifiers",
    r"(?<![\w.@/-])(?P<x>[A-Za-z][A-Za-z0-9]{1,40}(?:_[A-Za-z0-9]{1,40}){1,8}|[A-Za-z](?:_[A-Za-z0-9]{2,40}){1,8})(?![\w@])(?:\(\))?",
    why="The low lines of a variable's name are said.",
    needs="_",
)
def _identifiers(match: re.Match[str], c: Counting) -> str:
    return spell(match["x"], c)


_SOFTWARE = """
Android Angular Ansible Apache Arduino Bash Blender Bluetooth Bootstrap Chrome Chromium Cobol Cython
Debian Django Docker Drupal Eclipse Edge Excel Fedora Firefox Flask Flutter Fortran Gimp Git Gnome
Godot Gradle Grafana Gulp Hadoop Haskell Inkscape Java Jenkins Joomla Julia Jupyter Kotlin Krita
Kubernetes Laravel Linux Lisp Llama Lua Magento Matlab Maven Mint Moodle Mozilla Nginx Node Numpy
Office Opera Oracle Pandas Pascal Perl Photoshop Pip Postgres Powerpoint Prolog Puppet Python Qt
Rails React Redis Ruby Rust Safari Samba Scala Scratch Skype Solaris Spark Spip Spring Steam Swift
Symfony Tensorflow Terraform Thunderbird Tomcat Ubuntu Unity Unix Unreal Vim Vue Windows Winrar Word
Wordpress Xcode Zoom Claude Gemini Mistral Grok Signal
"""
_VERSIONED = (
    rf"(?:{'|'.join(_SOFTWARE.split())}|[Nn]oyau|[Kk]ernel|(?=[A-Za-z]*[a-z][A-Z])[A-Za-z]++|[A-Za-z]+\.(?:js|NET|io)"
    r"|(?:Node|Vue|Next|Express|Three) point J S|PHP|HTML|CSS|SQL|HTTP|TLS|SSL|USB|HDMI|PCIe?|DDR"
    r"|GTK|KDE|QT|IE|OS X|GPT|UTF|XML|JDK|SDK|API"
    r"|GNU|GPL|LGPL|AGPL|CC BY(?:-[A-Z]{2}){0,2}|[Ww]eb|[Ii]ndustrie|C\+\+|\.NET|Wi-Fi|Node\.js"
    r"|[Vv]ersions?|[Rr]elease|[Bb]uild|[Pp]atch|[Bb]êta|[Ff]irmware|[Mm]ise à jour|v|V)"
)


@rule(
    "versions",
    rf"(?<![\w.,])(?P<name>{_VERSIONED})[ /-]?(?P<x>(?P<n>\d{{1,4}}(?:\.\d{{1,4}}){{1,3}})"
    rf"(?P<tail>(?:[ab-]|rc|-?beta|-?alpha)\d*)?)(?!\w|[,.]\d| ?[%€$])",
    why="The numbers of a version are said one by one: « Python 3.10 ».",
    needs=(DIGITS, "."),
    starts=r"A-Za-z.",
)
def _versions(match: re.Match[str], c: Counting) -> str:
    before = match.string[match.start("x") - 1]
    said = _by_points(match["n"], c)
    tail = f" {spell(match['tail'], c)}" if match["tail"] else ""
    return " " * before.isalnum() + said + tail


def _by_points(written: str, c: Counting) -> str:
    return " point ".join(number(piece, counting=c) for piece in written.split("."))


@rule(
    "v-versions",
    r"(?<![\w.,'’-])(?P<x>v(?=\d{1,4}(?:[.ab-]|rc)?)|V(?=\d{1,4}\.\d))(?=\d{1,4}(?:\.\d{1,4}){0,3}"
    r"(?:[ab-]|rc|-?beta)?\d*(?:[ ,;:.!?)»]|$))",
    why="« v2.0 » is « version deux point zéro ».",
    needs=(DIGITS, "vV"),
    starts="vV",
)
def _v_versions(match: re.Match[str], _: Counting) -> str:
    before = match.string[max(0, match.start() - 9) : match.start()]
    if _VERSION.search(before):
        return ""
    return "version " if match["x"] == "v" or match.start() else "Version "


_VERSION = re.compile(r"[Vv]ersion $")


@rule(
    "same-versions",
    r"\b(?:[Ll]a|[Ee]n|[Ll]es|[Dd]e la|[Uu]ne|[Vv]ers la|et|ou|à la|que la) (?P<x>(?P<n>\d{1,2}"
    r"(?:\.\d{1,3}){1,3}))(?!\w|[,.]\d| ?[%€$])",
    why="« la 3.10 », where versions are spoken of, is one.",
    needs=(DIGITS, "."),
)
def _same_versions(match: re.Match[str], c: Counting) -> str | None:
    around = match.string[max(0, match.start() - 120) : match.start()]
    return _by_points(match["n"], c) if _SPOKEN_OF.search(around) else None


_SPOKEN_OF = re.compile(r" point |\bversion|\bPython|\bWindows")


@rule(
    "ip-versions",
    r"\b(?P<x>IPv|ipv)(?=[46]\b)",
    why="« IPv4 » is « I P V quatre ».",
    hints=("IPv", "ipv"),
)
def _ip_versions(_match: re.Match[str], _: Counting) -> str:
    return "I P V "


RULES: tuple[Rule, ...] = (
    _paths,
    _slash_folders,
    _file_names,
    _options,
    _hashtags,
    _handles,
    _identifiers,
    _v_versions,
    _versions,
    _same_versions,
    _ip_versions,
)
