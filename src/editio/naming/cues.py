"""Persons by cues: titles, initials, forenames, salutations, signatures, lists, verbs of speech. No register is needed.

Each cue says how much it weighs. What weighs enough alone or together with others makes a person of a name, and then
every later mention of the surname in the same text counts.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import accumulate

from editio.naming.deeds import PLACED, WORD_BEFORE, acts, is_common, is_personal
from editio.naming.given import GIVEN, NOT_ALONE
from editio.naming.lines import is_line, is_signed, listed_lines, signature_lines
from editio.naming.rows import KIN, STRONG, Run, rows
from editio.naming.things import DEAR, DETERMINERS, PLACES, SAID, SHIPS
from editio.naming.titles import ADJECTIVES, COURTESY, MODIFIERS, ORDINARY, title
from editio.naming.words import Token, begins_sentence, evened, fold, occurs_small
from editio.words import is_word

# What the cues mean, for the editorial declaration.
MEANINGS = {
    "title-before": "a title, rank or office before a name",
    "initials-before": "initials before a surname",
    "forename-before": "a common forename before a surname",
    "forename-alone": "a common forename",
    "kin-before": "a word of kinship before a name",
    "salutation": "whom a salutation addresses",
    "signature": "a name alone at the end, or behind “signed”",
    "list-of-persons": "a line of a list of those present, or behind “From:” or “To:”",
    "office-behind": "an office in apposition",
    "in-brackets": "a name in brackets behind an office",
    "speaker": "who speaks, before a colon",
    "verb-of-speech": "a verb of speech",
    "verb-of-persons": "a verb of what only persons do, or the word that they are ill or dead",
    "beside-person": "a name in a row with persons",
    "possessive": "a genitive",
    "agent": "by whom or with whom something is done",
    "named-before": "a surname that other cues in the document show to be a person's",
}
ENOUGH, ENOUGH_TOGETHER, LEAST_OF_THEM = 0.8, 1.0, 0.5
WEIGHTS = {
    "title-before": 1.0,
    "initials-before": 1.0,
    "forename-before": 0.9,
    "forename-alone": 0.8,
    "kin-before": 0.9,
    "salutation": 1.0,
    "signature": 1.0,
    "list-of-persons": 1.0,
    "office-behind": 0.8,
    "in-brackets": 0.8,
    "speaker": 0.5,
    "verb-of-speech": 0.5,
    "verb-of-persons": 0.8,
    "beside-person": 0.5,
    "possessive": 0.25,
    "agent": 0.2,
}
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
PATRONYMIC = re.compile(r"(?:ович|евич|инич|кузьмич|ильич|лукич)(?:|а|у|ем|е)$|(?:овн|евн|иничн)(?:а|ы|е|у|ои)$")
INITIALS_FIRST = re.compile(r"I+[WC]")
# What stands between the names of a row.
ROW_GAP = re.compile(r"(?:,|,? (?:and|und|et|и|or)|, and)[ \n](?:[^\W\d_]{2,9}\.? ){0,3}")
CONJUNCTIONS = ("and", "und", "et", "и")
AND = (", ", " and ", ", and ", " und ", " et ", " и ", " or ")
# Titles that nouns do not follow, even where every noun has a capital.
FOLLOWED = STRONG | {"count", "countess", "baron", "baroness", "prof", "hofrat"}
# Titles of several persons.
MANY = re.compile(r"(?:Messrs|MM|Mmes|Generals|Senators|Ambassadors|Colonels|Captains|Lords|Misses|Herren)\.? \Z")
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


def find_persons(
    text: str,
    languages: tuple[str, ...],
    taken: Sequence[tuple[int, int]] = (),
    persons: Sequence[tuple[int, int]] = (),
) -> list[Cue]:
    """The persons that cues show, in order; ``taken`` are stretches to leave out, ``persons`` those known to be persons."""
    even = evened(text)
    if even.text != text:
        inner = [[(even.evened(a), even.evened(b - 1) + 1) for a, b in one] for one in (taken, persons)]
        found = _find_persons(even.text, languages, *inner)
        return [replace(one, start=even.original(one.start), end=even.original(one.end - 1) + 1) for one in found]
    return _find_persons(text, languages, taken, persons)


def _find_persons(
    text: str, languages: tuple[str, ...], taken: Sequence[tuple[int, int]], persons: Sequence[tuple[int, int]]
) -> list[Cue]:
    covered = _Covered(taken)
    cues = [cue for cue in find_cues(text, languages) if not covered.meets(cue.start, cue.end)]
    cues += [cue for cue in _beside(text, languages, cues, persons) if not covered.meets(cue.start, cue.end)]
    accepted = _accepted(cues)
    best: dict[tuple[int, int], Cue] = {}
    for cue in cues:
        before = best.get((cue.start, cue.end))
        if _counts(cue, accepted) and (before is None or cue.weight > before.weight):
            best[cue.start, cue.end] = cue
    found = list(best.values())
    found += _named_again(text, languages, accepted, _Covered([*taken, *best]))
    kept: list[Cue] = []
    for cue in sorted(found, key=lambda one: (one.start, -one.end)):
        if not kept or cue.start >= kept[-1].end:
            kept.append(cue)
    return kept


def _accepted(cues: Sequence[Cue]) -> dict[str, float]:
    """Surnames that the cues of a text show together to be persons', with what they weigh."""
    sums: dict[str, list[float]] = {}
    for cue in cues:
        sums.setdefault(cue.surname, []).append(cue.weight)
    return {
        surname: sum(weights)
        for surname, weights in sums.items()
        if (max(weights) >= ENOUGH and sum(weights) >= LEAST_OF_THEM)
        or (sum(weights) >= ENOUGH_TOGETHER and max(weights) >= LEAST_OF_THEM)
    }


def _counts(cue: Cue, accepted: dict[str, float]) -> bool:
    return cue.surname in accepted and cue.weight > 0


class _Covered:
    """Stretches of a text, to be asked whether another one meets them."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        self._stretches = sorted(stretches)
        self._ends = list(accumulate((end for _, end in self._stretches), max))

    def meets(self, start: int, end: int) -> bool:
        """Whether a stretch has a character in common with one of them."""
        at = bisect_right(self._ends, start)
        return at < len(self._stretches) and self._stretches[at][0] < end


@lru_cache(maxsize=2)
def find_cues(text: str, languages: tuple[str, ...]) -> tuple[Cue, ...]:
    """Every cue of a text, weak ones too."""
    lines = _Covered(listed_lines(text))
    signatures = _Covered(signature_lines(text))
    return tuple(cue for run in rows(text, languages) for cue in _cues(text, run, languages, lines, signatures))


# --- cues -----------------------------------------------------------------------------------------


def _cues(
    text: str,
    run: Run,
    languages: tuple[str, ...],
    lines: _Covered,
    signatures: _Covered,
) -> Iterator[Cue]:
    """What shows that a run is a name."""
    name, shapes = run.name, run.shapes
    if len(name) > LONGEST or shapes.endswith("I"):
        return
    start, end = name[0].start, name[-1].end
    if len(name) > 1 and "C" not in shapes and lines.meets(start, end):
        yield _cue(run, "list-of-persons", start)
    if (
        signatures.meets(start, end)
        and is_line(text, start, end, languages)
        and not any(occurs_small(text, one.key) for one in name if len(one.key) > 1)
    ):
        yield _cue(run, "signature", start)
    if is_signed(text, start):
        yield _cue(run, "signature", start)
    before = _word_before(text, run.first)
    word = fold(before[1]) if before else ""
    yield from _cues_before(text, run, before, word, languages)
    yield from _cues_inside(text, run)
    if shapes in ("W", "WW") and not run.titles:
        if is_personal(text, run.name, languages):
            yield _cue(run, "verb-of-persons", start)
        elif word not in DETERMINERS and _speaks(text, run, languages):
            yield _cue(run, "verb-of-speech", start, ENOUGH)
    if shapes[-1] in "WG" and languages[:1] != ("de",):
        yield from _weak_cues(text, run, word, languages)


def _word_before(text: str, start: int) -> re.Match[str] | None:
    """The word before an offset, with its stop and the white space and bracket behind it."""
    space = start - 2 if text[start - 1 : start] == "[" else start - 1
    if space < 1 or text[space] not in " \n\u00a0":
        return None
    return WORD_BEFORE.search(text, max(0, start - 24, text.rfind(" ", max(0, start - 24), space) + 1), start)


def _cue(run: Run, rule: str, start: int, weight: float | None = None) -> Cue:
    last = run.name[-1]
    return Cue(start, last.end, "person", rule, WEIGHTS[rule] if weight is None else weight, last.key)


def _cues_before(
    text: str, run: Run, before: re.Match[str] | None, word: str, languages: tuple[str, ...]
) -> Iterator[Cue]:
    """Cues in the run itself and in the word before it."""
    name, shapes = run.name, run.shapes
    start = name[0].start
    stop = before[2] if before else ""
    titles = run.titles
    if not titles and before and before[1].islower() and (not stop or len(word) < 5) and title(word, languages):
        titles = (title(word, languages),)
    if word in SHIPS:
        return
    if word in KIN and not run.titles:
        if shapes[0] == "G" or (shapes[0] == "W" and not stop and not occurs_small(text, name[0].key)):
            yield _cue(run, "kin-before", start)
        return
    if titles and not set(titles) <= NO_TITLES and _titled(text, run, titles, languages):
        yield _cue(run, "title-before", start)
    elif word in DEAR and ADDRESSED.match(text, name[-1].end) and shapes[-1] in "GWC":
        yield _cue(run, "salutation", start)
    elif INITIALS_FIRST.fullmatch(shapes):
        acronym = "".join(one.key for one in name[:-1]) in ACRONYMS
        monsieur = name[0].text == "M" and text[start - 1 : start] == " "
        begins = _begins_line(text, start) and not monsieur
        if not acronym and (len(shapes) > 2 or not (begins or occurs_small(text, name[-1].key))):
            yield _cue(run, "initials-before", start)
    elif (
        shapes[0] == "G"
        and len(shapes) > 1
        and word != "the"
        and not (shapes[-1] == "C" and name[0].text[1:].islower())
    ):
        yield _cue(run, "forename-before", start, 0.6 if set(shapes) == {"G"} and not name[0].text.isupper() else None)
    elif shapes == "G" and _stands_alone(text, name[0], word):
        yield _cue(run, "forename-alone", start)


def _cues_inside(text: str, run: Run) -> Iterator[Cue]:
    """Cues in the look of a name: Chinese and Korean syllables (“Chiang Kai-shek”), Russian forename and patronymic."""
    name, start = run.name, run.name[0].start
    syllable = SYLLABLE.match(text, name[-1].end)
    short = len(name) == 2 and max(len(one.text) for one in name) <= LONGEST_SYLLABLE
    if syllable and short and syllable[1] not in ENGLISH_ENDS and "C" not in run.shapes and "I" not in run.shapes:
        yield replace(_cue(run, "forename-before", start), end=syllable.end())
    elif (
        len(name) == 2
        and PATRONYMIC.search(name[-1].key)
        and (run.shapes[0] == "G" or not begins_sentence(text, start))
    ):
        yield _cue(run, "forename-before", start)


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
        yield _cue(run, "speaker", start)
    elif (after and fold(after[1]) in SAID) or (
        word in ACCORDING_ENDS and ACCORDING.search(text, max(0, start - 24), start)
    ):
        yield _cue(run, "verb-of-speech", start, WEIGHTS["verb-of-speech"] + more)
    if office and word not in PLACED and title(fold(office[1]), languages) not in COURTESY | {""}:
        yield _cue(run, "office-behind", start, WEIGHTS["office-behind"] + more)
    if text[start - 1 : start] == "(" and text[end : end + 1] == ")" and _office_in_line(text, start, languages):
        yield _cue(run, "in-brackets", start)
    if POSSESSIVE.match(text, end):
        yield _cue(run, "possessive", start)
    elif word in AGENTS:
        yield _cue(run, "agent", start)
    if word in PLACED:
        yield _cue(run, "possessive", start, -0.3)


def _office_in_line(text: str, start: int, languages: tuple[str, ...]) -> bool:
    line = text[max(0, start - 120) : start - 1].rpartition("\n")[2]
    return any(title(fold(word), languages) for word in re.findall(r"[^\W\d_]+", line))


def _beside(
    text: str, languages: tuple[str, ...], cues: Sequence[Cue], persons: Sequence[tuple[int, int]]
) -> Iterator[Cue]:
    """Names in a row with persons: “Delgado, Col Somoza and Capt Sierra”."""
    sure = {cue.start: cue.end for cue in cues if cue.weight >= ENOUGH} | dict(persons)
    start_of = {end: start for start, end in sure.items()}
    language = languages[0] if languages else ""
    for run in rows(text, languages):
        if run.titles or run.shapes not in ("W", "WW") or occurs_small(text, run.name[-1].key):
            continue
        if is_common(text, run.name[-1], language):
            continue
        start, end = run.name[0].start, run.name[-1].end
        gap = ROW_GAP.match(text, end, end + 40)
        follows = gap is not None and any(at in sure for at in range(end + 2, gap.end() + 1))
        leader = next((at for at in range(start - 6, start) if at in start_of and text[at:start] in AND), None)
        plural = leader is not None and MANY.search(text, max(0, start_of[leader] - 12), start_of[leader])
        if follows or leader is not None:
            joined = len(run.name) == 1 and not _is_placed(text, start) and _is_and(text, end, start, leader, sure)
            weight = 0.9 if plural else 0.8 if joined or (follows and leader is not None) else None
            yield _cue(run, "beside-person", start, weight)


def _is_and(text: str, end: int, start: int, leader: int | None, sure: Mapping[int, int]) -> bool:
    """Whether only “and” stands between a name and that of a person."""
    before = leader is not None and text[leader:start].strip() in CONJUNCTIONS
    return before or any(text[end:at].strip() in CONJUNCTIONS and at in sure for at in range(end + 3, end + 6))


def _is_placed(text: str, start: int) -> bool:
    before = WORD_BEFORE.search(text, max(0, start - 24), start)
    return before is not None and fold(before[1]) in PLACED | DETERMINERS


# --- names that come again -----------------------------------------------------------------


def _named_again(text: str, languages: tuple[str, ...], accepted: dict[str, float], covered: _Covered) -> Iterator[Cue]:
    """Bare surnames that other cues show to be persons'."""
    for run in rows(text, languages):
        last = run.name[-1]
        if (
            last.key not in accepted
            or last.key in PLACES
            or covered.meets(last.start, last.end)
            or run.shapes[-1] == "I"
        ):
            continue
        if occurs_small(text, last.key) or (languages[:1] == ("de",) and _is_german(text, last, languages)):
            continue
        if text[last.end : last.end + 1] == "-" or text[last.start - 1 : last.start] == "-":
            continue
        first = run.name[0] if run.shapes[0] in "GI" or len(run.name) < 3 else last
        first = last if languages[:1] == ("de",) and run.shapes[0] == "W" else first
        yield Cue(first.start, last.end, "person", "named-before", 0.7, last.key)


def _is_german(text: str, token: Token, languages: tuple[str, ...]) -> bool:
    """Whether a word may be a German noun here: one of the language's list, behind an article or like one."""
    return is_word(token.text, "de") and (_is_placed(text, token.start) or is_common(text, token, languages[0]))
