"""What stands around a surname: forenames and initials before and behind it, titles, and other names that it is part of."""

from __future__ import annotations

import re
from collections.abc import Container
from dataclasses import dataclass, replace
from functools import lru_cache

from editio.naming.forms import Person, generation_of
from editio.naming.given import GIVEN, SHORT
from editio.naming.inflection import CYRILLIC, nominatives
from editio.naming.russian import cyrillic
from editio.naming.things import INSTITUTIONS, NATIONS, NO_PERSON, NOT_GIVEN, STATES
from editio.naming.titles import ADJECTIVES, OFFICE_ENDS, title
from editio.naming.words import Token, begins_sentence, fold, next_word, occurs_small
from editio.words import has_list, is_word

GAP = re.compile(r"\.?,?\]?[ \n\u00a0]?\[?")
# Small words between the parts of an office: Secretary of State for Foreign Affairs, Minister für Wissenschaft.
OFFICE_GAP = re.compile(r"[,.]?[ \n](?:(?:of|for|the|and|in|des|der|de|la|für|du|to)[ \n]){0,3}|-")
# The office that a word ends: Director of Central Intelligence.
OFFICE_BEFORE = re.compile(r"(\w+) (?:of|for) (?:the )?(?:\w+ )?\Z")
LINK = re.compile(
    r"(?:(?:^|(?<=\s))(?:[Dd][’']|(?:[Dd]e|[Dd]u|[Dd]es|[Vv]on|[Vv]an|[Zz]u|[Dd]er|[Dd]en|[Dd]i|[Dd]a|[Ll]a|[Ll]e|[Tt]er|[Vv]\."
    r"|DE|VON|VAN|DER)[ \n]))+$"
)
INITIAL_BEFORE = re.compile(r"(?<![^\W\d_])[^\W\d_]\.\]?\s?\[?\Z")
INITIALS = re.compile(r",?[ \n\u00a0]?\[?((?:[^\W\d_a-zß-öø-ÿа-яё][a-zа-я]?\.[ \u00a0]?){1,3}\]?)")
NAME_AFTER = re.compile(r"\s?\[?(?:(?:de|du|des|von|van|zu|der|den|di|da|la|le|ter|v\.)\s|[Dd][’'])*([^\W\d_]+)")
COMMA = re.compile(r",[ \n]\[?")
GENERATION = re.compile(r",?[ \n](Jr|Sr|II|III|IV|2d|3d|Esq|Junior|Senior|fils|père)\b\.?")
# What makes a place and a firm of a surname.
STATE = re.compile(r",[ \n]([A-Z][a-z]+)")
COMPANY = re.compile(r",? (?:&|and|et|und) (?:Co\b|Company|Cie|Sons?\b|Söhne|Fils)")
BEFORE = 6
SHORT_LINE = 50
LONGEST_OFFICE = 80
OFFICE_IN_BRACKETS = re.compile(r"[A-Z]\w+(?: (?:in|at|of|for|and|the|[A-Z]\w+))* \Z")
POSTED = re.compile(r"[ \n](?:in|at)[ \n][A-Z]")


@dataclass(frozen=True)
class Surroundings:
    """A surname with what belongs to it: its whole stretch, forenames and titles as folded words.

    ``bare`` is where it begins without forenames. ``other`` says that it is part of a name that is not its bearer's: of a
    foundation, a double surname; ``numbered`` that its one initial may be none: the letter that numbers a paragraph, or
    “M.” for Monsieur. ``apart`` is a name on a line by itself, ``posted`` one told from others by its post: “to Page in
    London”; ``office`` are the words before a name in brackets: “The Ambassador in Italy (Page)”.
    """

    start: int
    end: int
    given: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    generation: str = ""
    other: bool = False
    unknown: bool = False
    bare: int = 0
    numbered: bool = False
    apart: bool = False
    posted: bool = False
    office: frozenset[str] = frozenset()


def around(
    text: str, tokens: tuple[Token, ...], index: int, end: int, known: Container[str], languages: tuple[str, ...]
) -> Surroundings:
    """What belongs to a surname from a word of a text to an offset; ``known`` are forenames that count as such."""
    start = _link(text, tokens[index].start)
    first, given, unknown = _given(text, tokens, index, start, known, languages)
    numbered = len(given) == 1 and len(given[0]) == 1 and (given[0] == "m" or text[first - 1 : first] in ("\n", ""))
    titles = _titles(text, tokens, index, first, languages)
    found = Surroundings(first, end, given, titles, unknown=unknown, bare=start, numbered=numbered)
    found = _behind(text, found, known, languages)
    posted = bool(POSTED.match(text, found.end))
    return replace(found, apart=_is_apart(text, found), posted=posted, office=_office_before(text, found))


def _is_apart(text: str, found: Surroundings) -> bool:
    line = text[text.rfind("\n", 0, found.start) + 1 : found.start].strip() + text[found.end :].partition("\n")[
        0
    ].strip(" .")
    return not line


def _office_before(text: str, found: Surroundings) -> frozenset[str]:
    if text[found.start - 1 : found.start] != "(" or text[found.end : found.end + 1] != ")":
        return frozenset()
    before = text[max(0, found.start - LONGEST_OFFICE) : found.start - 1].rpartition("\n")[2]
    phrase = OFFICE_IN_BRACKETS.search(before)
    return frozenset(fold(word) for word in re.findall(r"[A-Z]\w{3,}", phrase[0])) if phrase else frozenset()


def _link(text: str, start: int) -> int:
    """Where the particles before a surname begin."""
    match = LINK.search(text, max(0, start - 14), start)
    return match.start() if match else start


def _given(
    text: str, tokens: tuple[Token, ...], index: int, start: int, known: Container[str], languages: tuple[str, ...]
) -> tuple[int, tuple[str, ...], bool]:
    """Where the forenames before a name begin, what they are, and whether one of them is no known forename."""
    given: list[str] = []
    first, unknown = start, False
    for token in reversed(tokens[max(0, index - BEFORE) : index]):
        if token.end > first:
            continue
        gap = text[token.end : first]
        kind = _kind(text, token, gap, known, languages) if GAP.fullmatch(gap) and "," not in gap else ""
        if not kind or (given and "\n" in gap and _ends_short_line(text, token.end)):
            break
        given.append(token.key)
        first, unknown = token.start, unknown or kind == "unknown"
        if first and text[first - 1] == "[" and "]" in gap:
            first -= 1
    if given and text[first] != "[" and "[" in text[first:start] and "]" not in text[first:start]:
        return start, (), False
    return first, tuple(reversed(given)), unknown


def _ends_short_line(text: str, end: int) -> bool:
    """Whether a line ends here that is too short to be a wrapped one: an item of a list."""
    return end - text.rfind("\n", 0, end) - 1 < SHORT_LINE


def _kind(text: str, token: Token, gap: str, known: Container[str], languages: tuple[str, ...]) -> str:
    """What a capitalised word before a name is: initial, known forename, unknown one; empty if none of its bearer's."""
    key = token.key
    if len(key) == 1 or (len(key) == 2 and gap.startswith(".") and CYRILLIC.search(key)):
        return "initial" if gap.startswith(".") or (gap == " " and key not in "aiоуявски") else ""
    if key in known and key in GIVEN:
        return "forename"
    if title(key, languages) or key in OFFICE_ENDS or key in ADJECTIVES or key in NOT_GIVEN:
        return ""
    if is_given(key, known):
        return "forename"
    if gap.startswith("."):
        return "initial" if len(key) <= 2 and INITIAL_BEFORE.search(text, max(0, token.start - 4), token.start) else ""
    return "unknown" if gap.startswith(" ") and _may_be_forename(text, token, languages) else ""


def _may_be_forename(text: str, token: Token, languages: tuple[str, ...]) -> bool:
    """Whether a word of no list may be a forename: no nation or code word, none that begins a sentence or ends an office."""
    if is_nation(token.key) or token.key in NO_PERSON or (token.text.isupper() and len(token.key) > 1):
        return False
    language = languages[0] if languages else ""
    if begins_sentence(text, token.start) and (
        occurs_small(text, token.key) or is_word(token.text, language) or not has_list(language)
    ):
        return False
    office = OFFICE_BEFORE.search(text, max(0, token.start - 40), token.start)
    return not (office and title(fold(office[1]), languages))


def _titles(
    text: str, tokens: tuple[Token, ...], index: int, first: int, languages: tuple[str, ...]
) -> tuple[str, ...]:
    """Titles directly before a name, with those of an office of several words: “Deputy Secretary of Defense”."""
    found: list[str] = []
    at = first
    for token in reversed(tokens[max(0, index - BEFORE - 6) : index]):
        if token.end > at:
            continue
        gap = text[token.end : at]
        if not (GAP.fullmatch(gap) or OFFICE_GAP.fullmatch(gap)) or (
            len(gap) > 2 and gap.startswith(",") and not found
        ):
            break
        said = title(token.key, languages)
        if said and gap.startswith(",") and found:
            break
        if not (said or token.key in OFFICE_ENDS or token.key in ADJECTIVES or is_nation(token.key)):
            break
        if said:
            found.append(said)
        at = token.start
    return tuple(found)


def _behind(text: str, found: Surroundings, known: Container[str], languages: tuple[str, ...]) -> Surroundings:
    """Adds what stands behind: generation, inverted forenames, another surname after a hyphen, an institution."""
    end = found.end
    match = GENERATION.match(text, end)
    if match:
        return replace(found, end=match.end(), generation=generation_of(fold(match[1])) if match[1] != "Esq" else "")
    if not found.given:
        match = INITIALS.match(text, end)
        if match and not goes_on(text, match.end()):
            keys = tuple(fold(one) for one in re.findall(r"[^\W_]+", match[1]))
            stop = match.end() - (len(match[0]) - len(match[0].rstrip()))
            return replace(found, end=stop, given=keys)
        inverted = _inverted(text, end, known, languages)
        if inverted:
            return replace(found, end=inverted[0], given=inverted[1])
    return replace(found, other=_is_part(text, found, end))


def _is_part(text: str, found: Surroundings, end: int) -> bool:
    """Whether a surname is part of another name: a double one, a firm's, an institution's, that of a place in a state."""
    state = None if found.given or found.titles else STATE.match(text, end)
    if COMPANY.match(text, end) or (state and fold(state[1]) in STATES):
        return True
    after = next_word(text, end)
    if after is None or after.text[0].islower():
        return False
    gap = text[end : after.start]
    return gap in ("-", "\u2010") or (gap in (" ", "\n", "\u00a0") and after.key in INSTITUTIONS)


def goes_on(text: str, end: int) -> bool:
    """Whether a name goes on behind initials or forenames: “with Khrushchev, N. A. Bulganin”, “Charles de Gaulle”."""
    after = NAME_AFTER.match(text, end)
    return after is not None and after[1][0].isupper() and fold(after[1]) not in NOT_GIVEN


def _inverted(
    text: str, end: int, known: Container[str], languages: tuple[str, ...]
) -> tuple[int, tuple[str, ...]] | None:
    """Forenames behind a surname: “Khrushchev, Nikita S.”, “Хрущев Никита Сергеевич”."""
    comma = COMMA.match(text, end)
    after = next_word(text, comma.end() - 1 if comma else end)
    given: list[str] = []
    while after is not None and not after.text[0].islower():
        gap = text[(comma.end() - 1 if comma and not given else end) : after.start]
        initial = len(after.key) < 3 and (given or comma) and text[after.end : after.end + 1] == "."
        if (
            gap not in (" ", ". ", ".")
            or (gap == ". " and not given)
            or not (initial or _is_forename(after.key, known, languages))
        ):
            break
        given.append(after.key)
        end = after.end
        after = next_word(text, end)
    if not any(len(one) > 2 for one in given) or (comma and goes_on(text, end)):
        return None
    return end + (len(given[-1]) < 3 and text[end : end + 1] == "."), tuple(given)


def _is_forename(key: str, known: Container[str], languages: tuple[str, ...]) -> bool:
    return key in known or any(one in known for one, _ in nominatives(key, languages))


def agreement(given: tuple[str, ...], person: Person, languages: tuple[str, ...]) -> int:
    """How well forenames in a text fit a person: 3 by a full one, 2 by initials, 1 if the register has none, 0 not."""
    own = [*person.forenames]
    if all(len(name) == 1 for name in given) and not _in_order(given, own, languages):
        return 0
    if not own and not person.nicknames:
        return 1
    best, at = 0, 0
    for number, name in enumerate(given):
        fits = [(place, _alike(name, one, languages)) for place, one in enumerate(own)]
        place, fit = max(fits, key=lambda one: (one[1], -abs(one[0] - at)), default=(0, 0))
        if not fit and any(_alike(name, one, languages) == 3 for one in person.nicknames):
            best = 3
        elif not fit and ((len(name) > 1 and best == 3) or number >= len(person.forenames) > 0):
            continue  # more forenames than the register has
        elif not fit or (len(name) == 1 and number == 0 and place and len(given) == 1):
            return 0
        else:
            own[place], at, best = "", place + 1, max(best, fit)
    return best


def _in_order(given: tuple[str, ...], own: list[str], languages: tuple[str, ...]) -> bool:
    """Whether initials are those of the forenames, from the first on; some may be left out, or more than these."""
    if not own:
        return True
    places = iter(own)
    first = bool(_alike(given[0], next(places), languages))
    return first and all(any(_alike(name, one, languages) for one in places) for name in given[1 : len(own)])


@lru_cache(maxsize=1 << 15)
def is_same(name: str, own: str, languages: tuple[str, ...]) -> bool:
    """Whether a forename is another one, a case, a short form or another transcription of it."""
    return _alike(name, own, languages) == 3


def _alike(name: str, own: str, languages: tuple[str, ...]) -> int:
    """3 the same forename, its case or short form; 2 one the initial of the other; 0 different."""
    if not name or not own:
        return 0
    if len(name) == 1 or len(own) == 1 or (len(name) == 2 and CYRILLIC.search(name)):
        return 2 if own.startswith(name) or name.startswith(own) or cyrillic(own).startswith(name) else 0
    if name == own or own in SHORT.get(name, ()) or name in SHORT.get(own, ()):
        return 3
    if len(name) == 2 and own.startswith(name):
        return 2
    if CYRILLIC.search(name) and not CYRILLIC.search(own):
        own = cyrillic(own)
    if name == own or own in (one for one, _ in nominatives(name, languages)):
        return 3
    return 3 if _transcribed(name, own) else 0


def _transcribed(name: str, own: str) -> bool:
    """Whether two forenames are one in two transcriptions or languages: Sergei, Sergey; Andrei, Andrey; Nicolai."""
    plain = [
        re.sub(r"(?:ei|ey|ej|ii|iy|ij|y|i)$", "i", one).replace("ks", "x").replace("k", "c").replace("w", "v")
        for one in (name, own)
    ]
    return len(name) > 3 and plain[0] == plain[1]


def is_nation(key: str) -> bool:
    """Whether a folded word is an adjective of a nation."""
    return key in NATIONS or (key.endswith("s") and key[:-1] in NATIONS)


def is_given(key: str, known: Container[str]) -> bool:
    """Whether a folded word is a forename: a common one, or one of the registers."""
    return key in GIVEN or key in known or key in SHORT
