"""What only persons do, and what is done only to persons: they speak, write and dine, and are told, asked and called on."""

from __future__ import annotations

import re

from editio.naming.rows import KIN
from editio.naming.things import DETERMINERS, SHIPS
from editio.naming.words import Token, begins_sentence, fold, occurs_small
from editio.words import frequency, is_word

WORD_BEFORE = re.compile(r"([^\W\d_]+)([.,]?)[ \n\u00a0]\[?\Z")
PLACED = frozenset("in at near from through across into toward towards aus nach nahe bei à dans".split())
# What only persons do or are, by language.
PERSONAL = re.compile(
    r"[ \n](?:dined|dines|smiled|gloated|grinned|resigned|smokes|telephoned|married|nodded|shrugged|laughed|bowed|wept"
    r"|telegraphed|telegraphs|(?:is|was) (?:ill|dead|sick|asleep|married|in bed|gone)"
    r"|schreibt|schrieb|grüßt|dichtet|starb|ist (?:krank|tot|gestorben|wohl|verreist)"
    r"|m[’']écrit|m[’']écrivait|m[’']a (?:écrit|dit)|est (?:malade|mort|morte)|dînait|dîne"
    r"|пишет|прислала?|приехала?|уехала?|умерла?|больна?|болен|кланяется|обедала?)\b"
)
# A word that is as frequent in what people say is no surname where a sentence begins, or where every noun has a capital.
COMMON = {"de": 50}
OFTEN = 2000
BETWEEN = {
    "en": "also then again further privately later now never often once himself herself even only today yesterday",
    "de": "auch dann wieder gestern heute mir uns ihm ihr Ihnen Dir dir nun eben ja mich",
    "fr": "aussi alors encore me te lui nous vous leur y en ne",
}
DEEDS = {
    "en": "said|says|told|asked|asks|answered|replied|remarked|thinks|thought|spoke|wrote|writes|smiled|laughed|nodded"
    "|interjected|commented|recalled|inquired|wondered|responded|complained|exclaimed|confided|dined|lunched|supped"
    "|breakfasted|telephoned|telegraphs?|telegraphed|wept|explained|explains|observed|insisted|urged|sent word|took notes"
    "|called (?:on|upon|in|again|yesterday|today|here)|came (?:in|to (?:see|dinner|lunch)|yesterday|on \\w+day)"
    "|(?:is|was) (?:ill|dead|better|unwell|away|at home|silent|here|there|with us)|left for|returned from"
    "|(?:has|had) (?:told|asked|said|written|spoken|replied|dined|gone|resigned|accepted)",
    "de": "sagte|sagt|meinte|meint|schrieb|schreibt|antwortete|antwortet|erwiderte|erwidert|erzählte|erzählt|fragte|fragt"
    "|bemerkte|bemerkt|erklärte|erklärt|berichtete|berichtet|sprach|spricht|telegraphierte|telegraphiert|grüßt|schweigt"
    "|schwieg|widersprach|widerspricht|läßt grüßen|lässt grüßen|trägt vor|bittet|bat"
    "|(?:ist|war) (?:krank|tot|gestorben|verreist|hier|da|bei \\w+)"
    "|(?:hat|hatte) (?:mir|uns|Ihnen|Dir|dir|ihm|(?:\\w+ )?(?:geschrieben|gesagt|erzählt))|kommt (?:morgen|heute|bald|aus|zu)",
    "fr": "dit|disait|répondit|répond|écrivit|écrit|écrivait|répliqua|pense|pensait|croit|demande|demanda|ajouta|raconte"
    "|raconta|dîne|dîna|dînait|soupe|soupait|parla|parlait|lut|vint|(?:a|avait|ont) (?:dit|écrit|répondu|parlé|demandé|raconté)"
    "|(?:m|t)[’']a (?:dit|écrit|répondu|parlé|demandé|raconté)"
    "|(?:est|était) (?:venue?|partie?|arrivée?|mort|morte|malade|rentrée?|présente?|ici)|vous (?:embrasse|salue|dira)",
}
DONE = {
    "en": "told|asked|informed|assured|reminded|thanked|begged|(?:met|dined|dine|lunched|spoke|talked|talks?|conversation"
    "|conversations|interview|interviews|walked|rode|supped|breakfasted|conferred|corresponded) with|(?:spoke|spoken|talked"
    "|wrote|written|writes|writing) to|called (?:on|upon)|waited upon|wait upon|introduced to",
    "de": "(?:sprach|spricht|gesprochen|Gespräch|Unterredung|Gespräche|speiste)(?: (?:er|ich|sie|wir|man|heute|lange)){0,2} mit"
    "|(?:schrieb|geschrieben|schreibe|Brief"
    "|Briefe) an|grüßen Sie|grüße|sagen Sie",
    "fr": "(?:dit|écrivit|écrit|répondit|répondu|parlé|parla|écrire|dire) à|chez|(?:dîné|dîne|dîner|soupé|causé|parlé) avec",
}
# What stands before a German name that begins a clause.
CLAUSE = re.compile(r"(?:^|[.,;:!?—–\n„“»«(]\s*|(?<!\w)(?:da(?:ß|ss)|und|wenn|weil|als|wie|auch|ob|aber|denn)\s)\Z")
NOUN = re.compile(r"(?:ung|heit|keit|schaft|tion|tät|nis|tum|ment|ismus|chen|lein|ler|ter|rin)(?:en|s|e)?$")


def _does(language: str) -> re.Pattern[str]:
    between = "|".join(BETWEEN[language].split())
    return re.compile(rf"[ \n](?:(?:{between})[ \n]){{0,2}}(?:{DEEDS[language]})(?![\w-])")


DOES = {language: _does(language) for language in DEEDS}
IS_DONE = {language: re.compile(rf"(?<![\w’'-])(?i:{done})[ \n]\Z") for language, done in DONE.items()}
# The last words of those.
LAST_WORDS = frozenset(
    "told asked informed assured reminded thanked begged with to on upon mit an sie grüße à chez avec".split()
)
LONGEST_DONE = 36
HYPHENS = ("-", "\u2010", "\u2011")


def is_personal(text: str, name: tuple[Token, ...], languages: tuple[str, ...]) -> bool:
    """Whether a verb behind a name says what only persons do."""
    language = languages[0] if languages else ""
    if not PERSONAL.match(text, name[-1].end) or any(occurs_small(text, one.key) for one in name):
        return False
    before = WORD_BEFORE.search(text, max(0, name[0].start - 24), name[0].start)
    word = fold(before[1]) if before else ""
    known = (language == "de" or begins_sentence(text, name[0].start)) and is_word(name[0].text, language)
    return word not in DETERMINERS and word not in PLACED and word not in SHIPS and not known


def acts(text: str, name: tuple[Token, ...], language: str) -> bool:
    """Whether a verb behind a name says what only persons do, or one before it what is done only to persons."""
    language = language.partition("-")[0]
    if language not in DOES or text[name[-1].end : name[-1].end + 1] in HYPHENS:
        return False
    found = _is_done_to(text, name[0].start, language) or does_something(text, name, language)
    return found and not is_common(text, name[-1], language)


def _is_done_to(text: str, start: int, language: str) -> bool:
    first = max(0, start - LONGEST_DONE)
    space = text.rfind(" ", first, start - 1) + 1  # cheap: the last word is of these in few places only
    return text[space : start - 1].casefold() in LAST_WORDS and IS_DONE[language].search(text, first, start) is not None


def does_something(text: str, name: tuple[Token, ...], language: str) -> bool:
    """Whether a verb behind a name says what only persons do, in English, German or French."""
    start, end = name[0].start, name[-1].end
    if language not in DOES or text[end : end + 1] not in (" ", "\n") or not text[end + 1 : end + 2].isalpha():
        return False
    in_place = language != "de" or CLAUSE.search(text, max(0, start - 8), start) is not None
    return in_place and DOES[language].match(text, end) is not None


def is_common(text: str, token: Token, language: str) -> bool:
    """Whether a word with a capital may be one of the language's: at the start of a sentence, in German anywhere."""
    if token.key in KIN:
        return True
    if language != "de" and not begins_sentence(text, token.start):
        return False
    if language == "de" and NOUN.search(token.key):
        return True
    return frequency(token.text, language) > COMMON.get(language, OFTEN)
