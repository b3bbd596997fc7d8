"""The cues that say what a name is: person, place, organisation or event, each with a weight and its reason in words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from editio.scanning import lexicon

BEFORE = re.compile(r"([^\W\d_]+)[.,]?(?:[ \t\n\u00a0\u202f]+(?:(?:d|l)['’]|(?:de|von|of the|of|the|la|den|dem) )?|[ \t\n](?:d|l)['’])$")
BEHIND = re.compile(r"(?:['’]s)?,?[ \t\n\u00a0]+([^\W\d_]+)")
APPOSITION = re.compile(r",[ \t\n](?:the |der |die |le |la )?([^\W\d_]+)")
SEAT = re.compile(r"(?:city|town|village|capital|government|people|kingdom|state|port|siege|Stadt|Dorf|ville|город\w*)[ \n](?:of |de )?$")
GOVERNED = re.compile(r"\s(?:of|for|de|des|der|du|für|von)\s|\sd['’]")
ABBREVIATION = re.compile(r"[^\W\d_a-z]{2,6}")
HEADS = (("event", lexicon.EVENT_HEADS, 3.5), ("org", lexicon.ORG_HEADS, 3.0), ("place", lexicon.PLACE_HEADS, 3.0))
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
        return (Cue("person", 2.5, ROLES[role]),)
    if role == "heading" and BRACKETED.search(before) and behind.startswith(")"):
        return (Cue("person", 2.0, "in brackets in a heading"),)
    return ()


def of_words(words: tuple[str, ...], written: str, position: str) -> tuple[Cue, ...]:
    """What the words of a name itself say."""
    if " ".join(words) in lexicon.PLACES:
        return (Cue("place", 4.0, "name of a state"),)
    head = _head(words, written)
    for kind, heads, weight in HEADS:
        if head in heads:
            return (Cue(kind, weight, f"“{head}”"),)
    if any(word.endswith(lexicon.PATRONYMIC) for word in words[-2:] if len(word) > 5):
        return (Cue("person", 2.5, "patronymic"),)
    if len(words) > 1 and any(len(word) <= 2 and word.endswith(".") for word in words[:-1]):
        return (Cue("person", 2.0, "initials"),)
    if words[0] in lexicon.FORENAMES:
        return (Cue("person", 2.0 if len(words) > 1 else 1.0, f"forename “{words[0]}”"),)
    if not position and len(words) == 1 and ABBREVIATION.fullmatch(written):
        return (Cue("org", 0.8, "abbreviation"),)
    return ()


def _head(words: tuple[str, ...], written: str) -> str:
    """The noun that says what a name of several words is: before “of”, else the last one; in German and Russian, any."""
    governed = GOVERNED.search(written)
    if governed:
        return written[: governed.start()].split()[-1].casefold()
    if len(words) > 1 and words[0] in ("mount", "lake", "fort", "cape", "port", "lac", "mont", "ministère"):
        return words[0]
    return words[-1]


def of_neighbours(before: str, behind: str) -> tuple[Cue, ...]:
    """What the words before and behind a name say."""
    found: list[Cue] = []
    word = BEFORE.search(before)
    if word:
        found += _of_word_before(word[1], before)
    next_word = BEHIND.match(behind)
    if next_word and next_word[1] in lexicon.SPEAKING:
        found.append(Cue("person", 1.5, f"“{next_word[1]}” behind it"))
    apposed = APPOSITION.match(behind)
    if apposed and apposed[1][:1].isupper() and apposed[1].casefold() in lexicon.TITLES:
        found.append(Cue("person", 1.5, f"“{apposed[1]}” behind it"))
    if SEAT.search(before):
        found.append(Cue("place", 1.5, "“… of” before it"))
    return tuple(found)


def _of_word_before(word: str, before: str) -> list[Cue]:
    small = word.casefold()
    if word[0].islower() and small in lexicon.TITLES and len(small) > 2 or small in ("тов", "com", "г"):
        return [] if re.search(r"\b(?:of|of the)\s$", before) else [Cue("person", 3.0, f"title “{small}”")]
    if small in lexicon.TOLD:
        return [Cue("person", 1.0, f"“{small}” before it")]
    if small in lexicon.AT_PLACES and before.rstrip().endswith(word):
        return [Cue("place", lexicon.AT_PLACES[small], f"“{small}” before it")]
    return []


def is_determined(before: str) -> bool:
    """Whether an article, or what stands in its place, is the word before a name."""
    word = re.search(r"([^\W\d_]+)[ \n]$", before)
    return word is not None and (word[1].casefold() in lexicon.DETERMINERS or word[1].casefold() in ("the", "a", "an"))
