"""The words by which names are known: titles before them, what stands in them, what is no name at all.

Facts of English, German, French and Russian (Cyrillic and transliterated), and a few of scripts without capitals.
All words in lower case, without full stops.
"""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


# What stands before a person's name. Alone it is an office, not a name.
TITLES = _words(
    "mr mrs ms messrs miss mister mme mlle mm m monsieur madame mademoiselle messieurs sir lady lord dame dr doctor prof",
    "professor president presidents vice-president premier prime minister ministers secretary secretaries under deputy",
    "assistant acting ambassador ambassadors chancellor chairman director senator senators congressman representative",
    "governor mayor judge justice attorney counsel counselor counsellor consul consul-general chargé envoy delegate",
    "commissioner commander commodore admiral vice-admiral rear-admiral general generals gen colonel col major maj captain",
    "capt lieutenant lt sergeant sgt cpl corporal private marshal field-marshal brigadier brig ensign king queen emperor",
    "empress prince princess duke duchess count countess earl baron baroness viscount marquis marquess czar tsar tsarina",
    "kaiser sultan shah pope bishop archbishop cardinal reverend rev father fr brother sister saint rabbi canon abbot",
    "abbé abbe comrade comrades com cde pres sen rep gov hon honorable honourable amb sec secy uncle aunt cousin",
    "generalissimo chief professors drs attaché spokesman treasurer editor",
    "herr herrn herren frau fräulein frl präsident präsidenten kanzler reichskanzler bundeskanzler minister ministers",
    "ministerpräsident außenminister staatssekretär botschafter botschafters gesandter gesandte könig königin königs kaiserin",
    "kaisers fürst fürstin fürsten prinz prinzessin herzog herzogin herzogs graf gräfin grafen freiherr freiherrn freifrau",
    "ritter generals feldmarschall oberst hauptmann leutnant major rittmeister geheimrat geheimerat hofrat kommerzienrat",
    "pastor pfarrer bischof erzbischof papst kardinal genosse genossen genossin oberbürgermeister bürgermeister konsul",
    "professors vetter onkel tante bruder schwester",
    "président roi reine empereur impératrice prince princesse duc duchesse comte comtesse vicomte maréchal général",
    "colonel capitaine amiral ministre ambassadeur chancelier secrétaire sénateur député évêque archevêque pape saint sainte",
    "maître citoyen citoyenne camarade chevalier docteur professeur",
    "господин госпожа г г-н г-жа гг товарищ товарища товарищу товарищем тов т тт гражданин гр министр министра министру",
    "президент президента президенту секретарь секретаря посол посла послу генерал генерала генералу маршал маршала маршалу",
    "адмирал адмирала полковник полковника капитан капитана император императора царь царя король короля королева князь",
    "князя князю княгиня княгини граф графа графу графиня графини барон барона доктор доктора профессор профессора академик",
    "председатель председателя дядя тётя тетя генерал-лейтенант генерал-майор",
    "gospodin tovarishch tovarisch tov don doña señor señora señorita lic signor signora signore",
)
# Words that qualify a title or an office, and say nothing by themselves.
QUALIFIERS = _words(
    "first second third former late old dear your his her my our the new honorable right great deputy vice assistant acting",
    "under special permanent general foreign chief senior junior young good poor little",
    "lieber liebe lieben liebster liebste verehrter hochverehrter werter werthester bester",
    "cher chère chers mon ma mes дорогой дорогая милый милая любезный уважаемый глубокоуважаемый",
)
# What an office is for: “Secretary of State Rusk”, “Minister of Foreign Affairs Gromyko”.
PORTFOLIOS = _words(
    "state defense defence war treasury navy interior foreign affairs trade finance justice commerce agriculture labor labour",
    "education health staff army air force forces home colonies india board joint chiefs the intelligence central security",
    "national council mission political military inter-american european american policy planning economic public general",
    "staatssicherheit auswärtigen innern krieges guerre intérieur étrangères finances marine police",
)
# How one speaks to somebody, of a person unnamed, and what capitals are given out of reverence or habit.
ADDRESS = _words(
    "sir sirs madam madame dear excellency excellencies majesty highness honor honour lordship ladyship grace holiness",
    "gentlemen ladies esq esquire i o oh ah god lord almighty heaven providence christ amen yours sincerely truly faithfully",
    "respectfully dearest beloved friend mother father papa mamma mama",
    "sie ihnen ihr ihre ihrem ihren ihrer ihres du dir dich dein deine deinem deinen deiner euer eure exzellenz majestät",
    "hoheit durchlaucht gott gottes herrgott herr herrn ew excellenz",
    "monseigneur excellence majesté altesse sire dieu seigneur ciel monsieur vous",
    "вы вам вас вами ваш ваша ваше ваши вашего вашему вашей вашу ваших государь государыня милостивый сударь бог бога богу",
    "боже господи превосходительство величество высочество сиятельство",
)
DATES = _words(
    "january february march april may june july august september october november december jan feb mar apr jun jul aug sep",
    "sept oct nov dec monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thur thurs fri sat sun",
    "easter christmas michaelmas lent spring summer autumn winter",
    "januar jänner februar feber märz april mai juni juli august september oktober november dezember montag dienstag mittwoch",
    "donnerstag freitag samstag sonnabend sonntag ostern weihnachten pfingsten frühling frühjahr sommer herbst",
    "janvier février mars avril juin juillet août septembre octobre novembre décembre lundi mardi mercredi jeudi vendredi samedi",
    "dimanche pâques noël vendémiaire brumaire frimaire nivôse pluviôse ventôse germinal floréal prairial messidor thermidor",
    "январь января феврале февраль февраля март марта апрель апреля май мая июнь июня июль июля август августа сентябрь",
    "сентября октябрь октября ноябрь ноября декабрь декабря понедельник вторник среда четверг пятница суббота воскресенье",
)
# Capitals that come of form, not of naming: parts of documents, marks of secrecy.
FORMS = _words(
    "subject participants summary enclosure enclosures annex appendix attachment note notes telegram memorandum letter",
    "letters",
    "despatch dispatch no nos vol chapter article section paragraph part page pp act scene secret confidential",
    "unclassified",
    "dept deptel embtel depcirtel top eyes copy begin end text re ref reference encl p.s ps postscript seal l.s signed",
    "nota bene n.b source translation",
    "anlage anlagen betreff betr abschrift geheim nr bd kapitel artikel abschnitt seite nachschrift",
    "objet pièce annexe copie chapitre numéro signé",
    "приложение копия секретно глава статья подпись протокол постановление решение п.с",
)
PRONOUNS = _words(
    "i a an the this that these those he she it we you they his her its our your their my who whom whose which what when",
    "where why how if and but or nor for so yet as at by in of on to from with without into upon after before since until",
    "till while though although because there here then thus hence therefore however moreover nevertheless meanwhile also",
    "not no yes all any some each every both either neither one two three four five six seven eight nine ten many much most",
    "more few several such only even just now well let do does did is are was were be been has have had will would shall",
    "should can could may might must please according following regarding concerning despite during between among against",
    "about over under above below through perhaps furthermore likewise otherwise nonetheless notwithstanding besides",
    "afterwards henceforth whereas whenever wherever whatever whoever indeed maybe",
    "der die das den dem des ein eine einen einem einer eines und oder aber denn doch wenn als wie wo was wer wen wem wir ich",
    "er es sie ihr man mein meine sein seine unser unsere dieser diese dieses jener jene jenes welche welcher nun so da dann",
    "hier dort auch nicht kein keine noch schon nur sehr in im an am auf aus bei beim mit nach von vom vor zu zum zur über",
    "unter für durch gegen ohne um bis seit während wegen trotz alle alles viele einige",
    "le la les un une des du de et ou mais donc car ni que qui quoi dont où ce cet cette ces il elle ils elles nous vous je tu",
    "on mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs si comme quand lorsque puisque parce afin ainsi alors",
    "après avant avec sans sous sur dans en par pour chez contre entre vers depuis pendant ne pas plus très bien tout tous",
    "toute toutes rien jamais toujours à au aux y c j l d n s m t qu",
    "и а но или да не ни в во на по о об от до из за к ко с со у при про для без над под перед через между что чтобы как так",
    "если когда где кто он она оно они мы я ты его её ее их ему ей им нас нам это этот эта эти тот та то те мой моя мое мои",
    "свой наш наша все всё весь вся уже еще ещё только тоже также же ли бы вот теперь тогда потом после однако поэтому сегодня",
)
# Lower-case words inside names, and those that an office, a body or an event goes on with.
PARTICLES = _words(
    "de del della di da dal dos das du des d' von van der den dem zu zum zur vom von ter ten te af av la le el al bin ibn ben",
    "y e фон де ван дер аль ибн бин оглы",
)
CONNECTORS = _words("of for the on in and und et и & für fur der des de du la les l' d' im pour")
# Adjectives of peoples and places with English capitals: they qualify, and name nobody by themselves.
DEMONYMS = _words(
    "african african-american afghan albanian algerian american americans anglo-american arab arabs arabian argentine armenian",
    "asian atlantic australian austrian austro-hungarian bavarian belgian bolivian brazilian british briton britons bulgarian",
    "burmese byzantine cambodian canadian caribbean catholic catholics central chilean chinese christian christians",
    "colombian communist communists confederate confederates congolese cuban cubans czech czechoslovak danish dominican",
    "dutch eastern egyptian egyptians english englishman englishmen european europeans finnish flemish french frenchman",
    "frenchmen german germans german-american soviet-american franco-prussian greek greeks guatemalan haitian hebrew hindu",
    "honduran hungarian hungarians icelandic indian indians indonesian iranian iraqi irish irishman islamic israeli italian",
    "italians japanese jew jewish jews jordanian korean laotian latin lebanese libyan lithuanian lutheran marxist",
    "marxist-leninist mediterranean mexican mexicans mohammedan moorish moroccan moslem moslems muslim muslims nazi nazis",
    "nicaraguan nigerian northern norwegian ottoman pakistani palestinian panamanian persian peruvian philippine poles polish",
    "portuguese presbyterian protestant protestants prussian prussians republican republicans democratic democrat democrats",
    "roman romans romanian rumanian russian russians salvadoran saxon scandinavian scotch scottish serbian siberian southern",
    "soviet soviets spaniard spaniards spanish swedish swiss syrian thai tory tories turk turkish turks ukrainian venezuelan",
    "victorian vietnamese welsh western whig whigs yankee yankees yugoslav yugoslavs zionist sino-soviet anglo-french",
)
COMPASS = _words("north south east west northward southward eastward westward northern southern eastern western")
ORG_HEADS = _words(
    "department departments ministry ministries committee committees subcommittee commission council councils company",
    "corporation corp co inc ltd university college academy institute institution school museum library society association",
    "federation confederation league party bank agency bureau office board board's administration authority embassy legation",
    "consulate mission delegation senate house parliament court tribunal cabinet congress presidium politburo soviet",
    "assembly duma diet reichstag bundestag army armies navy fleet corps regiment brigade division battalion squadron command",
    "headquarters staff guard guards militia police church synod order club union unions trust foundation fund press",
    "laboratory laboratories railway railroad exchange directorate secretariat service services forces government",
    "ministerium ausschuss ausschuß kommission rat bundesrat reichsrat gesellschaft universität hochschule akademie institut",
    "verein verband bund partei bank behörde amt botschaft gesandtschaft konsulat gericht landtag armee korps kirche kloster",
    "theater zeitung verlag gymnasium bibliothek museum regierung hofkammer gewerkschaft",
    "ministère comité conseil société compagnie université collège académie institut école musée bibliothèque association parti",
    "banque agence bureau ambassade légation consulat sénat parlement cour tribunal assemblée armée marine corps église ordre",
    "convention directoire",
    "министерство министерства министерстве министерству комитет комитета комитете комитету комиссия комиссии совет совета",
    "совете университет университета университете академия академии институт института общество общества партия партии",
    "партией банк банка посольство посольства посольстве консульство бюро политбюро президиум президиума президиуме сенат",
    "сената дума думы думе армия армии корпус полк полка дивизия цк кпсс мид союз",
)
EVENT_HEADS = _words(
    "war wars revolution revolt rebellion uprising mutiny insurrection conference congress treaty armistice peace battle siege",
    "campaign expedition exposition exhibition fair festival summit session sessions convention crisis blockade massacre",
    "election elections plebiscite reformation restoration crusade coronation jubilee airlift talks negotiations agreement",
    "accord accords plan pact declaration proclamation olympics symposium council's",
    "krieg krieges kriegs revolution aufstand kongress kongreß konferenz vertrag vertrages friede frieden schlacht belagerung",
    "feldzug reichstag's ausstellung tagung wahl",
    "guerre révolution conférence congrès traité paix bataille siège campagne expédition exposition insurrection",
    "война войны войне войну революция революции восстание конференция конференции съезд съезда съезде конгресс договор",
    "договора битва сражение осада поход кампания сессия пленум пленума мир",
)
PLACE_HEADS = _words(
    "river lake sea ocean bay gulf strait straits channel island islands isle cape peninsula mountain mountains mount hill",
    "hills valley desert forest creek falls springs fort port harbor harbour city town village county province territory",
    "republic kingdom empire states street avenue road square bridge park station airport castle palace canal coast states",
    "fluß fluss see meer insel inseln gebirge berg tal wald straße strasse gasse platz brücke schloß schloss bahnhof dorf",
    "stadt königreich kaiserreich bundesrepublik",
    "fleuve rivière lac mer océan île îles montagne vallée forêt ville village rue avenue place pont château royaume empire",
    "république gare",
    "река реки озеро озера море моря океан остров острова гора горы улица улице площадь площади проспект губерния губернии",
    "уезд город города деревня республика республики империя область области",
)
# Common forenames: a name that begins with one is a person's.
FORENAMES = _words(
    "abraham adam albert alexander alexandra alfred alice allen amy andrew anna anne anthony archibald archie arthur barbara",
    "benjamin bernard bertha bob bruce carl caroline carlos catherine charles charlotte christian christopher clara clark",
    "claude clement cordell cyrus daniel david dean dennis dick donald dorothy douglas dwight ed edgar edith edmund eduard",
    "edward edwin eleanor elizabeth ellen ellsworth emily emma eric ernest eugene ezra fanny ferdinand fernando foster",
    "frances francis francisco frank franklin fred frederick friedrich gabriel george gerald gilbert gordon grace gregory",
    "gustav hannah harold harriet harrison harry helen henri henrietta henry herbert herman hermann horace howard hubert hugh",
    "hugo ivan jack jacob jacques james jane jean jeremiah jim joan joe johann johannes john jonathan josé jose joseph joshua",
    "juan julia julius karl kate katherine kenneth konrad lawrence leo leon leonard leopold lewis lillian livingston louis",
    "louisa louise lucy ludwig luis lydia lyman lyndon marcus margaret maria marie mark marshall martha martin mary matthew",
    "maurice maxwell michael miguel miriam moritz moses nancy nathaniel nelson nicholas oliver oscar otto patrick paul pedro",
    "penny peter philip philipp pierre rachel ralph raymond rebecca richard robert roger ronald rosa rudolf rudolph rufus",
    "ruth sally samuel sarah sebastian sidney sigmund simon sophia sophie stephen stuart susan theodore theodor theresa",
    "thomas tim tom ulysses victor victoria vincent virginia walter warren wilhelm wilhelmine william winston wolfgang",
    "ray bill billy ted larry bobby charlie charley eddie gene glenn harvey jerry jimmy johnny keith lloyd lou marvin mike",
    "norman pete phil ron roy russell sam stanley steve terry tony wayne carlton adlai averell chester clarence cyrus elihu",
    "eli enoch ephraim esther eva gideon gus hamilton harriet hiram homer ida irving isaac isabel israel jared jefferson jesse",
    "josiah laura lucius lucretia luther melville nellie noah orville rosalind rutherford silas theophilus wilbur zebulon",
    "alberto alfonso alfredo ángel diego emilio enrique felipe fidel guillermo jorge julio luigi giovanni giuseppe manuel mario",
    "pablo rafael ramón ricardo roberto salvador santiago vicente antonio lorenzo giulio vittorio",
    "zachary bettina charlotte cornelia clemens achim christiane felix fritz georg gottfried gottlieb heinrich immanuel jakob",
    "josef julie karoline kaspar katharina klara lotte luise magdalena margarete mathilde rahel therese ulrike anton august",
    "adolf adolphe alphonse antoine auguste benoît camille céline denis édouard élisabeth émile étienne eugénie françois",
    "françoise gaston georges germaine guillaume gustave guy hector hélène honoré isabelle jeanne jérôme joséphine jules",
    "juliette léon louis lucien marcel marguerite marianne mathieu maxime napoléon napoleon nicolas olympe pauline philippe",
    "rené simone stéphane théophile victor voltaire yves",
    "nikita sergei sergey rodion vladimir dmitri dmitrii dmitry mikhail nikolai nikolay alexei aleksei aleksandr andrei",
    "anastas anatoly boris fyodor fedor georgi georgy grigori igor ilya iosif konstantin leonid lev lavrenty maksim matvei",
    "pavel petr pyotr roman semyon stepan timofei valentin vasily vasilii viktor vyacheslav yakov yuri yury zinaida olga",
    "natalya tatyana sofia ekaterina elena galina irina",
    "александр александра александру алексей алексея андрей андрея анна анны анне антон антона борис бориса василий василия",
    "владимир владимира вера георгий григорий григория дмитрий дмитрия екатерина елена иван ивана ивану илья константин лев",
    "льва леонид лидия мария марии марья марьи михаил михаила наталья наталии николай николая николаю никита никиты ольга",
    "ольги павел павла петр пётр петра петру прасковья сергей сергея сергею софья софьи степан татьяна федор фёдор федора",
    "юрий яков родион елизавета надежда осип пелагея арина антонина",
)
# Words behind a name that say a person is meant, and before one.
SPEAKING = _words(
    "said says replied asked answered stated told remarked observed added wrote writes thought thinks felt believed agreed",
    "suggested proposed inquired pointed explained noted expressed indicated commented thanked continued concluded insisted",
    "spoke called informed died married smiled laughed came",
    "sagte sagt antwortete fragte erwiderte schrieb schreibt meinte erklärte bemerkte glaubte dachte hat kam starb",
    "dit répondit demanda écrivit écrit répliqua déclara ajouta mourut pense",
    "сказал сказала говорит говорил ответил ответила спросил спросила писал написал пишет заявил отметил подчеркнул приехал",
    "умер считает",
)
TOLD = _words("told asked informed thanked wrote met saw")
# Before who did or wrote something
AGENTS = _words("by durch par")
# Prepositions before places, the surer first.
AT_PLACES = {
    **dict.fromkeys(_words("in near"), 1.5),
    **dict.fromkeys(_words("at leaving reached visit outside"), 0.8),
    **dict.fromkeys(_words("from to toward towards into throughout"), 0.15),
    **dict.fromkeys(_words("nach aus bei"), 0.6),
    **dict.fromkeys(_words("à en"), 0.8),
    **dict.fromkeys(_words("в во из под близ"), 1.2),
}
DETERMINERS = _words(
    "der die das den dem des ein eine einen einem einer eines kein keine keinen keiner mein meine meinen meinem meiner meines",
    "dein deine deinen deinem deiner sein seine seinen seinem seiner seines ihr ihre ihren ihrem ihrer ihres unser unsere",
    "unserem unserer euer eure dieser diese dieses diesen diesem jeder jede jedes jedem jeden jener jene jenes jenen jenem",
    "zum zur im am vom beim ins ans aufs fürs alle aller allen viel viele vielen wenig mehr einige welche welcher welches",
    "manche mancher solche solcher zwei drei vier fünf zehn",
)
# Endings of German nouns that are no names.
NOUN_ENDINGS = (
    "ung ungen heit heiten keit keiten schaft schaften tät täten ion ionen ismus nis nisse tum tümer ling linge chen lein "
    "nisses enz anz keits ungs".split()
)
FEMININE = ("ovna", "evna", "ична", "овна", "евна")
PATRONYMIC = (
    *FEMININE,
    "ovich",
    "evich",
    "owitsch",
    "ewitsch",
    "ович",
    "евич",
    "овича",
    "евича",
    "овичу",
    "евичу",
    "ovitch",
)
# Abbreviations whose full stop ends no sentence.
ABBREVIATIONS = _words(
    "mr mrs ms dr prof gen col maj capt lt sgt gov sen rep rev hon st ste sr jr esq messrs mt ft no nos vol cf co corp inc ltd",
    "th thos wm geo chas jas jno alex benj saml robt edw danl jos fr joh chr ferd wilh heinr",
    "pres sec adm amb com tov g hr frl nr bd bzw mme mlle m mm vgl sog т тов г гг гр ст св им акад проф ген",
)
# Countries, parts of the world and their largest cities: a name without other cues is more likely the place.
KNOWN_PLACES = _words(
    "afghanistan africa albania algeria america angola arabia argentina armenia asia australia austria belgium bolivia",
    "bosnia brazil britain bulgaria burma cambodia canada chile china colombia congo crimea croatia cuba cyprus",
    "czechoslovakia denmark ecuador egypt england estonia ethiopia europe finland france georgia germany greece guatemala",
    "haiti hawaii honduras hungary iceland india indochina indonesia iran iraq ireland israel italy jamaica japan jordan",
    "korea kuwait laos latvia lebanon liberia libya lithuania macedonia malta manchuria mexico mongolia morocco nepal",
    "netherlands nicaragua nigeria norway pakistan palestine panama paraguay persia peru philippines poland portugal prussia",
    "rumania romania russia saxony scandinavia scotland serbia siberia spain sudan sweden switzerland syria taiwan tanzania",
    "zaire zambia zimbabwe rhodesia mozambique somalia senegal ghana kenya rwanda burundi gabon cameroon chad togo namibia",
    "botswana madagascar malawi mauritania malaysia singapore ceylon luxembourg eritrea yemen oman bahrain qatar bangladesh",
    "belarus lithuania moldova slovakia slovenia kazakhstan uzbekistan azerbaijan tajikistan kyrgyzstan turkmenistan",
    "texas thailand tibet tunisia turkey uganda ukraine uruguay venezuela vietnam wales yugoslavia california florida",
    "massachusetts pennsylvania ohio illinois washington moscow london paris berlin vienna rome geneva madrid lisbon warsaw",
    "prague budapest belgrade athens constantinople istanbul cairo peking beijing tokyo delhi petersburg leningrad brussels",
    "amsterdam hague copenhagen stockholm oslo helsinki dublin edinburgh boston chicago philadelphia bonn munich hamburg havana",
    "deutschland österreich frankreich england italien spanien russland rußland preußen preussen sachsen bayern schweiz polen",
    "ungarn böhmen europa amerika asien afrika griechenland türkei schweden dänemark norwegen holland belgien wien rom moskau",
    "prag warschau leipzig dresden weimar jena frankfurt köln münchen venedig neapel mailand petersburg",
    "allemagne autriche angleterre italie espagne russie prusse pologne hongrie grèce turquie suède suisse belgique hollande",
    "égypte amérique afrique asie londres vienne rome moscou lyon marseille genève bruxelles venise milan",
    "россия россии россию германия германии франция франции англия англии италия италии польша польши америка америки европа",
    "европы европе москва москвы москве москву петербург петербурга петербурге ленинград берлин берлине париж парижа париже",
    "лондон лондона ялта ялты ялте киев киева киеве украина украины кавказ кавказе крым крыма сибирь сибири вашингтон",
)
# Names that end like an organisation, and are places.
PLACES = frozenset(
    (
        "us",
        "soviet union",
        "united states",
        "united states america",
        "united kingdom",
        "great britain",
        "new york",
        "new england",
        "south africa",
        "north america",
        "south america",
        "latin america",
        "ussr",
        "usa",
        "uk",
        "ссср",
        "сша",
        "советский союз",
        "советского союза",
        "советском союзе",
    )
)
# Titles in scripts without capitals, and how many words behind them belong to the name.
CASELESS_TITLES = (
    "السيد السيدة الدكتور الدكتورة الأستاذ الملك الأمير الرئيس الشيخ الوزير السفير الجنرال "
    "מר גברת גב׳ ד״ר פרופ׳ הרב השר הנשיא המלך הגנרל"
).split()
# In Chinese and Japanese the title follows; in Korean too.
CASELESS_TITLES_BEHIND = (
    "先生 女士 小姐 夫人 総統 总统 主席 总理 總理 首相 大臣 博士 教授 将军 將軍 将軍 さん 씨 선생 대통령 장군".split()
)
