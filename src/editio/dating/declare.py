"""Declares in a document's header the calendars that its dates point to (TEI Guidelines, 2.4.5)."""

from __future__ import annotations

from lxml import etree

from editio import tei
from editio.dating.calendars import DECLARATIONS
from editio.tei import TEI, element


def declare_calendars(root: etree._Element) -> None:
    """Add a ``calendar`` for each that a date of the document points to, unless something has its id already."""
    wanted = {
        pointer[1:]
        for node in root.iter(f"{TEI}date", f"{TEI}time", f"{TEI}origDate")
        for pointer in node.get("calendar", "").split()
        if pointer.startswith("#")
    }
    there = {node.get(tei.XML_ID) for node in root.iter(etree.Element)}
    missing = [name for name in DECLARATIONS if name in wanted - there]
    profile = root.find(f"{TEI}teiHeader/{TEI}profileDesc")
    if not missing or profile is None:
        return
    description = profile.find(f"{TEI}calendarDesc")
    if description is None:
        description = element("calendarDesc")
        tei.append(profile, description)
    for name in missing:
        tei.append(description, element("calendar", element("p", DECLARATIONS[name]), xml_id=name))
