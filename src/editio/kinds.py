"""The kinds of entries that registers have, and what TEI and the files call them; needs nothing, so that commands may ask."""

from __future__ import annotations

# The element that names an entry in a text (an event: with type="event").
KINDS = {"person": "persName", "place": "placeName", "org": "orgName", "event": "name"}
# The register of each kind, as file, page and id.
FILES = {"person": "persons", "place": "places", "org": "orgs", "event": "events"}
LISTS = {"person": "listPerson", "place": "listPlace", "org": "listOrg", "event": "listEvent"}
# Kinds by their own names and those of their registers, as commands take them.
NAMED = {name: kind for kind, file in FILES.items() for name in (kind, file)}
