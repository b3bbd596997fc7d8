"""Patterns of the settings, in which “*” stands for anything, as regular expressions that take linear time."""

from __future__ import annotations

import re
from functools import cache


@cache
def expression(pattern: str) -> str:
    """The regular expression of a pattern, for ``fullmatch``; a group for each “*” (several in a row are one).

    Each piece between two “*” is taken where it first occurs, which finds a match if there is any; atomic groups
    keep the expression from trying the later places as well.
    """
    first, *others = (re.escape(piece) for piece in re.split(r"\*+", pattern))
    if not others:
        return first
    *middle, last = others
    return first + "".join(f"(?>(.*?){piece})" for piece in middle) + f"(.*?){last}"
