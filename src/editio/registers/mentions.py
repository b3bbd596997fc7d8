"""Who is mentioned where in an edition: the entries that names point to, the names that point to none."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from weakref import WeakKeyDictionary

from lxml import etree

from editio import tei
from editio.documents import Shelf
from editio.kinds import KINDS
from editio.model import Document, Edition
from editio.registers.reading import canonical, comparable, entry_elements

# The elements that name somebody or something; the others, such as repository, may point to an entry as well.
NAMED = {f"{tei.TEI}{element}": kind for kind, element in KINDS.items() if kind != "event"}

# Parts of the header that name who made the file.
RESPONSIBLE = tuple(
    f"{tei.TEI}{name}" for name in ("titleStmt", "editionStmt", "publicationStmt", "seriesStmt", "revisionDesc")
)
# Whose assertion a mark is that no editor has looked at.
AUTOMATIC = "#editio"
NAMES = etree.XPath(
    "//*[@ref or self::tei:persName or self::tei:placeName or self::tei:orgName]", namespaces={"tei": tei.NS}
)


@dataclass
class Mentioned:
    """An entry: how often it is mentioned, in which documents, and in which words."""

    count: int = 0
    documents: dict[str, None] = field(default_factory=dict)
    words: Counter[str] = field(default_factory=Counter)


@dataclass
class Unlinked:
    """Words tagged as a name that point to no entry: their kind, and how often in each document.

    ``by_hand`` counts those among them that are no automatic marks of persons whom no register has.
    """

    words: str
    kind: str
    documents: Counter[str] = field(default_factory=Counter)
    by_hand: Counter[str] = field(default_factory=Counter)

    @property
    def count(self) -> int:
        """How often in all."""
        return self.documents.total()


@dataclass(frozen=True)
class Mentions:
    """All names of the documents of an edition, by entry, and by their words where they have none."""

    of: dict[str, Mentioned]
    unlinked: tuple[Unlinked, ...]

    @property
    def shared(self) -> dict[str, tuple[str, ...]]:
        """Words that name more than one entry, with the ids of those, the most mentioned first."""
        found: dict[str, dict[str, None]] = {}
        spelt: dict[str, str] = {}
        for id, mentioned in sorted(self.of.items(), key=lambda one: (-one[1].count, one[0])):
            for words in mentioned.words:
                found.setdefault(comparable(words), {})[id] = None
                spelt.setdefault(comparable(words), words)
        return {spelt[key]: tuple(ids) for key, ids in sorted(found.items()) if len(ids) > 1}


def texts_of(documents: Iterable[Document], edition: Edition) -> Iterator[Document]:
    """The documents of an edition without its registers, one after the other, for they may be more than can be held."""
    registers = {register.name for register in edition.registers}
    return (document for document in documents if document.name not in registers)


def gather(documents: Sequence[Document], edition: Edition) -> Mentions:
    """The mentions of an edition; an entry that is only the same as another counts as that one.

    Of documents on a shelf, which must be read for it, they are gathered once and kept as long as the shelf is.
    """
    if not isinstance(documents, Shelf):
        return _gathered(documents, edition)
    known = _kept.get(documents)
    if known is None or known[0] is not edition:
        known = _kept[documents] = (edition, _gathered(documents, edition))
    return known[1]


_kept: WeakKeyDictionary[Shelf, tuple[Edition, Mentions]] = WeakKeyDictionary()


def _gathered(documents: Sequence[Document], edition: Edition) -> Mentions:
    of = {id: Mentioned() for id in edition.entries}
    unlinked: dict[tuple[str, str], Unlinked] = {}
    for document in texts_of(documents, edition):
        for node in _names(document):
            words = " ".join(tei.running_text(node).split())
            ids = [id for id in targets(node) if id in of]
            for id in dict.fromkeys((*ids, *(canonical(id, edition.entries) for id in ids))):
                of[id].count += 1
                of[id].documents[document.name] = None
                if words:
                    of[id].words[words] += 1
            kind = NAMED.get(str(node.tag), "")
            if kind and words and not node.get("ref") and not node.get("key") and not _is_of_the_file(node):
                one = unlinked.setdefault((kind, comparable(words)), Unlinked(words, kind))
                one.documents[document.name] += 1
                one.by_hand[document.name] += node.get("resp") != AUTOMATIC
    ordered = sorted(unlinked.values(), key=lambda one: (-one.count, one.words))
    return Mentions(of, tuple(ordered))


def _is_of_the_file(node: etree._Element) -> bool:
    """Whether a name is that of somebody who made the file, not of somebody whom the document speaks of."""
    return next(node.iterancestors(*RESPONSIBLE), None) is not None


def targets(node: etree._Element) -> list[str]:
    """The ids of the entries that an element points to."""
    pointers = (node.get("ref") or node.get("key") or "").split()
    return [pointer.rpartition("#")[2] for pointer in pointers if ":" not in pointer.partition("#")[0]]


def _names(document: Document) -> Iterator[etree._Element]:
    """Elements that name or point to somebody; those by which a list in the document names its own entries are not."""
    own = {child for entry in entry_elements(document.root) for child in entry}
    for node in NAMES(document.root):
        # a name that markup tears apart counts where it begins
        if isinstance(node, etree._Element) and node not in own and not node.get("prev"):
            yield node
