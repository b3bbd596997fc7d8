"""Chooses from many names that a schema allows the few that an editor is likely to look for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from difflib import get_close_matches

MOST = 8
# Elements that do for one another: whoever wrote one in the wrong place may mean the next.
KIN = tuple(
    tuple(row.split())
    for row in (
        "persName placeName orgName name rs geogName roleName surname forename",
        "person place org event nym listPerson listPlace listOrg listEvent",
        "hi emph foreign term title mentioned soCalled distinct gloss",
        "choice sic corr orig reg abbr expan ex am",
        "add del subst supplied unclear gap damage space restore surplus",
        "div div1 div2 div3 div4 div5 div6 div7",
        "p ab lg l sp stage quote said q cit",
        "list item label head listBibl desc",
        "table row cell head",
        "figure graphic figDesc media formula head",
        "lb pb cb gb milestone anchor fw",
        "note noteGrp ref ptr seg bibl",
        "app rdg lem rdgGrp witDetail wit",
        "opener closer dateline salute signed address addrLine postscript byline trailer epigraph argument",
        "date time origDate docDate birth death",
        "bibl biblStruct biblFull listBibl cit",
        "author editor respStmt resp persName sponsor funder principal",
        "publisher distributor authority availability licence idno pubPlace date",
        "facsimile surface zone graphic sourceDoc line",
    )
)
# What is met most in editions, by far.
COMMON = (
    "p div head list item lg l note persName placeName orgName name date ref hi quote title foreign lb pb row cell "
    "xml:id n type rend ref target when from to corresp resp cert xml:lang facs text"
).split()


def likeliest(name: str, allowed: Sequence[str]) -> str:
    """A few of the allowed names in a row, those that are spelt nearly like a name first, and how many more there are."""
    return _few([*_spelt_like(name, tuple(allowed)), *_by_likelihood(name, allowed)], len(allowed))


def _spelt_like(name: str, allowed: tuple[str, ...]) -> list[str]:
    return get_close_matches(name, allowed, n=3, cutoff=0.7)


def likeliest_for(name: str, allowed: Sequence[str]) -> str:
    """The same for an element whose name is right, but not its place."""
    return _few(_by_likelihood(name, allowed), len(allowed))


def _few(names: Iterable[str], number: int) -> str:
    chosen = list(dict.fromkeys(names))[:MOST]
    more = number - len(chosen)
    return f"{', '.join(chosen)} and {more} more" if more else ", ".join(chosen)


def _by_likelihood(name: str, allowed: Sequence[str]) -> Iterator[str]:
    possible = frozenset(allowed)
    rows: Iterable[Iterable[str]] = (row for row in KIN if name in row)
    for row in (*rows, COMMON):
        yield from (one for one in row if one in possible and one != name)
    yield from allowed
