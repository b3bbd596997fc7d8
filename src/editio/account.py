"""Accounts of a conversion for the editor: block by block which rule decided what, and where every character went."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from editio.ledger import Balance
from editio.model import Block, Consumed, Draft, Field, Source, Text

# What blocks become that no rule gave a role.
KINDS = {
    "paragraph": "p",
    "heading": "head",
    "item": "item",
    "verse": "lg",
    "verbatim": "p",
    "rule": "milestone",
}
LONGEST = 60


@dataclass(frozen=True)
class Account:
    """What the encoding of one document did with its source; the draft is the one all rules have seen."""

    source: Source
    draft: Draft
    balance: Balance
    consumed: tuple[Consumed, ...]


def explained(account: Account) -> str:
    """The blocks of a document in order: line, what it became, the rule that decided it, its first words."""
    source = account.source
    rows = [("line", "becomes", "decided by", "begins")]
    rows += [
        (str(_line(source, field.text)), f"header: {field.name}", field.rule, _words(field.text))
        for field in _in_order(account.draft.fields)
    ]
    for block in account.draft.blocks:
        rows += list(_block_rows(block, source))
    table = "\n".join(_columns(rows))
    used = Counter(one.rule for one in account.consumed if source.text[one.start : one.end].strip())
    marks = "\n".join(f"  {rule}: {count}" for rule, count in sorted(used.items()))
    return f"{source.name}\n\n{table}\n" + (f"\nused up as markup, by rule:\n{marks}\n" if marks else "")


@dataclass(frozen=True)
class Entry:
    """What a report says of the ledger of one document: a row of figures, and a section."""

    row: str
    section: str


def ledger_entry(account: Account) -> Entry:
    """The ledger of a document: figures, what stands in the header, what was used up and by which rule."""
    balance = account.balance
    figures = (balance.characters, balance.text, balance.header, sum(balance.consumed.values()), len(balance.missing))
    row = f"| {account.source.id} | {_cell(account.source.name)} | {' | '.join(map(str, figures))} |"
    return Entry(row, "\n".join(_document_ledger(account)))


def ledger_report(entries: Sequence[Entry]) -> str:
    """The ledgers of documents as Markdown; characters are those that are no white space."""
    head = "# Ledger\n\n| document | source | characters | text | header | markup | lost |\n|---|---|--:|--:|--:|--:|--:|\n"
    return (
        head + "\n".join(entry.row for entry in entries) + "\n" + "\n".join(entry.section for entry in entries) + "\n"
    )


def _block_rows(block: Block, source: Source) -> Iterator[tuple[str, str, str, str]]:
    first = next((text for text in block.texts if text.runs), Text())
    becomes = (block.role or KINDS.get(block.kind, block.kind)).replace(":", "/")
    becomes += f" {block.type}" if block.role == "head" else ""
    number = f" n={block.n}" if block.n else ""
    yield (
        str(_line(source, first) if first.runs else ""),
        becomes + number,
        block.rule or "the source",
        _words(block.whole or first),
    )
    for point in (point for text in block.texts for point in text.points if point.name not in ("lb", "anchor")):
        words = next((_words(inner.text) for inner in point.blocks), "")
        attributes = "".join(f" {name}={value}" for name, value in point.attributes if name in ("n", "url", "unit"))
        yield "", f"  {point.name}{attributes}", "", words


def _in_order(fields: Sequence[Field]) -> list[Field]:
    return sorted(fields, key=lambda field: field.text.start)


def _columns(rows: Sequence[tuple[str, str, str, str]]) -> Iterator[str]:
    widths = [max(len(row[column]) for row in rows) for column in range(3)]
    for line, becomes, rule, words in rows:
        yield f"{line:>{widths[0]}}  {becomes:<{widths[1]}}  {rule:<{widths[2]}}  {words}".rstrip()


def _line(source: Source, text: Text) -> int:
    return source.location(text.start).line


def _words(text: Text) -> str:
    plain = " ".join(text.plain.split())
    return plain if len(plain) <= LONGEST else plain[: LONGEST - 1].rsplit(" ", 1)[0] + " …"


def _document_ledger(account: Account) -> Iterator[str]:
    source, balance = account.source, account.balance
    yield from ("", f"## {source.id}", "", f"Source: {_cell(source.name)}.")
    if account.draft.fields:
        yield from ("", "In the header:", "", "| line | field | rule | words |", "|--:|---|---|---|")
        yield from (_field_row(field, source) for field in _in_order(account.draft.fields))
    rows = list(_used(account.consumed, source))
    if rows:
        yield from ("", "Used up as markup:", "", "| line | rule | as written |", "|--:|---|---|")
        yield from rows
    signs = _signs(account, source)
    if signs:
        yield from ("", "Signs used up as markup, by rule:", "", "| rule | stretches |", "|---|--:|")
        yield from (f"| {rule} | {count} |" for rule, count in sorted(signs.items()))
    lost = ", ".join(str(source.location(offset).line) for offset in balance.missing[:20])
    if lost:
        yield from ("", f"**Lost: {len(balance.missing)} characters, in lines {lost}.**")


def _field_row(field: Field, source: Source) -> str:
    return f"| {_line(source, field.text)} | {field.name} | {field.rule} | {_cell(_words(field.text))} |"


def _used(consumed: Iterable[Consumed], source: Source) -> Iterator[str]:
    """A row for each stretch with letters or digits, neighbours of one rule taken together."""
    for start, end, rule in _stretches(consumed, source.text):
        written = " ".join(source.text[start:end].split())
        if re.search(r"\w", written):
            yield f"| {source.location(start).line} | {rule} | {_cell(written)} |"


def _signs(account: Account, source: Source) -> Counter[str]:
    stretches = _stretches(account.consumed, source.text)
    return Counter(rule for start, end, rule in stretches if not re.search(r"\w", source.text[start:end]))


def _stretches(consumed: Iterable[Consumed], text: str) -> Iterator[tuple[int, int, str]]:
    """Consumed characters in order, joined where one rule used up neighbours; white space alone left out."""
    first, last, rule = 0, 0, ""
    for one in sorted(consumed, key=lambda one: one.start):
        if rule == one.rule and not text[last : one.start].strip() and one.start - last < 2:
            last = max(last, one.end)
            continue
        if text[first:last].strip():
            yield first, last, rule
        first, last, rule = one.start, one.end, one.rule
    if text[first:last].strip():
        yield first, last, rule


def _cell(text: str) -> str:
    return text.replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ")
