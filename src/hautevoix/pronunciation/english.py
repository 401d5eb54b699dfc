"""Spellings that eSpeak's French takes for English, as a French reader takes them.

eSpeak's French has some hundred patterns that may hand a whole word to its English voice: « th », a
last « y », « oo », « -ing »… (the English sections of its ``dictsource/fr_rules``). Where it does,
depends on its other rules, so it is asked; a row here stands for each pattern.
"""

from __future__ import annotations

import functools
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# What is matched, then the letters that a French reader would say the same. Rows are tried in
# order, each on what those before have made; {C} is a consonant.
_ROWS = r"""
oods?$ | oûde
igh | aill
([ae])ll$ | \1le
([iou])ll$ | \1le
oy$ | oï
th | t
^wh | w
^wr | r
sh | ch
gh(?=[eiéèy]) | gu
gh | g
hn | n
^ha(?={C}$) | a
any | ani
aw(?={C}|$) | au
back | bac
^be(?=[cfgh][aeiou]) | bé
board | borde
box(?=e?s?$) | boxe
bugg | beug
nch$ | nche
ch(?=ment) | che
cut$ | cute
days?$ | dé
devic | dévic
dle(?=s?$) | deul
^ea | éa
ea(?!u) | é
^ee | i
ee | i
ed$ | ède
efore | éfore
e?ings?$ | inng
ing(?=[aeiou]) | ingu
eive | éve
(?<={C})el(?=[bcdfghjkmnpqrtvz]) | èl
^enter$ | entère
enhan | anhan
ess$ | esse
(?<=qu)est(?=[es]*$) | èste
even$ | évène
^ever | évèr
(?<=o{C})ever | évèr
ews?$ | iou
ew | iou
^eye | aille
^fire | faïre
fly | fli
^frame | frame
fter$ | ftère
^games?$ | guème
girl | gueurle
(?<=[a-zà-ÿ])gy$ | gui
^half | alf
ibut(?=er) | ibout
iev | ièv
ife$ | iffe
ign$ | igne
ills?$ | ile
illy$ | ili
i(?=p[aeiouéè]d) | î
(?<={C})irts?$ | eurte
iven$ | ivène
ind(?=e?s?$) | inde
inder | indèr
irds?$ | eurde
ize(?={C}|$) | ise
ke[sn]?$ | que
ker$ | keur
(?<=[aeiouy]{C})k$ | que
lds?$ | lde
less$ | lesse
({C})\1le(?=s?$) | \1eul
tle$ | teul
^line | line
^live | live
loud$ | laoude
mn$ | mne
mail | mèl
^mov(?=[aie]) | mouv
^names?$ | nème
neme(?=s?$) | nème
oa(?={C}) | o
oes | oeus
^of$ | off
older$ | oldère
^order$ | ordère
oing$ | oinng
ton$ | tone
oo | ou
^one | oné
ouds?$ | aoude
oun(?=[bcdfghjklmpqrstvwxz]) | aoun
^over | auver
^(s{C})ots?$ | \1ote
owns?$ | aoune
ow(?=e) | aou
ows?$ | o
ow | o
pads?$ | pade
plug | pleug
printer$ | printère
quick | quic
^real | réal
rst$ | rste
r({C})y$ | r\1i
^rule | rule
send$ | sènde
server | sèrveur
^(?=side)side | saïde
side(?=[a-z]?$) | side
^sky | ski
^smil | smil
spy | spi
^([aeiouy])s$ | \1ss
([dgklp]|er|hn)son$ | \1sone
ston$ | stone
stone$ | stonn
^time | taïme
ttl | tel
^yacht | iott
try$ | tri
^(s[cmt])ar(t|ter)$ | \1tar\2e
^tun(?=[ao]) | toun
ual$ | uale
uchs?$ | uche
^busi | buzi
ui(?=ce) | ui
ults?$ | ulte
umbers?$ | ombère
umps?$ | ompe
(?<=r)uns?$ | une
unch | onch
under | onder
^({C})uns?$ | \1une
uny$ | uni
^up(?={C}|$) | upe
ups?$ | upe
urns?$ | eurne
usts?$ | uste
uzz | uz
voice | voïce
voids?$ | voïde
vy$ | vi
^w(?=[aeiouéèê]) | ou
^we | oué
^wai | oué
war | ouar
wav | ouav
way | oué
wn | n
wor | ouor
y(?=s?$) | i
ye(?=s?$) | ie
yze | ise
(?<={C})y(?={C}) | i
(?<={C})s$ | e
([aeiou]{C})l$ | \1le
et$ | ète
ot$ | ote
^ins | inss
sson$ | ssone
({C})sons$ | \1ssons
"""
_CONSONANT = "[bcdfghjklmnpqrstvwxz]"
_OPEN = str.maketrans("aeiouy", "âêîôûî")  # no pattern has accents


def french(word: str, switches: Callable[[str], bool]) -> str | None:
    """Return a spelling of ``word`` (small letters) that is read as French.

    ``switches`` tells whether a spelling is read as another language. Returns the word itself where
    it is not, and None where no spelling was found.

    >>> french("smyth", lambda spelling: "th" in spelling)
    'smit'
    """
    if not switches(word):
        return word
    return next((spelling for spelling in _spellings(word) if not switches(spelling)), None)


def _spellings(word: str) -> Iterator[str]:
    for form in (word, word.removesuffix("s")):
        plain = form
        for pattern, said in _rules():
            plain = pattern.sub(said, plain)
        yield plain
        yield f"{plain}e"
    opened = plain.replace("ou", "oû").translate(_OPEN)
    yield opened
    yield f"{opened}e"


@functools.cache
def _rules() -> tuple[tuple[re.Pattern[str], str], ...]:
    rows = (row.split(" | ") for row in _ROWS.strip("\n").splitlines())
    return tuple((re.compile(what.replace("{C}", _CONSONANT)), said) for what, said in rows)
