"""Knows the fields of Word: which of their marks belong together, and what their instructions say."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from editio.ooxml.parts import W

# What stands in a field's instruction: a word in quotes, or any other.
WORD = re.compile(r'"((?:[^"\\]|\\.)*)"|“([^”]*)”|(\S+)')
# Fields whose result Word makes from the rest of the document.
GENERATED = {"TOC": "contents", "INDEX": "index", "TOA": "contents"}
# Fields that put an entry into an index or table, and show nothing.
ENTRIES = {"XE": "docx-index-entry", "TC": "docx-contents-entry", "TA": "docx-authorities-entry"}
REFERENCES = frozenset({"REF", "PAGEREF", "NOTEREF"})
# Fields that show what their instruction says.
SHOWN = frozenset({"EQ", "QUOTE"})


@dataclass(frozen=True)
class Instruction:
    """What a field does: its name in capitals, its first argument, and the place in the document it names."""

    name: str
    argument: str = ""
    place: str = ""


@dataclass
class OpenField:
    """A field whose end has not been read yet; ``pieces`` are the texts of its instruction, by their keys."""

    begin: etree._Element
    pieces: list[etree._Element] = field(default_factory=list)
    written: str = ""
    instruction: Instruction | None = None
    link: str = ""


def parse_instruction(written: str) -> Instruction:
    """The parts of an instruction such as ``HYPERLINK "https://…" \\l "place"``."""
    words = [match[1] or match[2] or match[3] or "" for match in WORD.finditer(written)]
    name = words[0].upper() if words else ""
    switch = next((at for at, word in enumerate(words) if word == "\\l"), -1) if name == "HYPERLINK" else -1
    place = words[switch + 1] if 0 <= switch < len(words) - 1 else ""
    argument = words[1] if len(words) > 1 and not re.match(r"\\[a-z*#@]", words[1]) else ""
    if name in REFERENCES and argument:
        place = argument
    elif name not in GENERATED and re.fullmatch(r"_(Ref|Toc)\d+", words[0] if words else ""):
        name, place = "REF", words[0]
    return Instruction(name, argument.replace("\\\\", "\\"), place)


def paired(root: etree._Element) -> set[etree._Element]:
    """The marks (w:fldChar) of fields that have both beginning and end; any other is to be ignored."""
    open_marks: list[list[etree._Element]] = []
    found: set[etree._Element] = set()
    for mark in root.iter(f"{W}fldChar"):
        kind = mark.get(f"{W}fldCharType")
        if kind == "begin":
            open_marks.append([mark])
        elif kind == "separate" and open_marks and len(open_marks[-1]) == 1:
            open_marks[-1].append(mark)
        elif kind == "end" and open_marks:
            found.update(open_marks.pop(), [mark])
    return found


def form_value(begin: etree._Element) -> str:
    """What an old form field shows: a box with or without a cross, or the entry chosen."""
    if (box := begin.find(f".//{W}checkBox")) is not None:
        checked = next((one for one in (box.find(f"{W}checked"), box.find(f"{W}default")) if one is not None), None)
        crossed = checked is not None and checked.get(f"{W}val", "1") not in ("0", "false", "off")
        return "☒" if crossed else "☐"
    if (chosen := begin.find(f".//{W}ddList")) is not None:
        entries = [one.get(f"{W}val", "") for one in chosen.iterchildren(f"{W}listEntry")]
        result = chosen.find(f"{W}result")
        at = result.get(f"{W}val", "0") if result is not None else "0"
        return entries[int(at)] if at.isdigit() and int(at) < len(entries) else ""
    return ""
