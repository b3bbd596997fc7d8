"""What shows that a capitalised word names a person: the words around it, its place, its look.

A cue to add is a rule in ``RULES``, and where it is yielded.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import accumulate

from editio.naming.deeds import PLACED, WORD_BEFORE, acts, is_personal
from editio.naming.given import GIVEN, NOT_ALONE
from editio.naming.lines import is_line, is_signed
from editio.naming.rows import KIN, STRONG, Run
from editio.naming.russian import CYRILLIC_PATRONYMIC
from editio.naming.things import DEAR, DETERMINERS, PLACES, SAID, SHIPS
from editio.naming.titles import ADJECTIVES, COURTESY, MODIFIERS, ORDINARY, title
from editio.naming.words import Token, begins_sentence, fold, occurs_small
from editio.words import is_word


@dataclass(frozen=True)
class Rule:
    """What cues of a rule mean, for the editorial declaration, and how much each weighs."""

    meaning: str
    weight: float


RULES = {
    "title-before": Rule("a title, rank or office before a name", 1.0),
    "initials-before": Rule("initials before a surname", 1.0),
    "forename-before": Rule("a common forename before a surname", 0.9),
    "forename-alone": Rule("a common forename", 0.8),
    "kin-before": Rule("a word of kinship before a name", 0.9),
    "salutation": Rule("whom a salutation addresses", 1.0),
    "signature": Rule("a name alone at the end, or behind “signed”", 1.0),
    "list-of-persons": Rule("a line of a list of those present, or behind “From:” or “To:”", 1.0),
    "office-behind": Rule("an office in apposition", 0.8),
    "in-brackets": Rule("a name in brackets behind an office", 0.8),
    "speaker": Rule("who speaks, before a colon", 0.5),
    "verb-of-speech": Rule("a verb of speech", 0.5),
    "verb-of-persons": Rule("a verb of what only persons do, or the word that they are ill or dead", 0.8),
    "beside-person": Rule("a name in a row with persons", 0.5),
    "possessive": Rule("a genitive", 0.25),
    "agent": Rule("by whom or with whom something is done", 0.2),
    "named-before": Rule("a surname that other cues in the document show to be a person's", 0.7),
}
# What makes a person of a name by itself.
ENOUGH = 0.8
NEXT_SMALL = re.compile(r"[ \n\u00a0]([a-zß-öø-ÿа-яё]+)")
ACCORDING = re.compile(
    r"(?:according to|in the words of|letter (?:from|to)|conversation with|talk with|nach den Worten|d[’']après"
    r"|\b(?:told|informed|assured|thanked|urged|reminded|congratulated))[ \n]\Z"
)
# The last words of those, folded.
ACCORDING_ENDS = frozenset(
    "to of from with worten apres told informed assured thanked urged reminded congratulated".split()
)
OFFICE_BEHIND = re.compile(
    r",[ \n](?:(?:the|an?|der|die|le|la|his|our|their) )?(?:[A-Z][\w.]*[ \n]|[a-z]{3,}[ \n]){0,3}?([^\W\d_]+)"
    r"(?=[ \n](?:of|for|in|at|to|der|des|de|du)\b|[.,;)\n])"
)
ADDRESSED = re.compile(r"\s*[,:;!—–-]|\.?\s*\n|\s*$")
POSSESSIVE = re.compile(r"[’']s\b|[’'](?=[ \n])")
SYLLABLE = re.compile(r"[-\u2010]([a-z]{2,5})\b")
LONGEST_SYLLABLE = 6
ENGLISH_ENDS = frozenset(
    "based style type wide elect led born like sized day year made held run bound owned era".split()
)
INITIALS_FIRST = re.compile(r"I+[WC]")
# Titles that nouns do not follow, even where every noun has a capital.
FOLLOWED = STRONG | {"count", "countess", "baron", "baroness", "prof", "hofrat"}
ACRONYMS = frozenset("us uk un usa ussr dc ny nj pa ma st nw se sw ne am pm ad bc".split())
# Words that make no title by themselves.
NO_TITLES = (MODIFIERS | ADJECTIVES) - {"assistant"}
LONGEST = 5
AGENTS = frozenset("by with von mit par avec".split())


@dataclass(frozen=True)
class Cue:
    """A stretch of text that a cue shows to be a name: of what kind, by which rule, how surely (0 to 1)."""

    start: int
    end: int
    kind: str
    rule: str
    weight: float
    surname: str = field(default="", compare=False)


class Covered:
    """Stretches of a text, to be asked whether another one meets them."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._stretches = sorted(stretches)
        self._ends = list(accumulate((end for _, end in self._stretches), max))

    def meets(self, start: int, end: int) -> bool:
        """Whether a stretch has a character in common with one of them."""
        at = bisect_right(self._ends, start)
        return at < len(self._stretches) and self._stretches[at][0] < end


def cues_of(text: str, run: Run, languages: tuple[str, ...], lines: Covered, signatures: Covered) -> Iterator[Cue]:
    """What shows that a run is a name; ``lines`` and ``signatures`` are the places of lists and signatures."""
    name, shapes = run.name, run.shapes
    if len(name) > LONGEST or shapes.endswith("I"):
        return
    yield from _cues_of_place(text, run, languages, lines, signatures)
    before = _word_before(text, run.first)
    word = fold(before[1]) if before else ""
    yield from _cues_before(text, run, before, word, languages)
    yield from _cues_inside(text, run)
    if shapes in ("W", "WW") and not run.titles:
        if is_personal(text, name, languages):
            yield cue_of(run, "verb-of-persons", name[0].start)
        elif word not in DETERMINERS and _speaks(text, run, languages):
            yield cue_of(run, "verb-of-speech", name[0].start, ENOUGH)
    if shapes[-1] in "WG" and languages[:1] != ("de",):
        yield from _weak_cues(text, run, word, languages)


def _cues_of_place(
    text: str, run: Run, languages: tuple[str, ...], lines: Covered, signatures: Covered
) -> Iterator[Cue]:
    """Cues in where a run stands: in a line of a list of persons, or as a signature."""
    name, start, end = run.name, run.name[0].start, run.name[-1].end
    if len(name) > 1 and "C" not in run.shapes and lines.meets(start, end):
        yield cue_of(run, "list-of-persons", start)
    if (
        signatures.meets(start, end)
        and is_line(text, start, end, languages)
        and not any(occurs_small(text, one.key) for one in name if len(one.key) > 1)
    ):
        yield cue_of(run, "signature", start)
    if is_signed(text, start):
        yield cue_of(run, "signature", start)


def _word_before(text: str, start: int) -> re.Match[str] | None:
    """The word before an offset, with its stop and the white space and bracket behind it."""
    space = start - 2 if text[start - 1 : start] == "[" else start - 1
    if space < 1 or text[space] not in " \n\u00a0":
        return None
    return WORD_BEFORE.search(text, max(0, start - 24, text.rfind(" ", max(0, start - 24), space) + 1), start)


def cue_of(run: Run, rule: str, start: int, weight: float | None = None) -> Cue:
    """A cue from an offset to the end of a run, as heavy as its rule says unless it is said otherwise."""
    last = run.name[-1]
    return Cue(start, last.end, "person", rule, RULES[rule].weight if weight is None else weight, last.key)


def _cues_before(
    text: str, run: Run, before: re.Match[str] | None, word: str, languages: tuple[str, ...]
) -> Iterator[Cue]:
    """Cues in the run itself and in the word before it."""
    name, shapes = run.name, run.shapes
    start = name[0].start
    if word in SHIPS:
        return
    if word in KIN and not run.titles:
        is_small = shapes[0] == "W" and ((before and before[2]) or occurs_small(text, name[0].key))
        if shapes[0] in "GW" and not is_small:
            yield cue_of(run, "kin-before", start)
        return
    titles = _titles(run, before, word, languages)
    if titles and not set(titles) <= NO_TITLES and _titled(text, run, titles, languages):
        yield cue_of(run, "title-before", start)
    elif word in DEAR and ADDRESSED.match(text, name[-1].end) and shapes[-1] in "GWC":
        yield cue_of(run, "salutation", start)
    elif INITIALS_FIRST.fullmatch(shapes):
        if _has_initials(text, run):
            yield cue_of(run, "initials-before", start)
    elif _has_forename(run) and word != "the":
        yield cue_of(
            run, "forename-before", start, 0.6 if set(shapes) == {"G"} and not name[0].text.isupper() else None
        )
    elif shapes == "G" and _stands_alone(text, name[0], word):
        yield cue_of(run, "forename-alone", start)


def _titles(run: Run, before: re.Match[str] | None, word: str, languages: tuple[str, ...]) -> tuple[str, ...]:
    """The titles of a run, else the one in small letters before it."""
    if not run.titles and before and before[1].islower() and (not before[2] or len(word) < 5):
        small = title(word, languages)
        return (small,) if small else ()
    return run.titles


def _has_initials(text: str, run: Run) -> bool:
    """Whether letters with stops before a surname are initials: not an acronym, nor the number of a line."""
    name, start = run.name, run.name[0].start
    if "".join(one.key for one in name[:-1]) in ACRONYMS:
        return False
    monsieur = name[0].text == "M" and text[start - 1 : start] == " "
    begins = _begins_line(text, start) and not monsieur
    return len(run.shapes) > 2 or not (begins or occurs_small(text, name[-1].key))


def _has_forename(run: Run) -> bool:
    first, shapes = run.name[0], run.shapes
    return shapes[0] == "G" and len(shapes) > 1 and not (shapes[-1] == "C" and first.text[1:].islower())


def _cues_inside(text: str, run: Run) -> Iterator[Cue]:
    """Cues in the look of a name: Chinese and Korean syllables (“Chiang Kai-shek”), Russian forename and patronymic."""
    name, start = run.name, run.name[0].start
    syllable = SYLLABLE.match(text, name[-1].end)
    short = len(name) == 2 and max(len(one.text) for one in name) <= LONGEST_SYLLABLE
    if syllable and short and syllable[1] not in ENGLISH_ENDS and "C" not in run.shapes and "I" not in run.shapes:
        yield replace(cue_of(run, "forename-before", start), end=syllable.end())
    elif (
        len(name) == 2
        and CYRILLIC_PATRONYMIC.search(name[-1].key)
        and (run.shapes[0] == "G" or not begins_sentence(text, start))
    ):
        yield cue_of(run, "forename-before", start)


def _speaks(text: str, run: Run, languages: tuple[str, ...]) -> bool:
    """The same of verbs that may have other subjects, too: not of words that the text has in small letters."""
    name = run.name
    return acts(text, name, languages[0] if languages else "") and not any(occurs_small(text, one.key) for one in name)


def _titled(text: str, run: Run, titles: Sequence[str], languages: tuple[str, ...]) -> bool:
    """Whether a title makes a name of what follows: not of the words of an institution or a heading."""
    name, shapes = run.name, run.shapes
    if shapes[0] == "C" and len(name[0].text) < 4:
        return False
    if shapes == "W" and titles[-1] in KIN:
        return False
    if shapes == "W" and languages[:1] == ("de",) and titles[-1] not in FOLLOWED and is_word(name[0].text, "de"):
        return False
    last = titles[-1] if run.titles else titles[0]
    if last in ORDINARY and last not in COURTESY and len(name) == 1 and shapes != "G":
        return not occurs_small(text, name[0].key) and not is_plural_noun(name[0].key)
    return True


def is_plural_noun(key: str) -> bool:
    """Whether a word looks like the noun of a heading: “General Principles”, “General Elections”."""
    return key.endswith(
        ("ions", "ments", "ples", "ties", "ings", "ances", "ences", "tion", "ment", "ity", "ness", "ism")
    )


def _begins_line(text: str, start: int) -> bool:
    return start == 0 or text[start - 1] in "\n\t" or begins_sentence(text, start)


def _stands_alone(text: str, token: Token, word: str) -> bool:
    """Whether a forename without surname is a person here."""
    if token.key in NOT_ALONE or token.key in PLACES or token.key not in GIVEN or token.text.isupper():
        return False
    return word not in PLACED and word not in DETERMINERS and text[token.end : token.end + 1] not in ("-", "–")


def _weak_cues(text: str, run: Run, word: str, languages: tuple[str, ...]) -> Iterator[Cue]:
    """Cues that count together, or for names of several words; of names without titles, behind a word."""
    name, shapes = run.name, run.shapes
    start, end = name[0].start, name[-1].end
    if run.titles or len(name) > 3 or "C" in shapes or "I" in shapes:
        return
    if word in DETERMINERS or (len(name) == 1 and shapes == "W" and occurs_small(text, name[0].key)):
        return
    if begins_sentence(text, start) and len(name) == 1 and is_plural_noun(name[0].key):
        return
    more = 0.3 if len(name) > 1 else 0.0
    after = NEXT_SMALL.match(text, end)
    office = OFFICE_BEHIND.match(text, end)
    if text[end : end + 1] == ":" and text[start - 1 : start] in ("\n", ""):
        yield cue_of(run, "speaker", start)
    elif (after and fold(after[1]) in SAID) or (
        word in ACCORDING_ENDS and ACCORDING.search(text, max(0, start - 24), start)
    ):
        yield cue_of(run, "verb-of-speech", start, RULES["verb-of-speech"].weight + more)
    if office and word not in PLACED and title(fold(office[1]), languages) not in COURTESY | {""}:
        yield cue_of(run, "office-behind", start, RULES["office-behind"].weight + more)
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")" and _office_in_line(text, start, languages):
        yield cue_of(run, "in-brackets", start)
    if POSSESSIVE.match(text, end):
        yield cue_of(run, "possessive", start)
    elif word in AGENTS:
        yield cue_of(run, "agent", start)
    if word in PLACED:
        yield cue_of(run, "possessive", start, -0.3)


def _office_in_line(text: str, start: int, languages: tuple[str, ...]) -> bool:
    line = text[max(0, start - 120) : start - 1].rpartition("\n")[2]
    return any(title(fold(word), languages) for word in re.findall(r"[^\W\d_]+", line))
