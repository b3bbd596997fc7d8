"""How well names are found in the sample documents, with the registers of their volumes and without.

``samples/names/documents.json`` holds texts with persons as spans; ``registers.json`` the registers, imported here as an
editor would: the name as ``persName``, what is said of it as a description.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from editio import tei
from editio.config import EditionSettings, Settings
from editio.diagnostics import Report
from editio.model import Context, Document, Edition, Mention
from editio.registers import entries
from editio.registry import annotators

ANNOTATORS = ("registered-names", "cued-names")


@dataclass(frozen=True)
class Person:
    """A person in a text of the samples: where, and the entry; empty if the register has none."""

    start: int
    end: int
    entry: str = ""

    def meets(self, other: Person) -> bool:
        """Whether two stretches have a character in common."""
        return self.start < other.end and other.start < self.end


def score_names(shared: Path) -> None:
    """Print how many persons are found and how many of them point to the right entry."""
    folder = shared / "samples/names"
    if not (folder / "documents.json").is_file():
        return
    documents = json.loads((folder / "documents.json").read_text(encoding="utf-8"))
    registers = json.loads((folder / "registers.json").read_text(encoding="utf-8"))
    editions = {name: _edition(register) for name, register in registers.items()}
    _print("names, register and cues", (_count(one, editions[one["register"]]) for one in documents))
    _print("names, without register", (_count(one, _edition({})) for one in documents))


def _edition(register: Mapping[str, Mapping[str, str]]) -> Edition:
    people = [
        tei.element(
            "person",
            tei.element("persName", entry["name"]),
            tei.element("note", entry["desc"], type="description"),
            xml_id=id,
        )
        for id, entry in register.items()
    ]
    root = tei.element("TEI", tei.element("standOff", tei.element("listPerson", *people)))
    document = Document("persons", "tei/registers/persons.xml", root)
    found = entries((document,), Report())
    return Edition(Path(), Settings(EditionSettings("Samples")), found, (document,))


def _count(document: Any, edition: Edition) -> Counter[str]:
    """What is found of the persons of a document; spans to be ignored count neither way."""
    spans = [(span["type"], Person(span["start"], span["end"], span["ref"])) for span in document["spans"]]
    gold = [person for type, person in spans if type == "PERSON"]
    ignored = [Person(span["start"], span["end"]) for span in document["ignore"]]
    date = next((span["when"][:10] for span in document["spans"] if span.get("when")), document["year"])
    found = _persons(document["text"], edition, Context(document["id"], date))
    count: Counter[str] = Counter(gold=len(gold))
    for mention in found:
        place = Person(mention.start, mention.end)
        met = [person for person in gold if person.meets(place)]
        if met:
            count["right place"] += 1
            count[_verdict(mention, met[0])] += 1
        elif not any(place.meets(one) for one in ignored):
            count["wrong place"] += 1
    places = [Person(mention.start, mention.end) for mention in found]
    count["found"] = sum(any(person.meets(place) for place in places) for person in gold)
    return count


def _persons(text: str, edition: Edition, context: Context) -> list[Mention]:
    found = [one for name in ANNOTATORS for one in annotators()[name].find(text, edition, context)]
    return [one for one in found if one.element == "persName"]


def _verdict(mention: Mention, person: Person) -> str:
    if not person.entry:
        return "no entry"
    if mention.candidates:
        return "open"
    return "unlinked" if not mention.entry else "right" if mention.entry == person.entry else "wrong"


def _print(title: str, counts: Iterable[Counter[str]]) -> None:
    total = sum(counts, Counter())
    precision = total["right place"] / max(1, total["right place"] + total["wrong place"])
    recall = total["found"] / max(1, total["gold"])
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    linked = total["right"] + total["wrong"]
    print(f"{title}: P R F {precision:.3f} {recall:.3f} {f1:.3f} of {total['gold']}")
    print(
        f"  linked {linked}: right {total['right'] / max(1, linked):.3f}, wrong {total['wrong'] / max(1, linked):.3f}; "
        f"left open {total['open']}, unlinked {total['unlinked']}"
    )
