"""Follows pointers within a document, its edition and its files: what is wrong with one that leads nowhere.

Nothing outside the project is read. What leads to the web, to a place on a server or into a file that is no XML
cannot be judged, and counts as sound.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Collection, Container, Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from functools import lru_cache
from pathlib import Path
from urllib.parse import unquote, urljoin

from lxml import etree

from editio import tei
from editio.files import leads_out, read_file
from editio.model import Document, Edition
from editio.pointer_attributes import POINTERS
from editio.tei import TEI

XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
INCLUDE = "{http://www.w3.org/2001/XInclude}include"
SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
# TEI's own forms of XPointer, and the older ones: left(…), range(…), xpath(…)
SCRIPTED = re.compile(r"[A-Za-z][\w.-]*\(")
# A pattern of a prefixDef comes from a document: one that could take for ever is not tried.
QUANTIFIED_GROUP = re.compile(r"\)[*+?{]")
# What XML Schema's patterns understand in another way than Python's.
OTHERWISE = re.compile(r"\[\[|-\[|--|&&|\|\||~~")
# What tells an address from a word.
ADDRESS = re.compile(r"[/:%\\]|^\.|\.[A-Za-z]\w{1,4}$")
MOST_QUANTIFIERS = 4
LONGEST_PATTERN = 200
LONGEST_MATCHED = 100
GROUP = re.compile(r"\$(\d)")
# With more ids than this it would take too long to look for the one that was meant.
MOST_COMPARED = 1000
# How many letters more or less an id has that was mistyped.
MOST_LETTERS = 2
XML_ENDINGS = frozenset({".xml", ".tei", ".odd", ".xsl", ".rng", ".svg"})


@dataclass(frozen=True)
class Prefix:
    """A prefixDef: what a private prefix stands for."""

    pattern: str
    replacement: str

    def expand(self, words: str) -> str | None:
        """What the words behind the prefix become; nothing if they do not fit, the empty string if that is unknown."""
        if not self._is_safe or len(words) > LONGEST_MATCHED:
            return ""
        try:
            found = re.fullmatch(self.pattern, words)
        except (re.error, OverflowError):
            return ""
        if found is None:
            return None
        groups = ("", *found.groups(default=""))
        return GROUP.sub(lambda one: groups[int(one[1])] if int(one[1]) < len(groups) else "", self.replacement)

    @property
    def _is_safe(self) -> bool:
        return (
            len(self.pattern) <= LONGEST_PATTERN
            and len(re.findall(r"[*+{]", self.pattern)) <= MOST_QUANTIFIERS
            and not QUANTIFIED_GROUP.search(self.pattern)
            and not OTHERWISE.search(self.pattern)
        )


def scheme_of(pointer: str) -> str:
    """The scheme or private prefix of a pointer; empty for one that has none."""
    found = SCHEME.match(pointer)
    return found[1] if found else ""


def prefixes(document: Document, edition: Edition) -> dict[str, list[Prefix]]:
    """The private prefixes that a document and the registers declare."""
    found: dict[str, list[Prefix]] = {}
    for one in (document, *edition.registers):
        for node in one.lookup.elements("prefixDef"):
            pattern, replacement = node.get("matchPattern", ""), node.get("replacementPattern", "")
            if node.get("ident") and replacement:
                found.setdefault(node.get("ident", ""), []).append(Prefix(pattern, replacement))
    return found


@dataclass(frozen=True)
class Place:
    """What an address without fragment names: its ids, or the file that has them, and the words for one it has not."""

    words: str
    known: Container[str] | None = None
    path: Path | None = None
    fault: str = ""


class Pointing:
    """The pointers of one document: remembers what it needs for all of them."""

    def __init__(self, document: Document, edition: Edition) -> None:
        self.document, self.edition = document, edition
        self.prefixes = prefixes(document, edition)
        self.places: dict[str, Place | None] = {}
        self.has_bases = any(True for _ in document.lookup.attributes(XML_BASE))
        # a file that is not where the project is, or says where it once was, cannot have its neighbours looked up
        self.is_inside = not posixpath.isabs(document.name) and not document.name.startswith("../")

    def fault(self, pointer: str, element: etree._Element) -> str:
        """What is wrong with a pointer; empty for one that resolves or cannot be judged."""
        return self._fault(pointer, element, self.prefixes)

    def is_word(self, pointer: str) -> bool:
        """Whether a pointer has nothing of an address, neither “#” before it, folder nor ending, and is no id without its “#”."""
        name = pointer.partition("#")[0]
        return bool(name) and not ADDRESS.search(name) and name not in self.document.lookup.by_id

    def file(self, address: str, folder: str) -> Path | None:
        """The file of the project at an address relative to a folder; nothing if it is not there, or leads out."""
        name = posixpath.normpath(posixpath.join(folder, unquote(address)))
        if not self.is_inside or name.startswith(("../", "/")) or name == ".." or "\0" in name:
            return None
        path = self.edition.root / name
        try:
            there = path.exists() and not leads_out(path, self.edition.root)
        except OSError:  # a name that no file can have
            return None
        return path if there else None

    def address(self, pointer: str, element: etree._Element) -> str:
        """Where in the project a pointer leads, without what stands behind “#” and “?”; empty if it leads elsewhere."""
        scheme = scheme_of(pointer)
        if scheme in self.prefixes:
            expanded = (one.expand(pointer[len(scheme) + 1 :]) for one in self.prefixes[scheme])
            pointer = next((one for one in expanded if one), "")
        elif scheme:
            return ""
        address = re.split("[#?]", joined(self._base(element), pointer))[0]
        return "" if scheme_of(address) or address.startswith("/") or not self.is_inside else address

    def _fault(self, pointer: str, element: etree._Element, known: dict[str, list[Prefix]]) -> str:
        if pointer.startswith("#"):
            return self._fault_within(pointer[1:], element)
        scheme = scheme_of(pointer)
        if scheme in known:
            return self._private_fault(scheme, pointer, element)
        if scheme or pointer.startswith("/"):
            return ""
        return self._fault_of_file(joined(self._base(element), pointer))

    def _private_fault(self, prefix: str, pointer: str, element: etree._Element) -> str:
        words = pointer[len(prefix) + 1 :]
        expanded = [one.expand(words) for one in self.prefixes[prefix]]
        fitting = [one for one in expanded if one is not None]
        if not fitting:
            return f"“{pointer}” does not fit the matchPattern of the prefix “{prefix}”"
        faults = [self._fault(one, element, {}) if one else "" for one in fitting]
        return "" if "" in faults else f"{faults[0]} (“{pointer}” stands for “{fitting[0]}”)"

    def _fault_within(self, fragment: str, element: etree._Element) -> str:
        if not fragment:
            return "the pointer names no id after “#”"
        if SCRIPTED.match(fragment) or self.has_id(fragment):
            return ""
        base = self._base(element)
        if base and not self._fault_of_file(joined(base, f"#{fragment}")):
            return ""
        included = list(self._included())
        if None in included or any(one and fragment in one for one in included):
            return ""
        meant = self.entry_of(fragment) or _meant(fragment, self.document.lookup.by_id)
        return f"no element has the id “{fragment}”{meant}"

    def has_id(self, fragment: str) -> bool:
        """Whether an element of the document has this id: an xml:id, or the id of another vocabulary, such as SVG's."""
        known = self.document.lookup.by_id
        if fragment in known or unquote(fragment) in known:
            return True
        return any(id == fragment for _, _, id in self.document.lookup.attributes("id"))

    def _base(self, element: etree._Element) -> str:
        """What xml:base says that relative pointers are relative to."""
        if not self.has_bases:
            return ""
        found = ""
        for node in reversed([element, *element.iterancestors()]):
            found = joined(found, node.get(XML_BASE, "").strip())
        return found

    def _included(self) -> Iterator[Container[str] | None]:
        """The ids of the files that XInclude puts into the document; nothing for one that cannot be read here."""
        for node in self.document.lookup.elements(INCLUDE):
            path = self._path(node.get("href", "").partition("#")[0])
            yield ids_of_file(path) if path else None

    def _path(self, file: str) -> Path | None:
        return self.file(file, posixpath.dirname(self.document.name))

    def _fault_of_file(self, address: str) -> str:
        file, hash, fragment = address.partition("#")
        file = file.partition("?")[0]
        if not file:
            return "" if not hash or self.has_id(fragment) else f"no element has the id “{fragment}”"
        if file not in self.places:
            self.places[file] = self._place(file)
        place = self.places[file]
        if place is None or place.fault or not fragment or SCRIPTED.match(fragment):
            return place.fault if place else ""
        known = place.known if place.known is not None else ids_of_file(place.path) if place.path else None
        if known is None or fragment in known or unquote(fragment) in known:
            return ""
        return f"{place.words} “{fragment}”{_meant(fragment, known)}"

    def _place(self, file: str) -> Place | None:
        """What a relative address without fragment names; nothing if that cannot be judged."""
        if scheme_of(file) or file.startswith("/") or not self.is_inside:
            return None
        name = posixpath.normpath(posixpath.join(posixpath.dirname(self.document.name), unquote(file)))
        for register in self.edition.registers:
            if register.name == name:
                return Place(f"the register {name} has no entry", register.lookup.by_id)
        if name == self.document.name:
            return Place("no element has the id", self.document.lookup.by_id)
        path = self._path(file)
        if path is None:
            known = file in self.document.lookup.by_id
            hint = f"; the id of this name is pointed to by “#{file}”" if known else self._meant_file(file)
            return Place("", fault=f"there is no file “{file}”{hint}")
        is_xml = path.suffix.lower() in XML_ENDINGS
        return Place(f"{name} has no element with the id", path=path if is_xml else None)

    def entry_of(self, id: str) -> str:
        """How an entry of a register with this id is pointed to, as it goes on in a message; nothing if there is none."""
        found = (self._from_here(one.name) for one in self.edition.registers if id in one.lookup.by_id)
        file = next(found, "")
        return f"; the entry of the register is pointed to by “{file}#{id}”" if file else ""

    def _meant_file(self, file: str) -> str:
        """Which file was likely meant, as it goes on in a message: one with “/”, or a register whose name is much alike."""
        upright = file.replace("\\", "/")
        if upright != file and self._path(upright):
            return f"; between folders stands “/”: “{upright}”"
        close = get_close_matches(
            upright, [self._from_here(one.name) for one in self.edition.registers], n=1, cutoff=0.8
        )
        return f"; did you mean “{close[0]}”?" if close else ""

    def _from_here(self, name: str) -> str:
        return posixpath.relpath(name, posixpath.dirname(self.document.name) or ".")


def _meant(fragment: str, known: Container[str]) -> str:
    """Which id was likely meant, as it goes on in a message; nothing where there are too many to compare with."""
    few = known if isinstance(known, Collection) and len(known) <= MOST_COMPARED else ()
    some = [id for id in few if id[:1] == fragment[:1] and abs(len(id) - len(fragment)) <= MOST_LETTERS]
    close = get_close_matches(fragment, some, n=1, cutoff=0.8)
    return f"; did you mean “{close[0]}”?" if close else ""


def joined(base: str, pointer: str) -> str:
    """A pointer, relative to a base; one that is no address at all stays as it is."""
    try:
        return urljoin(base, pointer) if base else pointer
    except ValueError:
        return pointer


def pointed_to(document: Document) -> frozenset[str]:
    """The ids of a document that anything in it points to."""
    values = (value for _, _, value in document.lookup.attributes(*POINTERS, "wit"))
    return frozenset(pointer[1:] for value in values if "#" in value for pointer in value.split() if pointer[0] == "#")


def ids_of_file(path: Path) -> Container[str] | None:
    """The ids of an XML file; nothing if it cannot be read as one."""
    try:
        state = path.lstat()
        return _ids(path, state.st_mtime_ns, state.st_size)
    except OSError:
        return None


@lru_cache(maxsize=4096)
def _ids(path: Path, changed: int, size: int) -> frozenset[str] | None:
    """The ids of a file as it was when it was last changed."""
    try:
        root = tei.parse(read_file(path))
    except (OSError, tei.MalformedXml):
        return None
    return frozenset(str(id) for id in root.xpath("//@xml:id | //@id"))


def is_tei(element: etree._Element) -> bool:
    """Whether an element is one of TEI's own: in examples and other vocabularies, the same names mean other things."""
    return str(element.tag).startswith(TEI)
