"""Says in the header of a document who marked its names and dates, and by which rules."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from lxml import etree

from editio import tei
from editio.tei import TEI, element, local_name

# The parts of a header, and of encodingDesc, in the order in which TEI wants them or Editio writes them.
HEADER = ("fileDesc", "encodingDesc", "profileDesc", "xenoData", "revisionDesc")
ENCODING = ("projectDesc", "samplingDecl", "editorialDecl")
# The application of appInfo, which speaks for all that Editio asserts.
AGENT = "editio"


def declare_marking(root: etree._Element, means: Mapping[str, str]) -> None:
    """Declare the rules by which Editio marked something (name → meaning), and Editio as responsible for it."""
    if not means:
        return
    header = tei.part(root, "teiHeader")
    titles, pointer = tei.part(header, "fileDesc/titleStmt"), f"#{AGENT}"
    if not any(node.get("corresp") == pointer for node in titles):
        words = element("resp", "names and dates marked automatically")
        tei.insert(titles, len(titles), element("respStmt", words, element("name", "Editio"), corresp=pointer))
    _declare_rules(header, means)
    _declare_change(header, means)


def _declare_rules(header: etree._Element, means: Mapping[str, str]) -> None:
    encoding = child_of(header, "encodingDesc", HEADER)
    declaration = child_of(encoding, "editorialDecl", ENCODING)
    if any(node.get("n") == "names" for node in declaration):
        return
    rules = "; ".join(f"{name}: {words}" for name, words in sorted(means.items()))
    said = (
        f'Names and dates marked automatically carry resp="#{AGENT}"; @cert says how sure it is, @evidence by which '
        f"rule ({rules})."
    )
    tei.insert(declaration, len(declaration), element("p", said, n="names"))


def _declare_change(header: etree._Element, means: Collection[str]) -> None:
    revisions = child_of(header, "revisionDesc", HEADER)
    changes = next(iter(revisions.findall(f"{TEI}listChange")), revisions)
    pointer = f"#{AGENT}"
    if revisions.find(f"{TEI}list") is not None or any(node.get("who") == pointer for node in changes):
        return
    said = f"Names and dates marked: {', '.join(sorted(means))}."
    tei.insert(changes, len(changes), element("change", said, who=pointer))


def child_of(parent: etree._Element, name: str, order: Sequence[str]) -> etree._Element:
    """The child of that name, made at its place if it is not there."""
    found = parent.find(f"{TEI}{name}")
    if found is None:
        found = element(name)
        before = order[: order.index(name)]
        place = max((index + 1 for index, child in enumerate(parent) if local_name(child) in before), default=0)
        tei.insert(parent, place, found)
    return found
