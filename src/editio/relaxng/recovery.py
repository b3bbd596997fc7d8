"""Where a document may go on after a fault, and what it lacked."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from editio.relaxng.derivatives import firsts
from editio.relaxng.names import shown
from editio.relaxng.patterns import Choice, Declaration, Element, Group, Interleave, OneOrMore, Pattern, Pool


def passed(pool: Pool, pattern: Pattern, some: Sequence[Declaration]) -> Pattern | None:
    """What is left of a pattern from where an element of any of some declarations may stand."""
    if _begins(pattern, some):
        return pattern
    match pattern:
        case Interleave(parts=parts):
            inner = [passed(pool, part, some) for part in parts]
            ways = (one or part for one, part in zip(inner, parts, strict=True))
            return pool.interleave(ways) if any(inner) else None
        case Choice(parts=parts):
            found = [
                one
                for one in (passed(pool, part, some) for part in parts if not isinstance(part, Element))
                if one is not None
            ]
            return pool.choice(found) if found else None
        case OneOrMore(parts=parts):
            once = passed(pool, parts[0], some)
            return once and pool.group(once, pool.optional(pattern))
        case Group():
            return _passed_in_group(pool, pattern, some)
    return None


def _passed_in_group(pool: Pool, pattern: Pattern, some: Sequence[Declaration]) -> Pattern | None:
    while isinstance(pattern, Group):
        first, second = pattern.parts
        inner = passed(pool, first, some)
        if inner is not None:
            return pool.group(inner, second)
        if _begins(second, some):
            return second
        pattern = second
    return passed(pool, pattern, some)


def _begins(pattern: Pattern, some: Sequence[Declaration]) -> bool:
    if isinstance(pattern, Element):
        return pattern.declaration in some
    return not firsts(pattern).keys().isdisjoint(some)


def needed(ways: Iterable[tuple[Pattern, Pattern | None]]) -> tuple[str, ...]:
    """The elements that were passed over between a pattern and what is left of it, and had to be there."""
    skipped: dict[str, None] = {}
    for pattern, later in ways:
        for part in _until(pattern, later):
            if not part.nullable:
                for first in firsts(part):
                    skipped.update(dict.fromkeys(shown(first.names)))
    return tuple(sorted(skipped))


def _until(pattern: Pattern, later: Pattern | None) -> Iterable[Pattern]:
    """The parts of a group that were passed over."""
    while isinstance(pattern, Group) and pattern is not later:
        yield pattern.parts[0]
        pattern = pattern.parts[1]


def completing(patterns: Iterable[Pattern]) -> tuple[str, ...]:
    """The elements any of which would make one of the patterns complete, or else those that may come next."""
    patterns = list(patterns)
    some = [_completing(pattern) for pattern in patterns]
    declarations = set().union(*some) or set().union(*map(firsts, patterns))
    return tuple(sorted({name for one in declarations for name in shown(one.names)}))


def lacks_one(patterns: Iterable[Pattern]) -> bool:
    """Whether a single element would make one of the patterns complete."""
    return any(_completing(pattern) for pattern in patterns)


def _completing(pattern: Pattern) -> set[Declaration]:
    """The elements after any of which a pattern wants nothing more."""
    match pattern:
        case Element():
            return {pattern.declaration}
        case Choice() | OneOrMore():
            return set().union(*map(_completing, pattern.parts))
        case Interleave(parts=parts):
            wanting = [part for part in parts if not part.nullable]
            return set().union(*map(_completing, wanting or parts)) if len(wanting) <= 1 else set()
    found: set[Declaration] = set()
    while isinstance(pattern, Group):
        first, second = pattern.parts
        if second.nullable:
            found |= _completing(first)
        if not first.nullable:
            break
        if not isinstance(second, Group):
            found |= _completing(second)
        pattern = second
    return found
