"""Knows the styles of a Word document: what a paragraph's style makes of it, and which marks a run has."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from editio import styles as meanings
from editio.config import Settings
from editio.flat import hi
from editio.model import Mark
from editio.ooxml.parts import W, child, is_on, number, value

# Expanded by this much (in twentieths of a point) is letter-spaced; less is the fitting of a line.
SPACED_FROM = 20
# Outermost first.
RENDS = (
    "bold",
    "italic",
    "underline",
    "strikethrough",
    "small-caps",
    "caps",
    "letter-spaced",
    "superscript",
    "subscript",
    "highlight",
)
SWITCHES = {
    f"{W}b": "bold",
    f"{W}i": "italic",
    f"{W}u": "underline",
    f"{W}strike": "strikethrough",
    f"{W}dstrike": "strikethrough",
    f"{W}smallCaps": "small-caps",
    f"{W}caps": "caps",
    f"{W}highlight": "highlight",
}
# The properties of runs that mean something here.
TELLING = frozenset({*SWITCHES, *(f"{W}{name}" for name in ("rStyle", "vertAlign", "spacing", "lang", "vanish"))})
# Styles of links and of the numbers of notes: their looks say nothing more.
SILENT = re.compile(
    r"(followed ?)?hyperlink|(visited )?internet link|index link|(foot|end)note (reference|characters|anchor|symbol)"
    r"|annotation reference|page number|default paragraph font"
)
HEADING = re.compile(r"(?:heading|überschrift|titre|rubrik|titolo|título) ([1-9])")
CONTENTS = re.compile(r"toc \d|toc heading|contents (\d|heading)|table of figures|index \d|index heading")
VERBATIM = frozenset({"source code", "html preformatted", "preformatted text"})
CONTINUED = re.compile(r"list continue( \d)?|list paragraph|list contents")
DEEPEST_HEADING = 6


@dataclass(frozen=True)
class ParagraphStyle:
    """What a paragraph's style says: its names (its own first), and the level, role or kind it gives."""

    names: tuple[str, ...] = ()
    level: int = 0
    title: str = ""
    element: str = ""
    verbatim: bool = False
    caption: bool = False
    contents: bool = False
    continued: bool = False
    page_break: bool = False
    num_id: str = ""
    num_level: int = 0
    language: tuple[str, str, str] = ("", "", "")


@dataclass(frozen=True)
class RunStyle:
    """What the properties of a run say: its marks, its languages, and whether it is hidden."""

    marks: tuple[Mark, ...] = ()
    language: tuple[str, str, str] = ("", "", "")
    hidden: bool = False


@dataclass
class Styles:
    """The styles of a document by their ids."""

    settings: Settings
    nodes: dict[str, etree._Element] = field(default_factory=dict)
    default: str = ""
    paragraphs: dict[str, ParagraphStyle] = field(default_factory=dict)
    runs: dict[tuple[object, ...], RunStyle] = field(default_factory=dict)
    characters: dict[str, tuple[tuple[Mark, ...], dict[str, bool], tuple[str, str, str]]] = field(default_factory=dict)

    def paragraph(self, id: str) -> ParagraphStyle:
        """What a style of paragraphs says; the default one's for an empty or unknown id."""
        id = id if id in self.nodes else self.default
        if id not in self.paragraphs:
            self.paragraphs[id] = self._paragraph(self.chain(id))
        return self.paragraphs[id]

    def run(self, properties: etree._Element) -> RunStyle:
        """What the properties of a run say: its character style, and what it was given directly."""
        key = tuple([(node.tag, *node.attrib.values()) for node in properties if node.tag in TELLING])
        if key not in self.runs:
            named, inherited, language = self.character(value(properties, "rStyle"))
            looks = {**inherited, **looks_of(properties)}
            marks = (*named, *(hi(rend) for rend in RENDS if looks.get(rend) and hi(rend) not in named))
            own = language_of(properties)
            hidden = is_on(child(properties, "vanish"))
            self.runs[key] = RunStyle(marks, own if any(own) else language, hidden)
        return self.runs[key]

    def character(self, id: str) -> tuple[tuple[Mark, ...], dict[str, bool], tuple[str, str, str]]:
        """What a character style means, what it looks like, and its languages."""
        if id not in self.characters:
            self.characters[id] = self._character(self.chain(id) if id in self.nodes else [])
        return self.characters[id]

    def chain(self, id: str) -> list[etree._Element]:
        """A style and those that it is based on."""
        found: list[etree._Element] = []
        while id in self.nodes and self.nodes[id] not in found:
            found.append(self.nodes[id])
            id = value(found[-1], "basedOn")
        return found

    def _character(self, chain: list[etree._Element]) -> tuple[tuple[Mark, ...], dict[str, bool], tuple[str, str, str]]:
        names = [name_of(node) for node in chain]
        language = _first_language([child(node, "rPr") for node in chain])
        if any(SILENT.fullmatch(name.casefold()) for name in names):
            return (), {}, language
        mark = next(filter(None, (meanings.character_mark(name, self.settings) for name in names)), None)
        looks: dict[str, bool] = {}
        for node in reversed(chain):
            looks |= looks_of(child(node, "rPr"))
        return ((mark,), {}, language) if mark else ((), looks, language)

    def _paragraph(self, chain: list[etree._Element]) -> ParagraphStyle:
        names = tuple(name_of(node) for node in chain)
        lower = [name.casefold() for name in names]
        numbered = next((found for node in chain if (found := child(node, "pPr/numPr")) is not None), None)
        breaks = next((found for node in chain if (found := child(node, "pPr/pageBreakBefore")) is not None), None)
        element = next(filter(None, (meanings.paragraph_element(name, self.settings) for name in names)), "")
        return ParagraphStyle(
            names,
            0 if element else _heading_level(chain, lower),
            lower[0] if lower and lower[0] in ("title", "subtitle") and not element else "",
            element,
            any(name in VERBATIM for name in lower),
            any(name == "caption" or name.endswith(" caption") for name in lower),
            any(CONTENTS.fullmatch(name) for name in lower),
            any(CONTINUED.fullmatch(name) for name in lower),
            is_on(breaks),
            value(numbered, "numId"),
            number(value(numbered, "ilvl")),
            _first_language([child(node, "rPr") for node in chain if node is not self.nodes.get(self.default)]),
        )


def read_styles(root: etree._Element | None, settings: Settings) -> Styles:
    """The styles of a part styles.xml; none if it is missing."""
    found = Styles(settings)
    for node in root.iter(f"{W}style") if root is not None else ():
        id = node.get(f"{W}styleId", "")
        found.nodes.setdefault(id, node)
        if node.get(f"{W}type") == "paragraph" and node.get(f"{W}default") in ("1", "true", "on"):
            found.default = id
    return found


def name_of(node: etree._Element) -> str:
    """The name of a style as its user sees it."""
    return value(node, "name") or node.get(f"{W}styleId", "")


def _heading_level(chain: list[etree._Element], names: list[str]) -> int:
    """The level of a heading by its built-in name, else by its level in the outline; 0 for running text."""
    for name in names:
        if match := HEADING.fullmatch(name):
            return min(int(match[1]), DEEPEST_HEADING)
    outline = next((found for node in chain if (found := value(node, "pPr/outlineLvl"))), "")
    return outline_level(outline)


def outline_level(written: str) -> int:
    """The level of a heading with a level of the outline, which counts from 0; 9 is running text."""
    level = number(written, 9)
    return min(level + 1, DEEPEST_HEADING) if 0 <= level < 9 else 0


def looks_of(properties: etree._Element | None) -> dict[str, bool]:
    """What run properties switch on and off, by the name of the look."""
    looks: dict[str, bool] = {}
    for node in properties if properties is not None else ():
        rend = SWITCHES.get(node.tag) if isinstance(node.tag, str) else None
        if rend:
            looks[rend] = is_on(node)
        elif node.tag == f"{W}vertAlign":
            how = node.get(f"{W}val")
            looks |= {"superscript": how == "superscript", "subscript": how == "subscript"}
        elif node.tag == f"{W}spacing":
            looks["letter-spaced"] = number(node.get(f"{W}val")) >= SPACED_FROM
    return looks


def language_of(properties: etree._Element | None) -> tuple[str, str, str]:
    """The languages of run properties for Western, East Asian and right-to-left characters; empty where not said."""
    node = child(properties, "lang")
    if node is None:
        return ("", "", "")
    western, eastern, bidi = (_primary(node.get(f"{W}{name}", "")) for name in ("val", "eastAsia", "bidi"))
    return (western, eastern, bidi)


def _primary(tag: str) -> str:
    """The language of a tag without its region (de-CH → de); empty for none."""
    first = tag.replace("_", "-").partition("-")[0].lower()
    return first if re.fullmatch(r"[a-z]{2,3}", first) and first not in ("und", "zxx", "mul") else ""


def _first_language(properties: list[etree._Element | None]) -> tuple[str, str, str]:
    return next((said for one in properties if any(said := language_of(one))), ("", "", ""))
