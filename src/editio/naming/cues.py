"""Persons by cues: titles, initials, forenames, salutations, signatures, lists, verbs of speech. No register is needed.

Each cue says how much it weighs. What weighs enough alone or together with others makes a person of a name, and then
every later mention of the surname in the same text counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache

from editio.naming.deeds import PLACED, WORD_BEFORE, is_common
from editio.naming.evidence import ENOUGH, Covered, Cue, cue_of, cues_of
from editio.naming.lines import listed_lines, signature_lines
from editio.naming.rows import rows
from editio.naming.things import DETERMINERS, PLACES
from editio.naming.words import Token, evened, fold, occurs_small
from editio.words import is_word

ENOUGH_TOGETHER, LEAST_OF_THEM = 1.0, 0.5
# What stands between the names of a row.
ROW_GAP = re.compile(r"(?:,|,? (?:and|und|et|и|or)|, and)[ \n](?:[^\W\d_]{2,9}\.? ){0,3}")
CONJUNCTIONS = ("and", "und", "et", "и")
AND = (", ", " and ", ", and ", " und ", " et ", " и ", " or ")
# Titles of several persons.
MANY = re.compile(r"(?:Messrs|MM|Mmes|Generals|Senators|Ambassadors|Colonels|Captains|Lords|Misses|Herren)\.? \Z")


def find_persons(
    text: str,
    languages: tuple[str, ...],
    taken: Sequence[tuple[int, int]] = (),
    persons: Sequence[tuple[int, int]] = (),
) -> list[Cue]:
    """The persons that cues show, in order; ``taken`` are stretches to leave out, ``persons`` those known to be persons."""
    even = evened(text)
    if even.text != text:
        inner = [[(even.evened(a), even.evened(b - 1) + 1) for a, b in one] for one in (taken, persons)]
        found = _find_persons(even.text, languages, *inner)
        return [replace(one, start=even.original(one.start), end=even.original(one.end - 1) + 1) for one in found]
    return _find_persons(text, languages, taken, persons)


def _find_persons(
    text: str, languages: tuple[str, ...], taken: Sequence[tuple[int, int]], persons: Sequence[tuple[int, int]]
) -> list[Cue]:
    covered = Covered(taken)
    cues = [cue for cue in find_cues(text, languages) if not covered.meets(cue.start, cue.end)]
    cues += [cue for cue in _beside(text, languages, cues, persons) if not covered.meets(cue.start, cue.end)]
    accepted = _accepted(cues)
    best: dict[tuple[int, int], Cue] = {}
    for cue in cues:
        before = best.get((cue.start, cue.end))
        if _counts(cue, accepted) and (before is None or cue.weight > before.weight):
            best[cue.start, cue.end] = cue
    found = list(best.values())
    found += _named_again(text, languages, accepted, Covered([*taken, *best]))
    kept: list[Cue] = []
    for cue in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return kept


def _accepted(cues: Sequence[Cue]) -> dict[str, float]:
    """Surnames that the cues of a text show together to be persons', with what they weigh."""
    sums: dict[str, list[float]] = {}
    for cue in cues:
        sums.setdefault(cue.surname, []).append(cue.weight)
    return {
        surname: sum(weights)
        for surname, weights in sums.items()
        if (max(weights) >= ENOUGH and sum(weights) >= LEAST_OF_THEM)
        or (sum(weights) >= ENOUGH_TOGETHER and max(weights) >= LEAST_OF_THEM)
    }


def _counts(cue: Cue, accepted: dict[str, float]) -> bool:
    return cue.surname in accepted and cue.weight > 0


@lru_cache(maxsize=2)
def find_cues(text: str, languages: tuple[str, ...]) -> tuple[Cue, ...]:
    """Every cue of a text, weak ones too."""
    lines = Covered(listed_lines(text))
    signatures = Covered(signature_lines(text))
    return tuple(cue for run in rows(text, languages) for cue in cues_of(text, run, languages, lines, signatures))


def _beside(
    text: str, languages: tuple[str, ...], cues: Sequence[Cue], persons: Sequence[tuple[int, int]]
) -> Iterator[Cue]:
    """Names in a row with persons: “Delgado, Col Somoza and Capt Sierra”."""
    sure = {cue.start: cue.end for cue in cues if cue.weight >= ENOUGH} | dict(persons)
    start_of = {end: start for start, end in sure.items()}
    language = languages[0] if languages else ""
    for run in rows(text, languages):
        if run.titles or run.shapes not in ("W", "WW") or occurs_small(text, run.name[-1].key):
            continue
        if is_common(text, run.name[-1], language):
            continue
        start, end = run.name[0].start, run.name[-1].end
        gap = ROW_GAP.match(text, end, end + 40)
        follows = gap is not None and any(at in sure for at in range(end + 2, gap.end() + 1))
        leader = next((at for at in range(start - 6, start) if at in start_of and text[at:start] in AND), None)
        plural = leader is not None and MANY.search(text, max(0, start_of[leader] - 12), start_of[leader])
        if follows or leader is not None:
            joined = len(run.name) == 1 and not _is_placed(text, start) and _is_and(text, end, start, leader, sure)
            weight = 0.9 if plural else 0.8 if joined or (follows and leader is not None) else None
            yield cue_of(run, "beside-person", start, weight)


def _is_and(text: str, end: int, start: int, leader: int | None, sure: Mapping[int, int]) -> bool:
    """Whether only “and” stands between a name and that of a person."""
    before = leader is not None and text[leader:start].strip() in CONJUNCTIONS
    return before or any(text[end:at].strip() in CONJUNCTIONS and at in sure for at in range(end + 3, end + 6))


def _is_placed(text: str, start: int) -> bool:
    before = WORD_BEFORE.search(text, max(0, start - 24), start)
    return before is not None and fold(before[1]) in PLACED | DETERMINERS


def _named_again(text: str, languages: tuple[str, ...], accepted: dict[str, float], covered: Covered) -> Iterator[Cue]:
    """Bare surnames that other cues show to be persons'."""
    for run in rows(text, languages):
        last = run.name[-1]
        if (
            last.key not in accepted
            or last.key in PLACES
            or covered.meets(last.start, last.end)
            or run.shapes[-1] == "I"
        ):
            continue
        if occurs_small(text, last.key) or (languages[:1] == ("de",) and _is_german(text, last, languages)):
            continue
        if text[last.end : last.end + 1] == "-" or text[last.start - 1 : last.start] == "-":
            continue
        first = run.name[0] if run.shapes[0] in "GI" or len(run.name) < 3 else last
        first = last if languages[:1] == ("de",) and run.shapes[0] == "W" else first
        yield Cue(first.start, last.end, "person", "named-before", 0.7, last.key)


def _is_german(text: str, token: Token, languages: tuple[str, ...]) -> bool:
    """Whether a word may be a German noun here: one of the language's list, behind an article or like one."""
    return is_word(token.text, "de") and (_is_placed(text, token.start) or is_common(text, token, languages[0]))
