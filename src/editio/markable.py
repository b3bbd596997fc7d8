"""Which TEI elements name something, which hold no names, and which parts of the header speak in sentences."""

from __future__ import annotations

from editio.kinds import KINDS
from editio.tei import TEI

# What a name may not be marked in again.
NAMING = frozenset(
    f"{TEI}{name}" for name in (*KINDS.values(), "date", "time", "idno", "ref", "rs", "name", "geogName")
)
# TEI elements that hold words but no names, as documents have that came as TEI.
NAMELESS = frozenset(
    f"{TEI}{name}"
    for name in (
        "am att binaryObject c code depth dim eg egXML ex f formula g geo gi height ident interp locus m measureGrp "
        "pc postBox postCode series string tag val w width zone"
    ).split()
)
# Parts of the header that speak of persons, places and organisations in sentences (others name one as a whole).
HEADER_PROSE = ("titleStmt/funder", "publicationStmt/availability", "abstract")
