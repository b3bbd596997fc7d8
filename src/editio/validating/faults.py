"""Puts what the schema engine finds into diagnostics: a code for each kind of fault, so that each can be ignored alone."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping

from editio import codes
from editio.diagnostics import Code, Diagnostic, printable
from editio.model import Document
from editio.registry import checks
from editio.relaxng import Fault, Kind

CODE_OF: Mapping[Kind, Code] = {
    "element": codes.MISPLACED_ELEMENT,
    "unknown-element": codes.UNKNOWN_ELEMENT,
    "attribute": codes.MISPLACED_ATTRIBUTE,
    "missing-attribute": codes.MISSING_ATTRIBUTE,
    "value": codes.INVALID_VALUE,
    "text": codes.MISPLACED_TEXT,
    "incomplete": codes.MISSING_ELEMENT,
    "missing-id": codes.MISSING_ID,
    "malformed": codes.MALFORMED_TEI,
    "too-complex": codes.TOO_COMPLEX,
}
# The check that says the same of xml:id, whatever the schema.
SAME_ID = "duplicate-id"
# Messages of the engine list so many allowed names, hints so many.
IN_MESSAGE, IN_HINT = 10, 40


def diagnostics(faults: Iterable[Fault], document: Document, repeated: Collection[str]) -> Iterator[Diagnostic]:
    """The faults of a document; without those of the ids that the check ``duplicate-id`` reports already."""
    for fault in faults:
        if fault.kind != SAME_ID:
            code = CODE_OF[fault.kind]
        elif any(f"“{id}”" in fault.message for id in repeated):
            continue
        else:
            code = next(entry.code for entry in checks() if entry.code.name == SAME_ID)
        place = document.place(fault.line, fault.column)
        yield Diagnostic(code, place, printable(fault.message), _hint(fault, code), code.severity)


def _hint(fault: Fault, code: Code) -> str:
    """All names that may stand there where the message has only some of them; else what always helps."""
    if len(fault.allowed) <= IN_MESSAGE:
        return code.cure
    more = " …" if len(fault.allowed) > IN_HINT else ""
    return printable(f"allowed there: {', '.join(fault.allowed[:IN_HINT])}{more}")
