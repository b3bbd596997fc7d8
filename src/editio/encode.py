"""From Draft to TEI: applies the rules, builds header and text, and proves by the ledger that nothing is lost."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from lxml import etree

from editio import codes, tei
from editio.config import Settings
from editio.diagnostics import Report
from editio.header import build_header
from editio.inline import Encoding, inline
from editio.ledger import Balance
from editio.model import Block, Draft
from editio.registry import rules
from editio.rules.cues import DOCUMENT_NUMBER, classification
from editio.tei import Content, element


@dataclass(frozen=True)
class Encoded:
    """A document as TEI without names, and the ledger's balance."""

    id: str
    root: etree._Element
    balance: Balance
    date: str


def encode(draft: Draft, settings: Settings, report: Report) -> Encoded | None:
    """The TEI of a draft; nothing and a diagnostic when the ledger does not balance."""
    for entry in rules():
        if entry.name not in settings.convert.rules_off:
            draft = entry.apply(draft, settings, report)
    translator = draft.field("translator") or settings.documents.get(draft.source.id, {}).get("translator")
    encoding = Encoding(draft.source, settings, report, translated=bool(translator))
    encoding.ledger.consumed += draft.consumed
    text = element("text", _body(draft, encoding))
    header = build_header(draft, encoding)
    root = element("TEI", header, text, xml_id=draft.source.id, xml_lang=settings.edition.language)
    balance = encoding.ledger.balance(draft.source, root)
    if not balance.balanced:
        lost = draft.source.text[balance.missing[0] :][:40].split("\n")[0]
        report.add(
            codes.LEDGER,
            draft.source.location(balance.missing[0]),
            f"{len(balance.missing)} characters are unaccounted for, beginning with “{lost}”",
        )
        return None
    date = root.find(f".//{tei.TEI}creation/{tei.TEI}date")
    return Encoded(draft.source.id, root, balance, "" if date is None else date.get("when", ""))


def _body(draft: Draft, encoding: Encoding) -> etree._Element:
    """The body: divisions by heading, and in them runs of blocks that belong together."""
    body = element("body")
    path: list[tuple[int, etree._Element]] = [(0, body)]
    for group in _groups(draft.blocks):
        if group[0].kind == "heading" and not group[0].role:
            while path[-1][0] >= group[0].level:
                path.pop()
            division = element("div")
            tei.append(path[-1][1], division)
            path.append((group[0].level, division))
        parent = body if group[0].role.startswith(("closer:", "postscript")) else path[-1][1]
        tei.append(parent, *_built(group, encoding))
    if not any(child.tag in _COMMON for child in body.iter()):
        _insert_before_closer(body, element("p"))
    return body


def _insert_before_closer(body: etree._Element, node: etree._Element) -> None:
    closers = body.findall(f"{tei.TEI}closer")
    body.insert(body.index(closers[0]) if closers else len(body), node)


# What a body must hold besides headings, openers and closers.
_COMMON = frozenset(f"{tei.TEI}{name}" for name in ("p", "list", "lg", "quote", "div"))


def _group_key(block: Block) -> str:
    if block.role:
        return block.role.partition(":")[0]
    return block.kind


def _groups(blocks: tuple[Block, ...]) -> list[list[Block]]:
    """Blocks that become one element: items of a list, lines of an opener or closer, paragraphs of a quotation."""
    groups: list[list[Block]] = []
    for block in blocks:
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
    if _group_key(block) != _group_key(group[0]):
        return False
    return block.kind != "item" or block.type != "start" or bool(block.label) == bool(group[0].label)


def _built(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return BUILDERS[_group_key(group[0])](group, encoding)


def _paragraph(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return [element("p", *inline(group[0].text, encoding))]


def _heading(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return [element("head", *inline(group[0].text, encoding))]


def _page_beginning(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return [element("pb", n=group[0].n)]


def _quotation(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return [element("quote", *(element("p", *inline(block.text, encoding)) for block in group))]


def _typed_heading(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """A line of heading matter, its document number and classification made addressable."""
    block = group[0]
    head = element("head", *inline(block.text, encoding), type=block.type)
    plain = tei.running_text(head)
    number = DOCUMENT_NUMBER.search(plain)
    if number and block.type in ("reference", "excerpt"):
        start = number.end() - len(re.split(r"\s", number[0])[-1])
        tei.wrap(
            head, start, number.end(), element("idno", type="document" if block.type == "reference" else "protocol")
        )
    classified = classification(plain, encoding.settings)
    if classified and block.type == "reference":
        tei.wrap(head, *classified.span(), element("seg", type="classification"))
    return [head]


def _list(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """A list whose items hold paragraphs, each with the number or letter its source gives it."""
    items: list[etree._Element] = []
    for block in group:
        if block.type == "start" or not items:
            items.append(element("item", n=block.n))
        if block.role == "pb":
            tei.append(items[-1], *_page_beginning([block], encoding))
            continue
        content: list[Content] = []
        if block.label:
            content = [element("label", *inline(block.label, encoding)), " "]
        tei.append(items[-1], element("p", *content, *inline(block.text, encoding)))
    numbered = any(block.label for block in group)
    return [element("list", *items, rend="numbered" if numbered else "bulleted")]


OPENER_LINES = {"opener:salute": "salute", "opener:dateline": "dateline"}
CLOSER_LINES = {"closer:salute": "salute", "closer:dateline": "dateline", "closer:signed": "signed"}


def _opener(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """An opener: its addressees as an address, salute and dateline as such."""
    opener = element("opener")
    address: etree._Element | None = None
    for block in group:
        content = inline(block.text, encoding)
        if block.role == "opener:addrLine":
            if address is None:
                address = element("address")
                tei.append(opener, address)
            tei.append(address, element("addrLine", *content))
        else:
            tei.append(opener, element(OPENER_LINES[block.role], *content))
            address = None
    return [opener]


def _closer(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    """A closer: signatures, date, valediction, and marks of the office as seg."""
    closer = element("closer")
    for block in group:
        content = inline(block.text, encoding)
        name = CLOSER_LINES.get(block.role)
        tei.append(closer, element(name, *content) if name else element("seg", *content, type="mark"))
    return [closer]


def _postscript(group: list[Block], encoding: Encoding) -> list[etree._Element]:
    return [element("postscript", element("p", *inline(group[0].text, encoding)))]


Builder = Callable[[list[Block], Encoding], list[etree._Element]]
BUILDERS: dict[str, Builder] = {
    "paragraph": _paragraph,
    "heading": _heading,
    "quote": _quotation,
    "item": _list,
    "pb": _page_beginning,
    "head": _typed_heading,
    "opener": _opener,
    "closer": _closer,
    "postscript": _postscript,
}
