"""TEI P5: the document is kept as it is; ``complete`` adds what its header lacks."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from editio import codes, tei
from editio.config import Settings
from editio.diagnostics import Location, Report, refuse
from editio.model import Draft, Source
from editio.registry import reader
from editio.xmlsource import parse_source, root_of

ROOTS = frozenset({"TEI", "teiCorpus", "TEI.2", "teiCorpus.2"})


def is_tei(head: str) -> bool:
    """Whether the beginning of a file is that of TEI, P4 and TEI without its namespace included."""
    root = root_of(head)
    return root.namespace == tei.NS or (not root.namespace and root.name in ROOTS)


@reader(".xml", ".tei", sniff=is_tei, binary=True)
def read_tei(source: Source, settings: Settings, report: Report) -> Draft:
    """The tree itself, and its texts in order."""
    root = parse_source(source)
    _refuse_others(root, source)
    lines: list[tuple[int, int]] = []
    parts: list[str] = []
    line = at = 0
    for node, text in tei.texts(root):
        line = max(line, node.sourceline or 1)
        lines.append((at, line))
        for offset, character in enumerate(text, 1):
            if character == "\n":
                line += 1
                lines.append((at + offset, line))
        parts.append(text)
        at += len(text)
    return Draft(replace(source, text="".join(parts), lines=tuple(lines)), (), tree=root)


def _refuse_others(root: etree._Element, source: Source) -> None:
    """Refuse what is not one document of TEI P5."""
    if root.tag == f"{tei.TEI}TEI":
        return
    name = tei.local_name(root)
    if name.endswith(".2"):
        message = f"the root element is “{name}”: this is TEI P4 or older"
    elif root.tag == name:
        message = f"the root element “{name}” is not in the TEI namespace"
    elif name == "teiCorpus":
        count = sum(1 for _ in root.iter(f"{tei.TEI}TEI"))
        message = f"the file is a corpus (teiCorpus) of {count} documents"
    else:
        message = f"the root element is “{name}”, not TEI"
    raise refuse(codes.UNUSABLE_TEI, Location(source.name, root.sourceline or 0), message)
