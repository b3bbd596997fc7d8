"""Reads pictures, text boxes, formulas and ruby in the running text of a Word document."""

from __future__ import annotations

import re
from dataclasses import replace
from urllib.parse import quote

from lxml import etree

from editio import codes
from editio.flat import attributes, hi
from editio.model import Block, Mark, Point, Run, Text
from editio.ooxml.context import address
from editio.ooxml.lines import Line, Marks, only_changes, reads
from editio.ooxml.parts import MC, WP, A, M, O, R, V, W, number
from editio.ooxml.texts import TEXTS, WORDS, Key

EMU_PER_CM = 360_000
PICTURE_TAGS = (f"{A}blip", f"{V}imagedata")


@reads(f"{W}drawing")
def drawing(line: Line, node: etree._Element, marks: Marks) -> None:
    named = node.find(f".//{WP}docPr")
    extent = node.find(f".//{WP}extent")
    if extent is not None:
        line.size = (_centimetres(extent.get("cx")), _centimetres(extent.get("cy")))
    _with_descriptions(line, node, [] if named is None else [(named, name) for name in ("title", "descr")], marks)


@reads(f"{V}shape")
def shape(line: Line, node: etree._Element, marks: Marks) -> None:
    style = dict(re.findall(r"(width|height):(\d+(?:\.\d+)?(?:pt|in|cm|mm|px))", node.get("style", "")))
    line.size = (style.get("width", ""), style.get("height", ""))
    _with_descriptions(line, node, [(node, "alt")], marks)


def _with_descriptions(line: Line, node: etree._Element, keys: list[Key], marks: Marks) -> None:
    before = line.descriptions
    line.descriptions = [key for key in keys if key in line.context.flat.spans]
    line.walk(node, marks)
    left, line.descriptions, line.size = line.descriptions, before, ("", "")
    if left and not line.sink and not _holds_text(node):
        line.point(_figure(line, [], left), marks)
        return
    for key in left:
        if line.sink:
            line.put(key, ())
        else:
            line.context.set_aside("description", line.context.run(key))
            line.context.set_aside("description", Run("\n", line.context.at, line.context.at))


def _holds_text(node: etree._Element) -> bool:
    return next(node.iter(*WORDS), None) is not None


@reads(f"{A}blip", f"{V}imagedata")
def picture(line: Line, node: etree._Element, marks: Marks) -> None:
    ids = (node.get(name, "") for name in (f"{R}embed", f"{R}link", f"{R}id"))
    relation = next(filter(None, (line.context.package.relations(line.part).get(id) for id in ids if id)), None)
    if relation is None or line.sink:
        return
    if relation.external:
        url = address(relation.target)
        line.context.say(codes.EXTERNAL_PICTURE, f"a picture lies outside of the document, at “{relation.target}”")
    else:
        folder = line.context.package.main.rpartition("/")[0] + "/"
        url = quote(f"{line.context.source.id}/{relation.target.removeprefix(folder)}", safe="/-._~")
        line.context.pictures.append(url)
    if url:
        graphic = Point("graphic", attributes(url=url, width=line.size[0], height=line.size[1]))
        keys, line.descriptions = line.descriptions, []
        line.point(_figure(line, [Run("", line.context.at, line.context.at, (), graphic)], keys), marks)


def _figure(line: Line, graphic: list[Run], keys: list[Key]) -> Point:
    """A picture in running text, with its description."""
    at = line.context.at
    described: list[Run] = []
    for key in keys:
        if described:
            described.append(Run(" ", line.context.at, line.context.at, (Mark("figDesc"),)))
        described.append(line.context.run(key, (Mark("figDesc"),)))
    line.context.at = at
    return Point("figure", (), (Block("paragraph", Text((*graphic, *described))),))


def _centimetres(emu: str | None) -> str:
    length = number(emu) / EMU_PER_CM
    return f"{length:.2f}".rstrip("0").rstrip(".") + "cm" if length > 0 else ""


@reads(f"{V}rect")
def line_across(line: Line, node: etree._Element, marks: Marks) -> None:
    if node.get(f"{O}hr") in ("t", "true", "1") and not line.sink:
        line.behind.append(Block("rule"))
    line.walk(node, marks)


@reads(f"{V}textpath")
def word_art(line: Line, node: etree._Element, marks: Marks) -> None:
    if node.get("string"):
        line.put((node, "string"), marks)
    line.walk(node, marks)


@reads(f"{W}txbxContent")
def box(line: Line, node: etree._Element, marks: Marks) -> None:
    for block in line.held(node, line.part, only_changes(marks)):
        boxed = block.is_plain
        line.behind.append(replace(block, attributes=(("rend", "box"), *block.attributes)) if boxed else block)


@reads(f"{W}p", f"{W}tbl")
def block_inside(line: Line, node: etree._Element, marks: Marks) -> None:
    line.behind += line.held([node], line.part, only_changes(marks))


@reads(f"{M}oMath")
def formula(line: Line, node: etree._Element, marks: Marks) -> None:
    line.walk(node, marks if hi("math") in marks else (*marks, hi("math")))


@reads(f"{W}ruby")
def ruby(line: Line, node: etree._Element, marks: Marks) -> None:
    for part in sorted(node, key=lambda child: child.tag == f"{W}rt"):
        if part.tag == f"{W}rt":
            line.walk(part, (*marks, hi("ruby")))
        else:
            line.meet(part, marks)


def choose(line: Line, node: etree._Element) -> etree._Element | None:
    """The variant of mc:AlternateContent that is read; what its other variants repeat is used up."""
    variants = [child for child in node if child.tag in (f"{MC}Choice", f"{MC}Fallback")]
    chosen = next((one for one in variants if next(one.iter(*TEXTS, *PICTURE_TAGS), None) is not None), None)
    for other in variants:
        if other is not chosen:
            line.context.consume_all(other, "docx-fallback")
    return chosen


@reads(f"{MC}AlternateContent")
def alternative(line: Line, node: etree._Element, marks: Marks) -> None:
    chosen = choose(line, node)
    for child in node:
        if child is chosen or child.tag not in (f"{MC}Choice", f"{MC}Fallback"):
            line.walk(child, marks)
