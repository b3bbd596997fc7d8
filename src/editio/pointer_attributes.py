"""Knows which attributes of TEI P5 are pointers (teidata.pointer), on which elements, and whether they may name several.

Read off the TEI's own definition (p5subset of 2026-11-22); ``xml:base`` and namespaces (teidata.namespace) are left out,
and so is @wit, which witnesses have a check of their own for.
"""

from __future__ import annotations

# Attributes that hold any number of pointers.
SEVERAL = frozenset(
    "active adj adjFrom adjTo ana calendar change children class corresp datcat decls domains edRef exclude facs feats "
    "given inst mutual nymRef parts passive perf period ref rendition replyTo require resp scribeRef scriptRef select "
    "source synch target targetDatcat targetEnd toWhom valueDatcat where who".split()
)
# Attributes that hold one.
SINGLE = frozenset(
    "code copyOf datingMethod datingPoint end fVal filter follow from fromUnit hand lemmaRef location mergedIn new next "
    "origin parent prev property sameAs scheme since spanTo start to toUnit unitRef uri url value".split()
)
POINTERS = tuple(sorted(SEVERAL | SINGLE))
# Of the first kind, those that hold one on these elements.
SINGLE_ON = {
    "ref": frozenset({"dataRef", "g"}),
    "target": frozenset({"fsdLink", "relatedItem", "rt", "specGrpRef"}),
}
# Attributes that are pointers on these elements only: elsewhere they are dates, words or numbers.
ONLY_ON = {
    name: frozenset(elements.split())
    for name, elements in {
        "active": "relation",
        "class": "msContents msItem msItemStruct",
        "code": "occupation socecStatus",
        "filter": "equiv",
        "from": "app arc rt span",
        "new": "handShift",
        "passive": "relation",
        "require": "lem rdg rdgGrp",
        "scheme": "catRef classCode keywords locus locusGrp occupation socecStatus",
        "to": "app arc rt span",
        "uri": "equiv",
        "url": "moduleRef schemaRef",
        "value": "eLeaf eTree iNode leaf node root triangle",
    }.items()
}
# Attributes that are no pointers on these elements.
NOT_ON = {
    "location": frozenset({"variantEncoding"}),
    "start": frozenset({"schemaSpec"}),
    "where": frozenset({"move"}),
}


def is_pointer(name: str, element: str) -> bool:
    """Whether an attribute of ``POINTERS`` is a pointer on a TEI element."""
    only = ONLY_ON.get(name)
    return element in only if only is not None else element not in NOT_ON.get(name, ())


def is_single(name: str, element: str) -> bool:
    """Whether an attribute may hold one pointer only."""
    return name in SINGLE or element in SINGLE_ON.get(name, ())
