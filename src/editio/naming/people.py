"""Which persons of the registers a text names at a place, by surname, by forename alone."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import lru_cache
from itertools import islice

from editio.model import Entry, Mention
from editio.naming.deeds import does_something
from editio.naming.forms import persons
from editio.naming.given import NOT_ALONE
from editio.naming.lexicon import NEAR, Form, Match
from editio.naming.reading import Reading, edges, link
from editio.naming.resolve import Chosen, choose, described
from editio.naming.russian import CYRILLIC_PATRONYMIC
from editio.naming.surroundings import Surroundings, around, goes_on, is_given, is_same
from editio.naming.things import DETERMINERS, INSTITUTIONS, NOT_GIVEN, PLACES, STATES, SURNAMES_AND_TIMES, SURNAMES_TOO
from editio.naming.titles import COURTESY, title
from editio.naming.words import (
    Token,
    begins_sentence,
    fold,
    next_word,
    occurs_small,
)

FORENAME = "register-forename"
SHORT_LINE = 40
# How long the close and signature of a letter may be.
LONGEST_CLOSE = 100
OF_PLACE = re.compile(r",?[ \n]of[ \n]([A-Z][a-z]+)")
OF_SENTENCE = re.compile(r"(?:[’\']s)?,?[ \n](?!to\b|an\b|à\b)[a-zß-öø-ÿ]")
RULERS = frozenset("administration government regime cabinet presidency".split())
# What is led by persons: the Carter Administration, the Arbenz regime. A doctrine or pact is only called by them.
OF_PERSONS = frozenset("administration government regime cabinet plan presidency ministry".split())
PLACE_BEFORE = frozenset("new fort port lake mount mt cape camp st saint san santa".split())
# What stands before titles that are no names: “the Lord”, “Good Lord”.
EXCLAIMED = re.compile(r"(?i)\b(?:the|an?|good|our|my|o|oh) \Z")
PREFIXES = frozenset("anti pro pre post non ex neo".split())


def find_person(reading: Reading, index: int, match: Match, forms: list[Form]) -> Chosen | None:
    """Who is meant by a match, from what stands around it; nobody, if it is no name there."""
    whole = [form for form in forms if form.kind == "name" and len(match.words) > 1]
    if whole:
        start, end = edges(reading.text, reading.tokens[index].start, match)
        chosen = choose(Surroundings(start, end), whole, reading.memory, reading.context)
        if chosen and len(chosen.entries) == 1:
            for person in persons(chosen.entries[0]):
                reading.memory.add(" ".join(person.surname), person.entry, by_office=False)
        return chosen
    found = around(reading.text, reading.tokens, index, match.end, reading.lexicon.forenames, reading.context.languages)
    if not found.given and (_joined_to_another(reading, index, found) or _is_new(reading, index)):
        return None
    if match.how == NEAR and not match.sure and not found.given:
        return None
    if found.other and _joined_to_known(reading, match.end):
        found = replace(found, other=False)
    if not (found.given or found.titles or _counts_alone(reading, index, found, match)):
        return None
    after = next_word(reading.text, found.end)
    if after and after.key in RULERS and not found.titles:
        found = replace(found, titles=("president",))
    chosen = choose(found, forms, reading.memory, reading.context)
    if chosen is None or len(chosen.entries) > 1 or found.given:
        return chosen
    doubtful = _is_of_elsewhere(reading, found, chosen.entries[0]) or _is_the_writer(reading, found, chosen.entries[0])
    return replace(chosen, doubtful=True) if doubtful else chosen


def _is_of_elsewhere(reading: Reading, found: Surroundings, entry: Entry) -> bool:
    """Whether a place behind a name tells its bearer from others, and the register does not know it: Mr. Clay of Kentucky."""
    place = OF_PLACE.match(reading.text, found.end)
    if place is None or not set(found.titles) <= COURTESY or fold(place[1]) not in STATES | PLACES:
        return False
    return fold(place[1]) not in described(entry)


def _is_the_writer(reading: Reading, found: Surroundings, entry: Entry) -> bool:
    """Whether a letter speaks, as of somebody else, of a namesake of the one who signs it: “Mr. Seward says”."""
    text = reading.text
    if not set(found.titles) & {"mr", "mrs", "miss"} or entry not in reading.correspondents:
        return False
    in_sentence = OF_SENTENCE.match(text, found.end) and "\n" in text[: found.start]
    signed = fold(text[max(found.end, len(text) - LONGEST_CLOSE) :])
    return bool(in_sentence) and any(" ".join(person.surname) in signed for person in persons(entry))


def by_patronymic(reading: Reading, index: int) -> Mention | None:
    """A Russian forename with a patronymic that only one person of the registers has: “Ольга Леонардовна”."""
    if index + 1 == len(reading.tokens) or not CYRILLIC_PATRONYMIC.search(reading.tokens[index + 1].key):
        return None
    token = reading.tokens[index]
    after = next_word(reading.text, token.end)
    if after is None or not CYRILLIC_PATRONYMIC.search(after.key) or goes_on(reading.text, after.end):
        return None
    languages = reading.context.languages
    bearers = {
        form.entry.id: form.entry
        for forms in reading.lexicon.forms.values()
        for form in forms
        if form.person and len(form.person.forenames) > 1
        if is_same(token.key, form.person.forenames[0], languages)
        and is_same(after.key, form.person.forenames[1], languages)
    }
    if len(bearers) != 1:
        return None
    return link(reading, next(iter(bearers.values())), token.start, after.end, "medium", FORENAME)


def by_forename(reading: Reading, token: Token) -> Mention | None:
    """A forename by itself: of those who write and receive the document, and of those named in full before."""
    if not is_given(token.key, reading.lexicon.forenames) or token.key in NOT_ALONE or token.text.isupper():
        return None
    if token.key in DETERMINERS:
        return None
    bearers = _bearers(reading, token.key)
    if len(bearers) == 1 and _may_be_namesake(reading, token.key, *bearers.values()):
        return None
    if not bearers or _is_beside_a_name(reading, token):
        return None
    if len(bearers) > 1:
        ids = tuple(sorted(bearers))
        return Mention(token.start, token.end, "persName", {}, "low", FORENAME, candidates=ids)
    entry = next(iter(bearers.values()))
    cert = "medium" if entry in reading.correspondents else "low"
    return link(reading, entry, token.start, token.end, cert, FORENAME)


def _may_be_namesake(reading: Reading, key: str, entry: Entry) -> bool:
    """Whether a forename may be that of somebody else of the register than of one whom the text names by surname only."""
    if entry in reading.correspondents or reading.memory.in_full(entry):
        return False
    people = {form.entry.id: form.entry for forms in reading.lexicon.forms.values() for form in forms if form.person}
    return any(one.id != entry.id and _bears(one, key, reading.context.languages) for one in people.values())


def _bearers(reading: Reading, key: str) -> dict[str, Entry]:
    """Those who write and receive the document or were named before, and are called by a forename; by id."""
    named, languages = reading.memory.named, reading.context.languages
    if key not in reading.memory.called:
        writers = {entry.id: entry for entry in reading.correspondents if _bears(entry, key, languages)}
        reading.memory.called[key] = (0, writers)
    asked, bearers = reading.memory.called[key]
    if asked < len(named):
        bearers |= {entry.id: entry for entry in islice(named.values(), asked, None) if _bears(entry, key, languages)}
        reading.memory.called[key] = (len(named), bearers)
    return bearers


def _bears(entry: Entry, key: str, languages: tuple[str, ...]) -> bool:
    """Whether a forename is the first of a person's, a short form of it, or a nickname."""
    return any(is_same(key, name, languages) for name in _callings(entry))


@lru_cache(maxsize=1 << 14)
def _callings(entry: Entry) -> tuple[str, ...]:
    """The forenames by which a person may be called: the first of each name, and nicknames."""
    if entry.kind != "person":
        return ()
    names = (name for person in persons(entry) for name in (*person.forenames[:1], *person.nicknames))
    return tuple(dict.fromkeys(name for name in names if len(name) > 1))


def _is_beside_a_name(reading: Reading, token: Token) -> bool:
    """Whether a forename stands before or behind another word with a capital, or is the saint of a place."""
    text = reading.text
    after = next_word(text, token.end)
    if text[token.end : token.end + 1] != "\n" and goes_on(text, token.end):
        return True
    if after is not None and (text[token.end] in "-’'" or after.key in reading.lexicon.forms):
        return not after.text[0].islower()
    before = re.search(r"(\w+)\.?[ -]$", text[max(0, token.start - 24) : token.start])
    if before is None:
        return False
    word = before[1]
    return (not word[0].islower() and fold(word) not in NOT_GIVEN) or word in DETERMINERS


def _joined_to_known(reading: Reading, end: int) -> bool:
    """Whether a hyphen joins a surname to another one of the registers: “Khrushchev-Bulganin”."""
    after = next_word(reading.text, end)
    return after is not None and after.key in reading.lexicon.forms


def _joined_to_another(reading: Reading, index: int, found: Surroundings) -> bool:
    """Whether a hyphen before a name joins it to one that the registers do not have."""
    if not index or reading.text[found.start - 1 : found.start] not in ("-", "\u2010"):
        return False
    before = reading.tokens[index - 1]
    if before.end != found.start - 1 or before.key in PREFIXES or before.text.isupper():
        return False
    return not any(form.kind != "role" for form in reading.lexicon.forms.get(before.key, ()))


def _is_new(reading: Reading, index: int) -> bool:
    """Whether a name stands in the name of a place: New York, Fort Grant, Lake Huron."""
    before = reading.tokens[index - 1] if index else None
    return before is not None and before.end + 1 == reading.tokens[index].start and before.key in PLACE_BEFORE


def _counts_alone(reading: Reading, index: int, found: Surroundings, match: Match) -> bool:
    """Whether a surname without forename or title is one here: neither another's forename nor a word of the language."""
    token, text, languages = reading.tokens[index], reading.text, reading.context.languages
    key = fold(match.words[-1])
    after = next_word(text, found.end)
    if after and not after.text[0].islower() and text[found.end : after.start] in (" ", "\n"):
        office = title(key, languages) and after.key not in INSTITUTIONS
        if office or (text[found.end] == " " and is_given(token.key, reading.lexicon.forenames)):
            return False
    if (after and after.key in OF_PERSONS) or len(match.words) > 1:
        return True
    exclaimed = title(key, languages) and EXCLAIMED.search(text, max(0, token.start - 8), token.start)
    if exclaimed or reading.memory.of(key):
        return not exclaimed
    if key not in SURNAMES_TOO and not title(key, languages):
        return not (begins_sentence(text, token.start) and occurs_small(text, key) and len(key) > 1)
    before = text[max(0, token.start - 12) : token.start].split()
    if key in SURNAMES_AND_TIMES or (before and before[-1].casefold() in DETERMINERS) or token.text.isupper():
        return _is_alone(text, token.start, found.end)
    numbered = re.match(r"\s+(?:\d|of\b|des\b|du\b|von\b)", text[found.end : found.end + 6])
    return not numbered and _is_no_beginning(reading, token, found)


def _is_no_beginning(reading: Reading, token: Token, found: Surroundings) -> bool:
    """Whether a word has its capital not only because it begins a sentence: unless it does what only persons do."""
    text, languages = reading.text, reading.context.languages
    if not begins_sentence(text, token.start) or _is_alone(text, token.start, found.end):
        return True
    return does_something(text, (token,), languages[0].partition("-")[0] if languages else "")


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether a word is the last line of a text by itself or stands alone in brackets, as in a signature."""
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")":
        return True
    before = text[max(0, start - SHORT_LINE) : start]
    line = before[before.rfind("\n") + 1 :] if "\n" in before or start < SHORT_LINE else before
    return len(text) - end < SHORT_LINE and not text[end:].strip(" .\n") and not line.strip(" ./s")
