"""Puts what the schema engine finds into diagnostics: a code for each kind of fault, so that each can be ignored alone."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from functools import cache, lru_cache

from editio import codes
from editio.dating.values import fault_of_date
from editio.diagnostics import Code, Diagnostic, printable
from editio.model import Document
from editio.registry import checks
from editio.relaxng import Fault, Kind
from editio.relaxng.messages import MOST_LISTED, listed
from editio.validating.html_names import INSTEAD_OF, INSTEAD_OF_ATTRIBUTE
from editio.validating.likeliest import likeliest, likeliest_for
from editio.validating.repeated import about_fault

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
# How the engine describes values that are dates.
OF_DATE = re.compile(r"; it must be .*\bdate like ", re.S)
UNKNOWN = "there is no element"
PARENT = re.compile(r" may not stand here in “([^”]+)”")
BLOCKS = frozenset({"p", "ab"})
DIVISIONS = frozenset({"body", "div", "front", "back"})
# Elements that stand in running text only.
IN_WORDS = frozenset(
    "persName placeName orgName name rs date time hi emph foreign term title abbr choice add del unclear supplied ref ptr".split()
)


def diagnostics(faults: Iterable[Fault], document: Document, repeated: Collection[str]) -> Iterator[Diagnostic]:
    """The faults of a document; without those of the ids that the check ``duplicate-id`` reports already."""
    for fault in faults:
        if fault.kind != SAME_ID:
            code = CODE_OF[fault.kind]
        elif any(f"“{id}”" in fault.message for id in repeated):
            continue
        else:
            code = _same_id()
        message, hint = _in_words(fault)
        place = document.place(fault.line, fault.column)
        about = about_fault(fault, document)
        hint = printable(hint or code.cure)
        follows = document.place(*fault.follows) if fault.follows else None
        yield Diagnostic(code, place, printable(message), hint, code.severity, fault.allowed, about, follows)


@cache
def _same_id() -> Code:
    return next(entry.code for entry in checks() if entry.code.name == SAME_ID)


def _in_words(fault: Fault) -> tuple[str, str]:
    """The message of a fault, and a hint if there is a better one than what always helps."""
    if fault.kind == "unknown-element" and fault.element in INSTEAD_OF and fault.message.startswith(UNKNOWN):
        message = f"{UNKNOWN} “{fault.element}” in the schema; it is one of HTML"
        return message, f"in TEI this is {INSTEAD_OF[fault.element]}"
    if fault.kind == "value" and fault.attribute and OF_DATE.search(fault.message):
        return _of_date(fault)
    instead = INSTEAD_OF_ATTRIBUTE.get(fault.attribute, "") if fault.kind == "attribute" else ""
    message = _shortened(fault)
    if instead and "did you mean" not in message:
        return message, f"in TEI this is {instead}"
    return message, _of_order(fault) or _of_block(fault)


def _shortened(fault: Fault) -> str:
    """The message with those of the allowed names or values that are likeliest meant, where there are many."""
    message = fault.message
    if len(fault.allowed) > MOST_LISTED:
        for whole, few in _lists(_written(fault), fault.kind == "element", fault.allowed):
            message = message.replace(whole, few)
    return message


def _written(fault: Fault) -> str:
    """What was written in the place of what is allowed, if that is a name or a value."""
    match fault.kind:
        case "value":
            return fault.value
        case "attribute":
            return fault.attribute
        case "element" | "unknown-element":
            return fault.element
    return ""


@lru_cache(maxsize=4096)  # a corpus has the same fault again and again
def _lists(written: str, known: bool, allowed: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """How a message may list what is allowed, and the few that stand for it: values in quotation marks, and names."""
    quoted = tuple(f"“{one}”" for one in allowed)
    choose = likeliest_for if known else likeliest
    return (listed(quoted), likeliest(f"“{written}”", quoted)), (listed(allowed), choose(written, allowed))


def _of_date(fault: Fault) -> tuple[str, str]:
    reason, hint = fault_of_date(fault.attribute, fault.value)
    message = f"@{fault.attribute} “{fault.value}” of “{fault.element}” is not a date"
    return f"{message}: {reason}" if reason else message, hint


def _of_order(fault: Fault) -> str:
    """What helps where a paragraph or heading stands in an element that may hold it, but not there."""
    parent = PARENT.search(fault.message) if fault.kind == "element" else None
    if parent is None:
        return ""
    if fault.element == "p" and parent[1] == "p":
        return "a paragraph holds no other: end the first with </p> before this one begins"
    if parent[1] not in DIVISIONS or fault.element in fault.allowed:
        return ""
    if fault.element in BLOCKS and "div" in fault.allowed:
        return f"behind a <div> only others follow: put <{fault.element}> into one of them, or before the first"
    if fault.element == "head":
        return "a heading comes first: move it there, or begin a <div> before it"
    return ""


def _of_block(fault: Fault) -> str:
    """What helps where words, or an element in words, stand right between paragraphs."""
    if fault.kind not in ("text", "element") or BLOCKS.isdisjoint(fault.allowed) or fault.element in BLOCKS:
        return ""
    if fault.kind == "text":
        return "put the text into a paragraph, <p>…</p>"
    return f"put <{fault.element}> into a paragraph, <p>…</p>" if fault.element in IN_WORDS else ""
