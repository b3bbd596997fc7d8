"""Knows where the elements and attributes of a document are: each is looked for once, however many checks ask."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property
from itertools import chain
from typing import TypeVar, cast

from lxml import etree

from editio.tei import TEI, XML_ID, Passage, passages, string_of

T = TypeVar("T")
# The element that has an attribute, its name and its value.
Attribute = tuple[etree._Element, str, str]
_ASCII = bytes(range(128))


class Lookup:
    """The elements of a tree by name, its attributes by name, and what bears an id; for a tree that stays as it is."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root

    def elements(self, *names: str) -> Iterator[etree._Element]:
        """The elements of these TEI names: by name, and those of one name in document order."""
        found = self._by_tag
        return chain.from_iterable(found.get(TEI + name, ()) for name in names)

    def attributes(self, *names: str) -> Iterator[Attribute]:
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
        return frozenset(self.encoded.translate(None, _ASCII).decode())

    @cached_property
    def encoded(self) -> bytes:
        """All text as UTF-8."""
        return self.text.encode()

    def passages(self, *needles: str) -> Iterator[Passage]:
        """The text nodes that contain one of these strings; ask ``text`` or ``characters`` first."""
        return passages(self.root, needles)

    @property
    def _by_tag(self) -> dict[str, list[etree._Element]]:
        return self._found[0]

    @property
    def _by_attribute(self) -> dict[str, list[Attribute]]:
        return self._found[1]

    @cached_property
    def _found(self) -> tuple[dict[str, list[etree._Element]], dict[str, list[Attribute]]]:
        """Elements by tag and attributes by name, from one walk: to make an object of each element is what costs."""
        by_tag: dict[str, list[etree._Element]] = {}
        by_attribute: dict[str, list[Attribute]] = {}
        for element in self.root.iter(etree.Element):
            _append(by_tag, cast(str, element.tag), element)
            for name, value in element.items():
                _append(by_attribute, name, (element, name, value))
        return by_tag, by_attribute


def _append(lists: dict[str, list[T]], name: str, item: T) -> None:
    found = lists.get(name)
    if found is None:
        lists[name] = [item]
    else:
        found.append(item)
