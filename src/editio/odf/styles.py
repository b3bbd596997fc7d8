"""Styles of an OpenDocument text: what they are called, what they say of words, how they number lists."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from editio.config import Settings
from editio.flat import hi
from editio.model import Mark
from editio.numerals import numeral, repeated_letters
from editio.odf.tree import Node
from editio.styles import character_mark, paragraph_element

# Styles refer to their parents; more of them in a row than this is a circle.
LONGEST_CHAIN = 30
FORMATS = {
    "1": "decimal",
    "a": "lower-alpha",
    "A": "upper-alpha",
    "i": "lower-roman",
    "I": "upper-roman",
    "А": "upper-russian",
    "а": "lower-russian",
}
# Letters of a size up to this apart are spaced so that lines come out even, not for emphasis.
LEAST_SPACING = {"pt": 1.0, "cm": 0.035, "mm": 0.35, "in": 0.014}


@dataclass(frozen=True)
class Level:
    """A level of a list: the style of its number (empty for none), what stands around it, how many levels it shows."""

    style: str = ""
    prefix: str = ""
    suffix: str = ""
    shown: int = 1
    start: int = 1
    pattern: str = ""
    doubled: bool = False


@dataclass
class Styles:
    """All styles of a document by family and name, lists by name, and the languages it is said to be in."""

    nodes: dict[tuple[str, str], Node] = field(default_factory=dict)
    automatic: set[Node] = field(default_factory=set)
    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    outline: dict[int, Level] = field(default_factory=dict)
    languages: frozenset[str] = frozenset()

    def chain(self, family: str, name: str) -> Iterator[Node]:
        """A style and those it is made from, nearest first."""
        for _ in range(LONGEST_CHAIN):
            node = self.nodes.get((family, name))
            if node is None:
                return
            yield node
            name = node.get("style:parent-style-name")

    def names(self, family: str, name: str) -> list[str]:
        """What the style and its parents are called, as a user sees it; automatic ones have no such name."""
        if (family, name) not in self.nodes:
            return [_decoded(name)] if name else []
        return [called(node) for node in self.chain(family, name) if node not in self.automatic]

    def element(self, name: str, settings: Settings) -> str:
        """The TEI element that a paragraph style or one of its parents is named after or mapped to."""
        found = (paragraph_element(called, settings) for called in self.names("paragraph", name))
        return next(filter(None, found), "")

    def said(self, family: str, name: str, *keys: str) -> str:
        """What a style, else its parents, say of paragraph or text."""
        for node in self.chain(family, name):
            for properties in node.elements:
                value = next((properties.get(key) for key in keys if properties.get(key)), "")
                if value:
                    return value
            value = next((node.get(key) for key in keys if node.get(key)), "")
            if value:
                return value
        return ""

    def list_of(self, name: str) -> str:
        """The list style that a paragraph style brings with it."""
        return self.said("paragraph", name, "style:list-style-name")

    def marks(self, name: str, settings: Settings) -> list[Mark]:
        """What a character style says of words: the element it is named after, else how they look."""
        named = next((m for called in self.names("text", name) if (m := character_mark(called, settings))), None)
        looks = self._looks([node for node in self.chain("text", name) if not (named and node not in self.automatic)])
        return [*([named] if named else []), *(mark for mark in looks if mark != named)]

    def paragraph_marks(self, name: str) -> list[Mark]:
        """What formatting by hand says of all words of a paragraph."""
        return self._looks([node for node in self.chain("paragraph", name) if node in self.automatic], whole=True)

    def _looks(self, nodes: Sequence[Node], whole: bool = False) -> list[Mark]:
        said: dict[str, str] = {}
        for node in nodes:
            for properties in node.elements:
                if properties.tag == "style:text-properties":
                    said = {**properties.attributes, **said}
        marks = [hi(rend) for rend in _renditions(said) if not (whole and rend == "highlight")]
        language = said.get("fo:language", "")
        if language and language not in ("none", "zxx") and language not in self.languages and language.isalpha():
            marks.append(Mark("foreign", (("xml:lang", language),)))
        return marks

    def is_hidden(self, family: str, name: str) -> bool:
        """Whether text of a style is hidden."""
        return self.said(family, name, "text:display") == "none"


def called(node: Node) -> str:
    """The name of a style as a user sees it."""
    return node.get("style:display-name") or _decoded(node.get("style:name"))


def _decoded(name: str) -> str:
    """A name without the codes that stand for its spaces."""
    return re.sub(r"_([0-9a-f]{2})_", lambda match: chr(int(match[1], 16)), name)


def read_styles(roots: Sequence[Node], settings: Settings) -> Styles:
    """The styles of a document's parts; those of its text come first."""
    styles = Styles()
    languages = {settings.edition.language.partition("-")[0]}
    for root in roots:
        for node in root.nodes:
            match node.tag:
                case "style:style":
                    key = (node.get("style:family"), node.get("style:name"))
                    styles.nodes.setdefault(key, node)
                    if node.parent and node.parent.tag == "office:automatic-styles":
                        styles.automatic.add(node)
                case "text:list-style":
                    styles.lists.setdefault(node.get("style:name"), dict(_levels(node)))
                case "text:outline-style":
                    styles.outline = styles.outline or dict(_levels(node))
                case "style:default-style":
                    languages |= {inner.get("fo:language") for inner in node.elements}
    styles.languages = frozenset(languages)
    return styles


def _levels(node: Node) -> Iterator[tuple[int, Level]]:
    for one in node.elements:
        level = _count(one.get("text:level"), 1)
        if one.tag in ("text:list-level-style-number", "text:outline-level-style"):
            format = one.get("style:num-format")
            yield (
                level,
                Level(
                    FORMATS.get(format[:1], "decimal" if format else ""),
                    one.get("style:num-prefix"),
                    one.get("style:num-suffix"),
                    _count(one.get("text:display-levels"), 1),
                    _count(one.get("text:start-value"), 1),
                    one.get("loext:num-list-format") or one.get("style:num-list-format"),
                    one.get("style:num-letter-sync") == "true",
                ),
            )
        elif one.tag.startswith("text:list-level-style"):
            yield level, Level()


def _count(value: str, default: int) -> int:
    return int(value) if re.fullmatch(r"\d{1,6}", value) else default


def label_of(levels: dict[int, Level], counts: Sequence[int]) -> tuple[str, str]:
    """The number of an item as it is shown, and without what stands around it; ``counts`` are those of all levels."""
    own = levels.get(len(counts), Level())
    if not own.style:
        return "", ""
    if own.pattern:
        shown = re.sub(r"%(\d+)%", lambda m: _written(levels, int(m[1]), counts), own.pattern)
        return shown.strip(), shown.strip().strip("()[]. ")
    first = max(1, len(counts) - own.shown + 1)
    numbers = [_written(levels, level, counts) for level in range(first, len(counts) + 1)]
    number = ".".join(filter(None, numbers))
    return f"{own.prefix}{number}{own.suffix}".strip(), number


def _written(levels: dict[int, Level], level: int, counts: Sequence[int]) -> str:
    own = levels.get(level, Level())
    if not own.style or not 0 < level <= len(counts):
        return ""
    if own.doubled and own.style.endswith("alpha"):
        letters = repeated_letters(counts[level - 1])
        return letters.upper() if own.style.startswith("upper") else letters
    return numeral(counts[level - 1], own.style)


def _renditions(said: dict[str, str]) -> Iterator[str]:
    """How words look, in the words of TEI's @rend."""
    weight = said.get("fo:font-weight", "")
    position = said.get("style:text-position", "")
    spacing = re.fullmatch(r"(\d*\.?\d+)(pt|cm|mm|in)", said.get("fo:letter-spacing", ""))
    claims = {
        "italic": said.get("fo:font-style") in ("italic", "oblique"),
        "bold": weight == "bold" or (weight.isdigit() and int(weight) >= 600),
        "underline": said.get("style:text-underline-style", "none") != "none",
        "small-caps": said.get("fo:font-variant") == "small-caps",
        "superscript": bool(re.match(r"super|[1-9]", position)),
        "subscript": bool(re.match(r"sub|-[1-9]", position)),
        "strikethrough": said.get("style:text-line-through-style", "none") != "none",
        "highlight": said.get("fo:background-color", "transparent") not in ("transparent", "#ffffff"),
        "letter-spaced": bool(spacing and float(spacing[1]) >= LEAST_SPACING[spacing[2]]),
    }
    return (rend for rend, holds in claims.items() if holds)
