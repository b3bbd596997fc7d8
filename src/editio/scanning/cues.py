"""The cues that say what a name is: person, place, organisation or event, each with a weight and its reason in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from editio.scanning import lexicon

BEHIND = re.compile(r"(?:['’]s)?,?[ \t\n\u00a0]+([^\W\d_]+)")
APPOSITION = re.compile(r",[ \t\n](?:the |der |die |le |la )?([^\W\d_]+)")
SEATS = frozenset(
    "city town village capital government people kingdom state port siege vicinity fall capture occupation streets "
    "inhabitants ville battle treaty bataille siège traité".split()
)
NAMED = frozenset("Stadt Dorf город города городе".split())
SMALL = frozenset("de von of the la den dem l' d' l’ d’".split())
PUNCTUATION = ".,;:()[]«»„“”\"'"
GOVERNED = re.compile(r"\s(?:of|for|de|des|der|du|für|von)\s|\sd['’]")
ABBREVIATION = re.compile(r"[^\W\d_a-z]{2,6}")
HEADS = (("event", lexicon.EVENT_HEADS, 3.5), ("org", lexicon.ORG_HEADS, 3.0), ("place", lexicon.PLACE_HEADS, 3.0))
DETERMINERS = lexicon.DETERMINERS | frozenset("the a an le la les du des au aux l' l’".split())
BRACKETED = re.compile(r"\($")
ROLES = {
    "signature": "signature",
    "salute": "salute",
    "speaker": "speaker",
    "participant": "list of participants",
}


@dataclass(frozen=True)
class Cue:
    """One reason to take a name for a kind of thing."""

    kind: str
    weight: float
    reason: str


def of_title(title: str) -> tuple[Cue, ...]:
    """A title before (in some languages behind) a name makes it a person's."""
    return (Cue("person", 3.0, f"title “{title}”"),) if title else ()


def of_role(role: str, before: str, behind: str) -> tuple[Cue, ...]:
    """What the part of the document says in which a name stands."""
    if role == "dateline":
        return (Cue("place", 2.5, "dateline"),)
    if role in ROLES and (role != "participant" or not before.strip() or before.endswith("\n\n")):
        return (Cue("person", 2.5 if role == "salute" else 3.0, ROLES[role]),)
    if role == "heading" and BRACKETED.search(before) and behind.startswith(")"):
        return (Cue("person", 2.0, "in brackets in a heading"),)
    return ()


@lru_cache(maxsize=100_000)
def of_words(words: tuple[str, ...], written: str, placed: bool) -> tuple[Cue, ...]:
    """What the words of a name itself say; ``placed``: its place may have given it its capitals."""
    return tuple(islice(_of_words(words, written, placed), 1))


def _of_words(words: tuple[str, ...], written: str, placed: bool) -> Iterator[Cue]:
    """The cues of a name's words, the surest first."""
    alone = len(words) == 1
    if " ".join(words) in lexicon.PLACES and (not alone or written.isupper()):
        yield Cue("place", 4.0, "name of a state")
    head = _head(words, written)
    for kind, heads, weight in HEADS:
        if head in heads:
            yield Cue(kind, 0.5 if alone else weight, f"“{head}”")
    if alone and words[0] in lexicon.KNOWN_PLACES:
        yield Cue("place", 0.8, "a known place")
    if any(word.endswith(lexicon.PATRONYMIC) for word in words[-2:] if len(word) > 5):
        yield Cue("person", 2.5, "patronymic")
    if any(len(word) <= 2 and word.endswith(".") for word in words[:-1]):
        yield Cue("person", 2.0, "initials")
    if words[0] in lexicon.FORENAMES:
        yield Cue("person", 1.0 if alone else 2.0, f"forename “{words[0]}”")
    if alone and not placed and ABBREVIATION.fullmatch(written):
        yield Cue("org", 0.8, "abbreviation")


def _head(words: tuple[str, ...], written: str) -> str:
    """The noun that says what a name of several words is: before “of”, else the last one; in German and Russian, any."""
    governed = GOVERNED.search(written) if len(words) > 1 else None
    if governed:
        return written[: governed.start()].rsplit(maxsplit=1)[-1].casefold()
    if len(words) > 1 and words[0] in ("mount", "lake", "fort", "cape", "port", "lac", "mont", "ministère"):
        return words[0]
    return words[-1]


def of_line(words: tuple[str, ...], before: str, behind: str, role: str) -> tuple[Cue, ...]:
    """A name of two or more words that is all of a line or paragraph is a person's more often than not."""
    alone = len(words) > 1 and not role and before[-2:] in ("", "\n\n") and behind[:2] in ("", "\n\n")
    return (Cue("person", 1.0, "a line of its own"),) if alone else ()


def of_speaker(before: str, behind: str) -> tuple[Cue, ...]:
    """A name that begins a paragraph and has a colon behind it is a speaker's."""
    return (Cue("person", 2.5, "speaker"),) if behind[:1] == ":" and before[-2:] in ("", "\n\n") else ()


def words_before(before: str) -> tuple[str, ...]:
    """The last words before a name, the nearest last; those that stand right at it, as “d'”, by themselves."""
    words = before.split()[-3:]
    if words and not before[-1].isspace():
        bare = words[-1].strip(PUNCTUATION)
        return (*words[:-1], words[-1][-2:]) if words[-1][-2:] in SMALL else (*words[:-1], bare)
    return tuple(words)


def of_neighbours(before: tuple[str, ...], behind: str) -> tuple[Cue, ...]:
    """What the words before and behind a name say."""
    found = [*_of_words_before(before)] if before else []
    next_word = BEHIND.match(behind)
    if next_word and next_word[1] in lexicon.SPEAKING:
        found.append(Cue("person", 1.5, f"“{next_word[1]}” behind it"))
    apposed = APPOSITION.match(behind) if behind[:1] == "," else None
    if apposed and apposed[1][:1].isupper() and apposed[1].casefold() in lexicon.TITLES:
        found.append(Cue("person", 1.5, f"“{apposed[1]}” behind it"))
    return tuple(found)


def _of_words_before(before: tuple[str, ...]) -> Iterator[Cue]:
    last = before[-1]
    if last in NAMED or (last in ("of", "de") and before[-2:-1] and before[-2].casefold() in SEATS):
        yield Cue("place", 1.5, f"“{' '.join(before[-2:])}” before it" if last not in NAMED else f"“{last}” before it")
        return
    word = before[-2] if last in SMALL and last not in ("of", "the") and len(before) > 1 else last
    small = word.strip(PUNCTUATION).casefold()
    if small in lexicon.TITLES and len(small) > 2 and word[0].islower():
        yield Cue("person", 3.0, f"title “{small}”")
    elif word is not last:
        return
    elif small in lexicon.TOLD:
        yield Cue("person", 1.0, f"“{small}” before it")
    elif small in lexicon.AGENTS:
        yield Cue("person", 0.7, f"“{small}” before it")
    elif small in lexicon.AT_PLACES and word[-1].isalpha():
        yield Cue("place", lexicon.AT_PLACES[small], f"“{small}” before it")


def is_determined(before: tuple[str, ...]) -> bool:
    """Whether an article, or what stands in its place, stands before a name, a German adjective between."""
    if not before:
        return False
    last = before[-1].casefold()
    if last in DETERMINERS:
        return True
    inflected = before[-1] == last and len(last) > 3 and last.endswith(("e", "en", "er", "es", "em"))
    return inflected and any(word.casefold() in lexicon.DETERMINERS for word in before[:-1])
