"""The reconciliation services entries can be looked up at: those of edition.toml, and some that are known."""

from __future__ import annotations

from editio import codes
from editio.config import ServiceSettings, Settings
from editio.diagnostics import Location, refuse
from editio.misspelling import did_you_mean

# Public endpoints of November 2026; nothing is sent to one until “editio names link --service” names it.
KNOWN = (
    ServiceSettings(
        "wikidata",
        "https://wikidata.reconci.link/en/api",
        "wikidata",
        {"person": "Q5", "place": "Q2221906", "org": "Q43229", "event": "Q1656682"},
        {"birth": "P569", "death": "P570", "coordinates": "P625"},
    ),
    ServiceSettings(
        "gnd",
        "https://lobid.org/gnd/reconcile/",
        "gnd",
        {
            "person": "DifferentiatedPerson",
            "place": "PlaceOrGeographicName",
            "org": "CorporateBody",
            "event": "ConferenceOrEvent",
        },
        {"birth": "dateOfBirth", "death": "dateOfDeath"},
    ),
    ServiceSettings(
        "viaf",
        "http://refine.codefork.com/reconcile/viaf",
        "viaf",
        {"person": "/people/person", "place": "/location/location", "org": "/organization/organization"},
    ),
)


def services(settings: Settings) -> dict[str, ServiceSettings]:
    """All services by name; one of edition.toml takes the place of a known one of that name."""
    return {one.name: one for one in (*KNOWN, *settings.names.service)}


def service_named(name: str, settings: Settings) -> ServiceSettings:
    """The service of a name; refused if there is none."""
    found = services(settings)
    if name not in found:
        raise refuse(
            codes.UNKNOWN_SERVICE,
            Location("edition.toml"),
            f"there is no service “{name}”",
            did_you_mean(name, list(found)),
        )
    return found[name]
