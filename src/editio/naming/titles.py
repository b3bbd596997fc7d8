"""Titles, ranks and offices as they stand before a name: what each is in full, and whom it may not mean."""

from __future__ import annotations

# Written, then what it is the same as (itself where nothing is said).
_TITLES = """
mr mister=mr messrs=mr mrs=mrs missis=mrs ms miss misses=miss mme=mrs madame=mrs mesdames=mrs mlle=miss mademoiselle=miss
m=mr monsieur=mr mm=mr messieurs=mr sir dame lady lord viscount viscountess earl countess duke duchess marquess marquis marquise
baron baroness baronet hon honorable=hon honourable=hon rt right reverend=rev rev revd=rev dr doctor=dr prof professor=prof
herr=mr herrn=mr hr=mr frau=mrs fr=mrs frl=miss fraulein=miss fraeulein=miss graf=count grafin=countess graefin=countess freiherr=baron
furst=prince fuerst=prince furstin=princess prinz=prince prinzessin=princess konig=king koenig=king konigin=queen koenigin=queen
kaiser=emperor kaiserin=empress herzog=duke herzogin=duchess hofrat geheimrat geheimerat kanzler=chancellor bundeskanzler=chancellor
reichskanzler=chancellor minister premierminister=premier prasident=president praesident=president hofrath=hofrat
count comte=count comtesse=countess vicomte=viscount duc=duke duchesse=duchess prince princess princesse=princess abbe abbot
roi=king reine=queen king queen emperor empress czar=tsar tsar tzar=tsar sultan shah pope cardinal archbishop bishop bp=bishop
president pres=president presidente=president vice deputy acting former assistant under undersecretary secretary sec=secretary
minister ministre=minister ministro=minister premier chancellor chairman chairwoman chairperson senator sen=senator senateur=senator
representative rep=representative congressman congresswoman governor gov=governor mayor ambassador amb=ambassador ambassadeur=ambassador
consul envoy delegate commissioner commissar counselor=counsellor counsellor councillor attache judge justice attorney director
general gen=general lieutenant lieut=lieutenant lt=lieutenant colonel col=colonel coronel=colonel major maj=major captain
capt=captain cpt=captain capitaine=captain capitan=captain hauptmann=captain commander cmdr=commander cdr=commander commodore
admiral adm=admiral marshal marechal=marshal mareschal=marshal feldmarschall=marshal generalissimo brigadier brig=brigadier
sergeant sgt=sergeant serjeant=sergeant corporal cpl=corporal private pvt=private ensign midshipman oberst=colonel
leutnant=lieutenant oberstleutnant=colonel generalleutnant=general generalmajor=general
comrade com=comrade comrades=comrade cde=comrade genosse=comrade genossin=comrade camarade=comrade tov=comrade tovarishch=comrade
senor=mr senora=mrs senorita=miss don dona signor=mr signora=mrs signorina=miss sig=mr sr=mr sra=mrs mynheer=mr mijnheer=mr pan pani
academician elect master mistress maitre citoyen citizen brother sister aunt uncle cousin
тов=comrade товарищ=comrade товарища=comrade товарищу=comrade т=comrade г=mr господин=mr госпожа=mrs г-н=mr князь=prince граф=count
генерал=general маршал=marshal академик=academician министр=minister президент=president
"""
TITLES: dict[str, str] = {
    written: whole or written for written, _, whole in (word.partition("=") for word in _TITLES.split())
}
OF_WOMEN = frozenset(
    "mrs miss ms dame lady viscountess countess duchess marquise baroness queen empress princess chairwoman congresswoman "
    "mistress sister aunt dona".split()
)
OF_MEN = frozenset(
    "mr sir lord viscount earl duke marquess marquis baron count king emperor prince brother uncle congressman don cardinal "
    "bishop archbishop pope abbe".split()
)
# Titles that say nothing of an office that a register may mention.
COURTESY = frozenset("mr mrs miss ms sir dr prof hon rt right comrade elect herr master mistress citizen brother sister".split())
# Words that only begin a title: “Deputy Secretary”, not “Deputy Rusk”.
MODIFIERS = frozenset("vice deputy acting former assistant under right rt".split())
# Adjectives that stand with titles: Prime Minister, First Secretary.
ADJECTIVES = frozenset("prime foreign high first second third special senior political naval military privy personal national".split())
# With these a capitalised word is a title and no name only before a name; else “General Assembly” would be one.
ORDINARY = frozenset(
    "general major private chief king queen prince princess count judge justice marshal master secretary minister "
    "president director commander lord sir sister brother aunt uncle cousin lady consul representative right don m fr pan "
    "com т г com master attorney premier".split()
)
# Last words of an office (“Secretary of State Rusk”, “Minister of Foreign Affairs Gromyko”).
OFFICE_ENDS = frozenset(
    "state defense defence affairs interior war navy treasury agriculture commerce labor labour education staff council "
    "finance justice trade industry transport health operations plans committee party union republic army security".split()
)
GENERATIONS = frozenset("jr sr ii iii iv 2d 3d junior senior esq esquire fils pere".split())
PARTICLES = frozenset("de du des d da do dos di del della la le van der den von zu zum zur vom ten ter af av al el ibn bin y e of".split())


# Abbreviations that are titles in one language only; elsewhere they are initials or something else.
ONLY_IN = {"m": "fr", "mm": "fr", "fr": "de", "hr": "de", "т": "ru", "г": "ru", "sr": "es", "sra": "es", "com": "ru"}


def title(key: str, languages: tuple[str, ...]) -> str:
    """What a folded word is as a title; empty for any other."""
    found = TITLES.get(key, "")
    if found and key in ONLY_IN:
        return found if any(tag.split("-")[0] == ONLY_IN[key] for tag in languages) else ""
    return found
