"""What style sheets silence: « speak: never » of CSS Speech (W3C), and its earlier spellings."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hautevoix.model.messages import tell_all
from hautevoix.reading.base.diagnostics import SILENCED
from hautevoix.reading.base.xml import content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from lxml.etree import _Element as Element

    from hautevoix.model import Diagnostic

_PROPERTIES = frozenset({"speak", "-epub-speak"})
_SILENT = frozenset({"never", "none"})
_HEARD = frozenset({"", "all", "speech", "aural"})  # media, in which a listener is
_MOST = 4 << 20  # characters of a sheet: a longer one is no page's style


def silenced(root: Element, sheets: Iterable[str] = ()) -> frozenset[Element]:
    """Return the elements of a page that style sheets silence: its own, and those given in order.

    Of rules that contradict each other the more specific holds, then the later. The elements must
    be kept as long as they are compared with others.
    """
    own = map(content, root.iter("{*}style"))
    texts = [sheet for sheet in (*sheets, *own) if "speak" in sheet.lower() and len(sheet) <= _MOST]
    return frozenset(_matched(root, texts)) if texts else frozenset()


def told_silence(found: Iterable[tuple[int, str]]) -> tuple[Diagnostic, ...]:
    """Return what there is to say of what was silenced, lines and words; bare signs are no loss."""
    worded = [(line, text) for line, text in found if any(map(str.isalnum, text))]
    return tell_all(
        SILENCED, ((line, {"words": " ".join(text.split())[:60]}) for line, text in worded)
    )


def _matched(root: Element, sheets: Iterable[str]) -> Iterator[Element]:
    import cssselect2  # noqa: PLC0415 - few pages need it
    import tinycss2  # noqa: PLC0415

    matcher = cssselect2.Matcher()
    for sheet in sheets:
        for rule in _rules(tinycss2.parse_stylesheet(sheet, skip_comments=True)):
            silent = _silent(tinycss2.parse_blocks_contents(rule.content, skip_comments=True))
            if silent is None:
                continue
            try:
                selectors = cssselect2.compile_selector_list(rule.prelude)
            except cssselect2.SelectorError:
                continue  # a selector of a newer CSS: as browsers do, the rule is passed over
            for selector in selectors:
                if selector.pseudo_element is None:
                    matcher.add_selector(selector, silent)
    for element in cssselect2.ElementWrapper.from_html_root(root).iter_subtree():
        found = matcher.match(element)
        if found and found[-1][-1]:
            yield element.etree_element


def _rules(nodes: Iterable[Any]) -> Iterator[Any]:
    """Yield the rules of a sheet that hold for a listener, those within « @media speech » too."""
    import tinycss2  # noqa: PLC0415

    for node in nodes:
        if node.type == "qualified-rule":
            yield node
        elif node.type == "at-rule" and node.lower_at_keyword == "media" and node.content:
            media = tinycss2.serialize(node.prelude).replace(",", " ").lower().split()
            if not media or not _HEARD.isdisjoint(media):
                yield from _rules(tinycss2.parse_rule_list(node.content, skip_comments=True))


def _silent(declarations: Iterable[Any]) -> bool | None:
    """Return whether a rule silences; None where it does not tell."""
    told = None
    for declaration in declarations:
        if declaration.type == "declaration" and declaration.lower_name in _PROPERTIES:
            values = [token.lower_value for token in declaration.value if token.type == "ident"]
            told = bool(values) and values[0] in _SILENT
    return told
