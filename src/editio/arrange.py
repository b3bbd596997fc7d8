"""Arranges the blocks of a Word document that belong together: title and headings, captions and what they are of."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from editio.model import Block, Field, Text

# A title is looked for again in so many blocks behind it.
NEAR_TITLE = 12
DEEPEST_HEADING = 6


def arranged(
    blocks: Sequence[Block], captions: set[int], titles: Mapping[int, str]
) -> tuple[tuple[Block, ...], list[Field]]:
    """The blocks with captions in their tables and figures, and a title that the text repeats as a field."""
    kept: list[Block | None] = list(blocks)
    fields: list[Field] = []
    for at, kind in titles.items():
        if kind == "title" and not fields and _repeated(blocks, at):
            fields.append(Field("title", blocks[at].text, "docx-title"))
            kept[at] = None
        elif at and at - 1 in titles and kept[at - 1] is not None:
            kept[at] = replace(blocks[at], role="head", type="sub")
        elif kind == "title":
            _lower_headings(kept, at, titles)
    for at in sorted(captions):
        _place_caption(kept, at)
    return tuple(block for block in kept if block is not None), fields


def _repeated(blocks: Sequence[Block], at: int) -> bool:
    """Whether one of the next blocks has the same words as the title."""
    title = _letters(blocks[at].text)
    return not blocks[at].text.points and any(
        _letters(block.text) == title for block in blocks[at + 1 : at + 1 + NEAR_TITLE]
    )


def _letters(text: Text) -> str:
    return "".join(character for character in text.plain.casefold() if character.isalnum())


def _lower_headings(kept: list[Block | None], at: int, titles: Mapping[int, str]) -> None:
    """Put the headings under a title that stands over all of them."""
    if any(block is not None and block.kind == "heading" for block in kept[:at]):
        return
    for i, block in enumerate(kept):
        if block is not None and block.kind == "heading" and i not in titles:
            kept[i] = replace(block, level=min(block.level + 1, DEEPEST_HEADING))


def _place_caption(kept: list[Block | None], at: int) -> None:
    """Give a caption to the table behind it or the figure before it, else the other way round."""
    caption = kept[at]
    if caption is None:
        return
    before, behind = at - 1, at + 1
    for place, kind in ((behind, "table"), (before, "figure"), (before, "table"), (behind, "figure")):
        block = kept[place] if 0 <= place < len(kept) else None
        if block is not None and block.kind == kind and not block.text:
            kept[place] = replace(block, text=block.text + caption.whole)
            kept[at] = None
            return
