"""Finds the register entries that a text names, and says who is meant."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache

from editio.model import Context, Edition, Entry, Mention
from editio.naming.forms import persons
from editio.naming.given import NOT_ALONE
from editio.naming.lexicon import INFLECTED, NEAR, Form, Lexicon, Match, lexicon_of, matches
from editio.naming.resolve import Chosen, Memory, choose
from editio.naming.surroundings import Surroundings, around, goes_on, is_given, is_same
from editio.naming.things import DETERMINERS, INSTITUTIONS, NOT_GIVEN, SURNAMES_AND_TIMES, SURNAMES_TOO
from editio.naming.titles import title
from editio.naming.words import (
    ANY_WORD,
    Token,
    begins_sentence,
    capitalised,
    evened,
    fold,
    next_word,
    occurs_small,
    words_of,
)
from editio.registers import KINDS, pointer, reference

NAME, FORENAME, ROLE = "register-name", "register-forename", "role-at-date"
QUALIFIED = re.compile(r"\s+(?:of|on|for)\s+(?:the\s+)?[A-Z]")
# What joins a name to the longer one that it ends: University of Vienna, Verein für Thüringen.
JOINING = re.compile(
    r"(?:\b(?:of|at|in|de|du|des|der|von|für|d[’'])|[’']s)(?:\s+(?:the|la|le|der|die|das|les))?[\s’']*(?:l[’'])?$"
)
# What belongs to persons: the Carter Administration, the Arbenz regime.
OF_PERSONS = frozenset("administration government regime cabinet doctrine plan presidency ministry".split())
RULERS = frozenset("administration government regime cabinet presidency".split())
PLACE_BEFORE = frozenset("new fort port lake mount mt cape camp st saint san santa".split())
PREFIXES = frozenset("anti pro pre post non ex neo".split())


@dataclass(frozen=True)
class Reading:
    """The reading of one text: its words, the forms to look for, and who was named in full so far."""

    text: str
    tokens: tuple[Token, ...]
    lexicon: Lexicon
    context: Context
    folder: str
    correspondents: tuple[Entry, ...] = ()
    memory: Memory = field(default_factory=Memory)


def find_names(text: str, edition: Edition, context: Context) -> tuple[Mention, ...]:
    """All mentions of register entries, left to right; a name inside a name follows it."""
    if not edition.entries:
        return ()
    lexicon = lexicon_of(tuple(edition.entries.values()))
    even = evened(text)
    wanted = tuple(edition.entries[id] for id in context.correspondents if id in edition.entries)
    found = _found(even.text, lexicon, context, wanted, edition.settings.convert.tei)
    return (
        found
        if even.text == text
        else tuple(
            replace(mention, start=even.original(mention.start), end=even.original(mention.end - 1) + 1)
            for mention in found
        )
    )


@lru_cache(maxsize=2)
def _found(
    text: str, lexicon: Lexicon, context: Context, correspondents: tuple[Entry, ...], folder: str
) -> tuple[Mention, ...]:
    reading = Reading(text, capitalised(text), lexicon, context, folder, correspondents)
    read = list(_mentions(reading))  # whole, for what comes later may settle what was open
    mentions = [_settled(mention, reading) for mention in read]
    if lexicon.small:
        mentions += _in_small_letters(reading, mentions)
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
                yield from _inside(reading, index, mention)
                break
        else:
            mention = _by_forename(reading, token)
            if mention:
                done = mention.end
                yield mention


def _mention(reading: Reading, index: int, match: Match) -> Mention | None:
    """The mention that a match is, if what stands around it does not make it something else."""
    roles = [form for form in match.forms if form.kind == "role"]
    people = [form for form in match.forms if form.entry.kind == "person" and form.kind != "role"]
    things = [form for form in match.forms if form.entry.kind != "person"]
    chosen = _person(reading, index, match, people) if people else None
    if chosen and chosen.by_name:
        return _as_mention(reading, chosen, match)
    thing = _thing(reading, index, match, things) if things else None
    if thing and chosen and reading.memory.of(chosen.surname):
        ids = {*(thing.candidates or (thing.entry,)), *(entry.id for entry in chosen.entries)}
        return replace(thing, attributes={}, cert="low", entry="", candidates=tuple(sorted(ids)), almost="")
    if thing:
        return thing
    return _as_mention(reading, chosen, match) if chosen else _role(reading, index, match, roles) if roles else None


def _as_mention(reading: Reading, chosen: Chosen, match: Match) -> Mention:
    """A settled or open mention of one or several persons."""
    rule = match.how or NAME
    if len(chosen.entries) > 1:
        ids = tuple(sorted(entry.id for entry in chosen.entries))
        return Mention(chosen.start, chosen.end, "persName", {}, "low", rule, candidates=ids)
    cert = "medium" if match.how and chosen.cert == "high" and match.how != INFLECTED else chosen.cert
    almost = chosen.written if match.how == NEAR else ""
    return _link(reading, chosen.entries[0], chosen.start, chosen.end, cert if match.sure else "low", rule, almost)


def _link(
    reading: Reading, entry: Entry, start: int, end: int, cert: str, rule: str = NAME, almost: str = ""
) -> Mention:
    attributes = reference(entry, reading.folder)
    return Mention(start, end, KINDS[entry.kind], attributes, cert, rule, entry.id, almost=almost)


# --- persons ------------------------------------------------------------------------------------


def _person(reading: Reading, index: int, match: Match, forms: list[Form]) -> Chosen | None:
    whole = [form for form in forms if form.kind == "name" and len(match.words) > 1]
    if whole:
        start, end = _edges(reading.text, reading.tokens[index].start, match)
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
    return choose(found, forms, reading.memory, reading.context)


def _by_forename(reading: Reading, token: Token) -> Mention | None:
    """A forename by itself: of those who write and receive the document, and of those named in full before."""
    if not is_given(token.key, reading.lexicon.forenames) or token.key in NOT_ALONE or token.text.isupper():
        return None
    known = [*reading.memory.named.values(), *reading.correspondents]
    bearers = {entry.id: entry for entry in known if _bears(entry, token.key, reading.context.languages)}
    if not bearers or _is_beside_a_name(reading, token):
        return None
    if len(bearers) > 1:
        ids = tuple(sorted(bearers))
        return Mention(token.start, token.end, "persName", {}, "low", FORENAME, candidates=ids)
    entry = next(iter(bearers.values()))
    cert = "medium" if entry in reading.correspondents else "low"
    return _link(reading, entry, token.start, token.end, cert, FORENAME)


@lru_cache(maxsize=1 << 10)
def _bears(entry: Entry, key: str, languages: tuple[str, ...]) -> bool:
    """Whether a forename is the first of a person's, a short form of it, or a nickname."""
    names = [name for person in persons(entry) for name in (*person.forenames[:1], *person.nicknames)]
    return entry.kind == "person" and any(len(name) > 1 and is_same(key, name, languages) for name in names)


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


def _edges(text: str, start: int, match: Match) -> tuple[int, int]:
    """Where a name of several words begins and ends, with the stop of an abbreviation and an opening bracket."""
    end = match.end
    if len(match.words[-1]) == 1 and text[end : end + 1] == ".":
        end += 1
    stretch = text[start:end]
    if "]" in stretch and "[" not in stretch and text[start - 1 : start] == "[":
        start -= 1
    return start, end


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
    if (after and after.key in OF_PERSONS) or len(match.words) > 1 or reading.memory.of(key):
        return True
    if key not in SURNAMES_TOO and not title(key, languages):
        return not (begins_sentence(text, token.start) and occurs_small(text, key) and len(key) > 1)
    before = text[max(0, token.start - 12) : token.start].split()
    if key in SURNAMES_AND_TIMES or (before and before[-1].casefold() in DETERMINERS) or token.text.isupper():
        return _is_alone(text, token.start, found.end)
    numbered = re.match(r"\s+(?:\d|of\b|des\b|du\b|von\b)", text[found.end : found.end + 6])
    return not numbered and (not begins_sentence(text, token.start) or _is_alone(text, token.start, found.end))


def _is_alone(text: str, start: int, end: int) -> bool:
    """Whether a word is a paragraph by itself or stands alone in brackets, as in a signature."""
    line = text[text.rfind("\n", 0, start) + 1 : start] + text[end : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    inside = text[start - 1 : start] == "(" and text[end : end + 1] == ")"
    return inside or (not line.strip(" ./s") and not text[end:].strip(" .\n"))


# --- places, organisations, events -----------------------------------------------------------------


def _thing(reading: Reading, index: int, match: Match, forms: list[Form]) -> Mention | None:
    text, token = reading.text, reading.tokens[index]
    if match.how == NEAR and not match.sure:
        return None
    stretches = {form: _stretch(text, token.start, match, form) for form in forms}
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
    return _link(reading, entry, start, end, cert, match.how or NAME, written)


def _stretch(text: str, start: int, match: Match, form: Form) -> tuple[int, int] | None:
    """Where a form begins and ends, with the words in small letters before it; none where these are missing."""
    first, end = _edges(text, start, match)
    if not form.before:
        return first, end
    before = list(ANY_WORD.finditer(text, max(0, first - 60), first))[-len(form.before) :]
    if tuple(fold(one[0]) for one in before) != tuple(map(fold, form.before)) or text[before[-1].end() : first].strip(
        "’' \n"
    ):
        return None
    return before[0].start(), end


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


def _inside(reading: Reading, index: int, mention: Mention) -> Iterator[Mention]:
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
                yield _link(reading, entry, *_edges(reading.text, token.start, match), "high")
                break


# --- offices, small letters, what the whole text tells ------------------------------------------------


def _role(reading: Reading, index: int, match: Match, forms: list[Form]) -> Mention | None:
    """An office that the register says somebody held at the document's date, where no name follows it."""
    text, token, date = reading.text, reading.tokens[index], reading.context.date
    held = [form for form in forms if _holds(form, date)]
    stretch = _stretch(text, token.start, match, held[0]) if held else None
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


def _in_small_letters(reading: Reading, mentions: Sequence[Mention]) -> Iterator[Mention]:
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
            yield _link(reading, best[1].entry, word.start(), best[0], "medium")


def _settled(mention: Mention, reading: Reading) -> Mention:
    """An open mention, settled where the whole text names only one of the candidates in full."""
    if not mention.candidates or mention.element != "persName":
        return mention
    key = fold(words_of(reading.text[mention.start : mention.end])[-1])
    named = [entry for entry in reading.memory.of(key) if entry.id in mention.candidates]
    if len(named) != 1:
        return mention
    return _link(reading, named[0], mention.start, mention.end, "medium")
