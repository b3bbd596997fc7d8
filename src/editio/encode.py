"""From Draft to TEI: applies the rules, builds header and text, and proves by the ledger that nothing is lost."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from lxml import etree

from editio import codes, divisions, tei
from editio.account import Account
from editio.blocks import build, build_blocks, groups_of
from editio.complete import complete
from editio.config import Settings
from editio.diagnostics import Report
from editio.header import build_header
from editio.inline import Encoding
from editio.ledger import Balance
from editio.model import Block, Draft, Surface, Zone
from editio.registry import rules
from editio.tei import element


@dataclass(frozen=True)
class Encoded:
    """A document as TEI without names, its own date, and the account of its encoding."""

    id: str
    root: etree._Element
    account: Account
    date: str

    @property
    def balance(self) -> Balance:
        """The figures of the ledger."""
        return self.account.balance


def encode(
    draft: Draft, settings: Settings, report: Report, tell: Callable[[Account], None] = lambda account: None
) -> Encoded | None:
    """The TEI of a draft; nothing and a diagnostic when the ledger does not balance. ``tell`` hears the account of it."""
    draft = decide(draft, settings, report)
    settings = settings.of_document(draft.source.id)
    translator = draft.field("translator") or settings.documents.get(draft.source.id, {}).get("translator")
    encoding = Encoding(draft.source, settings, report, build_blocks, translated=bool(translator))
    encoding.ledger.consumed += draft.consumed
    root = _tree(draft, encoding)
    account = Account(draft.source, draft, encoding.ledger.balance(draft.source, root), tuple(encoding.ledger.consumed))
    tell(account)
    if not account.balance.balanced:
        missing = account.balance.missing
        lost = draft.source.text[missing[0] :][:40].split("\n")[0]
        message = f"{len(missing)} characters are unaccounted for, beginning with “{lost}”"
        report.add(codes.LEDGER, draft.source.location(missing[0]), message)
        return None
    date = root.find(f".//{tei.TEI}creation/{tei.TEI}date")
    return Encoded(draft.source.id, root, account, "" if date is None else date.get("when", ""))


def decide(draft: Draft, settings: Settings, report: Report) -> Draft:
    """The draft with every rule applied that is not switched off."""
    settings = settings.of_document(draft.source.id)
    for entry in rules():
        if entry.name not in settings.convert.rules_off and draft.tree is None:
            draft = entry.apply(draft, settings, report)
    return draft


def _tree(draft: Draft, encoding: Encoding) -> etree._Element:
    if draft.tree is not None:
        return complete(draft.tree, draft, encoding)
    text = element("text", _body(draft, encoding))
    header = build_header(draft, encoding)
    facsimile = [element("facsimile", *map(_surface, draft.surfaces))] if draft.surfaces else []
    language = draft.language or encoding.settings.edition.language
    return element("TEI", header, *facsimile, text, xml_id=draft.source.id, xml_lang=language)


def _surface(surface: Surface) -> etree._Element:
    size = {"width": f"{surface.width}px", "height": f"{surface.height}px"} if surface.width and surface.unit else {}
    graphic = [element("graphic", url=surface.image, **size)] if surface.image else []
    space = {"ulx": "0", "uly": "0", "lrx": str(surface.width), "lry": str(surface.height)} if surface.width else {}
    return element("surface", *graphic, *map(_zone, surface.zones), xml_id=surface.id, **space)


def _zone(zone: Zone) -> etree._Element:
    return element("zone", *map(_zone, zone.zones), xml_id=zone.id, points=zone.points, type=zone.type)


def _body(draft: Draft, encoding: Encoding) -> etree._Element:
    """The body: divisions by heading, and in them runs of blocks that belong together; enclosures beside the document."""
    body = element("body")
    parts = _parts(draft.blocks)
    for blocks in parts:
        if len(parts) == 1:
            _fill(body, blocks, encoding)
            continue
        head = next((block for block in blocks if _begins_enclosure(block)), None)
        division = element("div", type="enclosure" if head else "document")
        tei.append(body, division)
        _fill(
            division, [replace(block, role="head", type="") if block is head else block for block in blocks], encoding
        )
    for division in (body, *body.iter(f"{tei.TEI}div")):
        divisions.complete(division)
    return body


def _parts(blocks: Sequence[Block]) -> list[list[Block]]:
    """The document and its enclosures."""
    parts: list[list[Block]] = [[]]
    for block in blocks:
        if _begins_enclosure(block) and parts[-1]:
            # a page that begins right before an enclosure is its first
            parts.append([parts[-1].pop()] if parts[-1][-1].role == "pb" else [])
        parts[-1].append(block)
    return parts


def _begins_enclosure(block: Block) -> bool:
    return block.kind == "heading" and block.type == "enclosure"


def _fill(parent: etree._Element, blocks: Sequence[Block], encoding: Encoding) -> None:
    """Give a body or division its contents: a division in it for each heading, by level."""
    path: list[tuple[int, etree._Element]] = [(0, parent)]
    groups = groups_of(blocks)
    end = max((i for i, group in enumerate(groups, 1) if not _closes(group[0])), default=0)
    # a text of several letters has a closer for each
    letters = any(group[0].role.startswith("closer:") for group in groups[:end])
    for number, group in enumerate(groups):
        first = group[0]
        if first.kind == "heading" and not first.role:
            while path[-1][0] >= first.level:
                path.pop()
            division = element("div")
            tei.append(path[-1][1], division)
            path.append((first.level, division))
        here = parent if number >= end and first.role != "pb" and not letters else path[-1][1]
        tei.append(here, *build(group, encoding))


def _closes(block: Block) -> bool:
    return block.role.startswith(("closer:", "postscript", "pb"))
