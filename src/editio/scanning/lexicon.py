"""The words by which the survey knows names: titles before them, what stands in them, what is no name at all."""

from __future__ import annotations

from editio.wordlists import pairs, words

# What stands before a person's name. Alone it is an office, not a name.
TITLES = words("survey", "titles")
# Words that qualify a title or an office, and say nothing by themselves.
QUALIFIERS = words("survey", "qualifiers")
# What an office is for: “Secretary of State Rusk”, “Minister of Foreign Affairs Gromyko”.
PORTFOLIOS = words("survey", "portfolios")
# How one speaks to somebody, of a person unnamed, and what capitals are given out of reverence or habit.
ADDRESS = words("survey", "address")
DATES = words("survey", "dates")
# Capitals that come of form, not of naming: parts of documents, marks of secrecy.
FORMS = words("survey", "forms")
PRONOUNS = words("survey", "pronouns")
# Lower-case words inside names, and those that an office, a body or an event goes on with.
PARTICLES = words("survey", "particles")
CONNECTORS = words("survey", "connectors")
# Adjectives of peoples and places with English capitals: they qualify, and name nobody by themselves.
DEMONYMS = words("survey", "demonyms")
COMPASS = words("survey", "compass")
ORG_HEADS = words("survey", "org-heads")
EVENT_HEADS = words("survey", "event-heads")
PLACE_HEADS = words("survey", "place-heads")
# Common forenames: a name that begins with one is a person's.
FORENAMES = words("survey", "forenames")
# Words behind a name that say a person is meant, and before one.
SPEAKING = words("survey", "speaking")
TOLD = words("survey", "told")
# Before who did or wrote something
AGENTS = words("survey", "agents")
# Prepositions before places, the surer first.
AT_PLACES = {word: float(weight) for word, weight in pairs("survey", "at-places").items()}
DETERMINERS = words("survey", "determiners")
# Endings of German nouns that are no names.
NOUN_ENDINGS = tuple(pairs("survey", "noun-endings"))
# Endings of patronymics.
PATRONYMIC = tuple(pairs("survey", "patronymics"))
# Abbreviations whose full stop ends no sentence.
ABBREVIATIONS = words("survey", "abbreviations")
# Countries, parts of the world and their largest cities: a name without other cues is more likely the place.
KNOWN_PLACES = words("survey", "known-places")
# Names that end like an organisation, and are places.
PLACES = frozenset(name.replace("_", " ") for name in words("survey", "places"))
# Titles in scripts without capitals, and how many words behind them belong to the name.
CASELESS_TITLES = tuple(pairs("survey", "caseless-titles"))
# In Chinese and Japanese the title follows; in Korean too.
CASELESS_TITLES_BEHIND = tuple(pairs("survey", "caseless-titles-behind"))
