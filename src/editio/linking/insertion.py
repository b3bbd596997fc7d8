"""Writes an identifier into a register as it was typed: nothing else of the file changes."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from editio import tei
from editio.merging.lexical import PIECE, read_tag

# What stands in an entry behind its idno, by the content models of person, place, org and event.
BEHIND = frozenset("note noteGrp bibl biblStruct biblFull listBibl ptr linkGrp link place listPlace person".split())
BEHIND |= frozenset("personGrp listPerson org listOrg event listEvent".split())


class Uninsertable(ValueError):
    """The register cannot be written, in words."""


@dataclass(frozen=True)
class _Child:
    """A child element of the entry: its name, where it begins and ends."""

    name: str
    start: int
    end: int


def with_identifier(data: bytes, entry: str, type: str, identifier: str) -> bytes:
    """A register with one more idno in the entry of an id; it stands behind those that are there."""
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        raise Uninsertable("it is not UTF-8; save it as UTF-8, or write the idno yourself") from None
    start, children, end = _entry(text, entry)
    prefix = _prefix(text[start:end])
    idno = f'<{prefix}idno type="{html.escape(type)}">{html.escape(identifier)}</{prefix}idno>'
    if not children:
        raise Uninsertable(f"the entry “{entry}” has no name")
    at, lead = _place(text, children, start)
    made = text[:at] + lead + idno + text[at:]
    return _proved(made.encode("utf-8"), data, type, identifier)


def _place(text: str, children: list[_Child], start: int) -> tuple[int, str]:
    """Where the idno goes, and the white space before it: that of the child behind it, or of the first one."""
    ids = [number for number, child in enumerate(children) if child.name == "idno"]
    behind = next((number for number, child in enumerate(children) if child.name in BEHIND), len(children))
    number = ids[-1] + 1 if ids else behind
    at = children[number - 1].end if number else start
    like = children[number] if number < len(children) else children[0]
    lead = re.search(r"\s*$", text[start : like.start])
    return at, lead[0] if lead else ""


def _entry(text: str, entry: str) -> tuple[int, list[_Child], int]:
    """Where the content of an entry begins and ends, and its children."""
    depth, start, opened = -1, 0, ("", 0)
    children: list[_Child] = []
    for piece in PIECE.finditer(text):
        raw = piece[0]
        if not raw.startswith("<") or raw.startswith(("<!", "<?")):
            continue
        closes, empty = raw.startswith("</"), raw.endswith("/>")
        if depth < 0:
            if not closes and ("xml:id", entry) in read_tag(raw).attributes:
                if empty:
                    raise Uninsertable(f"the entry “{entry}” is empty")
                depth, start = 0, piece.end()
            continue
        if closes and depth == 0:
            return start, children, piece.start()
        if not closes and depth == 0:
            opened = (_local(read_tag(raw).name), piece.start())
        depth += -1 if closes else 0 if empty else 1
        if depth == 0:
            children.append(_Child(*opened, piece.end()))
    raise Uninsertable(f"it has no entry “{entry}”")


def _local(name: str) -> str:
    return name.rpartition(":")[2]


def _prefix(content: str) -> str:
    """The prefix of the TEI namespace, if the register writes one, with its colon."""
    found = re.search(r"<([\w.-]+:)?[\w.-]+[\s/>]", content)
    return (found[1] or "") if found else ""


def _proved(made: bytes, before: bytes, type: str, identifier: str) -> bytes:
    """The new register, if it is the old one and one idno more."""
    old, new = tei.parse(before), tei.parse(made)
    path = f"{tei.TEI}idno"
    count = sum(1 for _ in new.iter(path)) - sum(1 for _ in old.iter(path))
    whole = "".join(tei.text_of(new).split()), "".join(tei.text_of(old).split())
    if count != 1 or len(whole[0]) != len(whole[1]) + len("".join(identifier.split())):
        raise Uninsertable(f"the {type} cannot be put into it; write the idno yourself")
    return made
