"""Markdown → Book, by way of HTML: CommonMark, with what pandoc and static sites add to it."""

from __future__ import annotations

import html
import re
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from markdown_it import MarkdownIt
from mdit_py_plugins.attrs import attrs_plugin
from mdit_py_plugins.container import container_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin
from mdit_py_plugins.footnote import footnote_plugin

from hautevoix.errors import InputError
from hautevoix.localization import tr
from hautevoix.model import Sidecar
from hautevoix.reading.base.charset import decode
from hautevoix.reading.base.limits import check_marks
from hautevoix.reading.sources.formulas import Formula, is_formula, readable, told_formulas
from hautevoix.reading.sources.frontmatter import split_front
from hautevoix.reading.sources.html.page import read_page

if TYPE_CHECKING:
    from collections.abc import Iterator, MutableMapping, Sequence

    from markdown_it.renderer import RendererHTML
    from markdown_it.token import Token
    from markdown_it.utils import OptionsDict

    from hautevoix.model import Book

    Env = MutableMapping[str, Any]

_EMPTY = re.compile(r"\[\]\{#[^{}\n]{1,200}\}")  # pandoc's anchors
_RAISED = re.compile(r"\^([^\s^]{1,10})\^")
_LOWERED = re.compile(r"~([^\s~]{1,10})~")
_DASHES = re.compile(r"(?<!-)-{2,3}(?!-)")  # pandoc's: an en dash, an em dash
_ATTRIBUTES = re.compile(r"(?:(?<!\s)\s+)?\{[#.][^{}\n]{0,100}\}\s*$|(?<!\s)\s+#+\s*$")
_CLASS = re.compile(r"[.]?([\w-]+)")
_FORMULAS = ("math_inline", "math_inline_double", "math_block", "math_block_label")
_LINED = frozenset({"paragraph_open", "heading_open", "list_item_open", "blockquote_open"})


def read_markdown(
    data: bytes,
    where: str,
    sidecar: Sidecar = Sidecar(),  # noqa: B008  (a frozen value)
) -> Book:
    """Read Markdown with front matter (YAML, TOML or pandoc's) and footnotes.

    Raises ``InputError`` where no charset makes sense of it, or where it holds no text,
    ``RefusedError`` for more of it than any book has.
    """
    decoded = decode(data)
    if decoded is None:
        raise InputError(
            tr("{where}: not a text, or in an unknown charset.", where=where),
            advice=tr("Save as UTF-8."),
        )
    text = decoded.text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    info, body = split_front(_EMPTY.sub("", text), where)
    check_marks(body, where)
    page, formulas = _html(body)
    diagnostics = told_formulas(formulas)
    return read_page(f"<!doctype html><body>{page}", where, sidecar, info, diagnostics)


def _html(text: str) -> tuple[str, list[Formula]]:
    """Return Markdown as HTML, and its formulas."""
    parser = MarkdownIt("commonmark", {"maxNesting": 60}).enable(["table", "strikethrough"])
    parser.disable(["code"])  # four spaces indent a paragraph in French novels
    parser.use(footnote_plugin).use(attrs_plugin, spans=True)
    parser.use(
        dollarmath_plugin,
        allow_space=False,
        allow_digits=False,
        allow_blank_lines=False,
        double_inline=True,
    )
    parser.use(container_plugin, "div", validate=lambda *_: True, render=_div)
    parser.disable("footnote_tail")  # it drops the notes that nothing calls
    for name, rule in _RULES.items():
        parser.add_render_rule(name, rule)
    env: Env = {}
    tokens = parser.parse(text, env)
    _number_items(tokens)
    for before, token in pairwise(tokens):
        _prepare(before)
        _set_lines(before, token)
    noted = [token for note in _noted(env) for token in note["tokens"]]
    formulas = [found for token in (*tokens, *noted) for found in _formulas(token)]
    inline = _inline_notes(parser, env)
    return f"{parser.renderer.render(tokens, parser.options, env)}{inline}", formulas


def _formulas(block: Token) -> Iterator[Formula]:
    """Yield the formulas of a block; what only stands between two prices is text again."""
    for token in (block, *(block.children or ())):
        if token.type not in _FORMULAS:
            continue
        if token.type == "math_inline" and not is_formula(token.content):
            token.type, token.content = "text", f"${token.content}$"
        else:
            line = (block.map or (-1,))[0] + 1
            yield Formula(line, token.content, readable(token.content))


def _prepare(token: Token) -> None:
    """Keep the line that a block stands at."""
    if token.map and token.type in _LINED:
        token.attrSet("data-line", str(token.map[0] + 1))


def _number_items(tokens: Sequence[Token]) -> None:
    """Set the numbers of items as written (« 1870. »), or counted in a list all in « 1. »."""
    lists: list[list[Token]] = []
    for token in tokens:
        if token.type in {"ordered_list_open", "bullet_list_open"}:
            lists.append([])
        elif token.type == "list_item_open" and token.info.isdecimal():
            lists[-1].append(token)
        elif token.type in {"ordered_list_close", "bullet_list_close"}:
            items = lists.pop()
            said = [int(item.info) for item in items]
            for item in items[:1] if any(one == two for one, two in pairwise(said)) else items:
                item.attrSet("value", item.info)


def _set_lines(paragraph: Token, token: Token) -> None:
    """Make verse of a line block (« | » before each line)."""
    rows = token.content.split("\n")
    lined = len(rows) > 1 and all(row.startswith("| ") or row == "|" for row in rows)
    if token.type != "inline" or not lined:
        return
    paragraph.attrSet("class", "line-block")
    for child in token.children or ():
        if child.type == "softbreak":
            child.type = "hardbreak"
        elif child.type == "text":
            child.content = child.content.removeprefix("| ").removeprefix("|")


# ---------------------------------------------------------------- rendering


def _text(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Env
) -> str:
    escaped = html.escape(_ATTRIBUTES.sub("", tokens[index].content), quote=False)
    dashed = _DASHES.sub(lambda dashes: "–" if len(dashes[0]) == 2 else "—", escaped)  # « -- »
    return _LOWERED.sub(r"<sub>\1</sub>", _RAISED.sub(r"<sup>\1</sup>", dashed))


def _formula(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Env
) -> str:
    text = html.escape(readable(tokens[index].content))
    if not tokens[index].block:
        return text
    line = (tokens[index].map or (0,))[0] + 1
    return f'<p data-line="{line}">{text}</p>\n'


def _call(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Env
) -> str:
    meta = tokens[index].meta
    label = str(meta.get("label") or f"~{meta['id'] + 1}")
    shown = label if len(label) < 4 else str(meta["id"] + 1)  # « ix », « 12 », « * »
    target = html.escape(label, quote=True)
    return f'<a role="doc-noteref" href="#fn:{target}">{html.escape(shown.lstrip("~"))}</a>'


def _note_open(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Env
) -> str:
    label = html.escape(str(tokens[index].meta["label"]), quote=True)
    mark = f'<a role="doc-backlink" href="#fnref">{label}</a>'
    return f'<aside role="doc-footnote" id="fn:{label}"><p>{mark}</p>'


def _note_close(
    _self: RendererHTML, _tokens: Sequence[Token], _index: int, _options: OptionsDict, _env: Env
) -> str:
    return "</aside>\n"


def _div(
    _self: RendererHTML, tokens: Sequence[Token], index: int, _options: OptionsDict, _env: Env
) -> str:
    token = tokens[index]
    if token.nesting != 1:
        return "</div>\n"
    names = " ".join(_CLASS.findall(token.info.split("#")[0]))
    return f'<div class="{html.escape(names, quote=True)}">\n'


_RULES = {
    "text": _text,
    **dict.fromkeys(_FORMULAS, _formula),
    "footnote_ref": _call,
    "footnote_reference_open": _note_open,
    "footnote_reference_close": _note_close,
}


def _inline_notes(parser: MarkdownIt, env: Env) -> str:
    """Return the texts of notes that stand in the line (« ^[…] »)."""
    pieces = []
    for note in _noted(env):
        text = parser.renderer.render(note["tokens"], parser.options, env)
        pieces.append(f'<aside role="doc-footnote" id="fn:~{note["number"]}">{text}</aside>')
    return "\n".join(pieces)


def _noted(env: Env) -> Iterator[dict[str, Any]]:
    """Yield the notes that stand in the line, each with its number."""
    for number, note in env.get("footnotes", {}).get("list", {}).items():
        if "tokens" in note:
            yield {**note, "number": number + 1}
