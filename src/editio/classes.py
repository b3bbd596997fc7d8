"""What classes, ids and languages mean that Markdown, pandoc and HTML give to text: marks, roles, attributes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from editio.config import LANGUAGE, Settings
from editio.flat import attributes, hi
from editio.model import Attributes, Block, Mark
from editio.styles import character_mark, paragraph_element
from editio.tei import xml_name

CLASSES = {
    **dict.fromkeys(("smallcaps", "small-caps", "sc"), hi("small-caps")),
    **dict.fromkeys(("underline", "ul"), hi("underline")),
    "mark": hi("highlight"),
}
# Classes that say nothing of the text.
EMPTY = frozenset("unnumbered unlisted None section title level1 level2 level3 level4 level5 level6".split())


@dataclass
class Ids:
    """The ids of a document: each can be given once."""

    given: set[str] = field(default_factory=set)

    def take(self, wanted: str) -> str:
        """The id if it can be given, to the first that wants it; else nothing."""
        if not wanted or xml_name(wanted) != wanted or wanted in self.given:
            return ""
        self.given.add(wanted)
        return wanted


def character_marks(given: Mapping[str, str], settings: Settings) -> tuple[Mark, ...]:
    """The marks that the classes and the language in attributes stand for."""
    marks: list[Mark] = []
    for name in given.get("class", "").split():
        known = character_mark(name, settings) or character_mark(f"tei_{name}", settings) or CLASSES.get(name)
        marks.append(known or Mark("seg", attributes(type=xml_name(name))))
    if "small-caps" in given.get("style", ""):
        marks.append(hi("small-caps"))
    if language := language_of(given):
        if marks and marks[0].name != "hi":
            marks[0] = replace(marks[0], attributes=(*marks[0].attributes, ("xml:lang", language)))
        else:
            marks.append(Mark("foreign", (("xml:lang", language),)))
    return tuple(marks)


def language_of(given: Mapping[str, str]) -> str:
    """The language tag in attributes, if it is one."""
    language = given.get("lang", given.get("xml:lang", ""))
    return language if LANGUAGE.fullmatch(language) else ""


def styled(block: Block, given: Mapping[str, str], settings: Settings, ids: Ids) -> Block:
    """A block with what attributes say of it: TEI element, id, language."""
    names = [name for name in given.get("class", "").split() if name not in EMPTY]
    elements = [_element(name, settings) for name in names]
    element = next((element for element in elements if element), "")
    if element == "quote" and block.kind == "paragraph":
        block = Block("quote", blocks=(block,))
    elif element and block.is_plain:
        block = replace(block, role=f"tei:{element}")
    rend = " ".join(xml_name(name) for name, known in zip(names, elements, strict=True) if not known)
    own = attributes(**{"xml:id": ids.take(given.get("id", "")), "xml:lang": language_of(given), "rend": rend})
    return replace(block, attributes=merged(block.attributes, own))


def _element(name: str, settings: Settings) -> str:
    return paragraph_element(name, settings) or paragraph_element(f"tei_{name}", settings)


def merged(first: Attributes, second: Attributes) -> Attributes:
    """Attributes of a block and further ones that it does not have yet."""
    names = {name for name, _ in first}
    return (*first, *((name, value) for name, value in second if value and name not in names))


def add_to_item(items: list[Block], block: Block, level: int) -> None:
    """Put a block into the item of a list that was begun last: as its text, a further paragraph, or what it holds."""
    last = items[-1]
    fresh = not last.text and not last.blocks and not last.text.points
    own = last.level == level
    if block.is_plain:
        if own and fresh:
            items[-1] = replace(last, text=block.text, attributes=block.attributes)
        else:
            items.append(replace(block, kind="item", level=level))
    elif own:
        items[-1] = replace(last, blocks=(*last.blocks, block))
    else:
        items.append(Block("item", level=level, blocks=(block,)))
