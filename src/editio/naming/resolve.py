"""Who is meant by a name that several may bear: by forenames, titles, sex, what was said before, dates and the letter itself."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace

from editio.model import Context, Entry
from editio.naming.forms import Person
from editio.naming.inflection import feminine
from editio.naming.lexicon import Form
from editio.naming.offices import fitness
from editio.naming.surroundings import Surroundings, agreement
from editio.naming.titles import OF_MEN, OF_WOMEN
from editio.naming.words import fold, words_of


@dataclass(frozen=True)
class Chosen:
    """Who is meant by a stretch of text: one entry, or several between which it is open.

    ``doubtful`` says that something tells against the one entry, so that it is only a candidate.
    """

    start: int
    end: int
    entries: tuple[Entry, ...]
    cert: str
    surname: str = ""
    by_name: bool = False
    written: str = ""
    doubtful: bool = False


@dataclass
class Memory:
    """Whom a text has named in full so far, by surname, the most recent first; and whom it has named at all.

    ``by_office`` are the ids of those whom last an office told from their namesakes; ``called`` says of a forename how
    many of ``named`` were asked for it already, and who bears it.
    """

    known: dict[str, list[Entry]] = field(default_factory=dict)
    named: dict[str, Entry] = field(default_factory=dict)
    by_office: set[str] = field(default_factory=set)
    called: dict[str, tuple[int, dict[str, Entry]]] = field(default_factory=dict)

    def of(self, surname: str) -> list[Entry]:
        """Those of a surname who were named in full."""
        return self.known.get(surname, [])

    def in_full(self, entry: Entry) -> bool:
        """Whether somebody was named with a forename."""
        return entry.id not in self.by_office and any(entry in known for known in self.known.values())

    def add(self, surname: str, entry: Entry, by_office: bool) -> None:
        """Remember that somebody was named in full, or by office and surname."""
        (self.by_office.add if by_office else self.by_office.discard)(entry.id)
        self.named[entry.id] = entry
        before = self.known.setdefault(surname, [])
        if entry in before:
            before.remove(entry)
        before.insert(0, entry)


def choose(found: Surroundings, forms: list[Form], memory: Memory, context: Context) -> Chosen | None:
    """The person that a form in its surroundings means; none, if it must be somebody whom no register has."""
    fitting = _fitting(found, forms, context)
    if not fitting and found.numbered:
        found = replace(found, start=found.bare, given=())
        fitting = _fitting(found, forms, context)
    if not fitting:
        return None
    entries = tuple({form.entry.id: form.entry for form in fitting}.values())
    surname = next((" ".join(form.person.surname) for form in fitting if form.person), "")
    shown = bool(found.given or found.titles)
    written = " ".join(fitting[0].words)
    if len(entries) > 1:
        decided = _decided(found, fitting, entries, memory, surname, context)
        if decided is None:
            return Chosen(found.start, found.end, entries, "low", surname, shown, written)
        entry, cert = decided
    else:
        entry, cert = entries[0], _certainty(found, fitting, memory.of(surname))
    if (found.given and surname) or (len(entries) > 1 and found.titles):
        memory.add(surname, entry, not found.given)
    memory.named[entry.id] = entry
    return Chosen(found.start, found.end, (entry,), cert, surname, shown, written)


def _fitting(found: Surroundings, forms: list[Form], context: Context) -> list[Form]:
    """The forms whose bearer the surroundings allow, the best of them."""
    if found.other:
        return []
    if found.given:
        scored = [(agreement(found.given, form.person, context.languages), form) for form in forms if form.person]
        best = max((score for score, _ in scored), default=0)
        forms = [form for score, form in scored if score == best] if best else []
    forms = [form for form in forms if _sex_fits(found, form) and not _unborn(form.entry, context.date)]
    for prefer in (_borne(context.date), _generation(found.generation), _own, _whole_surname):
        forms = list(filter(prefer, forms)) or forms
    return forms


def _sex_fits(found: Surroundings, form: Form) -> bool:
    """Whether titles allow a person: no man is meant by “Mrs.”, no woman by “Mr.”."""
    sex = form.person.sex if form.person else ""
    titles = set(found.titles[:1])
    if titles & OF_WOMEN and not (titles & {"princess", "queen"} and not sex):
        married = bool(form.person and form.person.surname and feminine(form.person.surname[-1]) and not sex)
        return "F" in sex or (not sex and bool(found.given) and not married)
    return not (titles & OF_MEN and sex == "F")


def _unborn(entry: Entry, date: str) -> bool:
    return bool(
        date and entry.kind == "person" and entry.period.start[:4].isdigit() and entry.period.start[:4] > date[:4]
    )


def _borne(date: str) -> Callable[[Form], bool]:
    """Whether a name was borne at a date."""

    def borne(form: Form) -> bool:
        period = form.person.period if form.person else None
        return not (date and period) or (
            period.start <= date and (not period.end or date[: len(period.end)] <= period.end)
        )

    return borne


def _generation(said: str) -> Callable[[Form], bool]:
    def fits(form: Form) -> bool:
        own = form.person.generation if form.person else ""
        return not said or own in (said, "")

    return fits


def _own(form: Form) -> bool:
    """Whether the name is the person's own rather than one that the register puts in brackets."""
    return not (form.person and form.person.alias)


def _whole_surname(form: Form) -> bool:
    return form.kind != "part"


def _decided(
    found: Surroundings, forms: list[Form], entries: tuple[Entry, ...], memory: Memory, surname: str, context: Context
) -> tuple[Entry, str] | None:
    """Which of several entries is meant, if something tells."""
    year = int(context.date[:4]) if context.date[:4].isdigit() else 0
    by_office = _best(forms, lambda person, entry: fitness(entry, person.titles if person else (), found.titles, year))
    if by_office:
        return by_office, "high" if found.given else "medium"
    by_post = [entry for entry in entries if found.office and found.office <= described(entry)]
    if len(by_post) == 1:
        memory.add(surname, by_post[0], by_office=True)
        return by_post[0], "high"
    before = [entry for entry in memory.of(surname) if entry in entries]
    recent = bool(before) and before[0].id not in memory.by_office
    told = (recent and (len(before) == 1 or not found.apart)) or (len(before) == 1 and not found.posted)
    if told and not found.given:
        return before[0], "high" if len(before) == 1 else "medium"
    for group in (
        [entry for entry in entries if entry.id in context.correspondents],
        [entry for entry in entries if _lived(entry, context.date)],
    ):
        if len(group) == 1:
            return group[0], "medium"
    return None


def described(entry: Entry) -> frozenset[str]:
    """The folded words that the register says of somebody and of the offices."""
    return frozenset(
        fold(word) for word in words_of(" ".join((entry.description, *(one.words for one in entry.offices))))
    )


def _best(forms: Iterable[Form], score: Callable[[Person | None, Entry], int]) -> Entry | None:
    """The one entry with the highest score, if it has any."""
    scores: dict[Entry, int] = {}
    for form in forms:
        scores[form.entry] = max(scores.get(form.entry, 0), score(form.person, form.entry))
    best = max(scores.values(), default=0)
    winners = [entry for entry, reached in scores.items() if reached == best]
    return winners[0] if best > 0 and len(winners) == 1 else None


def _lived(entry: Entry, date: str) -> bool:
    """Whether the register says that somebody was alive at a date."""
    period = entry.period
    return bool(
        date and period.start and period.start[:4] <= date[:4] and (not period.end or date[:4] <= period.end[:4])
    )


def _certainty(found: Surroundings, forms: list[Form], named: list[Entry]) -> str:
    person = forms[0].person
    if found.titles and found.titles[0] in OF_WOMEN and person and "F" not in person.sex:
        return "low"
    if found.given and person and not person.forenames:
        return "low"
    if forms[0].kind == "part" and not (found.given or found.titles or named):
        return "medium"
    return "high"
