"""Whether a word begins with a vowel, to the ear of the word before it."""

from __future__ import annotations

import functools
import re

UNSURE = ("h", "ou", "uhl", "ulul", "y", "ia", "io", "ie")
"""How words begin that eSpeak may link, or not, otherwise than a reader."""

_VOWEL = re.compile("[aeiouàâäæéèêëîïôöœùûü]")
# h is mute here; elsewhere it keeps words apart (« les héros », « la haine »). By the Académie's
# dictionary, as beginnings of words.
_MUTE_H = re.compile(
    r"""h(?:abi[lt]|ablit|acienda|adrien|agio|alein|aliet|allali|allu[cx]|alog[èeé]|alt[èé]r|ameç
    |amadry|armat|armon|arpagon|arusp|eb[d]|ébe|ébé|ébr|éca|ect|éd[oé]|égé|égir|égl|élas|éli|ell[eéè]n
    |ellad|elvé|elvè|elmin|éma|émi|émo|épa|ept|éracl|érald|éréd|érés|érét|éri[té]|eri[té]|erb|ercul
    |ercyn|ermin|erm[éaè]|ermi[on]|erpét|ertz|éroï|éroin|érod|ésit|étaï|été|étér|eure?s?$|eureu|evéa
    |évéa|ex[ao]|iat|ibern|ibisc|idalg|ier$|ilar|ind[oi]u?|ipp|irond|irsut|irud|ispan|ist[aoéiu]|istr
    |iv|oir|olist|olo[cg]|olog|om[eéuoi]|omm(?!el|ass)|onn(?!i)|onor|osanna|osto|ôp|ôt|or(?:ai|iz|log
    |mo|osc|reu|rib|rif|rip|ten|tic|ace)|osp|osti|ostell|ui[ls](?!c)|uître|uîtr|um(?:a|id|il|i|b|eur|us
    |éru|érï|ect|our|or)|y|élèn|éloï|enri)""",
    re.VERBOSE,
)
_MUTE_AFTER_ALL = re.compile(
    "h(?:abi|allo|ame|andr|arm|el|ect|erb|é(?!ris|ro)|eure|iber|ippo|iro|ist|iv|omm|onn|ô|os|ora|orip"
    "|oriz|oro|orlo|orr|uil|uiss|uitr|um[aeiouy]|um[^aeiouy]|y)"
)
# What keeps apart without an h, but eSpeak links.
_LINKED_AFTER_ALL = re.compile(
    "ouistiti|uhlan|ulul|ouigh|ouiche|ouille|yacht|yank|yogi|yeah|youyou|york"
)
_APART = re.compile("onz|oui$|ouistiti|ouigh|ouille|uhlan|ulul|y(?!eu|$|ri|v|v?e?on|ss)")


@functools.lru_cache(maxsize=1 << 14)
def begins_with_vowel(word: str) -> bool:
    """Tell whether a word (small letters) is linked with the one before.

    >>> [begins_with_vowel(word) for word in "homme héros héroïne onze yeux yaourt".split()]
    [True, False, True, False, True, False]
    """
    if word.startswith("h"):
        return is_mute(word)
    if _APART.match(word):
        return False
    return word.startswith("y") or _VOWEL.match(word) is not None


def is_mute(word: str) -> bool:
    """Tell whether the h that a word begins with is mute."""
    return _MUTE_H.match(word) is not None


@functools.lru_cache(maxsize=1 << 12)
def opened(word: str, spelling: str) -> str:
    """Return the spelling of ``word`` so that eSpeak links what is linked, and nothing else.

    eSpeak takes each h for one that keeps apart, unless it has a rule for the beginning.

    >>> opened("haleine", "haleine"), opened("hameau", "hameau"), opened("uhlan", "uhlan")
    ('aleine', 'hhameau', 'huhlan')
    """
    if begins_with_vowel(word):
        mute = spelling.startswith("h") and not _MUTE_AFTER_ALL.match(spelling) and word != "hier"
        return spelling[1:] if mute else spelling
    apart = word.startswith("h") or _LINKED_AFTER_ALL.match(word)
    linking = not spelling.startswith("h") or _MUTE_AFTER_ALL.match(spelling)
    return f"h{spelling}" if apart and linking else spelling
