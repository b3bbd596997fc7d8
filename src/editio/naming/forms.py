"""The forms under which a register entry is named: parts of a person's name, however the register writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from editio import tei
from editio.model import Entry, Name, Period
from editio.naming.given import GIVEN
from editio.naming.titles import GENERATIONS, OF_MEN, OF_WOMEN, TITLES
from editio.naming.words import fold, words_of

# First words of names that put the surname first: Chinese, Vietnamese, Korean.
# Family names of Vietnam; ho is left out, for Ho Chi Minh is called by it.
VIETNAMESE = frozenset(
    "nguyen tran le pham huynh hoang phan vu vo dang bui do ngo duong ly dinh truong ton cao".split()
)
SURNAME_FIRST = frozenset(
    "mao chai chiang ngo deng teng zhou chou liu lin kim ho nguyen le tran pham li wang zhang chang chen huang hua hu jiang "
    "peng zhao sun yang xu wu syngman".split()
)
PARTICLES = frozenset("de du des d da do di del della la le van der den von zu zum ter ten af bin ibn".split())
BRACKETED = re.compile(r"\(([^()]*)\)")
QUOTED = re.compile(r"[“\"„«]([^“”\"„«»]+?),?[”\"“»]")
GENERATION = re.compile(r"(?i)(?:jr|sr|ii|iii|iv|2d|3d|esq)\.?")
NUMBERED = re.compile(r"(?i)(?:jr|sr|2d|3d|esq)\.?|[IVX]+")
PARTICLE_AT_END = re.compile(r"(?:^|\s)((?:d[’']|(?:de|du|des|von|van|zu|der|den|la|le)\s?)+)$")


ALWAYS = Period()
# The sex of who bears a man's name and a woman's, as George Sand.
EITHER = "MF"


@dataclass(frozen=True, slots=True)
class Person:
    """A name that a person bears, in folded words; ``nicknames`` are other forenames, ``sex`` M, F, either, or empty."""

    entry: Entry = field(repr=False)
    surname: tuple[str, ...]
    written: str
    forenames: tuple[str, ...] = ()
    nicknames: tuple[str, ...] = ()
    link: tuple[str, ...] = ()
    generation: str = ""
    titles: tuple[str, ...] = ()
    sex: str = ""
    period: Period = ALWAYS
    alias: bool = False


def persons(entry: Entry) -> Iterator[Person]:
    """The names of a person's entry that have parts, tagged or as the register's wording shows them."""
    found = [
        (person, name.period)
        for name in entry.names
        if name.type not in ("sort", "short", "nickname", "nick")
        for person in ((_tagged(entry, name),) if name.surname else _plain(entry, name.words))
        if person.surname
    ]
    shown = {sex for person, _ in found if (sex := _sex(person))}
    sex = _sex_of(entry) or (shown.pop() if len(shown) == 1 else EITHER if shown else "")
    for person, period in found:
        yield replace(person, sex=sex, period=period) if sex or period != ALWAYS else person


def _tagged(entry: Entry, name: Name) -> Person:
    forenames = tuple(fold(word) for one in name.forenames for word in words_of(one))
    titles = tuple(TITLES[key] for word in words_of(name.role) if (key := fold(word)) in TITLES)
    return Person(
        entry,
        _folded(name.surname),
        name.surname,
        forenames,
        _folded(name.added),
        _folded(name.link),
        fold(name.generation).strip("."),
        titles,
    )


def _plain(entry: Entry, words: str) -> Iterator[Person]:
    """A name without tagged parts: “Acheson, Dean G.”, “Dean G. Acheson”, with a pseudonym in brackets perhaps."""
    nicknames = [word for quoted in QUOTED.findall(words) for word in _folded(quoted)]
    words = QUOTED.sub("", words)
    for bracketed in BRACKETED.findall(words):
        if bracketed.islower() or bracketed.isupper() or bracketed.casefold().startswith("see "):
            continue
        inside = words.rstrip().endswith(f"({bracketed})")
        if inside and ("," in bracketed or " " in bracketed or bracketed.casefold() not in GIVEN):
            yield from (replace(person, alias=True) for person in _plain(entry, bracketed))
        else:
            nicknames += _folded(bracketed)
    words = " ".join(BRACKETED.sub(" ", words).split()).strip(" ,")
    person = _parted(entry, words)
    yield replace(person, nicknames=tuple(nicknames)) if nicknames else person


def _parted(entry: Entry, words: str) -> Person:
    surname, *rest = [part.strip() for part in words.split(",") if part.strip()] or [""]
    generation = next((fold(part).strip(".") for part in rest if GENERATION.fullmatch(part)), "")
    rest = [part for part in rest if not GENERATION.fullmatch(part)]
    given, titles = _without_titles(" ".join(rest))
    if not given:
        return replace(_direct(entry, surname), generation=generation, titles=titles)
    particle = PARTICLE_AT_END.search(given)
    if particle:
        given = given[: particle.start()]
    *first, last = given.split() or [""]
    if first and GENERATION.fullmatch(last):
        given, generation = " ".join(first), fold(last).strip(".")
    link, surname = _without_link(surname)
    link += _folded(particle[1]) if particle else ()
    return Person(entry, _folded(surname), surname, _folded(given), (), link, generation, titles)


def _direct(entry: Entry, words: str) -> Person:
    """A name in the order in which it is spoken, or one word."""
    titles: tuple[str, ...] = ()
    if not _is_vietnamese(words.split()):  # Le Duc Tho is no duke
        words, titles = _without_titles(words)
    link, words = _without_link(words)
    parts = words.split()
    generation = fold(parts.pop()).strip(".") if len(parts) > 1 and NUMBERED.fullmatch(parts[-1]) else ""
    if _surname_first(parts):
        surname, given = parts[:1], parts[1:]
    else:
        at = len(parts) - 1
        while at > 1 and fold(parts[at - 1]) in PARTICLES and not _is_vietnamese(parts):
            at -= 1
        given, surname = parts[:at], parts[at:]
    inner, family = _without_link(" ".join(surname))
    return Person(entry, _folded(family), family, _folded(" ".join(given)), (), link + inner, generation, titles)


def _is_vietnamese(parts: list[str]) -> bool:
    """Whether a name is one of those who are called by its last part: Nguyen Van Thieu is Thieu."""
    return len(parts) > 2 and fold(parts[0]) in VIETNAMESE and all(one.isalpha() and one[0].isupper() for one in parts)


def _surname_first(parts: list[str]) -> bool:
    """Whether a name in order begins with what stands for it alone: Mao Tse-tung, Hussein bin Talal, Scheel Walter."""
    if len(parts) < 2 or parts[-1].endswith("."):
        return True
    if _is_vietnamese(parts):
        return False
    first, last = fold(parts[0]), fold(parts[-1])
    eastern = first in SURNAME_FIRST or bool(re.fullmatch(r"[^\W\d_]+-[a-z]\w+", parts[-1]))
    arabic = any(part in ("bin", "ibn", "bint", "ben") for part in parts[1:])
    return arabic or (last not in GIVEN and eastern) or (last in GIVEN and first not in GIVEN and len(parts) == 2)


def _without_titles(words: str) -> tuple[str, tuple[str, ...]]:
    titles = []
    kept: list[str] = []
    for word in words.split():
        key = fold(word.strip(".,"))
        if key in TITLES and len(key) > 1 and not (key in GIVEN and kept) and word[:1].isupper():
            titles.append(TITLES[key])
        else:
            kept.append(word)
    return (" ".join(kept), tuple(titles)) if kept else ("", tuple(titles))


def _without_link(surname: str) -> tuple[tuple[str, ...], str]:
    """The small words before a surname, and the rest of it."""
    match = re.match(r"((?:[a-z]+[\s-]+|d[’'])+)(?=[^\Wa-z])", surname)
    return (_folded(match[1]), surname[match.end() :]) if match else ((), surname)


def _folded(words: str) -> tuple[str, ...]:
    return tuple(map(fold, words_of(words)))


def _sex_of(entry: Entry) -> str:
    """What the register says of a person's sex."""
    for node in entry.element:
        if node.tag in (f"{tei.TEI}sex", f"{tei.TEI}gender"):
            value = (node.get("value") or tei.text_of(node)).strip().upper()
            return {"1": "M", "2": "F", "MALE": "M", "FEMALE": "F", "W": "F"}.get(value, value[:1])
    return ""


def _sex(person: Person) -> str:
    if any(title in OF_WOMEN for title in person.titles):
        return "F"
    known = next((GIVEN[name] for name in person.forenames if name in GIVEN), "")
    patronymic = next((name for name in person.forenames if name.endswith(("vich", "vic", "вич", "vna", "вна"))), "")
    if not known and patronymic:
        return "F" if patronymic.endswith(("na", "на")) else "M"
    return known or ("M" if any(title in OF_MEN for title in person.titles) else "")


def double_surname(person: Person) -> bool:
    """Whether the first of two surnames may stand alone, as in Spanish: Arbenz for Arbenz Guzmán."""
    words = person.written.split()
    return len(words) == 2 and all(word[:1].isupper() for word in words) and "-" not in person.written


def generation_of(key: str) -> str:
    """What a word behind a surname says of which bearer it is; empty if nothing."""
    return {"junior": "jr", "senior": "sr"}.get(key, key) if key in GENERATIONS else ""
