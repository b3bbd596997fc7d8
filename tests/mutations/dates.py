"""Faults of dates."""

from __future__ import annotations

from lxml import etree

from mutations import Row, setting


def reversed_stretch(root: etree._Element) -> etree._Element:
    """A date whose end comes before its beginning."""
    found = setting("//t:p[1]//t:date", "from", "1818")(root)
    del found.attrib["when"]
    found.set("to", "1817")
    return found


ROWS = (
    Row("reversed-dates", reversed_stretch),
    Row("contradictory-date", setting("//t:opener//t:date", "notBefore", "1860")),
    Row("impossible-day", setting("//t:opener//t:date", "when", "1860-02-30")),
    Row("date-after-document", setting("//t:p[1]//t:date", "when", "1890")),
)
