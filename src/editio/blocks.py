"""From blocks to TEI: a builder for each kind and role, in ``BUILDERS``; blocks that become one element are one group."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby

from lxml import etree

from editio import marking, tei
from editio.inline import Encoding, element_with, inline
from editio.model import Block, Run, Text
from editio.rules.cues import DOCUMENT_NUMBER, classification
from editio.tei import Content, element


def build_blocks(blocks: Sequence[Block], encoding: Encoding) -> list[etree._Element]:
    """The elements of blocks that stand inside another: in a note, a quotation, a cell."""
    blocks = [_inner(block) for block in blocks]
    return [node for group in groups_of(blocks) for node in build(group, encoding)]


def _group_key(block: Block) -> str:
    if block.role:
        return block.role.partition(":")[0]
    return block.kind


def groups_of(blocks: Sequence[Block]) -> list[list[Block]]:
    """Blocks that become one element: items of a list, lines of an opener or closer, paragraphs of a quotation."""
    groups: list[list[Block]] = []
    for block in blocks:
        if _is_empty(block):
            continue
        key = _group_key(block)
        if (groups and key in ("item", "opener", "closer", "quote") and _belongs(block, groups[-1])) or (
            groups and block.role == "pb" and _group_key(groups[-1][0]) == "item" and block.rule == "numbered-item"
        ):
            groups[-1].append(block)
        else:
            groups.append([block])
    return groups


def _belongs(block: Block, group: list[Block]) -> bool:
    """Whether a block goes on with a group; a list of bullets and one of numbers are two."""
    if _group_key(block) != _group_key(group[0]) or (block.kind == "item" and block.type == "head"):
        return False
    if "opener:dateline" in (block.role, group[-1].role) and block.role != group[-1].role:
        # lines of one block of the source belong together; a dateline set off from the rest stands by itself
        return block.level > 0
    top = next((one for one in group if one.type == "start"), None)
    if block.kind != "item" or block.type != "start" or top is None:
        return True
    return block.level > top.level or _sort_of_list([block]) == _sort_of_list([top])


def build(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """The elements of blocks that belong together."""
    return BUILDERS[_group_key(group[0])](group, encoding)


def _element(name: str, block: Block, *content: Content, **attributes: str) -> etree._Element:
    """The element of a block, with the attributes its reader and rule gave it."""
    node = element_with(name, block.attributes, *content)
    for key, value in attributes.items():
        if value and node.get(key) is None:
            node.set(key, value)
    if block.cert:
        node.set("resp", "#editio")
        node.set("cert", block.cert)
    return node


def _labelled(block: Block, encoding: Encoding) -> list[Content]:
    """The content of a block with its number or speaker as label before it."""
    content = inline(block.text, encoding)
    if not block.label:
        return content
    label = element("label", *inline(block.label, encoding), type="speaker" if block.type == "speaker" else "")
    return [label, *([" "] if block.text else []), *content]


def _paragraph(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    block = group[0]
    if block.kind == "heading":
        return [_element("p", block, *_labelled(block, encoding), rend="heading")]
    return [_element("p", block, *_labelled(block, encoding), n=block.n)]


def _heading(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return [_element("head", group[0], *_labelled(group[0], encoding))]


def _verbatim(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return [_element("p", group[0], *_labelled(group[0], encoding), rend="preformatted")]


def _line_across(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    block = group[0]
    if block.text.points or re.search(r"\w", block.text.plain) or block.label:
        return _paragraph(group, encoding)
    encoding.ledger.consume(block.text, "rule-across")
    return [_element("milestone", block, unit="section", rend="rule")]


def _page_beginning(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return [_element("pb", group[0], n=group[0].n)]


def _quotation(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    inner: list[Block] = []
    for block in group:
        inner += (
            [replace(block, kind="paragraph", blocks=(), attributes=())]
            if not _is_empty(replace(block, blocks=()))
            else []
        )
        inner += block.blocks
    return [_element("quote", replace(group[0], label=Text()), *build_blocks(inner, encoding))]


def _inner(block: Block) -> Block:
    """A block that stands in another: a heading there is a paragraph, and parts of a letter are none."""
    if block.kind == "heading":
        return replace(block, kind="paragraph", role="", attributes=(*block.attributes, ("rend", "heading")))
    return block if block.role in ("", *INNER) else replace(block, role="")


# Roles that a block may have inside another.
INNER = ("pb", "sp", "stage")


def _is_empty(block: Block) -> bool:
    """Whether a block would become an element without anything in it."""
    said = block.text.plain.strip() or block.label.plain.strip() or block.text.points or block.blocks
    return not said and block.role != "pb" and block.kind != "rule"


def _verse(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """A stanza, its lines the lines of the block."""
    lines = group[0].text.lines()
    if not lines or group[0].label:
        return _paragraph(group, encoding)
    return [_element("lg", group[0], *(element("l", *inline(line, encoding)) for line in lines))]


def _typed_heading(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """A line of heading matter, its document number and classification made addressable."""
    block = group[0]
    head = _element("head", block, *inline(block.text, encoding), type=block.type)
    plain = tei.running_text_of_unit(head)
    number = DOCUMENT_NUMBER.search(plain)
    if number and block.type in ("reference", "excerpt"):
        start = number.end() - len(re.split(r"\s", number[0])[-1])
        marking.wrap(
            head, start, number.end(), element("idno", type="document" if block.type == "reference" else "protocol")
        )
    classified = classification(plain, encoding.settings)
    if classified and block.type == "reference":
        marking.wrap(head, *classified.span(), element("seg", type="classification"))
    return [head]


def _list(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """A list and the lists in it; an item of more than one paragraph holds paragraphs, any other its text."""
    head = group[0] if group[0].type == "head" else None
    blocks = group[1:] if head else group
    if not blocks:
        return _paragraph([replace(group[0], attributes=())], encoding)
    top = blocks[0].level
    starts = [block for block in blocks if block.type == "start" and block.level <= top]
    made = _element("list", head) if head else element("list")
    sort = _sort_of_list(starts or blocks)
    made.set(*sort)
    if head:
        tei.append(made, _element("head", replace(head, attributes=()), *_labelled(head, encoding)))
    simple = len(starts) == len(blocks) and not any(block.blocks for block in blocks)
    for number, item in enumerate(_items(blocks, top)):
        if sort == GLOSS:
            tei.append(made, element("label", *inline(item[0].label, encoding)))
            item[0] = replace(item[0], label=Text())
        node = _element("item", replace(item[0], cert="" if number else item[0].cert), n=item[0].n)
        tei.append(made, node)
        if simple:
            tei.append(node, *_labelled(item[0], encoding))
        else:
            tei.append(node, *_item(item, top, encoding))
    return [made]


# A list of words and what they mean: label and item by turns.
GLOSS = ("type", "gloss")


def _sort_of_list(items: Sequence[Block]) -> tuple[str, str]:
    """The attribute that says what an item begins with: a number, a word that it explains, a bullet."""
    if any(item.n for item in items):
        return "rend", "numbered"
    return GLOSS if any(item.label for item in items) else ("rend", "bulleted")


def _items(blocks: Sequence[Block], top: int) -> list[list[Block]]:
    items: list[list[Block]] = []
    for block in blocks:
        if not items or (block.type == "start" and block.level <= top):
            items.append([block])
        else:
            items[-1].append(block)
    return items


def _item(blocks: Sequence[Block], top: int, encoding: Encoding) -> Iterator[etree._Element]:
    """The paragraphs of an item, and its inner lists."""
    for deeper, group in groupby(blocks, key=lambda block: block.kind == "item" and block.level > top):
        if deeper:
            yield from _list(list(group), encoding)
            continue
        for block in group:
            if block.role == "pb":
                yield from _page_beginning([block], encoding)
            elif block.kind == "item":
                if block.text or block.label or not block.blocks:
                    yield element("p", *_labelled(block, encoding))
                yield from build_blocks(block.blocks, encoding)
            else:
                yield from build_blocks([block], encoding)


def _table(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    block = group[0]
    rows = [_element("row", row, *(_cell(cell, encoding) for cell in row.blocks)) for row in block.blocks if row.blocks]
    if not rows:
        return _paragraph(group, encoding)
    return [_element("table", block, *_caption(block.text, encoding), *rows)]


def _caption(text: Text, encoding: Encoding) -> list[Content]:
    """A caption as head; where it has no words, what else stands in it."""
    if text:
        return [element("head", *inline(text, encoding))]
    return inline(Text(tuple(replace(run, marks=()) for run in text.runs if run.point)), encoding)


def _cell(cell: Block, encoding: Encoding) -> etree._Element:
    content: list[Content] = inline(cell.text, encoding)
    content += build_blocks(cell.blocks, encoding)
    return _element("cell", cell, *content)


def _figure(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """A figure: its picture, its caption as head, and what describes it."""
    block = group[0]
    pictures = [element_with(point.name, point.attributes) for point in block.text.points if point.name == "graphic"]
    head = _caption(Text(tuple(run for run in block.text.runs if not _is_picture(run))), encoding)
    said = [_element("figDesc", one, *inline(one.text, encoding)) for one in block.blocks if one.role == "figDesc"]
    other = build_blocks([one for one in block.blocks if one.role != "figDesc"], encoding)
    return [_element("figure", block, *pictures, *head, *other, *said)]


def _is_picture(run: Run) -> bool:
    return run.point is not None and run.point.name == "graphic"


def _speech(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """A speech: the speaker, and what is said."""
    block = group[0]
    speaker = element("speaker", *inline(block.label, encoding))
    return [_element("sp", replace(block, label=Text()), speaker, element("p", *inline(block.text, encoding)))]


def _named(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """A paragraph that its style names as a TEI element."""
    block, name = group[0], group[0].role.partition(":")[2]
    if name in ("epigraph", "argument"):
        return [element(name, *_paragraph([block], encoding))]
    if name in ("ab", "byline", "stage", "label"):
        return [_element(name, block, *_labelled(block, encoding))]
    if name == "note":
        return [_element("note", block, *_paragraph([replace(block, attributes=())], encoding))]
    return [_element("p", block, *_labelled(block, encoding), rend=name)]


def _stage(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return [_element("stage", group[0], *inline(group[0].text, encoding))]


def _trailer(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return [_element("trailer", group[0], *inline(group[0].text, encoding))]


OPENER_LINES = {"opener:salute": "salute", "opener:dateline": "dateline"}
CLOSER_LINES = {"closer:salute": "salute", "closer:dateline": "dateline", "closer:signed": "signed"}


def _opener(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """An opener: its addressees as an address, salute and dateline as such; a dateline below a heading needs none."""
    if all(block.role == "opener:dateline" and not block.level for block in group):
        return [_element("dateline", block, *inline(block.text, encoding)) for block in group]
    opener = element("opener")
    address: etree._Element | None = None
    for block in group:
        content = inline(block.text, encoding)
        if block.role == "opener:addrLine":
            if address is None:
                address = element("address")
                tei.append(opener, address)
            tei.append(address, _element("addrLine", block, *content))
        else:
            name = OPENER_LINES.get(block.role)
            made = _element(name, block, *content) if name else _element("seg", block, *content, type=block.type)
            tei.append(opener, made)
            address = None
    return [opener]


def _closer(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """A closer: signatures, date, valediction; marks of the office, enclosures and distribution as seg."""
    closer = element("closer")
    for block in group:
        content = inline(block.text, encoding)
        name = CLOSER_LINES.get(block.role)
        made = _element(name, block, *content) if name else _element("seg", block, *content, type=block.type or "mark")
        tei.append(closer, made)
    return [closer]


def _postscript(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return [element("postscript", _element("p", group[0], *inline(group[0].text, encoding)))]


Builder = Callable[[list[Block], Encoding], list[etree._Element]]
BUILDERS: dict[str, Builder] = {
    "paragraph": _paragraph,
    "tei": _paragraph,
    "heading": _heading,
    "quote": _quotation,
    "item": _list,
    "verse": _verse,
    "table": _table,
    "figure": _figure,
    "verbatim": _verbatim,
    "rule": _line_across,
    "pb": _page_beginning,
    "head": _typed_heading,
    "opener": _opener,
    "closer": _closer,
    "postscript": _postscript,
    "sp": _speech,
    "element": _named,
    "stage": _stage,
    "trailer": _trailer,
}
