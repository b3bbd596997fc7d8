"""Forenames common in letters and despatches, with sex, and what short forms stand for."""

from __future__ import annotations

MEN = frozenset(
    """
aaron abraham adam adlai adolf adolph adolphe alan albert aldous alec alex alexander alexandre alexei aleksandr aleksei aleksandar alfred
allan allen alphonse alwin ambrose amos anatole anatoli anatoly anders andre andreas andrei andrew angus ansel anthony antoine anton
antonio archibald archie aristide armand arnold arthur asa august auguste augustin augustus averell axel barry bartholomew basil
bedrich ben benedict benito benjamin bernard bernhard bertold bertrand bill bob boris brian bruce bruno carl carlo carlos carlton caspar
cecil charles charlie chester christian christoph christopher clarence claude clemens clement clifford clyde cyril cyrus dag daniel
darwin dave david denis dennis desiderius dick diego dietrich dimitri dmitri dmitry dominic don donald douglas duncan dwight earl ebenezer ed
eduard edgar edmond edmund edouard edvard edward edwin egon eli elias elihu elijah ellsworth emanuel emil emile enoch enrique erasmus eric erich erik
ernest ernst eugen eugene evan ezra felix ferdinand fernando fidel foster francesco francis francisco francois frank franklin franz fred frederic
frederick fredrik friedrich fritz gabriel galileo gaspard gaston geoffrey georg george georges georgi gerald gerard gerhard giacomo gilbert giovanni giulio giuseppe
godfrey gordon gottfried gotthold graham gregory grigory guillaume guillermo gustaf gustav gustave guy hamilton hannibal hans harold harrison
harry hartley harvey heinrich helmut henri henrik henry herbert herman hermann hiram homer horace horatio howard hubert hugh hugo humphrey
ian ignaz igor ilya immanuel ira isaac isaiah israel ivan ivone jack jacob jacobo jacopo jacques jakob james jan jean jefferson jeremiah jeremy jerome jesse jim jimmy
joachim joe joel johan johann johannes john jonas jonathan jorge jose josef joseph joshua josiah josip juan jules julian julio julius justus
karl kasimir kenneth kermit klemens konrad konstantin kurt lajos lambert lancelot laurence lavrentiy lawrence leo leon leonard leonardo leonhard leonid leopold leslie lev
levi lewis lionel livingston llewellyn lloyd lorenz lorenzo louis lucas lucien lucius ludwig luigi luis luke luther lyndon lytton malcolm manuel marc marcel
marcus mario mark marshall martin matthew matthias maurice max maxim maxime maximilian maxwell melvin meriwether michael michel miguel mihail mikhail miles milovan mohandas
montgomery mortimer moritz moses nathan nathaniel neil nelson neville nicholas nicolas nicolo nigel nikita niklas nikolai nikolaus noah noel norman octave oliver olof orson oscar
oskar oswald otto pablo patrick paul pedro percy peter philip philipp philippe phillip pierre pietro ralph ramon randolph raoul raphael ray raymond
reginald reinhold rene rex reynold richard robert roberto robin rodion roger roland romain ronald rowland roy rudolf rudolph rufus rupert russell salmon salvador sam samuel
saul sebastian sergei sergey seth sherman sidney sigmund silas simeon simon solomon stanislaw stefan stephane stephen steve steven stewart stuart sydney tadeusz ted terence thaddeus
theodor theodore theophile theophilus thomas tim timothy tobias tom ulysses vaclav valentin valerian vasili vasily vernon victor viktor vincent vincenzo vissarion vittorio
vladimir vladislav vyacheslav walt walter warren washington wendell wenzel werner wilfred wilhelm willem william willy winston wolfgang woodrow yuri zachary zbigniew
""".split()  # noqa: SIM905
)
WOMEN = frozenset(
    """
abigail ada adelaide adele adeline agatha agnes aimee alexandra alice alicia alma amalia amalie amanda amelia amelie amy ana anais anastasia andrea angela angelica
anita ann anna annabella anne annette annie antonia antoinette augusta aurora barbara beatrice beatrix bella bertha bess bessie betsy bettina betty blanche bridget brigitte
camille carlotta carol carole caroline carrie catharina catharine catherine cecilia cecile celeste charlotte christiana christiane christina christine clara clarissa claire
clemence clementine clotilde constance cora cordelia cornelia cosima deborah delia diana dolly dora doris dorothea dorothy edith edna effie eleanor elena eleonora eliza elizabeth elisabeth elise ella
ellen eloise elsa elsie emilia emilie emily emma erika estelle esther ethel eugenia eugenie eva evelyn fanny felicia flora florence frances francesca francoise franziska
frederica frieda friederike gabriella gabrielle genevieve georgiana georgina geraldine gertrude grace greta hannah harriet hedwig helen helena helene henrietta henriette hester hilda hortense
ida ilse ines ingrid irene irina isabel isabella isabelle jacqueline jane janet jeanne jemima jennie jenny jessie joan joanna johanna josephine joyce judith julia juliana julie juliet juliette
karoline katharina katherine kathleen kitty laetitia laura lavinia leah leonora lenore letitia lidia lillian lily louisa louise lucia lucretia lucy luise lydia mabel madeleine madeline magdalena
malvina margaret margarete margarethe marguerite maria marian marianne marie marietta marion marjorie martha mary mathilde matilda maud maude melanie mercy mildred millicent mina minna minnie miranda
molly monica nadezhda nancy natalia nathalie nellie nelly nina nora octavia olga olivia ophelia ottilie paula pauline peggy penelope penny phoebe polly priscilla rachel rebecca regina
rosa rosalind rosalynn rosamond rose rosina roxana ruth sabina sally sarah selina sibyl simone sofia sonia sonya sophia sophie stella susan susanna susannah suzanne svetlana sylvia tatiana teresa thea
theodora theresa therese tony ulrike ursula valentina vanessa vera veronica victoria viola violet virginia viviane wilhelmina winifred xenia yvonne zelda zoe
""".split()  # noqa: SIM905
)
_CYRILLIC_MEN = (
    "александр алексей анатолий андрей антон афанасий борис валерий валериан василий виктор виссарион владимир владислав всеволод вячеслав георгий "
    "григорий дмитрий евгений иван игорь илья иосиф климент константин лаврентий лев леонид максим михаил никита николай олег павел петр родион "
    "семен сергей степан федор юрий яков"
)
_CYRILLIC_WOMEN = "александра анна валентина варвара вера екатерина елена елизавета зинаида ирина лидия любовь мария марина надежда наталья нина ольга раиса светлана софья татьяна юлия"
GIVEN: dict[str, str] = (
    dict.fromkeys(MEN, "M")
    | dict.fromkeys(WOMEN, "F")
    | dict.fromkeys(_CYRILLIC_MEN.split(), "M")
    | dict.fromkeys(_CYRILLIC_WOMEN.split(), "F")
)
# A short form or abbreviation, then the forenames it may stand for.
SHORT: dict[str, frozenset[str]] = {
    short: frozenset(names.split("|"))
    for short, names in (
        pair.split("=")
        for pair in (
            "cy=cyrus abe=abraham al=albert|alfred|alan alex=alexander|aleksandr andy=andrew|andrei archie=archibald art=arthur ben=benjamin bert=albert|herbert "
            "bill=william billy=william bob=robert bobby=robert chas=charles charlie=charles charley=charles chris=christopher dan=daniel danl=daniel dave=david davy=david "
            "dick=richard don=donald doug=douglas ed=edward|edgar|edwin|edmund edw=edward fred=frederick|alfred gene=eugene geo=george georgie=george "
            "gus=gustav|augustus hal=henry|harold hank=henry harry=henry|harold hy=henry ike=dwight|isaac jack=john jacky=john jas=james jeff=jefferson jim=james jimmy=james "
            "jno=john joe=joseph jos=joseph johnny=john larry=lawrence len=leonard leo=leonard|leopold max=maximilian|maxwell mike=michael|mikhail ned=edward|edmund nick=nicholas|nikolai "
            "pat=patrick pete=peter phil=philip ray=raymond reg=reginald rich=richard richd=richard rob=robert robt=robert ron=ronald sam=samuel saml=samuel sandy=alexander "
            "steve=stephen|steven stu=stuart ted=theodore|edward teddy=theodore|edward theo=theodore thos=thomas tim=timothy tom=thomas tommy=thomas tony=anthony vic=victor "
            "walt=walter will=william wm=william willy=william|wilhelm willie=william wilh=wilhelm joh=johann|johannes friedr=friedrich fritz=friedrich|frederick hans=johannes|johann "
            "alec=alexander abby=abigail annie=anne|anna bess=elizabeth betsy=elizabeth betty=elizabeth beth=elizabeth eliza=elizabeth lizzie=elizabeth liz=elizabeth fanny=frances carrie=caroline "
            "kate=katherine|catherine kitty=katherine|catherine maggie=margaret meg=margaret peggy=margaret molly=mary polly=mary nelly=ellen|helen|eleanor nell=ellen|eleanor "
            "nancy=anne|ann patty=martha|patricia sally=sarah sukey=susan sue=susan susie=susan vicky=victoria winnie=winifred katya=ekaterina sasha=aleksandr misha=mikhail kolya=nikolai vanya=ivan"
        ).split()
    )
}
