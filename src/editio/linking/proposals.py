"""Who entries may be, as services say it: asked for, ranked, kept in names/links/ for the editors to decide."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, TypeVar

import msgspec

from editio import codes, tei
from editio.config import ServiceSettings
from editio.diagnostics import Location, Report, refuse
from editio.files import leads_out, read_file
from editio.linking.authorities import of_type
from editio.linking.client import Candidate, Client, Question, ask, values
from editio.linking.identifiers import held_by
from editio.linking.transport import Unanswered
from editio.model import Entry

FOLDER = Path("names/links")
REJECTED = "rejected"
Form = TypeVar("Form")
Lives = Literal["agree", "differ", "unknown"]
# “1817–1862”, “(1817-1862)”, “* 1817”; years of three digits count only in pairs.
PAIR = re.compile(r"(?<!\d)(\d{3,4})\s?[-–]\s?(\d{3,4})(?!\d)")
YEAR = re.compile(r"(?<![\d-])(-?\d{3,4})(?!\d)")
RANK: Mapping[str, int] = {"agree": 0, "unknown": 1, "differ": 2}


class Proposal(msgspec.Struct, frozen=True):
    """Somebody or something that an entry may be, by one service."""

    id: str
    name: str
    description: str = ""
    types: tuple[str, ...] = ()
    score: float = 0.0
    match: bool = False
    lives: Lives = "unknown"


class Links(msgspec.Struct, frozen=True):
    """A file of names/links/: the proposals of a service, by entry."""

    service: str
    type: str
    proposals: dict[str, tuple[Proposal, ...]] = {}


@dataclass(frozen=True)
class Life:
    """The years of birth and death, 0 where they are not known."""

    birth: int = 0
    death: int = 0


def propose(
    client: Client, entries: Sequence[Entry], limit: int, rejected: Mapping[str, Sequence[str]], report: Report
) -> dict[str, tuple[Proposal, ...]]:
    """Ask a service who these entries are; its proposals by entry, the likeliest first, without the rejected ones."""
    questions = [question_of(entry, client.service, limit) for entry in entries]
    heard = ask(client, questions)
    service = client.service
    named = f"the service “{service.name}”"
    if heard.failure:
        silent = len(entries) - len(heard.candidates)
        message = f"{named}: {heard.failure}; {silent} of {len(entries)} entries are without an answer"
        report.add(codes.FAILED_SERVICE, Location(), message)
    if heard.odd:
        more = f", and {len(heard.odd) - 1} more of the kind" if len(heard.odd) > 1 else ""
        report.add(codes.ODD_ANSWER, Location(), f"{named}: {heard.odd[0]}{more}")
    lives = {} if heard.failure else _lives(client, heard.candidates, report)
    return {
        entry.id: tuple(ranked(entry, heard.candidates[entry.id], lives, rejected.get(entry.id, ()), limit))
        for entry in entries
        if entry.id in heard.candidates
    }


def question_of(entry: Entry, service: ServiceSettings, limit: int) -> Question:
    """What a service is asked about an entry."""
    known = {"birth": entry.period.start, "death": entry.period.end} if entry.kind == "person" else {}
    known["coordinates"] = _coordinates(entry)
    properties = tuple(
        (service.properties[name], value) for name, value in known.items() if value and name in service.properties
    )
    return Question(entry.id, entry.name, service.types.get(entry.kind, ""), properties, limit)


def _coordinates(entry: Entry) -> str:
    """Latitude and longitude of a place, as services compare them; empty without any."""
    geo = entry.element.find(f"{tei.TEI}location/{tei.TEI}geo")
    return ",".join(re.split(r"[\s,]+", tei.text_of(geo).strip())) if geo is not None else ""


def unlinked(entries: Iterable[Entry], type: str) -> Iterator[Entry]:
    """The entries that have no identifier of a type yet."""
    authority = of_type(type)
    key = authority.type if authority else type
    return (entry for entry in entries if all(held != key for held, _ in held_by(entry)))


def ranked(
    entry: Entry, candidates: Iterable[Candidate], lives: Mapping[str, Life], rejected: Sequence[str], limit: int
) -> list[Proposal]:
    """Candidates as proposals, the likeliest first: whose years agree, of whom the service is sure, by score."""
    own = _life(entry.period.start, entry.period.end) if entry.kind == "person" else Life()
    made = [
        Proposal(
            one.id,
            one.name,
            one.description,
            one.types,
            one.score,
            one.match,
            _agree(own, lives[one.id]) if one.id in lives else _agree_as_told(own, f"{one.name} {one.description}"),
        )
        for one in candidates
        if one.id not in rejected
    ]
    made.sort(key=lambda one: (RANK[one.lives], not one.match, -one.score, one.id))
    return made[:limit]


def _lives(client: Client, candidates: Mapping[str, Sequence[Candidate]], report: Report) -> dict[str, Life]:
    """The years of the candidates, where the service can be asked for them."""
    names = [client.service.properties[name] for name in ("birth", "death") if name in client.service.properties]
    ids = sorted({one.id for found in candidates.values() for one in found})
    if len(names) < 2 or not ids:
        return {}
    try:
        rows = values(client, ids, names)
    except Unanswered as silence:
        message = f"the service “{client.service.name}” gives no years of life: {silence.reason}"
        report.add(codes.ODD_ANSWER, Location(), message)
        return {}
    return {id: life for id, row in rows.items() if (life := _life(*(row.get(name, "") for name in names))) != Life()}


def _life(birth: str, death: str) -> Life:
    first, last = YEAR.match(birth), YEAR.match(death)
    return Life(int(first[1]) if first else 0, int(last[1]) if last else 0)


def _agree_as_told(own: Life, words: str) -> Lives:
    """Whether the years in a name or description are those of an entry; years inside its life may be of an office."""
    pair = PAIR.search(words)
    if not pair:
        return "unknown"
    told = Life(int(pair[1]), int(pair[2]))
    agree = _agree(own, told)
    inside = own.birth and own.death and own.birth <= told.birth <= told.death <= own.death
    return "unknown" if agree == "differ" and inside else agree


def _agree(own: Life, other: Life) -> Lives:
    pairs = [(a, b) for a, b in ((own.birth, other.birth), (own.death, other.death)) if a and b]
    if not pairs:
        return "unknown"
    # a year apart is how calendars and sources differ
    return "agree" if all(abs(a - b) <= 1 for a, b in pairs) else "differ"


# --- files ----------------------------------------------------------------------------------------


def read_links(root: Path, service: str, report: Report) -> Links | None:
    """The proposals of a service as they are kept; none if there are none, or if the file is a diagnostic."""
    path = root / FOLDER / f"{service}.json"
    return _read(path, Links, root, report)


def all_links(root: Path, report: Report) -> tuple[Links, ...]:
    """The proposals of all services that were asked."""
    names = sorted(path.stem for path in (root / FOLDER).glob("*.json") if path.stem != REJECTED)
    return tuple(found for name in names if (found := read_links(root, name, report)))


def write_links(root: Path, links: Links) -> None:
    """Keep the proposals of a service, one a line, entries in order."""
    _write(root, root / FOLDER / f"{links.service}.json", links)


def read_rejected(root: Path, report: Report) -> dict[str, dict[str, tuple[str, ...]]]:
    """What the editors have rejected: by type of identifier, by entry."""
    path = root / FOLDER / f"{REJECTED}.json"
    found = _read(path, dict[str, dict[str, tuple[str, ...]]], root, report)
    return found or {}


def write_rejected(root: Path, rejected: Mapping[str, Mapping[str, Sequence[str]]]) -> None:
    """Keep what the editors have rejected."""
    _write(root, root / FOLDER / f"{REJECTED}.json", rejected)


def _read(path: Path, form: type[Form], root: Path, report: Report) -> Form | None:
    if not path.exists() and not path.is_symlink():
        return None
    place = report.place(path)
    try:
        if leads_out(path, root):
            raise OSError(0, "it leads out of the edition")
        return msgspec.json.decode(read_file(path), type=form)
    except OSError as error:
        report.add(codes.UNREADABLE_LINKS, place, f"the file cannot be read: {error.strerror}")
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        report.add(codes.UNREADABLE_LINKS, place, f"it is not a file of links: {str(error)[:200]}")
    return None


def _write(root: Path, path: Path, value: object) -> None:
    if leads_out(path, root):
        raise refuse(codes.UNREADABLE_LINKS, Location(path.relative_to(root).as_posix()), "it leads out of the edition")
    encoded = msgspec.json.format(msgspec.json.encode(value, order="sorted"), indent=1)
    tei.write_if_changed(path, encoded + b"\n")
