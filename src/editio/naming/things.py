"""Words with a capital letter that name no person, and small words that stand around names."""

from __future__ import annotations

from editio.wordlists import words

PLACES = words("things", "places")
NO_PERSON = PLACES | words("things", "times") | words("things", "other")
# Pronouns and small words that some languages write with a capital, by language.
POLITE = {"de": words("things", "german"), "fr": words("things", "french")}
# Adjectives of nations, which stand before names and titles and are no forenames.
NATIONS = words("things", "nations")
# States in which a place lies that has the state behind a comma: Lincoln, Nebraska.
STATES = words("things", "states")
# What follows a name that is part of the name of something else.
INSTITUTIONS = words("things", "institutions")
# Words that may have a capital before a name and are no forenames.
NOT_GIVEN = words("things", "not-given")
DETERMINERS = words("things", "determiners")
# Surnames that are days, months or feasts, and those that are other words too.
SURNAMES_AND_TIMES = words("things", "surnames-and-times")
SURNAMES_TOO = words("things", "surnames-too") | SURNAMES_AND_TIMES
DEAR = words("things", "dear")
SAID = words("things", "said")
SHIPS = words("things", "ships")
