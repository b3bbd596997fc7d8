"""Persons that no register has, by cues."""

from __future__ import annotations

from collections.abc import Iterator

from editio.model import Context, Edition, Mention
from editio.naming.cues import find_persons
from editio.naming.evidence import RULES
from editio.naming.find import find_names
from editio.registry import annotator

SURE = 0.9


@annotator(**{rule.replace("-", "_"): one.meaning for rule, one in RULES.items()})
def cued_names(text: str, edition: Edition, context: Context) -> Iterator[Mention]:
    """Names that titles, initials, forenames, signatures and the like show to be persons'; they point to no entry."""
    if not edition.settings.names.cues:
        return
    registered = find_names(text, edition, context)
    taken = [(mention.start, mention.end) for mention in registered]
    persons = [(mention.start, mention.end) for mention in registered if mention.element == "persName"]
    for cue in find_persons(text, context.languages, taken, persons):
        cert = "medium" if RULES[cue.rule].weight >= SURE else "low"
        yield Mention(cue.start, cue.end, "persName", {}, cert, cue.rule)
