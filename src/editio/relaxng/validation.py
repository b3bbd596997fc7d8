"""Validates one document: expat's events lead from state to state, and where none leads on there is a fault."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from xml.parsers import expat

from editio.relaxng import messages
from editio.relaxng.automaton import (
    LONGEST_KNOWN,
    MOST_KNOWN,
    Automaton,
    Done,
    Opening,
    Said,
    State,
)
from editio.relaxng.consequences import Guessing, Watch
from editio.relaxng.datatypes import UNPARSED
from editio.relaxng.derivatives import BLANKS
from editio.relaxng.faults import Fault
from editio.relaxng.lexical import in_utf8, words
from editio.relaxng.names import XML
from editio.relaxng.patterns import Attribute
from editio.relaxng.plans import Attempt

MOST_FAULTS = 10_000


class Validation:
    """One document on its way through a schema."""

    def __init__(self, automaton: Automaton, keeps_prefixes: bool, encoding: str | None = None) -> None:
        self.automaton = automaton
        self.keeps_prefixes = keeps_prefixes
        self.encoding = encoding
        self.faults: list[Fault] = []
        self.stack: list[State] = []
        self.guessing = Guessing(automaton)
        self.watches: dict[int, Watch] = {}  # of elements with a fault in them, by depth
        self.texts: list[str] = []
        self.prefixes: dict[str, str] = {}
        self.undone: list[tuple[str, str | None]] = []  # what prefixes meant before
        self.found: list[tuple[str, str]] = []  # identifiers on the element that begins
        self.identifiers: dict[str, int] = {}
        self.references: list[tuple[str, int, int, str]] = []
        self.parser = expat.ParserCreate(encoding, "}")
        self.parser.ordered_attributes = True
        self.parser.buffer_text = True
        self.parser.buffer_size = 1 << 16
        self.parser.CharacterDataHandler = self.texts.append
        if keeps_prefixes:
            self._keep_prefixes()

    def _keep_prefixes(self) -> None:
        self.prefixes["xml"] = XML
        self.parser.StartNamespaceDeclHandler = self._declare
        self.parser.EndNamespaceDeclHandler = self._forget
        self.parser.UnparsedEntityDeclHandler = self._unparsed

    def _declare(self, prefix: str | None, uri: str | None) -> None:
        self.undone.append((prefix or "", self.prefixes.get(prefix or "")))
        self.prefixes[prefix or ""] = uri or ""

    def _forget(self, _: str | None) -> None:
        prefix, before = self.undone.pop()
        if before is None:
            del self.prefixes[prefix]
        else:
            self.prefixes[prefix] = before

    def _unparsed(self, name: str, *_: object) -> None:
        self.prefixes[UNPARSED + name] = ""

    def run(self, data: bytes) -> list[Fault]:
        """All faults of the document."""
        self.start, self.end = self._handlers()
        self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end
        try:
            self.parser.Parse(data, True)
        except expat.ExpatError as error:
            said = expat.errors.messages[error.code]
            self.faults.append(Fault(error.lineno, error.offset + 1, "malformed", "", f"not well-formed XML: {said}"))
            return self.faults
        except (ValueError, LookupError):  # an encoding that expat does not know
            recoded = in_utf8(data)
            if recoded is None or self.encoding:
                return [
                    Fault(1, 1, "malformed", "", "the encoding that the document names is not known, or is not its own")
                ]
            return Validation(self.automaton, self.keeps_prefixes, "utf-8").run(recoded)
        return self._with_references()

    def close(self) -> None:
        """Part the parser and what it calls, for they know each other and would stay until Python looks for garbage."""
        self.parser.StartElementHandler = self.parser.EndElementHandler = None
        del self.parser, self.start, self.end

    def _handlers(self) -> tuple[Callable[[str, list[str]], None], Callable[[str], None]]:
        """The two functions that see every element; what they need often is close at hand."""
        texts, stack, found = self.texts, self.stack, self.found
        good, attributes, unexpected = self._is_good, self._attributes, self._unexpected
        after, opened = self.automaton.after, self.automaton.opening
        state = self.automaton.start

        def start(name: str, given: list[str]) -> None:
            nonlocal state
            if texts:
                if not state.free and (len(texts) > 1 or texts[0].strip(BLANKS)):
                    state = self._after_text(state)
                texts.clear()
            opening = state.children.get(name) or opened(state, name)
            if opening is None:
                state, opening = unexpected(state, name)
            stack.append(state)
            if not given:
                state = opening.bare or attributes(opening, given, name)
                return
            checks = opening.checks
            pairs = iter(given)
            for one, value in zip(pairs, pairs, strict=True):
                attribute = checks.get(one)
                if attribute is None or (value not in attribute.known and not good(attribute, value)):
                    break
            else:
                if opening.full is not None and opening.required.issubset(given[::2]):
                    state = opening.full
                    if found:
                        self._identify(found, name)
                        found.clear()
                    return
            found.clear()
            state = attributes(opening, given, name)

        def end(name: str) -> None:
            nonlocal state
            if texts or state.values:
                if not state.free and (state.values or texts[0].strip(BLANKS) or len(texts) > 1):
                    state = self._at_end(state, name)
                texts.clear()
            done = state.done or self._incomplete(state, name)
            state = stack.pop()
            state = state.after.get(done) or after(state, done)

        return start, end

    # --- elements with a fault in them

    def _watched_start(self, name: str, given: list[str]) -> None:
        watch = self.watches.get(len(self.stack))
        if watch is not None:
            watch.step(name)
        self.start(name, given)

    def _watched_end(self, name: str) -> None:
        depth = len(self.stack)
        self.end(name)
        if self.watches.pop(depth, None) and not self.watches:
            self.parser.StartElementHandler, self.parser.EndElementHandler = self.start, self.end

    def _cause(self, state: State, name: str) -> tuple[int, int] | None:
        """From which fault it follows that an element may not stand here; if from none, its own consequences are watched."""
        if not self.stack:
            return None  # for the root has nothing beside it
        watch = self._watch()
        if watch.cause is None:
            watch.note(state, name, self._place())
        return watch.cause

    def _watch(self) -> Watch:
        """The watch over the element that is open."""
        depth = len(self.stack)
        watch = self.watches.get(depth)
        if watch is None:
            watch = self.watches[depth] = Watch(self.guessing)
            self.parser.StartElementHandler, self.parser.EndElementHandler = self._watched_start, self._watched_end
        return watch

    # --- attributes

    def _is_good(self, attribute: Attribute, value: str) -> bool:
        """Whether a value that was not yet known is good."""
        if not self.automaton.steps.matches(attribute.parts[0], value, self.prefixes):
            return False
        if attribute.identity:
            self.found.append((attribute.identity, value))
        elif not attribute.needs_prefixes and len(value) < LONGEST_KNOWN and len(attribute.known) < MOST_KNOWN:
            attribute.known.add(value)
        return True

    def _attributes(self, opening: Opening, given: list[str], name: str) -> State:
        """The state after attributes that are not all good by themselves."""
        key = tuple(given)
        known = opening.known.get(key)
        if known is not None:
            return known
        if not opening.candidates:
            return self.automaton.skipping
        pairs = list(zip(given[::2], given[1::2], strict=True))
        attempts = [self.automaton.plans.attempt(one, pairs, self.prefixes) for one in opening.candidates]
        good = [attempt for attempt in attempts if not attempt.bad]
        if not good:
            good = [min(attempts, key=lambda attempt: len(attempt.bad))]
            self._report_attributes(good[0], name)
        state = self.automaton.state({attempt.declaration: attempt.left for attempt in good})
        identities = list(dict.fromkeys(one for attempt in good for one in attempt.identities))
        if identities:
            self._identify(identities, name)
        elif not good[0].bad and not self.prefixes and _is_worth_keeping(key, opening):
            opening.known[key] = state
        return state

    def _report_attributes(self, attempt: Attempt, name: str) -> None:
        plan = self.automaton.plans.plan(attempt.declaration)
        for bad in attempt.bad:
            self._say((name, bad, attempt.declaration), partial(messages.bad_attribute, name, bad, plan))

    def _identify(self, found: Sequence[tuple[str, str]], name: str) -> None:
        """Note identifiers, and references to them."""
        for kind, value in found:
            for word in words(value):
                if kind != "ID":
                    self.references.append((word, *self._place(), name))
                elif word in self.identifiers:
                    self._fault(messages.duplicate_id(name, word, self.identifiers[word]))
                else:
                    self.identifiers[word] = self.parser.CurrentLineNumber

    # --- elements

    def _unexpected(self, state: State, name: str) -> tuple[State, Opening]:
        """An element where none of its name may stand: how the parent goes on, and as what the element is taken."""
        automaton = self.automaton
        if state is automaton.skipping:
            return state, automaton.stray(name) or automaton.skipped_opening
        follows = self._cause(state, name)
        later = automaton.later(state, name)
        if later is not None:
            self._say(
                (name, state, later),
                lambda: messages.too_early(name, state, automaton.needed(state, later)),
                follows,
            )
            opening = automaton.opening(later, name)
            if opening is not None:
                return later, opening
        opening = automaton.stray(name)
        if opening is None:
            self._say((name, state, None), lambda: messages.unknown(name, state, automaton), follows)
            return state, automaton.skipped_opening
        self._say((name, state), lambda: messages.misplaced(name, state), follows)
        if self.stack:
            self.watches[len(self.stack) + 1] = self.guessing.watch_of_misplaced(state, follows or self._place())
        return state, opening

    def _incomplete(self, state: State, name: str) -> Done:
        """Report that something is missing at the end of an element."""
        watch = self.watches.get(len(self.stack))
        follows = watch.cause_of_end(state) if watch else None
        self._say(
            (name, state, "end"), lambda: messages.incomplete(name, state, self.automaton.completing(state)), follows
        )
        done = self.automaton.met(state.left)
        assert done is not None
        return done

    # --- text

    def _after_text(self, state: State) -> State:
        """The state after text that an element follows."""
        text = "".join(self.texts)
        if not text.strip(BLANKS):
            return state
        after = self.automaton.after_value(state, text, self.prefixes) if state.values else state.after_text
        if after is None:
            place, watch = self._start_of(text), self._watch()
            self._fault(messages.misplaced_text(text, state), place=place, follows=watch.cause_of_text())
            watch.strange.setdefault(state, place)
            return state
        return after

    def _at_end(self, state: State, name: str) -> State:
        """The state after the last text, or after all text if it is a value."""
        if not state.values:
            return self._after_text(state)
        text = "".join(self.texts)
        after = self.automaton.after_whole(state, text, self.prefixes)
        if after.done is not None:
            return after
        if text.strip(BLANKS):
            self._fault(messages.bad_content(name, text, state))
        else:
            self._incomplete(state, name)
        return self.automaton.given_up(state)

    # --- faults

    def _place(self) -> tuple[int, int]:
        return self.parser.CurrentLineNumber, self.parser.CurrentColumnNumber + 1

    def _say(
        self, key: tuple[object, ...], message: Callable[[], Said], follows: tuple[int, int] | None = None
    ) -> None:
        """Report what may have been said before, and was then put into words."""
        said = self.automaton.said.get(key)
        if said is None:
            said = message()
            if len(self.automaton.said) < MOST_KNOWN:
                self.automaton.said[key] = said
        self._fault(said, follows=follows)

    def _start_of(self, text: str) -> tuple[int, int]:
        """Where text begins that ends here, as well as can be told without the entities that were in it."""
        line, column = self._place()
        before = text[: len(text) - len(text.lstrip(BLANKS))]
        said = text[len(before) :]
        if "\n" in before:
            return line - said.count("\n"), len(before) - before.rfind("\n")
        return (line - said.count("\n"), 1) if "\n" in said else (line, max(1, column - len(said)))

    def _fault(self, said: Said, place: tuple[int, int] | None = None, follows: tuple[int, int] | None = None) -> None:
        if len(self.faults) < MOST_FAULTS:
            self.faults.append(_at(*(place or self._place()), said, follows))

    def too_complex(self) -> Fault:
        """That the document cannot be followed any further."""
        said = "the document cannot be checked any further: the schema allows too many ways of reading it"
        return Fault(*self._place(), "too-complex", "", said)

    def _with_references(self) -> list[Fault]:
        """The faults, and those of references to identifiers that no element has, in the order of the document."""
        lost = [
            _at(line, column, messages.missing_id(name, word))
            for word, line, column, name in self.references
            if word not in self.identifiers
        ]
        return sorted(self.faults + lost, key=lambda fault: (fault.line, fault.column)) if lost else self.faults


def _at(line: int, column: int, said: Said, follows: tuple[int, int] | None = None) -> Fault:
    return Fault(line, column, said.kind, said.element, said.message, said.allowed, follows, said.attribute, said.value)


def _is_worth_keeping(key: tuple[str, ...], opening: Opening) -> bool:
    return len(opening.known) < MOST_KNOWN and sum(map(len, key)) < LONGEST_KNOWN
