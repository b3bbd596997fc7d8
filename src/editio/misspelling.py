"""The hint for a name that is not known: the one that was meant, or what there is."""

from __future__ import annotations

import difflib
from collections.abc import Sequence

# How many known names a hint lists, and how many of them where there are more.
MOST_KNOWN, SOME_KNOWN = 24, 8


def did_you_mean(name: str, known: Sequence[str]) -> str:
    """The hint for a misspelt name."""
    close = difflib.get_close_matches(name, known, n=1)
    if close:
        return f"did you mean “{close[0]}”?"
    some = known if len(known) <= MOST_KNOWN else known[:SOME_KNOWN]
    return f"known here: {', '.join(some)}{' …' if len(some) < len(known) else ''}"
