"""Titles, ranks and offices as they stand before a name: what each is in full, and whom it may not mean."""

from __future__ import annotations

from editio.wordlists import pairs, words

TITLES = pairs("titles", "titles")
OF_WOMEN = words("titles", "of-women")
OF_MEN = words("titles", "of-men")
# Titles that say nothing of an office that a register may mention.
COURTESY = words("titles", "courtesy")
# Words that only begin a title: “Deputy Secretary”, not “Deputy Rusk”.
MODIFIERS = words("titles", "modifiers")
# Adjectives that stand with titles: Prime Minister, First Secretary.
ADJECTIVES = words("titles", "adjectives")
# Behind these a capitalised word may be a noun: “General Assembly”, “Count Basie”.
ORDINARY = words("titles", "ordinary")
# Last words of an office: “Secretary of State Rusk”, “Minister of Foreign Affairs Gromyko”.
OFFICE_ENDS = words("titles", "office-ends")
GENERATIONS = words("titles", "generations")
# Abbreviations that are titles in one language only; elsewhere they are initials or something else.
ONLY_IN = pairs("titles", "only-in")


def title(key: str, languages: tuple[str, ...]) -> str:
    """What a folded word is as a title; empty for any other."""
    found = TITLES.get(key, "")
    if found and key in ONLY_IN:
        return found if any(tag.split("-")[0] == ONLY_IN[key] for tag in languages) else ""
    return found
