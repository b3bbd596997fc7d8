"""Makes mutants: copies of XML documents with one fault each, of a known kind, at a known line, the same in every run.

    python benchmarks/mutants.py FOLDER INTO [NUMBER]

writes NUMBER (default 1400) mutants of the XML files below FOLDER into the folder INTO, with ``index.tsv``: mutant,
the file it comes from, kind and line of the fault. A fault is made in the text of the document, so that the rest keeps
every byte and every line. Documents are UTF-8. Not every mutant is invalid: that is for a validator to say.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from random import Random
from xml.parsers import expat

SEED = 1536
NUMBER = 1400
MOST_TRIES = 8

ATTRIBUTE = re.compile(rb"""\s+([^\s=<>"'/]+)\s*=\s*("[^"]*"|'[^']*')""")
START_TAG = re.compile(rb"""<([^\s/><!?]+)((?:\s+[^\s=<>"'/]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*/?>""")
END_TAG = re.compile(rb"</[^>]*>")
ID = b"xml:id"
# One value of each kind: what is written for one of another kind.
VALUES = (
    b"",
    b"word",
    b"two words",
    b"42",
    b"-3.5",
    b"1914-07-31",
    b"1914-02-30",
    b"#target",
    b"true",
    b"??",
    b"##",
    b"x:y",
)
BAD_IDS = (b"1914", b"two words", b"a#b", b"", b"x:y")
BAD_LANGUAGES = (b"deutsche Sprache", b"en_US", b"languagewithoutend", b"1")
UNKNOWN = b"nosuchname"
FOREIGN = b"http://example.org/nowhere"


@dataclass(frozen=True)
class Attribute:
    """An attribute as it is written: where it begins and ends (with the blank before it), its name, its value."""

    start: int
    end: int
    name: bytes
    value: bytes


@dataclass(frozen=True)
class Tagged:
    """An element as it is written: the offsets of its start tag, of its content and of its end; -1 has no parent."""

    name: bytes
    start: int
    opened: int
    closing: int
    end: int
    parent: int
    attributes: tuple[Attribute, ...]

    @property
    def is_empty_tag(self) -> bool:
        """Whether the element is one tag."""
        return self.opened == self.end


@dataclass(frozen=True)
class Source:
    """A document and the elements written in it, in document order."""

    data: bytes
    elements: tuple[Tagged, ...]

    def children(self, parent: int) -> list[Tagged]:
        """The elements written directly inside an element."""
        return [one for one in self.elements if one.parent == parent]

    def text(self, element: Tagged) -> bytes:
        """The element as it is written."""
        return self.data[element.start : element.end]


@dataclass(frozen=True)
class Edit:
    """Bytes written in the place of others."""

    start: int
    end: int
    text: bytes


@dataclass(frozen=True)
class Mutant:
    """A document with one fault."""

    name: str
    source: str
    kind: str
    line: int
    data: bytes


Mutation = Callable[[Source, Random], list[Edit]]
MUTATIONS: dict[str, Mutation] = {}


def mutation(make: Mutation) -> Mutation:
    """Adds a kind of fault; one that a document gives no occasion for makes no edit or raises IndexError."""
    MUTATIONS[make.__name__.replace("_", "-")] = make
    return make


def mutants(documents: Mapping[str, bytes], number: int = NUMBER, seed: int = SEED) -> Iterator[Mutant]:
    """As many mutants of documents (by name), each document and each kind in turn."""
    sources = {name: read(documents[name]) for name in sorted(documents)}
    names = list(sources)
    kinds = list(MUTATIONS)
    for at in range(number):
        name, round_ = names[at % len(names)], at // len(names)
        chance = Random(f"{seed} {name} {round_}")
        for step in range(len(kinds)):
            kind = kinds[(round_ + step) % len(kinds)]
            if made := _made(sources[name], kind, chance):
                data, line = made
                yield Mutant(f"{at:04d}-{kind}.xml", name, kind, line, data)
                break


def mutated(data: bytes, chance: Random) -> bytes:
    """A document with a fault of any kind; as it is, if none of that kind can be made in it."""
    made = _made(read(data), chance.choice(list(MUTATIONS)), chance)
    return made[0] if made else data


def _made(source: Source, kind: str, chance: Random) -> tuple[bytes, int] | None:
    """A well-formed mutant and the line of its fault, if one can be made."""
    for _ in range(MOST_TRIES):
        try:
            edits = sorted(MUTATIONS[kind](source, chance), key=lambda edit: edit.start)
        except IndexError:
            return None
        data = _edited(source.data, edits)
        if data != source.data and _is_well_formed(data):
            return data, data.count(b"\n", 0, edits[0].start) + 1
    return None


def _edited(data: bytes, edits: list[Edit]) -> bytes:
    for edit in reversed(edits):
        data = data[: edit.start] + edit.text + data[edit.end :]
    return data


def _is_well_formed(data: bytes) -> bool:
    try:
        expat.ParserCreate(namespace_separator=" ").Parse(data, True)
    except expat.ExpatError:
        return False
    return True


def read(data: bytes) -> Source:
    """Where the elements of a document are written; those that come out of an entity are left out."""
    parser = expat.ParserCreate()
    found: list[Tagged | None] = []
    open_: list[int] = []

    def started(name: str, _: dict[str, str]) -> None:
        at = parser.CurrentByteIndex
        tag = START_TAG.match(data, at)
        written = tag is not None and tag[1] == name.encode()
        parent = open_[-1] if open_ else -1
        open_.append(len(found))
        if not tag or not written or (parent >= 0 and found[parent] is None):
            found.append(None)
            return
        attributes = tuple(
            Attribute(one.start(), one.end(), one[1], one[2][1:-1])
            for one in ATTRIBUTE.finditer(data, tag.end(1), tag.end())
        )
        found.append(Tagged(tag[1], at, tag.end(), tag.end(), tag.end(), parent, attributes))

    def ended(_: str) -> None:
        at = open_.pop()
        one = found[at]
        tag = END_TAG.match(data, parser.CurrentByteIndex)
        if one is not None and tag and not data[one.start : one.opened].endswith(b"/>"):
            closing = parser.CurrentByteIndex
            found[at] = Tagged(one.name, one.start, one.opened, closing, tag.end(), one.parent, one.attributes)

    parser.StartElementHandler = started
    parser.EndElementHandler = ended
    parser.Parse(data, True)
    return Source(data, _written(found))


def _written(found: list[Tagged | None]) -> tuple[Tagged, ...]:
    """The elements that are written, with parents counted among these."""
    number = {at: new for new, at in enumerate(at for at, one in enumerate(found) if one)}
    return tuple(
        Tagged(one.name, one.start, one.opened, one.closing, one.end, number.get(one.parent, -1), one.attributes)
        for one in found
        if one
    )


def _any(source: Source, chance: Random) -> Tagged:
    return chance.choice(source.elements)


def _inner(source: Source, chance: Random) -> Tagged:
    """Any element but the root."""
    return chance.choice(source.elements[1:])


def _family(source: Source, chance: Random, least: int) -> tuple[Tagged, list[Tagged]]:
    """An element with at least so many child elements, and these."""
    counted: dict[int, int] = {}
    for one in source.elements:
        counted[one.parent] = counted.get(one.parent, 0) + 1
    number = chance.choice([at for at in sorted(counted) if at >= 0 and counted[at] >= least])
    return source.elements[number], source.children(number)


def _attributed(source: Source, chance: Random) -> tuple[Tagged, Attribute]:
    """An attribute that declares no namespace, and its element."""
    return chance.choice(
        [(one, attribute) for one in source.elements for attribute in one.attributes if b"xmlns" not in attribute.name]
    )


def _name(source: Source, chance: Random) -> bytes:
    return chance.choice(sorted({one.name for one in source.elements}))


def _renamed(source: Source, element: Tagged, name: bytes) -> list[Edit]:
    start = element.start + 1
    edits = [Edit(start, start + len(element.name), name)]
    if not element.is_empty_tag:
        edits.append(Edit(element.closing + 2, element.closing + 2 + len(element.name), name))
    return edits


def _given(element: Tagged, name: bytes, value: bytes) -> list[Edit]:
    """An attribute set, in the place of one of the same name."""
    written = b' %s="%s"' % (name, value)
    for one in element.attributes:
        if one.name == name:
            return [Edit(one.start, one.end, written)]
    after = element.start + 1 + len(element.name)
    return [Edit(after, after, written)]


@mutation
def delete(source: Source, chance: Random) -> list[Edit]:
    """An element is missing, with what it contains."""
    element = _inner(source, chance)
    return [Edit(element.start, element.end, b"")]


@mutation
def unwrap(source: Source, chance: Random) -> list[Edit]:
    """An element is missing; what it contains is there."""
    element = _inner(source, chance)
    return [Edit(element.start, element.opened, b""), Edit(element.closing, element.end, b"")]


@mutation
def duplicate(source: Source, chance: Random) -> list[Edit]:
    """An element is there twice."""
    element = _inner(source, chance)
    return [Edit(element.end, element.end, source.text(element))]


@mutation
def rename(source: Source, chance: Random) -> list[Edit]:
    """An element has the name of another."""
    return _renamed(source, _inner(source, chance), _name(source, chance))


@mutation
def misspell(source: Source, chance: Random) -> list[Edit]:
    """An element has a name that there is not."""
    element = _any(source, chance)
    return _renamed(source, element, element.name + b"x")


@mutation
def move(source: Source, chance: Random) -> list[Edit]:
    """An element stands inside another, at its end or beginning."""
    element, other = _inner(source, chance), _inner(source, chance)
    at = chance.choice([other.opened, other.closing])
    if element.start <= at <= element.end or other.is_empty_tag:
        return []
    return [Edit(element.start, element.end, b""), Edit(at, at, source.text(element))]


@mutation
def swap(source: Source, chance: Random) -> list[Edit]:
    """Two neighbours stand in the wrong order."""
    _, children = _family(source, chance, 2)
    at = chance.randrange(len(children) - 1)
    one, other = children[at], children[at + 1]
    if one.name == other.name:
        return []
    return [Edit(one.start, one.end, source.text(other)), Edit(other.start, other.end, source.text(one))]


@mutation
def emptied(source: Source, chance: Random) -> list[Edit]:
    """An element has lost what it contained."""
    element = _any(source, chance)
    return [Edit(element.opened, element.closing, b"")]


@mutation
def text(source: Source, chance: Random) -> list[Edit]:
    """Text stands between elements."""
    _, children = _family(source, chance, 1)
    at = chance.choice(children).end
    return [Edit(at, at, b" stray text ")]


@mutation
def insert(source: Source, chance: Random) -> list[Edit]:
    """An empty element stands where there was none."""
    _, children = _family(source, chance, 1)
    child = chance.choice(children)
    at = chance.choice([child.start, child.end])
    return [Edit(at, at, b"<%s/>" % _name(source, chance))]


@mutation
def wrap(source: Source, chance: Random) -> list[Edit]:
    """An element stands inside another that was put around it."""
    element, name = _inner(source, chance), _name(source, chance)
    return [Edit(element.start, element.start, b"<%s>" % name), Edit(element.end, element.end, b"</%s>" % name)]


@mutation
def attribute(source: Source, chance: Random) -> list[Edit]:
    """An element has an attribute of another."""
    _, taken = _attributed(source, chance)
    return [] if taken.name == ID else _given(_any(source, chance), taken.name, taken.value)


@mutation
def unknown_attribute(source: Source, chance: Random) -> list[Edit]:
    """An element has an attribute that there is not."""
    return _given(_any(source, chance), UNKNOWN, b"x")


@mutation
def missing_attribute(source: Source, chance: Random) -> list[Edit]:
    """An element has lost an attribute."""
    _, lost = _attributed(source, chance)
    return [Edit(lost.start, lost.end, b"")]


@mutation
def retype(source: Source, chance: Random) -> list[Edit]:
    """An attribute has a value of another kind."""
    element, changed = _attributed(source, chance)
    return _given(element, changed.name, chance.choice(VALUES))


@mutation
def namespace(source: Source, chance: Random) -> list[Edit]:
    """An element and what it contains are of another namespace, or of none."""
    return _given(_inner(source, chance), b"xmlns", chance.choice([FOREIGN, b""]))


@mutation
def foreign_attribute(source: Source, chance: Random) -> list[Edit]:
    """An element has an attribute of another namespace."""
    element = _any(source, chance)
    after = element.start + 1 + len(element.name)
    return [Edit(after, after, b' xmlns:far="%s" far:n="1"' % FOREIGN)]


@mutation
def bad_id(source: Source, chance: Random) -> list[Edit]:
    """An identifier is not a name."""
    return _given(_any(source, chance), ID, chance.choice(BAD_IDS))


@mutation
def duplicate_id(source: Source, chance: Random) -> list[Edit]:
    """Two elements have the same identifier."""
    identified = [one for element in source.elements for one in element.attributes if one.name == ID]
    return _given(_any(source, chance), ID, chance.choice(identified).value)


@mutation
def bad_language(source: Source, chance: Random) -> list[Edit]:
    """A language tag is none."""
    return _given(_any(source, chance), b"xml:lang", chance.choice(BAD_LANGUAGES))


@mutation
def other_value(source: Source, chance: Random) -> list[Edit]:
    """An attribute has the value of another."""
    element, changed = _attributed(source, chance)
    _, other = _attributed(source, chance)
    return [] if ID in (changed.name, other.name) else _given(element, changed.name, other.value)


def documents_below(folder: Path) -> dict[str, bytes]:
    """The XML files below a folder, by their path in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*.xml"))}


def main() -> None:
    """Write mutants of a folder's documents, and their index."""
    folder, into, *number = sys.argv[1:]
    Path(into).mkdir(parents=True, exist_ok=True)
    lines = ["mutant\tsource\tkind\tline"]
    for one in mutants(documents_below(Path(folder)), int(number[0]) if number else NUMBER):
        (Path(into) / one.name).write_bytes(one.data)
        lines.append(f"{one.name}\t{one.source}\t{one.kind}\t{one.line}")
    (Path(into) / "index.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
