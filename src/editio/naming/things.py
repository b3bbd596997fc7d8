"""Words with a capital letter that name no person: peoples, places, times, bodies, and parts of documents."""

from __future__ import annotations

PLACES = frozenset(
    """
africa america asia australia europe atlantic pacific baltic mediterranean arctic antarctica britain england scotland ireland wales
france germany italy spain portugal russia austria hungary prussia saxony bavaria bohemia poland sweden norway denmark finland
iceland holland netherlands belgium luxembourg switzerland greece turkey romania rumania bulgaria serbia yugoslavia croatia slovenia
bosnia albania czechoslovakia ukraine belarus lithuania latvia estonia georgia armenia azerbaijan persia iran iraq syria lebanon
israel palestine jordan egypt libya tunisia algeria morocco sudan ethiopia kenya ghana nigeria congo rhodesia angola mozambique india
pakistan afghanistan ceylon burma siam thailand laos cambodia vietnam indochina malaya malaysia indonesia philippines china taiwan
formosa japan korea mongolia manchuria tibet canada mexico guatemala honduras nicaragua salvador panama cuba haiti jamaica colombia
venezuela ecuador peru bolivia chile argentina uruguay paraguay brazil virginia carolina maryland pennsylvania massachusetts
connecticut vermont maine ohio illinois indiana michigan iowa kansas nebraska missouri kentucky tennessee alabama mississippi
louisiana texas california oregon nevada utah colorado arizona florida london oxford cambridge edinburgh glasgow dublin liverpool
manchester bristol bath brighton paris rouen lyon lyons marseille marseilles bordeaux versailles nohant croisset rome roma florence
naples venice milan turin genoa pisa madrid barcelona lisbon berlin bonn munich hamburg frankfurt cologne dresden leipzig weimar
jena halle gottingen vienna wien prague budapest warsaw cracow danzig stockholm copenhagen oslo helsinki amsterdam brussels hague
bern berne geneva zurich basel lausanne moscow leningrad petersburg kiev kharkov odessa warschau moskau constantinople istanbul
ankara athens belgrade sofia bucharest tehran teheran baghdad damascus beirut jerusalem cairo alexandria tunis algiers delhi calcutta
bombay madras karachi peking beijing shanghai nanking canton tokyo seoul saigon hanoi manila sydney melbourne washington boston
philadelphia york chicago baltimore richmond charleston springfield albany quebec montreal ottawa havana angleterre allemagne italie
russie espagne autriche londres england deutschland frankreich italien russland oesterreich osterreich preussen sachsen thuringen
schweiz holland ungarn polen bohmen boehmen europa asien afrika amerika thames rhine danube seine volga elbe main neckar rhein donau
alps himalayas kremlin россия москва петербург париж лондон европа германия франция англия италия киев
""".split()  # noqa: SIM905
)
TIMES = frozenset(
    """
january february march april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec
monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun christmas easter michaelmas lent whitsun
januar februar marz maerz mai juni juli oktober dezember montag dienstag mittwoch donnerstag freitag samstag sonnabend sonntag
ostern weihnachten pfingsten janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre lundi mardi mercredi
jeudi vendredi samedi dimanche noel paques spring summer autumn winter fall
""".split()  # noqa: SIM905
)
OTHER = frozenset(
    """
god heaven lord christ jesus providence nature fate fortune muse bible gospel genesis testament koran trinity devil satan scripture
sir madam sirs gentlemen ladies majesty highness excellency lordship ladyship honour honor esq esquire messrs
congress parliament senate house commons lords cabinet government administration department ministry embassy legation consulate
council committee commission conference assembly union court bureau office agency board staff army navy force forces party league
bank company society institute university college school church club press gazette times journal review magazine herald tribune
state states republic kingdom empire federation republics city county province district street square road avenue
washingtonian catholic protestant jew jews jewish christian christians muslim muslims communist communists communism democrat democrats
republican republicans liberal conservative tory tories whig whigs socialist socialists bolshevik bolsheviks nazi nazis marxist
telegram letter memorandum memo note despatch dispatch report record editorial minutes enclosure inclosure attachment appendix annex
subject reference ref re no nos number page volume vol book chapter part section article series title ibid document documents draft
text secret top confidential classified urgent priority participants present copy copies source sources foreword preface
postscript ps nb speaker intelligence defense defence security affairs foreign international national central federal general special
western eastern northern southern west east north south soviet allied allies treaty pact charter declaration constitution act bill
amendment agreement protocol convention war peace world day week year mission operation project plan program programme black white
red operations headquarters command division corps regiment brigade squadron fleet station chief latin internet http
english french german russian italian spanish portuguese dutch swedish danish norwegian polish czech hungarian austrian prussian
greek turkish american british scottish scotch irish welsh european asian african indian chinese japanese arab arabs hebrew
attest witness end begin counsel order orders election elections manager post hospital unclear illegible sincerely faithfully truly respectfully cordially affectionately yours regards adieu farewell enclosed received signed continued united hochachtungsvoll
und der die das ich wir sie es er mein euer ihr le la les je nous vous il elle mon votre notre ce cette
""".split()  # noqa: SIM905
)
# Forenames that are as often something else.
NOT_ALONE = frozenset(
    "mark may will bill grant rose grace hope faith mercy violet lily frank guy rex leo max ray roy gene earl noel august augustus "
    "victoria virginia georgia florence charlotte sydney sidney chester jordan israel dale washington lincoln jackson lawrence "
    "warren nelson marshall foster franklin hamilton harrison gordon graham douglas neville vernon winifred dolly penny art gus pat chris "
    "martin louis paul peter clement marina alma carol clara sandy don dona sam dawn eve olive regina aurora flora diana "
    "constance mina della lambert melvin bruce howard clyde boris madeline cordelia madeleine augustin jean marie maria jan val elsa miles lee otto octavia".split()
)
NO_PERSON = PLACES | TIMES | OTHER
