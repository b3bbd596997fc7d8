"""Counts the numbers of lists, headings and notes as Word shows them: 3., (c), 1.2.3, iv, •."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from editio.numerals import numeral, repeated_letters
from editio.ooxml.parts import W, child, is_on, number, value

DEEPEST = 8
STYLES = {
    "upperRoman": "upper-roman",
    "lowerRoman": "lower-roman",
    "decimalZero": "decimal-leading-zero",
    "russianUpper": "upper-russian",
    "russianLower": "lower-russian",
}
CHICAGO = "*†‡§"
SUFFIXES = {1: "st", 2: "nd", 3: "rd"}


@dataclass(frozen=True)
class Level:
    """How a level of a list is numbered."""

    format: str = "decimal"
    text: str = ""
    start: int = 1
    restart: int = -1
    legal: bool = False


@dataclass(frozen=True)
class Label:
    """What stands before an item: a number as shown, else a bullet or, in a ``blank`` one, nothing at all."""

    text: str = ""
    blank: bool = False


@dataclass
class Numbering:
    """The lists of a document, and how far each has counted."""

    lists: dict[str, dict[int, Level]] = field(default_factory=dict)
    abstract_of: dict[str, str] = field(default_factory=dict)
    starts: dict[tuple[str, int], int] = field(default_factory=dict)
    levels_by_style: dict[tuple[str, str], int] = field(default_factory=dict)
    counts: dict[str, dict[int, int]] = field(default_factory=dict)
    begun: set[tuple[str, int]] = field(default_factory=set)

    def __contains__(self, num_id: str) -> bool:
        return num_id in self.lists

    def label(self, num_id: str, level: int) -> Label:
        """Count one on in a list and say what stands before the item."""
        level = max(0, min(level, DEEPEST))
        levels = self.lists[num_id]
        counts = self.counts.setdefault(self.abstract_of[num_id], {})
        self._count(num_id, level, levels, counts)
        own = levels.get(level, Level())
        if own.format == "bullet":
            return Label(blank=not own.text.strip())
        written = re.sub(r"%([1-9])", lambda match: _part(levels, counts, int(match[1]) - 1, own), own.text)
        return Label(written.strip(), not written.strip())

    def _count(self, num_id: str, level: int, levels: dict[int, Level], counts: dict[int, int]) -> None:
        override = self.starts.get((num_id, level))
        if override is not None and (num_id, level) not in self.begun:
            counts[level] = override
        else:
            counts[level] = counts[level] + 1 if level in counts else levels.get(level, Level()).start
        self.begun.add((num_id, level))
        for deeper in range(level + 1, DEEPEST + 1):
            restart = levels.get(deeper, Level()).restart
            if restart < 0 or level < restart:
                counts.pop(deeper, None)


def read_numbering(root: etree._Element | None, style_list: dict[str, str]) -> Numbering:
    """The lists of a part numbering.xml; ``style_list`` says which list a style of lists stands for."""
    found = Numbering()
    if root is None:
        return found
    abstracts = {node.get(f"{W}abstractNumId", ""): node for node in root.iter(f"{W}abstractNum")}
    numbers = {node.get(f"{W}numId", ""): node for node in root.iterchildren(f"{W}num")}
    for id, node in numbers.items():
        abstract = _abstract(value(node, "abstractNumId"), abstracts, numbers, style_list)
        levels = _levels(abstracts[abstract]) if abstract in abstracts else {}
        for style, level in _levels_by_style(abstracts.get(abstract)):
            found.levels_by_style[id, style] = level
        for override in node.iterchildren(f"{W}lvlOverride"):
            at = number(override.get(f"{W}ilvl"))
            levels |= _levels(override)
            start = value(override, "startOverride")
            if start:
                found.starts[id, at] = number(start, 1)
        found.lists[id] = levels
        found.abstract_of[id] = abstract
    found.lists.pop("0", None)
    return found


def _abstract(
    id: str, abstracts: dict[str, etree._Element], numbers: dict[str, etree._Element], style_list: dict[str, str]
) -> str:
    """The definition of a list, by way of the style of lists it may name."""
    link = value(abstracts.get(id), "numStyleLink")
    target = numbers.get(style_list.get(link, "")) if link else None
    return value(target, "abstractNumId", id) if target is not None else id


def _levels(node: etree._Element) -> dict[int, Level]:
    return {number(level.get(f"{W}ilvl")): _level(level) for level in node.iterchildren(f"{W}lvl")}


def _level(node: etree._Element) -> Level:
    # a format newer than Word 2007 stands in mc:AlternateContent, with an old one as fallback
    format = next((found.get(f"{W}val", "") for found in reversed(list(node.iter(f"{W}numFmt")))), "decimal")
    return Level(
        format,
        value(node, "lvlText"),
        number(value(node, "start"), 1),
        number(value(node, "lvlRestart"), -1),
        is_on(child(node, "isLgl")),
    )


def _levels_by_style(node: etree._Element | None) -> list[tuple[str, int]]:
    levels = node.iterchildren(f"{W}lvl") if node is not None else ()
    return [(style, number(level.get(f"{W}ilvl"))) for level in levels if (style := value(level, "pStyle"))]


def _part(levels: dict[int, Level], counts: dict[int, int], at: int, own: Level) -> str:
    level = levels.get(at, Level())
    format = "decimal" if own.legal and level.format != "none" else level.format
    return shown(counts.setdefault(at, level.start), format)


def shown(count: int, format: str) -> str:
    """A number in a format of Word (ST_NumberFormat); in digits where the format is not known."""
    if format in FORMATS and count > 0:
        return FORMATS[format](count)
    return numeral(count, STYLES.get(format, "decimal"))


def _ordinal(count: int) -> str:
    return f"{count}{'th' if count % 100 in (11, 12, 13) else SUFFIXES.get(count % 10, 'th')}"


def _chicago(count: int) -> str:
    return CHICAGO[(count - 1) % len(CHICAGO)] * min((count - 1) // len(CHICAGO) + 1, 40)


FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda count: "",
    "bullet": lambda count: "",
    "upperLetter": lambda count: repeated_letters(count).upper(),
    "lowerLetter": repeated_letters,
    "ordinal": _ordinal,
    "numberInDash": lambda count: f"- {count} -",
    "chicago": _chicago,
    "decimalEnclosedCircle": lambda count: chr(0x245F + count) if count <= 20 else str(count),
}
