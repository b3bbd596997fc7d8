"""Knows where the elements and attributes of a document are: each is looked for once, however many checks ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain

from lxml import etree

from editio.tei import TEI, XML_ID, Passage, passages, string_of

_ATTRIBUTES = etree.XPath("//@*")
_ASCII = bytes(range(128))


class Lookup:
    """The elements of a tree by name, its attributes by name, and what bears an id; for a tree that stays as it is."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root

    def elements(self, *names: str) -> Iterator[etree._Element]:
        """The elements of these TEI names: by name, and those of one name in document order."""
        found = self._by_tag
        return chain.from_iterable(found.get(TEI + name, ()) for name in names)

    def attributes(self, *names: str) -> Iterator[tuple[etree._Element, str, str]]:
        """Each attribute of these names: the element that has it, its name and its value.

        A name in a namespace is written as lxml does, ``{http://www.w3.org/XML/1998/namespace}lang``.
        """
        found = self._by_attribute
        return chain.from_iterable(found.get(name, ()) for name in names)

    @property
    def attribute_names(self) -> tuple[str, ...]:
        """The names of all attributes there are."""
        return tuple(self._by_attribute)

    @property
    def tags(self) -> Mapping[str, Sequence[etree._Element]]:
        """All elements by tag, as lxml writes it, in document order."""
        return self._by_tag

    @cached_property
    def by_id(self) -> Mapping[str, Sequence[etree._Element]]:
        """The elements that bear each ``xml:id``: one, if all is well."""
        found: dict[str, list[etree._Element]] = {}
        for element, _, id in self.attributes(XML_ID):
            found.setdefault(id, []).append(element)
        return found

    @cached_property
    def text(self) -> str:
        """All text, header and notes included: to see in one look whether there is anything to look for."""
        return string_of(self.root)

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters of the text that are not ASCII."""
        return frozenset(self.text.encode().translate(None, _ASCII).decode())

    def passages(self, *needles: str) -> Iterator[Passage]:
        """The text nodes that contain one of these strings, with their lines; ask ``text`` or ``characters`` first."""
        return passages(self.root, needles)

    @cached_property
    def _by_tag(self) -> dict[str, list[etree._Element]]:
        found: dict[str, list[etree._Element]] = {}
        for element in self.root.iter(etree.Element):
            tag = str(element.tag)
            if tag in found:
                found[tag].append(element)
            else:
                found[tag] = [element]
        return found

    @cached_property
    def _by_attribute(self) -> dict[str, list[tuple[etree._Element, str, str]]]:
        found: dict[str, list[tuple[etree._Element, str, str]]] = {}
        for value in _ATTRIBUTES(self.root):
            name = value.attrname
            if name in found:
                found[name].append((value.getparent(), name, str(value)))
            else:
                found[name] = [(value.getparent(), name, str(value))]
        return found
