"""All forms of all register entries, as a dictionary of folded words that finds the longest at a place of a text."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache

from editio.letters import edits
from editio.model import Entry
from editio.naming.forms import Person, double_surname, persons
from editio.naming.inflection import nominatives
from editio.naming.russian import CYRILLIC_LETTERS, is_russian, skeleton, transliterations
from editio.naming.words import Token, fold, next_word, spellings, words_of
from editio.registers import canonical
from editio.words import is_word

SHORTEST_MISPRINT, LONGEST_MISPRINT, SHORTEST_LONE_MISPRINT = 7, 40, 8
LONGEST_NAME = 12
# How a form was recognised, besides letter for letter.
INFLECTED, NEAR, TRANSLITERATED = "inflected-name", "near-name", "transliterated-name"
BRACKETED = re.compile(r"\s*\([^()]*\)")
# The number of a ruler behind a name of several words.
REGNAL = re.compile(r"(?<=\w)\s+[IVX]+$")
# “Le” begins names of persons: Le Duc Tho, Le Corbusier.
ARTICLE_OF_PERSONS = re.compile(r"(?i)^(?:the|der|die|das)\s+(?=\S)")
ARTICLE = re.compile(r"(?i)^(?:the|der|die|das|le|la|les)\s+(?=\S)|^l[’'](?=\S)")


@dataclass(frozen=True, slots=True)
class Form:
    """A form of an entry: its words as the register writes them, and what it is.

    ``kind`` is ``name`` (names the entry whatever stands around it), ``short``, ``surname``, ``part`` (of a double
    surname) or ``role``; ``before`` are words in small letters that stand before it.
    """

    entry: Entry = field(repr=False)
    words: tuple[str, ...]
    kind: str
    person: Person | None = None
    before: tuple[str, ...] = ()
    number: int = 0


@dataclass(frozen=True)
class Match:
    """A stretch of text that is a form of some entries; ``how`` is empty where letter for letter."""

    end: int
    words: tuple[str, ...]
    forms: tuple[Form, ...]
    how: str = ""
    sure: bool = True


@dataclass(eq=False)
class Lexicon:
    """Forms by their folded words; ``beginnings`` are what longer forms begin with."""

    forms: dict[str, list[Form]] = field(default_factory=dict)
    beginnings: set[str] = field(default_factory=set)
    near: dict[tuple[int, str], list[str]] = field(default_factory=dict)
    russian: dict[str, set[str]] = field(default_factory=dict)
    forenames: set[str] = field(default_factory=set)
    small: dict[str, list[Form]] = field(default_factory=dict)


@dataclass(frozen=True, eq=False)
class _Same:
    """Register entries as a key of a cache: the same only if they are the same object, which is quick to see."""

    entries: Mapping[str, Entry]

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.entries is other.entries

    def __hash__(self) -> int:
        return id(self.entries)


def lexicon_of(entries: Mapping[str, Entry]) -> Lexicon:
    """The lexicon of register entries."""
    return _made(_Same(entries))


@lru_cache(maxsize=4)
def _made(of: _Same) -> Lexicon:
    lexicon = Lexicon()
    by_id = of.entries
    for entry in by_id.values():
        meant = by_id[canonical(entry.id, by_id)]
        for form, language in _forms(entry):
            _enter(lexicon, form if meant is entry else _of(form, meant), language)
    for word in {word for key in lexicon.forms for word in key.split()}:
        if SHORTEST_MISPRINT <= len(word) <= LONGEST_MISPRINT:
            for part in (word[:3], word[-3:]):
                lexicon.near.setdefault((len(word), part), []).append(word)
    return lexicon


def _of(form: Form, entry: Entry) -> Form:
    """A form as that of the entry which its own only stands for (sameAs)."""
    return replace(form, entry=entry, person=replace(form.person, entry=entry) if form.person else None)


def _forms(entry: Entry) -> Iterator[tuple[Form, str]]:
    for name in entry.names:
        if name.type == "sort":
            continue
        short = name.type in ("short", "nickname", "nick")
        words = BRACKETED.sub("", name.words)
        article = ARTICLE_OF_PERSONS if entry.kind == "person" else ARTICLE
        words = words if short else article.sub("", words)
        if entry.kind != "person" or short or not (name.surname or "," in words):
            yield from ((form, name.language) for form in _whole(entry, words, "short" if short else "name"))
        if entry.kind == "person" and not short and "," not in words and REGNAL.search(words):
            yield from ((form, name.language) for form in _whole(entry, REGNAL.sub("", words), "name"))
    if entry.kind == "person":
        language = entry.names[0].language if entry.names else ""
        for person in persons(entry):
            yield from ((form, language) for form in _surnames(entry, person))
        for number, office in enumerate(entry.offices):
            for form in _whole(entry, office.words, "role"):
                yield Form(entry, form.words, "role", None, form.before, number), language


def _whole(entry: Entry, words: str, kind: str) -> Iterator[Form]:
    """A form as it is written; its first words in small letters become what stands before."""
    parts = words_of(words)
    at = next((number for number, part in enumerate(parts) if not part[0].islower()), 0)
    if not parts or (len(parts) == 1 and len(fold(parts[0])) < 2) or len(parts) > LONGEST_NAME:
        return
    yield Form(entry, parts[at:], kind, None, parts[:at])
    if re.fullmatch(r"(?:[^\W\d_]\.){2,}", words):
        yield Form(entry, ("".join(parts),), kind)
    elif re.fullmatch(r"[^\W\d_]{3,5}", words) and words.isupper() and kind == "name":
        yield Form(entry, tuple(words), kind)


def _surnames(entry: Entry, person: Person) -> Iterator[Form]:
    words = words_of(person.written)
    if words and not words[0][0].islower() and (len(words) > 1 or len(fold(words[0])) > 1):
        yield Form(entry, words, "surname", person)
        if double_surname(person):
            yield Form(entry, words[:1], "part", person)


def _enter(lexicon: Lexicon, form: Form, language: str) -> None:
    table = lexicon.small if form.words[0][0].islower() else lexicon.forms
    keys = {" ".join(map(fold, form.words)), " ".join(spellings(word)[-1] for word in form.words)}
    for key in keys:
        table.setdefault(key, []).append(form)
        at = key.find(" ")
        while at > 0:
            lexicon.beginnings.add(key[:at])
            at = key.find(" ", at + 1)
    person = form.person
    if person:
        lexicon.forenames.update(one for one in (*person.forenames, *person.nicknames) if len(one) > 1)
        key = person.surname[0]
        if len(form.words) == 1 and (CYRILLIC_LETTERS.search(key) or is_russian(key, person.forenames, language)):
            lexicon.russian.setdefault(skeleton(key), set()).add(key)


def matches(text: str, token: Token, lexicon: Lexicon, languages: tuple[str, ...]) -> list[Match]:
    """What begins at a word of a text, the longest first."""
    reached = [*_readings(token.text, "", lexicon, languages)]
    if not reached:
        return []
    found: list[Match] = []
    words: tuple[str, ...] = (token.text,)
    end = token.end
    while reached:
        for key, how, sure in reached:
            forms = tuple(form for form in lexicon.forms.get(key, ()) if _same_case(words, form))
            surely = _is_misprint(words, key, sure) if how == NEAR else sure
            if forms and (surely or how != NEAR or len(words) == 1):
                found.append(Match(end, words, forms, how, surely))
        open_ends = [one for one in reached if one[0] in lexicon.beginnings]
        after = next_word(text, end) if open_ends else None
        if after is None:
            break
        words, end = (*words, after.text), after.end
        reached = [
            (key, how or next_how, sure and next_sure)
            for start, how, sure in open_ends
            for key, next_how, next_sure in _readings(after.text, start + " ", lexicon, languages)
            if not (how and next_how and how != next_how)
        ]
    return sorted(found, key=lambda match: (-match.end, match.how != "", match.how)) if len(found) > 1 else found


@lru_cache(maxsize=1 << 16)
def _readings(
    word: str, before: str, lexicon: Lexicon, languages: tuple[str, ...]
) -> tuple[tuple[str, str, bool], ...]:
    """The keys of the lexicon that a word behind others may lead to, how, and whether that is sure."""

    def known(key: str) -> bool:
        return before + key in lexicon.forms or before + key in lexicon.beginnings

    found = [(before + key, "", True) for key in spellings(word) if known(key)]
    key = fold(word)
    # A word may be a name and the case of another one: Marx, of Mark
    found += [
        (before + one, INFLECTED, sure and not found)
        for one, sure in dict(nominatives(key, languages)).items()
        if known(one)
    ]
    if not found and lexicon.russian:
        found = [(before + one, TRANSLITERATED, True) for one in _transliterated(key, lexicon, languages) if known(one)]
    if not found and SHORTEST_MISPRINT <= len(key) <= LONGEST_MISPRINT:
        likely = [one for one in _near(key, lexicon) if known(one)]
        if len(likely) == 1:
            found = [(before + likely[0], NEAR, not any(is_word(word, language) for language in languages[:1]))]
    return tuple(found)


def _transliterated(key: str, lexicon: Lexicon, languages: tuple[str, ...]) -> Iterator[str]:
    forms = [key, *(one for one, _ in nominatives(key, languages))]
    for form in forms:
        for surname in lexicon.russian.get(skeleton(form), ()):
            if form != surname and (form in transliterations(surname) or surname in transliterations(form)):
                yield surname


def _near(key: str, lexicon: Lexicon) -> set[str]:
    return {
        word
        for length in (len(key) - 1, len(key), len(key) + 1)
        for part in (key[:3], key[-3:])
        for word in lexicon.near.get((length, part), ())
        if word != key and edits(key, word, 1) == 1
    }


def _is_misprint(words: tuple[str, ...], key: str, unknown: bool) -> bool:
    """Whether words are surely a misprint: several that are none of the language, or a long one by itself.

    Another letter alone is none: Andersen is not Anderson. An exchange of neighbours is one, whatever the word.
    """
    if len(words) > 1:
        return unknown
    word = fold(words[0])
    exchanged = sorted(word) == sorted(key)
    changed = len(word) == len(key) and not exchanged
    ending = {word.removeprefix(key), key.removeprefix(word)} & {"a", "s", "n", "e"}
    return len(word) >= SHORTEST_LONE_MISPRINT and (exchanged or (unknown and not changed and not ending))


def _same_case(words: tuple[str, ...], form: Form) -> bool:
    """Each word with a capital where the form has one; events may go on in small letters."""
    if len(words) != len(form.words):
        return False
    loose = form.entry.kind == "event" or form.kind == "role"
    return all(
        _cased(word, own, loose and number > 0)
        for number, (word, own) in enumerate(zip(words, form.words, strict=True))
    )


def _cased(word: str, own: str, loose: bool) -> bool:
    if own.isupper() and len(own) > 1:
        return word.isupper()
    return loose or word.isupper() or own[0].islower() or not word[0].islower()
