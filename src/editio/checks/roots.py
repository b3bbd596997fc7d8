"""Checks of the root of a document: whether it is TEI at all."""

from __future__ import annotations

from collections.abc import Iterable

from lxml import etree

from editio.diagnostics import Severity
from editio.model import Document, Edition
from editio.registry import Finding, check
from editio.tei import NS, local_name

# Roots that only TEI has; those of P4, which had no namespace, end in “.2”.
ROOTS = frozenset(("TEI", "teiCorpus", "teiHeader", "TEI.2", "teiCorpus.2"))


@check(
    Severity.WARNING,
    f'write xmlns="{NS}" into the root element',
    f'<TEI>  →  <TEI xmlns="{NS}">',
)
def missing_namespace(document: Document, edition: Edition) -> Iterable[Finding]:
    """The root has the name of a TEI element, but not TEI's namespace, or a misspelt one: for every program it is not TEI, and
    no other check looks at it. TEI P4 had no namespace; such a document has to be converted to P5."""
    root = document.root
    name, space = local_name(root), etree.QName(root).namespace or ""
    if name not in ROOTS or space == NS:
        return
    where = f"in the namespace “{space}”" if space else "in no namespace"
    is_old = name.endswith(".2")
    hint = "convert it to TEI P5; the TEI’s stylesheets p4top5.xsl do most of it" if is_old else ""
    message = (
        f"this is TEI P4 (its root is “{name}”)" if is_old else f"the root “{name}” stands {where}, so this is not TEI"
    )
    yield Finding(document.location(root), f"{message}; no check looks at it", hint)
