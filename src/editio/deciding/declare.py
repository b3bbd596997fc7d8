"""Declares in the header of a document the editors who decided about its names, and when they did."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from lxml import etree

from editio import tei
from editio.declare import HEADER, child_of
from editio.model import Decision
from editio.tei import TEI, element

RESPONSIBLE = "names and dates reviewed"
SAID = "Names and dates reviewed."


def editor_id(name: str) -> str:
    """The xml:id of an editor: her name in lower case, as a name of XML."""
    return tei.xml_name(name).lower() or "editor"


def declare_editors(root: etree._Element, decisions: Iterable[Decision]) -> None:
    """Name each editor in titleStmt, and each day on which she decided something in revisionDesc, unless they are there."""
    days = sorted({(one.on, one.by) for one in decisions if one.by})
    titles = root.find(f"{TEI}teiHeader/{TEI}fileDesc/{TEI}titleStmt")
    if not days or titles is None:
        return
    taken = set(root.getroottree().xpath("//@xml:id"))
    for id, name in {editor_id(by): by for _, by in reversed(days)}.items():
        if id not in taken:
            made = element(
                "respStmt", "\n", element("resp", RESPONSIBLE), "\n", element("persName", name), "\n", xml_id=id
            )
            _insert(titles, made, RESPONSIBLE, lambda node: node.get(tei.XML_ID, ""))
    _declare_changes(tei.part(root, "teiHeader"), days)


def _insert(parent: etree._Element, made: etree._Element, words: str, key: Callable[[etree._Element], str]) -> None:
    """Put an element in the order of its key among those of its name with these words, else behind all: always the same."""
    places = (
        index
        for index, node in enumerate(parent)
        if node.tag == made.tag and tei.text_of(node).strip().startswith(words) and key(node) > key(made)
    )
    tei.insert(parent, next(places, len(parent)), made)


def _declare_changes(header: etree._Element, days: Iterable[tuple[str, str]]) -> None:
    revisions = child_of(header, "revisionDesc", HEADER)
    if revisions.find(f"{TEI}list") is not None:
        return
    if not tei.contents(revisions):
        tei.append(revisions, "\n")
    changes = next(iter(revisions.findall(f"{TEI}listChange")), revisions)
    there = {(node.get("when", ""), node.get("who", "")) for node in changes}
    for on, by in days:
        who = f"#{editor_id(by)}"
        if (on, who) not in there:
            made = element("change", SAID, when=on, who=who)
            _insert(changes, made, SAID, lambda node: f"{node.get('when', '')} {node.get('who', '')}")
            there.add((on, who))
