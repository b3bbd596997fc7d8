"""The Markdown that is read (CommonMark and what pandoc adds) as tokens that know their place in the source.

Parsing is that of markdown-it-py; here are its configuration, the rules it lacks, and an inline state
that notes where each token begins (``meta["at"]``, an offset into the content of its block).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.helpers import parseLinkLabel
from markdown_it.parser_inline import ParserInline
from markdown_it.rules_block import StateBlock
from markdown_it.rules_block import html_block as any_html_block
from markdown_it.rules_block import lheading as any_underlined_heading
from markdown_it.rules_block import reference as any_reference
from markdown_it.rules_inline import StateInline
from markdown_it.token import Token
from markdown_it.utils import EnvType
from mdit_py_plugins.deflist import deflist_plugin
from mdit_py_plugins.footnote.index import footnote_def

# Lists and quotations in one another; what lies deeper is kept as text.
DEEPEST = 60
# A paragraph of more characters than any book has is taken as it stands, without a look at its markup.
LONGEST_PARAGRAPH = 200_000
MOST_BRACKETS, MOST_OPEN_BRACKETS = 5000, 100
# HTML that goes on over blank lines; any other is a paragraph with tags in it, and Markdown is read there.
OPAQUE_HTML = re.compile(r"<(?:!--|\?|![A-Za-z]|!\[CDATA\[|(?:script|pre|style|textarea)[\s>])", re.IGNORECASE)
# What the address of a link looks like: a line “[Note]: as above” is text.
ADDRESS = re.compile(r"<?(?:[a-z][a-z0-9+.-]*:|[./#]|[\w-]+[./](?=\S))\S*", re.IGNORECASE)
DEFINITION = re.compile(r"\[(?!\^)(?:[^\]\\\n]|\\.|\n){1,999}\]:\s*(\S+)")
# Where running text may stop being plain: signs of markup, and line ends with a space beside them.
SIGNS = re.compile(r"[&*<\[\]\\^_`{~]|!(?=\[)|(?<=[ \t])\n|\n(?=[ \t])")
UNDERLINE = re.compile(r"\n[ \t>]*(?:=+|-+)[ \t]*(?=\n|\Z)")
RULES_OF = {
    "\n": {"newline"},
    "\\": {"escape"},
    "`": {"backticks"},
    "*": {"emphasis"},
    "_": {"emphasis"},
    "~": {"lowered", "strikethrough"},
    "[": {"note_reference", "span", "link"},
    "]": set[str](),
    "!": {"image"},
    "<": {"autolink", "html_inline"},
    "&": {"entity"},
    "^": {"inline_note", "raised"},
    "{": {"attributes"},
}
# A paragraph may be this long before the look ahead for its underlining gives up.
FAR = 5000
NOTE = re.compile(r"\[\^([^\]\s]{1,200})\]")
RAISED = re.compile(r"\^((?:\\.|[^\s^\\\[\]]){1,100})\^")
LOWERED = re.compile(r"(?<!~)~(?!~)((?:\\.|[^\s~\\]){1,100})~(?!~)")
_ONE = r"(?:[#.][\w:.\-]+|[\w:\-]+=(?:\"[^\"{}\n]*\"|'[^'{}\n]*'|[^\s{}\"']+))"
ATTRIBUTES = re.compile(rf"\{{:?[ \t]*({_ONE}(?:[ \t]+{_ONE})*)[ \t]*\}}")
ATTRIBUTE = re.compile(r"([#.])([\w:.\-]+)|([\w:\-]+)=(?:\"([^\"]*)\"|'([^']*)'|(\S+))")
FENCE = re.compile(r":{3,}[ \t]*(?:(\{[^{}\n]*\})|([\w-]+))?[ \t]*:*[ \t]*")
VERSE = re.compile(r"\|(?:[ \t][^\n]*)?")


def markdown_parser() -> MarkdownIt:
    """The parser with every construct that the reader knows."""
    parser = MarkdownIt("commonmark", {"maxNesting": DEEPEST})
    parser.inline = inlines = _Inlines()
    parser.enable("table").disable(["linkify", "text_join"])
    parser.inline.ruler2.disable("fragments_join")
    block, inline = parser.block.ruler, parser.inline.ruler
    block.at("html_block", _html_block, {"alt": ["paragraph", "reference", "blockquote"]})
    block.at("reference", _reference)
    block.at("lheading", _underlined_heading)
    block.at("paragraph", _paragraph)
    block.before("reference", "footnote_def", footnote_def, {"alt": ["paragraph", "reference"]})
    parser.use(deflist_plugin)
    block.before("deflist", "line_block", _line_block)
    block.before("fence", "fenced_div", _fenced_div, {"alt": ["paragraph", "reference", "blockquote", "list"]})
    inline.before("link", "note_reference", _note_reference)
    inline.before("link", "inline_note", _inline_note)
    inline.before("link", "span", _span)
    inline.before("strikethrough", "lowered", _enclosed("~", "sub", LOWERED))
    inline.before("link", "raised", _enclosed("^", "sup", RAISED))
    inline.push("attributes", _attributes)
    inlines.settle_rules()
    return parser


def attributes_of(written: str) -> dict[str, str]:
    """What stands in braces, as in ``{#id .class key=value}``; classes are in ``class``, a space apart."""
    found: dict[str, str] = {}
    for match in ATTRIBUTE.finditer(written):
        sign, name, key, *values = match.groups()
        if sign == ".":
            found["class"] = f"{found.get('class', '')} {name}".strip()
        elif sign:
            found["id"] = name
        else:
            found[key] = next(value for value in values if value is not None)
    return found


# --- places of inline tokens --------------------------------------------------------------------


class _Located(StateInline):
    """An inline state that notes where tokens begin."""

    pending_at = 0

    def append_pending(self, text: str) -> None:
        if not self.pending:
            self.pending_at = self.pos
        super().append_pending(text)

    def pushPending(self) -> Token:  # noqa: N802 - the name is markdown-it's
        token = super().pushPending()
        token.meta["at"] = self.pending_at
        return token

    def push(self, ttype: str, tag: str, nesting: Literal[-1, 0, 1]) -> Token:
        token = super().push(ttype, tag, nesting)
        token.meta["at"] = self.pos
        return token


class _Inlines(ParserInline):
    """The parser of running text; it leaves overlong paragraphs alone (``meta["unread"]``).

    Line ends that mean nothing but a space are part of a text token, which spares two tokens a line.
    """

    def __init__(self) -> None:
        super().__init__()
        self.terminator_re = SIGNS
        self.rules_of: dict[str, list[Callable[[StateInline, bool], bool]]] = {}

    def settle_rules(self) -> None:
        """Note which rules there are for each sign, once all are declared."""
        for sign, names in RULES_OF.items():
            self.rules_of[sign] = [one.fn for one in self.ruler.__rules__ if one.name in names]

    def tokenize(self, state: StateInline) -> None:
        end = state.posMax
        while state.pos < end:
            found = SIGNS.search(state.src, state.pos, end)
            stop = found.start() if found else end
            if stop > state.pos:
                state.append_pending(state.src[state.pos : stop])
                state.pos = stop
            elif state.level >= DEEPEST or not any(rule(state, False) for rule in self.rules_of[state.src[stop]]):
                state.append_pending(state.src[stop])
                state.pos += 1
        if state.pending:
            state.pushPending()

    def parse(self, src: str, md: MarkdownIt, env: EnvType, tokens: list[Token]) -> list[Token]:
        if len(src) > LONGEST_PARAGRAPH or _is_thicket(src):
            tokens += _unread(src)
            return tokens
        state = _Located(src, md, env, tokens)
        self.tokenize(state)
        _settle(state)
        for rule in self.ruler2.getRules(""):
            rule(state)
        return state.tokens


def _is_thicket(text: str) -> bool:
    """Whether a paragraph has brackets as no text has; looking for the end of each takes time."""
    opening = text.count("[")
    return opening > MOST_BRACKETS or opening - text.count("]") > MOST_OPEN_BRACKETS


def _unread(text: str) -> Iterator[Token]:
    at = 0
    for number, line in enumerate(text.split("\n")):
        if number:
            yield Token("softbreak", "br", 0, meta={"at": at - 1})
        yield Token("text", "", 0, content=line, meta={"at": at, "unread": True})
        at += len(line) + 1


def _settle(state: StateInline) -> None:
    """Tell apart tokens that were pushed at the same place: the single characters of a delimiter, an address."""
    at, in_address = 0, False
    for token in state.tokens:
        at = token.meta["at"] = max(at, token.meta["at"])
        if token.type == "text" and in_address:
            token.content = state.src[at : state.src.index(">", at)]
        if token.type == "text":
            at += len(token.content)
        in_address = token.type == "link_open" and token.markup == "autolink"
        at += in_address


# --- rules of running text ------------------------------------------------------------------------


def _inside(state: StateInline, name: str, span: tuple[int, int], attributes: dict[str, str]) -> None:
    """Read the text of a span between an opening and a closing token."""
    whole = state.posMax
    state.pos, state.posMax = span
    opened = state.push(f"{name}_open", "", 1)
    opened.meta["attributes"] = attributes
    state.md.inline.tokenize(state)
    state.pos = span[1]
    state.push(f"{name}_close", "", -1)
    state.posMax = whole


def _note_reference(state: StateInline, silent: bool) -> bool:
    """``[^label]``, if there is such a note."""
    match = NOTE.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "[" else None
    if not match or f":{match[1]}" not in state.env.get("footnotes", {}).get("refs", {}):
        return False
    if not silent:
        state.push("note_reference", "", 0).meta.update(label=match[1], end=match.end())
    state.pos = match.end()
    return True


def _inline_note(state: StateInline, silent: bool) -> bool:
    """``^[a note]``."""
    start = state.pos
    if not state.src.startswith("^[", start) or start + 2 >= state.posMax:
        return False
    end = parseLinkLabel(state, start + 1)
    if end < 0:
        return False
    if not silent:
        _inside(state, "note", (start + 2, end), {})
    state.pos = end + 1
    return True


def _span(state: StateInline, silent: bool) -> bool:
    """``[text]{.class}``."""
    start = state.pos
    if state.src[start] != "[" or "]{" not in state.src:
        return False
    end = parseLinkLabel(state, start)
    match = ATTRIBUTES.match(state.src, end + 1, state.posMax) if end >= 0 else None
    if not match:
        return False
    if not silent:
        _inside(state, "span", (start + 1, end), attributes_of(match[1]))
    state.pos = match.end()
    return True


def _enclosed(sign: str, name: str, pattern: re.Pattern[str]) -> Callable[[StateInline, bool], bool]:
    """The rule of text between two signs without a space in it."""

    def enclosed(state: StateInline, silent: bool) -> bool:
        match = pattern.match(state.src, state.pos, state.posMax) if state.src[state.pos] == sign else None
        if not match:
            return False
        if not silent:
            _inside(state, name, match.span(1), {})
        state.pos = match.end()
        return True

    return enclosed


def _attributes(state: StateInline, silent: bool) -> bool:
    """``{.class}`` right behind code, a link or an image, or at the end of a paragraph or heading."""
    match = ATTRIBUTES.match(state.src, state.pos, state.posMax) if state.src[state.pos] == "{" else None
    if not match or silent:
        return False
    last, of_block = state.tokens[-1] if state.tokens and not state.pending else None, attributes_of(match[1])
    if last and last.type in ("code_inline", "image", "link_close"):
        _opening(state.tokens).meta["attributes"], of_block = of_block, {}
    elif state.level or state.src[match.end() :].strip() or not (state.src[: state.pos] or " ")[-1].isspace():
        return False
    state.push("attributes", "", 0).meta["attributes"] = of_block
    state.pos = match.end()
    return True


def _opening(tokens: list[Token]) -> Token:
    """The token that opens what the last one closes."""
    level = 0
    for token in reversed(tokens):
        level += token.nesting
        if not level:
            return token
    return tokens[-1]


# --- rules of blocks ------------------------------------------------------------------------------


def _begin(state: StateBlock, line: int) -> int:
    return state.bMarks[line] + state.tShift[line]


def _html_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    opaque = OPAQUE_HTML.match(state.src, _begin(state, start), state.eMarks[start])
    return bool(opaque) and any_html_block(state, start, end, silent)


def _reference(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    defined = (
        DEFINITION.match(state.src, _begin(state, start)) if state.src.startswith("[", _begin(state, start)) else None
    )
    return bool(defined and ADDRESS.fullmatch(defined[1])) and any_reference(state, start, end, silent)


def _underlined_heading(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """A heading with its underlining, looked for only where there is some before the next empty line."""
    begin = _begin(state, start)
    seen_from, underlined = state.env.get("underlining", (-1, -1))
    if not seen_from <= begin <= underlined:
        found = UNDERLINE.search(state.src, begin)
        underlined = found.end() if found else len(state.src) + FAR
        state.env["underlining"] = (begin, underlined)
    near = begin + FAR if begin + FAR < underlined else underlined
    if underlined > len(state.src) or state.src.find("\n\n", begin, near) >= 0:
        return False
    return any_underlined_heading(state, start, end, silent)


def _paragraph(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines up to an empty one or one that begins something else; no line that begins with a letter does."""
    terminators = state.md.block.ruler.getRules("paragraph")
    before, state.parentType = state.parentType, "paragraph"
    line = start + 1
    while line < min(end, state.lineMax) and not state.isEmpty(line):
        lazy = state.sCount[line] - state.blkIndent > 3 or state.sCount[line] < 0
        if (
            not lazy
            and not state.src[_begin(state, line)].isalpha()
            and any(rule(state, line, end, True) for rule in terminators)
        ):
            break
        line += 1
    content = state.getLines(start, line, state.blkIndent, False).strip()
    state.line = line
    state.push("paragraph_open", "p", 1).map = [start, line]
    token = state.push("inline", "", 0)
    token.content, token.map, token.children = content, [start, line], []
    state.push("paragraph_close", "p", -1)
    state.parentType = before
    return True


def _line_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines that begin with ``|``; a row of a table also ends with it."""
    line = start
    while line < end and state.sCount[line] >= state.blkIndent and not state.is_code_block(line):
        text = state.src[_begin(state, line) : state.eMarks[line]].rstrip()
        if not VERSE.fullmatch(text) or (len(text) > 1 and text.endswith("|")):
            break
        line += 1
    if line == start or silent:
        return line > start
    state.line = line
    state.push("line_block", "", 0).map = [start, line]
    return True


def _fenced_div(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """``::: {.class}`` and ``:::``: what stands between is for the reader to find."""
    match = FENCE.fullmatch(state.src, _begin(state, start), state.eMarks[start])
    if not match or state.is_code_block(start):
        return False
    if not silent:
        state.line = start + 1
        token = state.push("fenced_div", "", 0)
        token.map = [start, start + 1]
        token.meta = {"opens": bool(match[1] or match[2]), "attributes": attributes_of(match[1] or f".{match[2]}")}
    return True
