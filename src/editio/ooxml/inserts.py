"""Reads footnotes, endnotes and comments where the running text of a Word document refers to them."""

from __future__ import annotations

from dataclasses import replace

from lxml import etree

from editio.flat import attributes, hi
from editio.model import Block, Consumed, Mark, Point, Run, Text
from editio.ooxml.lines import DEEPEST, Line, Marks, only_changes, reads
from editio.ooxml.notes import KINDS
from editio.ooxml.parts import W
from editio.ooxml.texts import SYMBOL, keys_in


@reads(f"{W}footnoteReference", f"{W}endnoteReference")
def note(line: Line, node: etree._Element, marks: Marks) -> None:
    kind = "footnote" if node.tag == f"{W}footnoteReference" else "endnote"
    notes = line.context.notes[kind]
    id = node.get(f"{W}id", "")
    found = notes.nodes.get(id)
    if found is None:
        return
    if id in notes.seen or line.depth >= DEEPEST:
        if f"{W}customMarkFollows" not in node.attrib:
            line.show(notes.seen.get(id, "*"), (*only_changes(marks), hi("superscript")))
        return
    custom = _custom_mark(line, node)
    if line.sink:
        notes.seen[id] = custom
        _divert(line, found)
        return
    notes.seen[id] = custom or notes.next_number()
    at = line.context.at
    blocks = line.held([found], notes.part)
    line.context.at = at
    blocks = _without_mark(blocks, custom, line)
    line.point(Point("note", attributes(place=KINDS[kind], n=notes.seen[id]), blocks), only_changes(marks))


def _custom_mark(line: Line, node: etree._Element) -> str:
    """The mark of its own that a note has; it stands behind the reference in the same run."""
    if node.get(f"{W}customMarkFollows", "0") in ("0", "false", "off"):
        return ""
    behind = [one for one in node.itersiblings() if one.tag in (f"{W}t", SYMBOL)]
    line.marks_of_notes.update(behind)
    return "".join(line.context.run(key).text for one in behind for key in keys_in(one)).strip()


def _without_mark(blocks: tuple[Block, ...], mark: str, line: Line) -> tuple[Block, ...]:
    """The paragraphs of a note without its own mark, which is repeated before them."""
    if not mark or not blocks or not blocks[0].text.plain.startswith(mark):
        return blocks
    text = blocks[0].text
    for run in text.slice(0, len(mark)).runs:
        if run.text:
            line.context.consumed.append(Consumed(run.start, run.end, "docx-note-mark"))
    return (replace(blocks[0], text=text.slice(len(mark)).strip()), *blocks[1:])


def _divert(line: Line, node: etree._Element) -> None:
    """Send all texts of an element where text goes now."""
    if line.sink.startswith("furniture:"):
        line.context.set_all_aside(line.sink.removeprefix("furniture:"), node)
    else:
        line.context.consume_all(node, line.sink)


@reads(f"{W}commentReference")
def comment(line: Line, node: etree._Element, marks: Marks) -> None:
    notes = line.context.notes["comment"]
    id = node.get(f"{W}id", "")
    found = notes.nodes.get(id)
    if found is None or id in notes.seen or line.depth >= DEEPEST:
        return
    if line.context.settings.convert.comments == "header" and not line.sink:
        return
    notes.seen[id] = id
    if line.sink:
        _divert(line, found)
        return
    at = line.context.at
    who = _said_by(line, found)
    blocks = line.held([found], notes.part)
    line.context.at = at
    first = blocks[0] if blocks and blocks[0].is_plain else Block("paragraph")
    rest = blocks[1:] if blocks and blocks[0] is first else blocks
    line.point(Point("note", (("type", "comment"),), (replace(first, text=Text(who) + first.text), *rest)))


def _said_by(line: Line, node: etree._Element) -> tuple[Run, ...]:
    """Who made a comment and when, as its label."""
    label = (Mark("label"),)
    keys = [(node, name) for name in (f"{W}author", f"{W}date") if node.get(name)]
    runs: list[Run] = []
    for key in keys:
        if runs:
            runs.append(Run(", ", line.context.at, line.context.at, label))
        runs.append(line.context.run(key, label))
    return (*runs, Run(" ", line.context.at, line.context.at)) if runs else ()
