"""The review in the terminal: one suggestion after the other, one key for each decision, saved at once."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from editio.deciding import session
from editio.deciding.listing import cells, suggested, wrapped
from editio.deciding.passages import passage_of
from editio.deciding.quotation import fold
from editio.deciding.select import Wanted, as_entry, widened
from editio.deciding.session import Judge, Occurrence, decision_on
from editio.deciding.settle import Settlement, settle
from editio.deciding.suggest import Suggestion, still_open, suggestions, suggestions_of_all_marks
from editio.diagnostics import Refusal, Report, printable
from editio.kinds import KINDS
from editio.model import Decision, Document, Edition

HELP = (
    "y: accept, the words name what is suggested",
    "n: reject, they do not",
    "1 to 9: accept with this candidate",
    "o: accept with another entry, by its id or words of its name",
    "N: accept with an entry that is new; it is added to the register first",
    "a, A: accept all of these words, in this document, in the edition; they are shown first",
    "x, X: reject all of these words, likewise",
    "s: skip, ask another time",
    "u: undo the last decision",
    "q: end; all decisions are saved already",
)
PROMPT = "[y]es [n]o [1-9] [o]ther [N]ew [a/A]ll [x/X] none [s]kip [u]ndo [q]uit [?]"
# Candidates that have a key.
MOST_CANDIDATES = 9
BACK = "q"
ENDS = frozenset({"q", "\x03", "\x04", "\x1b"})


@dataclass(frozen=True)
class Terminal:
    """Where the review happens: a key, a line of input behind a prompt, a line of output, a text in a style."""

    key: Callable[[], str]
    line: Callable[[str], str]
    say: Callable[[str], None]
    style: Callable[[str, str], str]


@dataclass(frozen=True)
class _Done:
    """A decision that can be undone: what was added to the file, what it replaced, and where the review stood."""

    added: frozenset[Decision]
    replaced: frozenset[Decision]
    number: int


def review(
    edition: Edition,
    documents: Sequence[Document],
    wanted: Wanted,
    every: bool,
    judge: Judge,
    terminal: Terminal,
    report: Report,
) -> tuple[Edition, str]:
    """Ask about all that is to be decided; the edition as it is decided then, and what is to be said of it."""
    ask = suggestions_of_all_marks if every else suggestions
    asked = tuple(one for document in documents for one in ask(document, edition) if wanted.fits(one))
    if not asked:
        return edition, "nothing to decide"
    state = _Review(edition, {one.id: one for one in documents}, asked, judge, terminal, report, ask)
    state.run()
    number = sum(len(done.added) for done in state.done)
    return state.edition, f"{number} {'decision' if number == 1 else 'decisions'}, {state.left()} left to decide"


@dataclass
class _Review:
    """What a review remembers: the decisions so far, and which suggestion it is at."""

    edition: Edition
    documents: dict[str, Document]
    asked: tuple[Suggestion, ...]
    judge: Judge
    terminal: Terminal
    report: Report
    ask: Callable[[Document, Edition], tuple[Suggestion, ...]]
    number: int = 0
    done: list[_Done] = field(default_factory=list)
    settled: dict[tuple[str, str], Settlement] = field(default_factory=dict)

    def run(self) -> None:
        """Ask until nothing is left, or the editor has enough."""
        while self.number < len(self.asked):
            one = self._open(self.asked[self.number])
            if one is None:
                self.number += 1
                continue
            self._show(one)
            if not self._answer(one):
                return

    def left(self) -> int:
        """How many suggestions are still open."""
        return sum(1 for one in self.asked if self._open(one))

    def _open(self, one: Suggestion) -> Suggestion | None:
        place = (one.document, one.quote.part)
        if place not in self.settled:
            text = passage_of(self.documents[one.document].root, one.quote.part).text
            self.settled[place] = settle(text, one.document, one.quote.part, self.edition.decisions)
        return still_open(one, self.settled[place])

    # --- showing ---

    def _show(self, one: Suggestion) -> None:
        say = self.terminal.say
        say("")
        say(self.terminal.style(f"{self.number + 1}/{len(self.asked)}  {one.file}:{one.line}", "quiet"))
        for line in self._context(one):
            say(line)
        self._say_wrapped(f"{suggested(one, self.edition)} — {printable(one.why)}")
        for number, id in enumerate(self._choices(one), 1):
            self._say_wrapped(f"{number} {self._described(id)}")
        further = sum(
            other.quote.exact == one.quote.exact and other.id != one.id and bool(self._open(other))
            for other in self.asked
        )
        if further:
            say(self.terminal.style(f"{further} more of these words to decide", "quiet"))
        self._say_wrapped(PROMPT, "key")

    def _width(self) -> int:
        return max(shutil.get_terminal_size().columns, 20)

    def _say_wrapped(self, text: str, style: str = "") -> None:
        for words in wrapped(text.split(), self._width()):
            line = " ".join(words)
            self.terminal.say(self.terminal.style(line, style) if style else line)

    def _choices(self, one: Suggestion) -> tuple[str, ...]:
        ids = one.candidates or ((one.entry,) if one.entry else ())
        return tuple(ids[:MOST_CANDIDATES])

    def _described(self, id: str) -> str:
        entry = self.edition.entries.get(id)
        said = f"{id}: {entry.name}. {entry.description}" if entry else id
        return printable(" ".join(said.split()))

    def _context(self, one: Suggestion) -> Iterator[str]:
        """The words with those around them, the words themselves marked."""
        text = fold(passage_of(self.documents[one.document].root, one.quote.part).text).text
        start, end = one.quote.at, one.quote.at + len(one.quote.exact)
        shown = 3 * self._width() // 2
        first = text.rfind(" ", 0, max(start - shown, 0)) + 1
        last = text.find(" ", end + shown)
        before, behind = text[first:start], text[end : last if last > 0 else len(text)]
        inside = [f"\0{word}" for word in printable(one.quote.exact).split()]
        glued_before, glued_behind = before[-1:].strip() != "", behind[:1].strip() != ""
        words = [*printable(before).split(), *inside, *printable(behind).split()]
        yield from (self._marked(line) for line in wrapped(_glued(words, glued_before, glued_behind), self._width()))

    def _marked(self, words: list[str]) -> str:
        line = " ".join(words).replace("\1 \0", " ")
        return re.sub("\0([^\1]*)\1", lambda found: self.terminal.style(found[1], "mention"), line)

    # --- answering ---

    def _answer(self, one: Suggestion) -> bool:
        """Do what a key says; False if it ends the review."""
        while True:
            key = self._key()
            if key in ENDS:
                return False
            if self._did(key, one):
                return True

    def _key(self) -> str:
        """The next key; arrows and the like are one that means nothing."""
        try:
            return self.terminal.key()
        except (EOFError, KeyboardInterrupt):
            return "q"

    def _did(self, key: str, one: Suggestion) -> bool:
        """Do what a key says; False if it says nothing here."""
        choices = self._choices(one)
        if key.isdecimal() and 0 < int(key) <= len(choices):
            return self._accept(one, choices[int(key) - 1])
        answers: dict[str, Callable[[], bool]] = {
            "y": lambda: self._accept(one, self._settled_entry(one)),
            "n": lambda: self._decide([decision_on(one, "reject", self.judge)]),
            "o": lambda: self._accept(one, self._found_entry()),
            "N": lambda: self._accept_new(one),
            "s": self._skip,
            "u": self._undo,
            "?": self._help,
            **dict.fromkeys("aAxX", lambda: self._all(one, key)),
        }
        return answers[key]() if key in answers else False

    def _skip(self) -> bool:
        self.number += 1
        return True

    def _help(self) -> bool:
        for line in HELP:
            self._say_wrapped(line)
        return True

    def _settled_entry(self, one: Suggestion) -> str | None:
        """The entry that a suggestion is sure of (empty: none is needed); None if the editor has to say which."""
        if not one.candidates:
            return one.entry
        self.terminal.say("several may be meant: press the number of one")
        return None

    def _accept(self, one: Suggestion, entry: str | None) -> bool:
        if entry is None:
            return False
        return self._decide([as_entry(decision_on(one, "accept", self.judge, entry), self.edition)])

    def _decide(self, new: Sequence[Decision]) -> bool:
        before = frozenset(self.edition.decisions.all)
        self.edition = session.record(self.edition, new, self.report, self._left_open())
        after = frozenset(self.edition.decisions.all)
        self.done.append(_Done(after - before, before - after, self.number))
        self.settled.clear()
        for one in new:
            self._say_wrapped(session.said_of(one, self.edition))
        return True

    def _left_open(self) -> list[Decision]:
        """Decisions to leave open the place that is decided now, which may quote the text as it was once."""
        one = self.asked[self.number]
        over = self.settled[one.document, one.quote.part].over(one.start, one.end)
        same = (each for each in over if (each.start, each.end) == (one.start, one.end))
        return [each.decision for each in same if each.decision.verdict == "open"]

    def _undo(self) -> bool:
        if not self.done:
            self.terminal.say("nothing to undo")
            return False
        last = self.done.pop()
        self.edition = session.take_back(self.edition, last.added, last.replaced, self.report)
        self.settled.clear()
        self.number = last.number
        self.terminal.say("undone")
        return True

    def _found_entry(self) -> str | None:
        words = self.terminal.line("entry (id, or words of its name; empty: back):")
        found = session.entries_like(words, self.edition, MOST_CANDIDATES)
        if not found:
            self.terminal.say("no entry has these words" if words.strip() else "back")
            return None
        return self._chosen(found)

    def _chosen(self, ids: Sequence[str]) -> str | None:
        for number, id in enumerate(ids, 1):
            self._say_wrapped(f"{number} {self._described(id)}")
        self.terminal.say("press a number; any other key: back")
        key = self._key()
        return ids[int(key) - 1] if key.isdecimal() and 0 < int(key) <= len(ids) else None

    def _all(self, one: Suggestion, key: str) -> bool:
        """Decide about all of these words, in the document or the edition."""
        verdict = "accept" if key in "aA" else "reject"
        entry: str | None = one.entry if verdict == "accept" else ""
        if verdict == "accept" and one.candidates:
            entry = self._chosen(self._choices(one))
        return entry is not None and self._everywhere(one, verdict, "document" if key in "ax" else "edition", entry)

    def _everywhere(self, one: Suggestion, verdict: str, scope: str, entry: str) -> bool:
        """Decide about all of these words, after they were shown; those the editor names are left open."""
        single = as_entry(decision_on(one, verdict, self.judge, entry), self.edition)
        everywhere = session.documents_of(self.edition, (), Report(self.report.root))
        documents = [self.documents[one.document]] if scope == "document" else everywhere
        places = list(session.occurrences_of(one.quote.exact, single.element, documents))
        exceptions = self._exceptions(places)
        if exceptions is None:
            return False
        kept = [
            Decision(place.quote, "open", "place", place.document.id, by=self.judge.by, on=self.judge.on)
            for place in exceptions
        ]
        return self._decide([*widened([single], scope), *kept])

    def _accept_new(self, one: Suggestion) -> bool:
        """Accept with an entry that is added to the register: here, or for all of these words."""
        likely = next((kind for kind, element in KINDS.items() if element == one.element), "person")
        kind = self._said(f"kind ({', '.join(KINDS)}; Enter: {likely}; q: back):", likely)
        if kind not in KINDS:
            self.terminal.say(f"there is no kind “{printable(kind)}”" if kind != BACK else "back")
            return False
        words = one.quote.exact
        name = self._said(f"its full name (Enter: {printable(words)}; q: back):", words)
        if name == BACK:
            self.terminal.say("back")
            return False
        self._say_wrapped("y: here; a, A: all of these words in this document, in the edition; other: back")
        key = self._key()
        if key not in ("y", "a", "A"):
            self.terminal.say("back")
            return False
        id = self._added(kind, name, words)
        if not id:
            return False
        if key == "y":
            return self._accept(one, id)
        # the entry is there, even if the editor goes back
        return self._everywhere(one, "accept", "document" if key == "a" else "edition", id) or True

    def _said(self, prompt: str, otherwise: str) -> str:
        return " ".join(self.terminal.line(prompt).split()) or otherwise

    def _added(self, kind: str, name: str, words: str) -> str:
        """The id of a new entry; nothing if the register refuses it."""
        try:
            self.edition, id, file = session.with_entry(self.edition, kind, name, words)
        except Refusal as refusal:
            self._say_wrapped(printable(str(refusal)))
            return ""
        self._say_wrapped(f"{file}: {id} added")
        others = {one.document for one in self.asked[self.number + 1 :] if one.quote.exact == words}
        found = {one.id: one for id in others for one in self.ask(self.documents[id], self.edition)}
        self.asked = tuple(found.get(one.id, one) for one in self.asked)
        return id

    def _exceptions(self, places: Sequence[Occurrence]) -> list[Occurrence] | None:
        """The places that the editor leaves out; None if she goes back."""
        for number, place in enumerate(places, 1):
            start = f"{number:>3} {place.document.id}:{place.line} "
            own = self._own_decision(place)
            room = (self._width() - cells(start + place.quote.exact + own) - 2) // 2
            self.terminal.say(start + self._in_line(place, max(room, 6)) + own)
        while True:
            words = self.terminal.line(f"all {len(places)}? Enter: yes; numbers: leave these open; q: back:")
            said = words.replace(",", " ").split()
            if said == ["q"]:
                self.terminal.say("back")
                return None
            wrong = [word for word in said if not (word.isdecimal() and 0 < int(word) <= len(places))]
            if not wrong:
                return [places[int(word) - 1] for word in dict.fromkeys(said)]
            self.terminal.say(f"there is no {' '.join(map(printable, wrong))}")

    def _own_decision(self, place: Occurrence) -> str:
        """What is decided about a single place, which stays so whatever is decided about all."""
        own = self.edition.decisions.by_document.get(place.document.id, ())
        found = next((one for one in own if one.scope == "place" and one.quote == place.quote), None)
        return f" (stays: {found.verdict})" if found else ""

    def _in_line(self, place: Occurrence, room: int) -> str:
        before, behind = printable(place.quote.prefix), printable(place.quote.suffix)
        while before and cells(before) > room:
            before = before[1:]
        while behind and cells(behind) > room:
            behind = behind[:-1]
        return before + self.terminal.style(printable(place.quote.exact), "mention") + behind


def _glued(words: Sequence[str], before: bool, behind: bool) -> list[str]:
    """Words of a line, those marked by NUL joined with what stands right beside them; \\1 ends what is marked."""
    inside = [number for number, word in enumerate(words) if word.startswith("\0")]
    if not inside:
        return list(words)
    first, last = inside[0], inside[-1]
    found = [word if number not in inside else f"{word}\1" for number, word in enumerate(words)]
    if behind and last + 1 < len(found):
        found[last : last + 2] = [found[last] + found[last + 1]]
    if before and first:
        found[first - 1 : first + 1] = [found[first - 1] + found[first]]
    return found
