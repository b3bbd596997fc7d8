"""Forenames common in letters and despatches, with sex, and what short forms stand for."""

from __future__ import annotations

from editio.wordlists import pairs, words

GIVEN: dict[str, str] = dict.fromkeys(words("given", "men"), "M") | dict.fromkeys(words("given", "women"), "F")
# Forenames that by themselves are as often something else.
NOT_ALONE = words("given", "not-alone")
RUSSIAN = words("given", "russian")
# A short form or abbreviation, then the forenames it may stand for.
SHORT = {short: frozenset(names.split("|")) for short, names in pairs("given", "short").items()}
