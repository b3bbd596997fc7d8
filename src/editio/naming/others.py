"""Which places, organisations and events a text names, names inside names, and offices at a date."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from editio.kinds import KINDS
from editio.model import Mention
from editio.naming.lexicon import NEAR, Form, Match, matches
from editio.naming.people import PREFIXES
from editio.naming.reading import NAME, Reading, edges, link, stretch_of
from editio.naming.surroundings import is_given
from editio.naming.things import DETERMINERS, NOT_GIVEN
from editio.naming.titles import title
from editio.naming.words import (
    ANY_WORD,
    Token,
    begins_sentence,
    fold,
    next_word,
    words_of,
)
from editio.registers import pointer

ROLE = "role-at-date"
QUALIFIED = re.compile(r"\s+(?:of|on|for)\s+(?:the\s+)?[A-Z]")
# What joins a name to the longer one that it ends: University of Vienna, Verein für Thüringen.
JOINING = re.compile(
    r"(?:\b(?:of|at|in|de|du|des|der|von|für|d[’'])|[’']s)(?:\s+(?:the|la|le|der|die|das|les))?[\s’']*(?:l[’'])?$"
)


def find_thing(reading: Reading, index: int, match: Match, forms: list[Form]) -> Mention | None:
    """The place, organisation or event that a match names, if it is not part of another name."""
    text, token = reading.text, reading.tokens[index]
    if match.how == NEAR and not match.sure:
        return None
    stretches = {form: stretch_of(text, token.start, match, form) for form in forms}
    forms = [form for form in forms if stretches[form] is not None]
    names = [form for form in forms if form.kind == "name"]
    if names and len(match.words) == 1 and _is_of_another(reading, index, match, names[0].entry.kind):
        names = []
    shorts = [form for form in forms if form.kind == "short"]
    if shorts and _is_qualified(text, reading.tokens, index, match.end):
        shorts = []
    forms = names or shorts
    if not forms:
        return None
    exact = [form for form in forms if form.words == match.words]
    entries = {form.entry.id: form.entry for form in exact or forms}
    start, end = stretches[(exact or forms)[0]] or (token.start, match.end)
    entry = next(iter(entries.values()))
    if len(entries) > 1:
        ids = tuple(sorted(entries))
        return Mention(start, end, KINDS[entry.kind], {}, "low", match.how or NAME, candidates=ids)
    written = " ".join(forms[0].words) if match.how == NEAR else ""
    cert = "medium" if match.how == NEAR else "high" if match.sure else "low"
    return link(reading, entry, start, end, cert, match.how or NAME, written)


def _is_of_another(reading: Reading, index: int, match: Match, kind: str) -> bool:
    """Whether one word is part of another name: “Jack London”, “New London”, “Mr. London”, “Baden-Baden”."""
    text, token = reading.text, reading.tokens[index]
    after = next_word(text, match.end)
    if after and text[match.end : after.start] == "-" and not after.text[0].islower() and kind == "place":
        return after.key not in reading.lexicon.forms and not after.text.isupper()
    before = reading.tokens[index - 1] if index else None
    gap = text[before.end : token.start] if before else ""
    if before is None or gap not in (" ", ". ", "-"):
        return False
    if gap == "-":
        return not (before.text.isupper() or before.key in PREFIXES or before.key in reading.lexicon.forms)
    if before.key == "new":
        return True
    return kind == "place" and bool(title(before.key, reading.context.languages) or is_given(before.key, frozenset()))


def _is_qualified(text: str, tokens: tuple[Token, ...], index: int, end: int) -> bool:
    """Whether the words around a short form make it another's: “Budget Committee”, “Committee on Trade”."""
    if QUALIFIED.match(text, end):
        return True
    before = tokens[index - 1] if index else None
    if before is None or text[before.end : tokens[index].start] != " " or before.text.isupper():
        return False
    return before.key not in NOT_GIVEN and not begins_sentence(text, before.start)


def names_inside(reading: Reading, index: int, mention: Mention) -> Iterator[Mention]:
    """Full names that end a longer one: the place of a university, the state of a soviet."""
    for number in range(index + 1, min(index + 12, len(reading.tokens))):
        token = reading.tokens[number]
        if token.start >= mention.end:
            return
        if not JOINING.search(reading.text, mention.start, token.start):
            continue
        for match in matches(reading.text, token, reading.lexicon, reading.context.languages):
            names = [form for form in match.forms if form.kind == "name" and form.entry.kind in ("place", "org")]
            others = {form.entry.id: form.entry for form in names if form.entry.id != mention.entry and not form.before}
            if len(others) == 1 and match.end <= mention.end and not match.how:
                entry = next(iter(others.values()))
                yield link(reading, entry, *edges(reading.text, token.start, match), "high")
                break


def find_role(reading: Reading, index: int, match: Match, forms: list[Form]) -> Mention | None:
    """An office that the register says somebody held at the document's date, where no name follows it."""
    text, token, date = reading.text, reading.tokens[index], reading.context.date
    held = [form for form in forms if _holds(form, date)]
    stretch = stretch_of(text, token.start, match, held[0]) if held else None
    if not held or stretch is None or len({form.entry.id for form in held}) > 1:
        return None
    start, end = stretch
    after = next_word(text, end)
    named = after is not None and not after.text[0].islower() and text[end : after.start] in (" ", "\n")
    before = text[max(0, start - 24) : start].rstrip()
    if named or QUALIFIED.match(text, end) or before.endswith((",", "(", "-")):
        return None
    last = words_of(before)[-1] if words_of(before) else ""
    if last and last.casefold() not in DETERMINERS and (not last.islower() or last in ("former", "late", "then")):
        return None
    attributes = {"type": "person", "ref": pointer(held[0].entry, reading.folder)}
    return Mention(start, end, "rs", attributes, "medium", ROLE, held[0].entry.id)


def _holds(form: Form, date: str) -> bool:
    period = form.entry.offices[form.number].period
    if not date or not (period.start or period.end):
        return False
    return period.start[: len(date)] <= date[: len(period.start)] and (
        not period.end or date[: len(period.end)] <= period.end
    )


def in_small_letters(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Names without any capital letter, as events may have."""
    taken = [(mention.start, mention.end) for mention in mentions]
    small = reading.lexicon.small
    firsts = {key.split(" ", maxsplit=1)[0] for key in small}
    for word in ANY_WORD.finditer(reading.text):
        if not word[0][0].islower() or fold(word[0]) not in firsts:
            continue
        key, end = fold(word[0]), word.end()
        best: tuple[int, Form] | None = None
        while True:
            forms = small.get(key, [])
            best = (end, forms[0]) if len(forms) == 1 else best
            after = next_word(reading.text, end) if key in reading.lexicon.beginnings else None
            if after is None:
                break
            key, end = f"{key} {after.key}", after.end
        if best and not any(first < best[0] and word.start() < last for first, last in taken):
            yield link(reading, best[1].entry, word.start(), best[0], "medium")
