"""Makes blocks that several readers need: the flat items of a list, and figures that stand by themselves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from editio.model import Block, Point, Text


def as_item(inner: Sequence[Block], start: Block) -> list[Block]:
    """What an item holds as flat blocks, the first of which begins the item."""
    first = inner[0] if inner and inner[0].is_plain else None
    made = [replace(start, text=first.text, attributes=first.attributes) if first else start]
    for one in inner[1:] if first else inner:
        if one.kind == "item":
            made.append(one)
        elif one.is_plain:
            made.append(replace(one, kind="item", level=start.level))
        elif made[-1].level == start.level:
            made[-1] = replace(made[-1], blocks=(*made[-1].blocks, one))
        else:
            made.append(Block("item", level=start.level, blocks=(one,)))
    return made


def figure_of(points: Sequence[Point]) -> Block:
    """A figure by itself of pictures that stood in running text, with their descriptions."""
    runs = [run for point in points for run in point.blocks[0].text.runs]
    words = Text(tuple(replace(run, marks=()) for run in runs if not run.point))
    described = (Block("paragraph", words, role="figDesc"),) if words.plain else ()
    return Block("figure", Text(tuple(run for run in runs if run.point)), blocks=described)
