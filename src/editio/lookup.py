"""Knows what is where in a document, for all checks of it: elements and attributes by name, ids, text, characters.

What costs is to make Python objects of what libxml2 holds. So elements are looked for by the names that checks ask for,
attributes are gone through once, and text is one string that shows in one look whether there is anything to look for.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import TypeVar, cast

from lxml import etree

from editio.tei import TEI, XML_ID, Passage, encoded_text_of, passages, text_nodes

T = TypeVar("T")
# The element that has an attribute, its name and its value.
Attribute = tuple[etree._Element, str, str]
_ASCII = bytes(range(128))
# With more letters than this, as in Chinese, it is no use to look for each of them by itself.
_ALPHABET = 100
# Names that checks asked for, of any document: to look for many takes libxml2 hardly longer than for one. Checks ask for a
# few hundred; a plug-in may take names from documents, so there is an end to them.
_asked: dict[str, None] = {}
_MOST_ASKED = 1000


class Lookup:
    """The elements of a tree by name, its attributes by name, and what bears an id; for a tree that stays as it is."""

    def __init__(self, root: etree._Element) -> None:
        self.root = root
        self._by_name: dict[str, list[etree._Element]] = {}
        self._found: dict[Callable[[Lookup], object], object] = {}

    def elements(self, *names: str) -> Sequence[etree._Element]:
        """The elements of these TEI names: by name, and those of one name in document order.

        A name in another namespace is written as lxml does, ``{http://www.w3.org/2001/XInclude}include``.
        """
        found = self._by_name
        try:
            return found[names[0]] if len(names) == 1 else [one for name in names for one in found[name]]
        except KeyError:
            self._find(names)
            return self.elements(*names)

    def any_of(self, *names: str) -> Iterator[etree._Element]:
        """The elements of these TEI names in document order: for many names that are frequent, of which few elements matter.

        They are not sorted by name, which takes longer than to find them.
        """
        return self.root.iter(*map(_tag, names))

    def attributes(self, *names: str) -> Sequence[Attribute]:
        """Each attribute of these names: the element that has it, its name and its value.

        A name in a namespace is written as lxml does, ``{http://www.w3.org/XML/1998/namespace}lang``.
        """
        found = self._by_attribute
        if len(names) == 1:
            return found.get(names[0], ())
        return [one for name in names if name in found for one in found[name]]

    @property
    def attribute_names(self) -> tuple[str, ...]:
        """The names of all attributes there are."""
        return tuple(self._by_attribute)

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
        return self.encoded.decode()

    @cached_property
    def encoded(self) -> bytes:
        """The same as UTF-8: in bytes it is found out quickest that something is not there."""
        return encoded_text_of(self.root)

    @cached_property
    def beyond_ascii(self) -> str:
        """The text without all of its ASCII: little is left of most, to count signs in."""
        return self.encoded.translate(None, _ASCII).decode()

    @cached_property
    def characters(self) -> frozenset[str]:
        """The characters of the text that are not ASCII."""
        found, rest = "", self.beyond_ascii
        while rest and len(found) < _ALPHABET:
            found += rest[0]
            rest = rest.lstrip(found)
        return frozenset(found + rest)

    def passages(self, *needles: str) -> Iterator[Passage]:
        """The text nodes that contain one of these strings; ask ``text`` or ``characters`` first."""
        return passages(self._texts, needles) if needles else iter(())

    def once(self, find: Callable[[Lookup], T]) -> T:
        """What a function finds here; it is called once, however many checks share what it finds."""
        if find not in self._found:
            self._found[find] = find(self)
        return cast(T, self._found[find])

    @cached_property
    def _texts(self) -> Sequence[etree._ElementUnicodeResult]:
        return text_nodes(self.root)

    def _find(self, names: Iterable[str]) -> None:
        """Find the elements of these names, and with them those of others that were asked for in other documents."""
        if len(_asked) < _MOST_ASKED:
            _asked.update(dict.fromkeys(names))
        new = [name for name in dict.fromkeys((*names, *_asked)) if name not in self._by_name]
        by_tag: dict[object, list[etree._Element]] = {_tag(name): [] for name in new}
        for element in self.root.iter(*map(_tag, new)):
            by_tag[element.tag].append(element)
        self._by_name |= {name: by_tag[_tag(name)] for name in new}

    @cached_property
    def _by_attribute(self) -> Mapping[str, Sequence[Attribute]]:
        found: defaultdict[str, list[Attribute]] = defaultdict(list)
        for element in self.root.iter(etree.Element):
            for name, value in element.items():
                found[name].append((element, name, value))
        return dict(found)


@lru_cache(4 * _MOST_ASKED)
def _tag(name: str) -> str:
    return name if name.startswith("{") else TEI + name
