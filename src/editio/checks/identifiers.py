"""Checks of identifiers of authority files: in registers, and wherever else an idno names one."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from editio.diagnostics import Severity
from editio.linking.identifiers import identifiers_of, read_idno
from editio.model import Document, Edition
from editio.registry import Finding, check, edition_check


@check(
    Severity.ERROR,
    "look it up at the authority file and copy it from there",
    '<idno type="gnd">118540239</idno>  →  <idno type="gnd">118540238</idno>',
)
def malformed_identifier(document: Document, edition: Edition) -> Iterable[Finding]:
    """An idno of a known authority file (gnd, viaf, wikidata …) has another form than its identifiers have, or its check
    digit is not right: it is mistyped, and points to nobody or to somebody else."""
    for idno in document.lookup.elements("idno"):
        found = read_idno(idno)
        fault = found and found.authority.fault(found.text)
        if fault:
            yield Finding(document.location(idno), fault)


@edition_check(
    Severity.ERROR,
    "make one entry of the two, or correct the identifier of one of them",
    '<person xml:id="goethe"> and <person xml:id="johann-wolfgang">, both with <idno type="gnd">118540238</idno>',
)
def duplicate_identifier(documents: Sequence[Document], edition: Edition) -> Iterable[Finding]:
    """Two entries of the registers have the same identifier of an authority file, so they are the same or one is wrong."""
    first: dict[tuple[str, str], str] = {}
    for entry in edition.entries.values():
        for found in identifiers_of(entry):
            other = first.setdefault(found.key, entry.id)
            if other != entry.id:
                message = f"“{entry.id}” has the same {found.authority.name} as “{other}”: {found.key[1]}"
                yield Finding(edition.location(entry, found.element), message)
