"""Rules for lists and numbered paragraphs: bullets, a line over a list, numbers that count on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from editio.config import Settings
from editio.diagnostics import Report
from editio.model import Block, Consumed, Draft, Text
from editio.registry import rule
from editio.rules.cues import BULLET, NUMBERED, SENTENCE_END, list_head

# A number that the source sets before an item, of any length
LABEL = re.compile(
    r"\(?(?:(?P<number>\d+(?:\.\d+)*)|(?P<letter>[a-z]|[A-Z])|(?P<roman>[ivxlc]{1,7}|[IVXLC]{1,7}))[.)]*"
)
# A sign that is nothing but a bullet; a dash may as well begin what somebody says.
SIGN = re.compile(r"[•▪◦‣][ \t]+(?=\S)")
ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
# An item that is no more than this many words, and no sentence, is a list's; any other is a paragraph.
SHORT_ITEM = 12
# How many blocks a numbered paragraph may be away from the next.
FARTHEST = 60


@rule(43, "Lines behind a bullet or dash are items of a list, the line over them its head.")
def bullet_list(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Make a list of a block whose lines (but the first, which may be its head) begin with a bullet."""
    consumed = list(draft.consumed)
    blocks: list[Block] = []
    for index, block in enumerate(draft.blocks):
        if _is_bulleted_paragraph(draft.blocks, index, settings):
            blocks.append(_bullet(block.text, 1, consumed))
        else:
            blocks += list(_bulleted(block, settings, consumed)) or [block]
    return replace(draft, blocks=tuple(_under_heads(blocks, settings)), consumed=tuple(consumed))


def _is_bulleted_paragraph(blocks: Sequence[Block], index: int, settings: Settings) -> bool:
    """Whether a paragraph begins with a sign that is a bullet only, as another beside it does, or under a list's head."""
    if not _begins_with_sign(blocks[index]):
        return False
    beside = (blocks[i] for i in (index - 1, index + 1) if 0 <= i < len(blocks))
    return any(_begins_with_sign(one) for one in beside) or (
        index > 0 and list_head(blocks[index - 1].text.plain, settings) not in ("", "list")
    )


def _begins_with_sign(block: Block) -> bool:
    return block.is_plain and "\n" not in block.text.plain.strip() and SIGN.match(block.text.plain) is not None


def _bulleted(block: Block, settings: Settings, consumed: list[Consumed]) -> Iterator[Block]:
    """The items of a paragraph of bulleted lines, deeper where set in further; nothing for any other."""
    spans = [m.span() for m in re.finditer(r"[^\n]*\S[^\n]*", block.text.plain)] if block.is_plain else []
    lines = [block.text.slice(*span).strip() for span in spans]
    marked = [bool(BULLET.match(line.plain)) for line in lines]
    if len(lines) < 2 or sum(marked) < 2 - (bool(lines) and bool(list_head(lines[0].plain, settings))):
        return
    first = marked.index(True) if True in marked else len(lines)
    margins = [_margin(block.text.plain[start:end]) for start, end in spans]
    least = min(margins[first:], default=0)
    goes_on = [mark or margin > least for mark, margin in zip(marked, margins, strict=True)]
    if first > 1 or (first == 1 and not list_head(lines[0].plain, settings)) or not all(goes_on[first:]):
        return
    if first:
        yield Block("paragraph", lines[0])
    steps = sorted({margin for margin, mark in zip(margins, marked, strict=True) if mark})
    for line, margin, mark in zip(lines[first:], margins[first:], marked[first:], strict=True):
        yield _bullet(line, 1 + steps.index(margin), consumed) if mark else Block("item", line, 1, rule="bullet-list")


def _margin(line: str) -> int:
    return len(line) - len(line.lstrip())


def _bullet(line: Text, level: int, consumed: list[Consumed]) -> Block:
    match = BULLET.match(line.plain)
    end = match.end() if match else 0
    consumed += [Consumed(run.start, run.end, "bullet-list") for run in line.slice(0, end).runs if run.text]
    return Block("item", line.slice(end), level, type="start", rule="bullet-list")


def _under_heads(blocks: Sequence[Block], settings: Settings) -> Iterator[Block]:
    """The blocks, with a short line that stands right over a bulleted list as its head."""
    for index, block in enumerate(blocks):
        behind = blocks[index + 1] if index + 1 < len(blocks) else None
        heads = behind is not None and behind.kind == "item" and behind.type == "start" and not behind.label
        kind = list_head(block.text.plain, settings) if heads and block.is_line else ""
        if not kind:
            yield block
            continue
        attributes = (("type", kind),) if kind != "list" else ()
        yield replace(block, kind="item", type="head", level=1, rule="bullet-list", attributes=attributes)


@rule(
    80,
    "Numbered paragraphs keep their number as label and in @n; where the items are short, or the profile says so, "
    "they are items of a list.",
)
def numbered_item(draft: Draft, settings: Settings, report: Report) -> Draft:
    """Read numbers and letters before paragraphs that count on, and decide whether they make a list."""
    blocks = [_labelled(block) if _counts(draft.blocks, index) else block for index, block in enumerate(draft.blocks)]
    whole = _whole_lists(blocks)
    for run, level in _runs(blocks):
        if any(i in whole for i in run):
            continue
        together = 2 * sum(later - earlier == 1 for earlier, later in zip(run, run[1:], strict=False)) >= len(run) - 1
        as_list = settings.convert.numbered == "list" or (
            settings.convert.numbered == "auto" and together and _is_list([blocks[i] for i in run])
        )
        for i in run:
            blocks[i] = _item(blocks[i], level) if as_list else _paragraph(blocks[i])
        if as_list and settings.convert.numbered == "list":
            _take_in(blocks, run)
    return replace(draft, blocks=tuple(blocks))


def _whole_lists(blocks: Sequence[Block]) -> set[int]:
    """Indexes of items of lists that the source has as such and that hold more than numbered paragraphs could."""
    whole: set[int] = set()
    run: list[int] = []
    for index, block in enumerate((*blocks, None)):
        if block is not None and block.kind == "item":
            run.append(index)
            continue
        items = [blocks[i] for i in run]
        if any(item.level > 1 or item.type != "start" or not item.label or item.blocks for item in items):
            whole.update(run)
        run = []
    return whole


def _numbers(block: Block) -> dict[str, int]:
    """What the number of a block may be: its place in the series of numbers, letters or Roman numbers."""
    if block.role or block.kind not in ("paragraph", "item") or (block.kind == "item" and not block.label):
        return {}
    match = LABEL.fullmatch(block.label.plain.strip()) if block.label else NUMBERED.match(block.text.plain)
    if match is None:
        return {}
    if match["number"]:
        return {"number": int(match["number"].rsplit(".", 1)[-1])}
    written = match["letter"] or match["roman"]
    form = "upper" if written.isupper() else "lower"
    letters = {form: ord(written.lower()) - 96} if match["letter"] else {}
    return letters | ({f"roman-{form}": roman(written)} if set(written.lower()) <= set(ROMAN) else {})


def roman(written: str) -> int:
    """The value of a Roman number."""
    values = [ROMAN[c] for c in written.lower()]
    return sum(-v if v < later else v for v, later in zip(values, [*values[1:], 0], strict=True))


def _counts(blocks: Sequence[Block], index: int) -> bool:
    """Whether a block's number follows that of one before it, or is followed by one behind it."""
    own = {} if blocks[index].label else _numbers(blocks[index])
    return any(_adjoins(one, blocks, index, step) for one in own.items() for step in (-1, 1))


def _adjoins(own: tuple[str, int], blocks: Sequence[Block], index: int, step: int) -> bool:
    """Whether the nearest block of the same series, in one direction, is the neighbour in number."""
    at = index + step
    while 0 <= at < len(blocks) and abs(at - index) <= FARTHEST and blocks[at].kind != "heading":
        other = _numbers(blocks[at]).get(own[0])
        if other is not None:
            return other == own[1] + step
        at += step
    return False


def _labelled(block: Block) -> Block:
    """The block with its number as label."""
    match = NUMBERED.match(block.text.plain)
    if match is None or block.label:
        return block
    number = match["number"] or match["letter"] or match["roman"]
    label, text = block.text.slice(0, match.end(1)), block.text.slice(match.end())
    return replace(block, label=label, text=text, n=number, rule="numbered-item")


def _runs(blocks: Sequence[Block]) -> Iterator[tuple[list[int], int]]:
    """Indexes of labelled blocks that count on, and the depth of their series: letters among numbers are deeper."""
    series: list[str] = []
    run: list[int] = []
    for index, block in enumerate(blocks):
        numbers = _numbers(block) if block.label else {}
        if run and (block.kind == "heading" or block.role not in ("", "pb") or (numbers and series[-1] not in numbers)):
            yield run, len(series)
            run = []
        if block.kind == "heading" or block.role not in ("", "pb"):
            series = []
        if numbers:
            series = _deeper(series, numbers)
            run.append(index)
    if run:
        yield run, len(series)


def _deeper(series: list[str], numbers: dict[str, int]) -> list[str]:
    """The series that are open at a number: up to its own, or with its own behind them."""
    own = next((name for name in series if name in numbers), None)
    return series[: series.index(own) + 1] if own else [*series, next(iter(numbers))]


def _is_list(items: Sequence[Block]) -> bool:
    """Whether most items are short and no sentences."""
    short = [
        len(item.text.plain.split()) <= SHORT_ITEM and not SENTENCE_END.search(item.text.plain.rstrip())
        for item in items
    ]
    return len(items) > 1 and 2 * sum(short) > len(items)


def _item(block: Block, level: int) -> Block:
    return replace(block, kind="item", type="start", level=block.level or level, rule=block.rule or "numbered-item")


def _paragraph(block: Block) -> Block:
    """A numbered paragraph; what an item held besides its text stays in it."""
    return block if block.blocks else replace(block, kind="paragraph", type="", level=0, rule="numbered-item")


def _take_in(blocks: list[Block], run: Sequence[int]) -> None:
    """Make the unnumbered paragraphs between items parts of them, and those behind if an earlier item had such."""
    several = any(later - earlier > 1 for earlier, later in zip(run, run[1:], strict=False))
    end = run[-1] + 1
    while several and end < len(blocks) and _may_continue(blocks[end]):
        end += 1
    for i in range(run[0], end):
        if i in run or not _may_continue(blocks[i]):
            continue
        if blocks[i].role == "pb":
            blocks[i] = replace(blocks[i], rule="numbered-item")
        else:
            blocks[i] = replace(blocks[i], kind="item", level=blocks[run[0]].level, rule="numbered-item")


def _may_continue(block: Block) -> bool:
    return block.kind == "paragraph" and block.role in ("", "pb")
