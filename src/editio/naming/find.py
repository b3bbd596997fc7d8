"""Finds the register entries that a text names, and says who is meant."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache

from editio.model import Context, Edition, Entry, Mention
from editio.naming.lexicon import INFLECTED, NEAR, Lexicon, Match, lexicon_of, matches
from editio.naming.others import find_role, find_thing, in_small_letters, names_inside
from editio.naming.people import by_forename, by_patronymic, find_person
from editio.naming.reading import NAME, Reading, link
from editio.naming.resolve import Chosen
from editio.naming.surroundings import POSTED
from editio.naming.words import (
    capitalised,
    evened,
    fold,
    words_of,
)


def find_names(text: str, edition: Edition, context: Context) -> tuple[Mention, ...]:
    """All mentions of register entries, left to right; a name inside a name follows it."""
    if not edition.entries:
        return ()
    wanted = tuple(edition.entries[id] for id in context.correspondents if id in edition.entries)
    return _found(text, lexicon_of(edition.entries), context, wanted, edition.settings.convert.tei)


@lru_cache(maxsize=2)
def _found(
    text: str, lexicon: Lexicon, context: Context, correspondents: tuple[Entry, ...], folder: str
) -> tuple[Mention, ...]:
    even = evened(text)
    found = _found_in_even(even.text, lexicon, context, correspondents, folder)
    if even.text == text:
        return found
    return tuple(
        replace(mention, start=even.original(mention.start), end=even.original(mention.end - 1) + 1)
        for mention in found
    )


def _found_in_even(
    text: str, lexicon: Lexicon, context: Context, correspondents: tuple[Entry, ...], folder: str
) -> tuple[Mention, ...]:
    reading = Reading(text, capitalised(text), lexicon, context, folder, correspondents)
    read = list(_mentions(reading))  # whole, for what comes later may settle what was open
    mentions = [_settled(mention, reading, read) for mention in read]
    if lexicon.small:
        mentions += in_small_letters(reading, mentions)
    return tuple(sorted(mentions, key=lambda one: (one.start, -one.end)))


def _mentions(reading: Reading) -> Iterator[Mention]:
    done = 0
    for index, token in enumerate(reading.tokens):
        if token.start < done:
            continue
        for match in matches(reading.text, token, reading.lexicon, reading.context.languages):
            mention = _mention(reading, index, match)
            if mention and mention.start >= done:
                done = mention.end
                yield mention
                yield from names_inside(reading, index, mention)
                break
        else:
            mention = by_patronymic(reading, index) or by_forename(reading, token)
            if mention:
                done = mention.end
                yield mention


def _mention(reading: Reading, index: int, match: Match) -> Mention | None:
    """The mention that a match is, if what stands around it does not make it something else."""
    roles = [form for form in match.forms if form.kind == "role"]
    people = [form for form in match.forms if form.entry.kind == "person" and form.kind != "role"]
    things = [form for form in match.forms if form.entry.kind != "person"]
    chosen = find_person(reading, index, match, people) if people else None
    if chosen and chosen.by_name:
        return _as_mention(reading, chosen, match)
    thing = find_thing(reading, index, match, things) if things else None
    if thing and chosen and reading.memory.of(chosen.surname):
        ids = {*(thing.candidates or (thing.entry,)), *(entry.id for entry in chosen.entries)}
        return replace(thing, attributes={}, cert="low", entry="", candidates=tuple(sorted(ids)), almost="")
    if thing:
        return thing
    return _as_mention(reading, chosen, match) if chosen else find_role(reading, index, match, roles) if roles else None


def _as_mention(reading: Reading, chosen: Chosen, match: Match) -> Mention:
    """A settled or open mention of one or several persons."""
    rule = match.how or NAME
    if len(chosen.entries) > 1 or chosen.doubtful:
        ids = tuple(sorted(entry.id for entry in chosen.entries))
        return Mention(chosen.start, chosen.end, "persName", {}, "low", rule, candidates=ids)
    cert = "medium" if match.how and chosen.cert == "high" and match.how != INFLECTED else chosen.cert
    almost = chosen.written if match.how == NEAR else ""
    return link(reading, chosen.entries[0], chosen.start, chosen.end, cert if match.sure else "low", rule, almost)


def _settled(mention: Mention, reading: Reading, read: list[Mention]) -> Mention:
    """An open mention, settled where only one of the candidates is named in full, and that in the same paragraph."""
    posted = POSTED.match(reading.text, mention.end)
    if len(mention.candidates) < 2 or mention.element != "persName" or posted:
        return mention
    key = fold(words_of(reading.text[mention.start : mention.end])[-1])
    named = [entry for entry in reading.memory.of(key) if entry.id in mention.candidates]
    if len(named) != 1:
        return mention
    places = [one.start for one in read if one.entry == named[0].id]
    if all("\n\n" in reading.text[min(at, mention.start) : max(at, mention.start)] for at in places):
        return mention
    return link(reading, named[0], mention.start, mention.end, "medium")
