"""Reads runs and characters, fields and links, changes, breaks and bookmarks in the running text of a Word document."""

from __future__ import annotations

from lxml import etree

from editio import codes, tei
from editio.flat import attributes
from editio.model import Mark, Point
from editio.ooxml.context import address
from editio.ooxml.fields import GENERATED, OpenField, form_value, parse_instruction
from editio.ooxml.lines import Line, Marks, linked, reads
from editio.ooxml.parts import CHART, DIAGRAM, A, M, R, W, own_text
from editio.ooxml.styles import RunStyle
from editio.ooxml.texts import DELETED, SIGNS, SYMBOL

PLAIN = RunStyle()


@reads(f"{W}r")
def run(line: Line, node: etree._Element, marks: Marks) -> None:
    """Read a run: its characters under the marks of its style and looks; hidden text is kept for the header."""
    properties = node.find(f"{W}rPr")
    style = PLAIN if properties is None else line.context.styles.run(properties)
    line.spoken = style.language
    if style.hidden:
        line.aside("furniture:hidden-text", node)
    else:
        line.walk(node, (*marks, *(mark for mark in style.marks if mark not in marks)))


@reads(f"{W}t", f"{M}t", f"{A}t", f"{W}delText", SYMBOL, *SIGNS)
def text(line: Line, node: etree._Element, marks: Marks) -> None:
    if node in line.marks_of_notes:
        line.context.consume(node, "docx-note-mark")
    elif node.tag in DELETED and not any(mark.name == "del" for mark in marks):
        line.context.consume(node, "docx-deleted")
    else:
        line.put(node, marks)
    if len(node):
        line.walk(node, marks)


@reads(f"{W}instrText", f"{W}delInstrText")
def instruction(line: Line, node: etree._Element, marks: Marks) -> None:
    if line.fields and line.fields[-1].instruction is None:
        line.fields[-1].pieces.append(node)
        line.fields[-1].written += own_text(node)
    else:
        line.context.consume(node, "docx-field")
    line.walk(node, marks)


@reads(f"{W}fldChar")
def field_mark(line: Line, node: etree._Element, marks: Marks) -> None:
    if node not in line.paired:
        return
    kind = node.get(f"{W}fldCharType")
    if kind == "begin":
        line.fields.append(OpenField(node))
    elif kind == "separate" and line.fields:
        line.settle(line.fields[-1])
    elif kind == "end" and line.fields:
        line.settle(line.fields[-1])
        closed = line.fields.pop()
        if shown := form_value(closed.begin):
            line.show(shown, marks)


@reads(f"{W}fldSimple")
def simple_field(line: Line, node: etree._Element, marks: Marks) -> None:
    said = parse_instruction(node.get(f"{W}instr", ""))
    target = line.link(said)
    if said.name in GENERATED:
        line.aside(f"furniture:{GENERATED[said.name]}", node, marks)
    else:
        line.walk(node, linked(target, marks))


@reads(f"{W}hyperlink")
def hyperlink(line: Line, node: etree._Element, marks: Marks) -> None:
    place = node.get(f"{W}anchor", "")
    relation = line.context.package.relations(line.part).get(node.get(f"{R}id", ""))
    if line.sink:
        target = ""
    elif relation is not None:
        target = address(f"{relation.target}#{place}" if place and "#" not in relation.target else relation.target)
        if target.startswith("#"):
            target = line.context.place(target[1:])
    else:
        target = line.context.place(place)
    line.walk(node, linked(target, marks))


@reads(f"{W}ins", f"{W}moveTo")
def inserted(line: Line, node: etree._Element, marks: Marks) -> None:
    line.walk(node, _changed(line, "add", node, marks))


@reads(f"{W}del", f"{W}moveFrom")
def deleted(line: Line, node: etree._Element, marks: Marks) -> None:
    if line.context.settings.convert.changes == "keep":
        line.walk(node, _changed(line, "del", node, marks))
    else:
        line.aside("docx-moved" if node.tag == f"{W}moveFrom" else "docx-deleted", node, marks)


def _changed(line: Line, name: str, node: etree._Element, marks: Marks) -> Marks:
    """The marks with that of a change in them, which says who made it and when; TEI has no @when for it."""
    if line.context.settings.convert.changes != "keep" or any(mark.name == name for mark in marks):
        return marks
    who = ", ".join(filter(None, (node.get(f"{W}author", ""), node.get(f"{W}date", ""))))
    return (*marks, Mark(name, attributes(n=who)))


@reads(f"{W}br")
def line_break(line: Line, node: etree._Element, marks: Marks) -> None:
    match node.get(f"{W}type"):
        case "page":
            line.point(Point("pb"))
        case "column":
            line.point(Point("cb"))
        case _:
            line.show("\n", marks)


@reads(f"{W}cr")
def carriage_return(line: Line, node: etree._Element, marks: Marks) -> None:
    line.show("\n", marks)


@reads(f"{W}tab", f"{W}ptab")
def tab(line: Line, node: etree._Element, marks: Marks) -> None:
    line.show("\t", marks)


@reads(f"{W}bookmarkStart")
def bookmark(line: Line, node: etree._Element, marks: Marks) -> None:
    name = node.get(f"{W}name", "")
    if name in line.context.anchors and name not in line.context.anchored and not line.sink:
        line.context.anchored.add(name)
        line.point(Point("anchor", (("xml:id", line.context.anchors[name]),)))


@reads(f"{W}altChunk", f"{W}subDoc", f"{CHART}chart", f"{DIAGRAM}relIds")
def unread(line: Line, node: etree._Element, marks: Marks) -> None:
    what = {"chart": "a chart", "relIds": "a diagram"}.get(tei.local_name(node), "a document")
    line.context.say(codes.UNREAD_PART, f"{what} that is embedded here is not read")
