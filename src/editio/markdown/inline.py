"""Running text of Markdown: tokens with their places become runs with marks and points; tags of HTML are among them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from urllib.parse import quote

from markdown_it.token import Token

from editio.classes import Ids, character_marks
from editio.config import Settings
from editio.flat import attributes, hi, ref
from editio.model import Block, Consumed, Field, Mark, Point, Run, Text
from editio.styles import character_mark

RENDITIONS = {"em": "italic", "strong": "bold", "s": "strikethrough", "sup": "superscript", "sub": "subscript"}
RULES = {
    **dict.fromkeys(("em", "strong", "s", "sup", "sub"), "markdown-emphasis"),
    **dict.fromkeys(("link", "image"), "markdown-link"),
    **dict.fromkeys(("span", "attributes"), "markdown-attributes"),
    **dict.fromkeys(("note", "note_reference"), "markdown-note"),
    "code_inline": "markdown-code",
    "html_inline": "markdown-html",
    "text_special": "markdown-escape",
    "hardbreak": "markdown-break",
}
TAGS = {
    **dict.fromkeys(("i", "em", "var", "dfn"), hi("italic")),
    **dict.fromkeys(("b", "strong"), hi("bold")),
    "u": hi("underline"),
    **dict.fromkeys(("s", "strike"), hi("strikethrough")),
    **dict.fromkeys(("code", "tt", "kbd", "samp"), hi("code")),
    **{name: hi(rend) for name, rend in (("sup", "superscript"), ("sub", "subscript"), ("mark", "highlight"))},
    **{name: Mark(name) for name in ("q", "abbr", "del")},
    "ins": Mark("add"),
    "cite": Mark("title"),
}
# Elements of HTML that end the paragraph they stand in
BLOCK_TAGS = frozenset(
    "address article aside blockquote center dd details div dl dt figcaption figure footer form h1 h2 h3 h4 h5 h6 header "
    "hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul".split()
)
POINT_TAGS = {"pb": ("n",), "cb": ("n",), "lb": ("n",), "milestone": ("n", "unit")}
TAG = re.compile(r"<(?P<ends>/?)(?P<name>[A-Za-z][\w:.-]*)(?P<rest>.*?)/?>", re.DOTALL)
TAG_ATTRIBUTE = re.compile(r"([\w:-]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))")
SAFE_ADDRESS = re.compile(r"(?i)(?:https?|mailto):\S+|[^:\s]*(?:[/#?]\S*)?")


@dataclass(frozen=True)
class Leaf:
    """The characters of a block's running text and where they stand: pairs of an offset in it and one in the source."""

    text: str
    segments: tuple[tuple[int, int], ...]

    def spans(self, start: int, end: int) -> Iterator[tuple[int, int, int]]:
        """The parts of a stretch that stand together in the source: offset in the text, offset in the source, length."""
        if len(self.segments) == 1 and start < end:
            yield start, self.segments[0][1] + start, end - start
            return
        index = bisect_right(self.segments, (start, 1 << 62)) - 1
        while start < end:
            at, source = self.segments[index]
            index += 1
            stop = min(end, self.segments[index][0]) if index < len(self.segments) else end
            yield start, source + start - at, stop - start
            start = stop

    def source(self, at: int) -> int:
        """The source offset of a character."""
        index = bisect_right(self.segments, (at, 1 << 62)) - 1
        return self.segments[index][1] + at - self.segments[index][0]


@dataclass
class Found:
    """What the reading of one document gathers besides its blocks; ``note`` gives the note of a label, then a link to it."""

    settings: Settings
    note: Callable[[str], Point | Mark | None]
    consumed: list[Consumed] = field(default_factory=list)
    fields: list[Field] = field(default_factory=list)
    ids: Ids = field(default_factory=Ids)


@dataclass(frozen=True)
class Piece:
    """A paragraph's worth of text, the tag of HTML that it stands in, and which row it belongs to, counted in the block."""

    tag: str
    text: Text
    row: int = 0


@dataclass
class _Open:
    """Text that is being read: its runs, and the names and marks that are open."""

    runs: list[Run] = field(default_factory=list)
    marks: list[tuple[str, tuple[Mark, ...]]] = field(default_factory=list)


class Phrases:
    """Reads the tokens of one leaf."""

    def __init__(self, leaf: Leaf, found: Found) -> None:
        self.leaf, self.found = leaf, found
        self.pieces: list[Piece] = []
        self.attributes: dict[str, str] = {}
        self.stack = [_Open()]
        self.cursor, self.rule = 0, "markdown-inline"
        self.tag, self.row, self.hidden = "", 0, ""

    def read(self, tokens: Sequence[Token]) -> tuple[Piece, ...]:
        """The text of the leaf, in as many pieces as tags of HTML make of it."""
        for token in tokens:
            self._take(token)
        while len(self.stack) > 1:
            self._end_note(len(self.leaf.text))
        self._gap(len(self.leaf.text))
        self._end_piece("")
        return tuple(self.pieces)

    def image(self, token: Token) -> tuple[Run, Text, Text]:
        """A picture that stands alone: its point, the text that describes it, and its title, which is its caption."""
        at: int = token.meta["at"]
        self.rule = RULES["image"]
        self._picture(address(str(token.attrGet("src") or "")), at)
        picture, self.stack[-1].runs = self.stack[-1].runs[-1], []
        self._alternative(token)
        described = Text(tuple(self.stack[-1].runs)).strip()
        self._gap(len(self.leaf.text))
        return picture, described, self._title(token)

    @property
    def _marks(self) -> tuple[Mark, ...]:
        """The marks that hold here, none twice."""
        opened = self.stack[-1].marks
        return tuple(dict.fromkeys(mark for _, marks in opened for mark in marks)) if opened else ()

    def _take(self, token: Token) -> None:
        at: int = token.meta["at"]
        name = token.type.removesuffix("_open").removesuffix("_close")
        self.rule = RULES.get(name, self.rule)
        match token.type:
            case "softbreak":
                self._break("\n" if self.tag == "pre" else " ", at)
            case "hardbreak":
                self._break("\n", at + (self.leaf.text[at] == "\\"))
            case "note_open":
                self._gap(at)
                self.stack.append(_Open())
            case "note_close":
                self._end_note(at)
            case "attributes":
                self.attributes |= token.meta["attributes"]
            case _ if token.nesting > 0:
                self._open(name, token)
            case _ if token.nesting < 0:
                self._close(name)
            case _:
                self._whole(token, at)

    def _whole(self, token: Token, at: int) -> None:
        match token.type:
            case "text":
                self._text(token.content, at)
            case "text_special":
                self._special(token, at)
            case "code_inline":
                self._code(token, at)
            case "html_inline":
                self._html(token.content, at)
            case "note_reference":
                self._note_reference(token, at)
            case "image":
                self._picture(address(str(token.attrGet("src") or "")), at)
                self._alternative(token)
                self._keep_title(token)

    # --- text ---------------------------------------------------------------------------------

    def _gap(self, to: int) -> None:
        """Whatever lies between texts is markup of the token last seen."""
        if to <= self.cursor:
            return
        for _, source, length in self.leaf.spans(self.cursor, to):
            self.found.consumed.append(Consumed(source, source + length, self.rule))
        self.cursor = max(self.cursor, to)

    def _text(self, text: str, at: int, *more: Mark) -> None:
        if text.startswith("\n") and self.stack[-1].runs and self.stack[-1].runs[-1].text == "\n":
            text, at = text[1:], at + 1
        if self.hidden or not text:
            return
        self._gap(at)
        marks = (*self._marks, *more)
        words = text if self.tag == "pre" else text.replace("\n", " ")
        for start, source, length in self.leaf.spans(at, at + len(text)):
            self._add(Run(words[start - at : start - at + length], source, source + length, marks))
        self.cursor = at + len(text)

    def _add(self, run: Run) -> None:
        self.stack[-1].runs.append(run)

    def _special(self, token: Token, at: int) -> None:
        """An escaped character, or a character reference."""
        if token.info == "escape" or self.hidden:
            self._text(token.content, at + len(token.markup) - len(token.content))
            return
        self._gap(at)
        self.cursor = at + len(token.markup)
        self._add(Run(token.content, self.leaf.source(at), self.leaf.source(self.cursor - 1) + 1, self._marks))

    def _break(self, sign: str, at: int) -> None:
        runs = self.stack[-1].runs
        if sign == " " and runs and runs[-1].text == "\n":
            return
        self._gap(at)
        start = self.leaf.source(at)
        self._add(Run(sign, start, start + 1, self._marks))
        self.cursor = at + 1

    def _code(self, token: Token, at: int) -> None:
        start = at + len(token.markup)
        if self.leaf.text[start : start + len(token.content)].replace("\n", " ") != token.content:
            start += 1
        extra = character_marks(token.meta.get("attributes", {}), self.found.settings) or (hi("code"),)
        for line in token.content.split("\n"):
            self._text(line, start, *(mark for mark in extra if mark not in self._marks))

    # --- notes and pictures --------------------------------------------------------------------

    def _note_reference(self, token: Token, at: int) -> None:
        self._gap(at)
        label = token.meta["label"]
        match self.found.note(label):
            case Point() as note:
                self._point(note, at)
            case Mark() as mark:
                self._text(label, at + 2, mark)
            case None:
                self._text(self.leaf.text[at : token.meta["end"]], at)

    def _end_note(self, at: int) -> None:
        self._gap(at)
        text = Text(tuple(self.stack.pop().runs)).strip()
        note = Point("note", attributes(place="foot"), (Block("paragraph", text),))
        self._point(note, at)

    def _point(self, point: Point, at: int) -> None:
        start = self.leaf.source(at) if self.leaf.text else 0
        self._add(Run("", start, start, self._marks, point))

    def _picture(self, url: str, at: int) -> None:
        self._point(Point("graphic", attributes(url=url or "missing")), at)

    def _alternative(self, token: Token) -> None:
        """The words that stand for a picture."""
        for child in token.children or ():
            child.meta["at"] += token.meta["at"] + 2
            self._take(child)
        self.rule = RULES["image"]

    def _title(self, token: Token) -> Text:
        """The title of a link or picture."""
        title = str(token.attrGet("title") or "").strip()
        at = self.leaf.text.find(title, token.meta["at"])
        spans = list(self.leaf.spans(at, at + len(title))) if at >= 0 else []
        start = spans[0][1] if spans else self.leaf.source(token.meta["at"])
        end = start + len(title) if len(spans) == 1 else start
        return Text((Run(title, start, end),)) if title else Text()

    def _keep_title(self, token: Token) -> None:
        """What nobody sees who reads the text is kept in the header."""
        if title := self._title(token):
            self.found.fields.append(Field("link-title", title, "markdown-link"))

    # --- marks -----------------------------------------------------------------------------------

    def _open(self, name: str, token: Token) -> None:
        marks: tuple[Mark, ...] = (hi(RENDITIONS[name]),) if name in RENDITIONS else ()
        given = token.meta.get("attributes", {})
        if name == "link":
            marks = (ref(address(str(token.attrGet("href") or ""))),) if not self._in("link") else ()
            self._keep_title(token)
        self._anchor(given, token.meta["at"])
        self.stack[-1].marks.append((name, (*marks, *character_marks(given, self.found.settings))))

    def _in(self, name: str) -> bool:
        return any(opened == name for opened, _ in self.stack[-1].marks)

    def _close(self, name: str) -> None:
        """Close what was opened last under a name; what was opened in it and not closed ends with it."""
        marks = self.stack[-1].marks
        index = next((i for i in reversed(range(len(marks))) if marks[i][0] == name), None)
        if index is not None:
            del marks[index]

    def _anchor(self, given: dict[str, str], at: int) -> None:
        if id := self.found.ids.take(given.get("id", "")):
            self._point(Point("anchor", (("xml:id", id),)), at)

    # --- HTML --------------------------------------------------------------------------------------

    def _html(self, written: str, at: int) -> None:
        """A tag, comment or the like: used up; what it says of the text is kept."""
        tag = TAG.fullmatch(written)
        if written.startswith("<![CDATA["):
            self._text(written[9:-3], at + 9)
        elif tag is None:
            self.rule = "markdown-comment" if written.startswith("<!--") else self.rule
            self._gap(at + len(written))
        elif tag["ends"]:
            self._end_tag(tag["name"])
        else:
            self._tag(tag["name"], tag_attributes(tag["rest"]), at)

    def _end_tag(self, name: str) -> None:
        lower = name.lower()
        if lower == self.hidden:
            self.hidden = ""
        elif lower in BLOCK_TAGS:
            self._end_piece("")
        else:
            self._close(f"<{name if character_mark(f'tei_{name}', self.found.settings) else lower}")

    def _tag(self, name: str, given: dict[str, str], at: int) -> None:
        lower = name.lower()
        if lower in BLOCK_TAGS:
            self._end_piece(lower)
            self.row += lower == "tr"
        elif lower in ("script", "style"):
            self.hidden = lower
        elif lower == "br":
            self._gap(at)
            self._add(Run("\n", self.leaf.source(at), self.leaf.source(at), self._marks))
        elif lower == "img":
            self._picture(address(given.get("src", "")), at)
        elif lower in POINT_TAGS and (lower != "milestone" or given.get("unit")):
            self._point(Point(lower, attributes(**{key: given.get(key, "") for key in POINT_TAGS[lower]})), at)
        elif lower not in ("wbr", "input", "meta", "link", "area", "col"):
            self._anchor(given, at)
            tei = character_mark(f"tei_{name}", self.found.settings)
            own = tei or TAGS.get(lower)
            marks: tuple[Mark, ...] = (own,) if own else ()
            if lower == "a" and (target := address(given.get("href", ""))) and SAFE_ADDRESS.fullmatch(target):
                marks = (ref(target),)
            marks += character_marks(given, self.found.settings) if not tei else ()
            self.stack[-1].marks.append((f"<{name if tei else lower}", marks))

    def _end_piece(self, tag: str) -> None:
        """End a paragraph where a tag of HTML says so."""
        text = Text(tuple(self.stack[0].runs))
        text = _preformatted(text) if self.tag == "pre" else text.strip()
        if text or text.points or self.tag in ("td", "th"):
            self.pieces.append(Piece(self.tag, text, self.row))
        self.stack[0].runs = []
        if tag or self.tag:
            self.tag = tag


def _preformatted(text: Text) -> Text:
    """The text without the line ends right inside its tags."""
    plain = text.plain
    return text.slice(plain.startswith("\n"), len(plain) - plain.endswith("\n")) if plain.strip() else text.strip()


def tag_attributes(written: str) -> dict[str, str]:
    """The attributes of a tag of HTML."""
    return {name.lower(): a or b or c for name, a, b, c in TAG_ATTRIBUTE.findall(written)}


def address(written: str) -> str:
    """An address as XML Schema's anyURI can hold it."""
    return re.sub(r"[\s<>\"{}|\\^`]", lambda found: quote(found[0]), written.strip())
