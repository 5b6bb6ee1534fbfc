"""Facts of a family that few share: how many children, twins, adoption, who fell ill or died; and pets by name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.outermost import outermost
from qualkit.identity import Hit

FAMILY, PET, LIFE = "family@3", "pet@3", "life@1"

_COUNT = (
    r"(?:\d{1,2}|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|two|three|four|five|six|seven|eight|nine|"
    r"ten|eleven|twelve)"
)
_CHILDREN = (
    r"(?:barn|born|ungar|unger|døtre|døtrer|dotrer|sønner|søner|søsken|sysken|søstre|søstrer|systrer|brødre|brør|"
    r"barnebarn|oldebarn|fosterbarn|stebarn|bonusbarn|småbarn|tenåringer|kids|children|daughters|sons|sisters|"
    r"brothers|siblings|grandchildren|grandkids|step-?children|foster\schildren|bairns)"
)
_KIN = (
    r"(?:lille|litle|vesle|vetle|store|tvilling|halv|ste|bonus|foster|pleie|step|half-?|grand)?"
    r"(?:mor|mora|moren|mamma|mammaen|far|faren|pappa|pappaen|bror|broren|brodern|brorn|brodder\w{0,2}|fattern|"
    r"muttern|søster|søsteren|søstera|"
    r"syster|systera|sønn|sønnen|son|sonen|datter|dattera|datteren|dotter|dottera|mann|mannen|kone|kona|"
    r"samboer|samboeren|sambuar|sambuaren|ektefelle|"
    r"bestemor|bestemora|bestefar|besteforeldre|farmor|farfar|mormor|morfar|tante|tanta|onkel|onkelen|"
    r"svigermor|svigerfar|svigersønn\w{0,2}|nevø|niese|foreldrene|kjæreste|kjæresten|barnebarn\w{0,2}|"
    r"mother|mum|mam|mom|father|dad|brother|sister|daughter|husband|wife|partner|fianc[eé]e?|grandmother|"
    r"gran|granny|nan|grandfather|grandad|aunt|uncle|cousin|nephew|niece|baby|child)"
)
_FATE = (
    r"(?:dø(?:de|ydde|dde|dd|r|yr)|(?:er|e|va|var|ble|blei|vart|æ|is|was)\s(?:død|daud|dau|dead)|satt\b|(?:sit|"
    r"sitter|sat)\sinne|"
    r"forsvant|forsvann|kom\sikke\sheim|kom\saldri|stakk\sav|reiste\sfra|daua|dauda|døde|døydde|gikk\sbort|"
    r"gjekk\sbort|omkom|drukn(?:a|et)|forulykk(?:a|et)|"
    r"ble\s(?:drept|skutt|påkjørt)|blei\sdrepen|vart\sdrepen|tok\s(?:livet\sav\sseg|livet\ssitt|"
    r"sitt\seget\sliv|selvmord|sjølvmord)|begikk\sselvmord|hengte\sseg|"
    r"(?:fikk|fekk|har|hadde|døde\sav|døydde\sav)\s(?:kreft|brystkreft|hjerneslag|slag|hjerneslag|"
    r"hjerteinfarkt|hjerteinfarkt|infarkt|demens|alzheimer\w*|parkinson\w*|ms|schizofreni|bipolar\w*|leukemi|"
    r"lungekreft|hjernesvulst)|ble\salvorlig\ssyk|vart\salvorleg\ssjuk|"
    r"sitter\si\sfengsel|sit\si\sfengsel|satt\sinne|sitter\sinne|er\srusavhengig|var\salkoholiker|"
    r"var\salkoholikar|er\salkoholiker|drakk|ruser\sseg|"
    r"died|passed\s(?:away|on)|drowned|was\s(?:killed|murdered|shot|stabbed)|killed\shimself|killed\sherself|"
    r"took\s(?:his|her)\sown\slife|committed\ssuicide|hanged\s(?:himself|herself)|overdosed|"
    r"(?:has|had|got|developed|died\sof|dying\sof)\s(?:cancer|breast\scancer|a\sstroke|dementia|alzheimer\w*|"
    r"parkinson\w*|ms|schizophrenia|leukaemia|leukemia|a\sheart\sattack|a\sbrain\stumour|lung\scancer)|"
    r"was\sin\sprison|is\sin\sprison|went\sto\s(?:prison|jail))"
)
_NUMBER_OF = re.compile(
    rf"\b{_COUNT}\s(?:små\s|voksne\s|vaksne\s|egne\s|eigne\s|felles\s|levende\s|yngre\s|eldre\s|store\s|"
    r"small\s|young\s|grown[- ]up\s|adult\s|older\s|younger\s|big\s|little\s|wee\s|lovely\s|grown\s|"
    rf"more\s)?{_CHILDREN}\b"
    r"|\b(?:har|hadde|fikk|fekk|fått|med|have|has|had|got|mother of|father of|mum of|dad of|mor til|"
    rf"far til)\s(?:også\s|nå\s|no\s|the\s|my\s)?{_COUNT}\s(?:små\s|voksne\s|vaksne\s|grown[- ]up\s|wee\s|"
    r"little\s|teenage\s)?(?:gutter|gutar|jenter|boys|girls|lads|of them|små|stykker|stykk|stk)\b"
    r"|\b(?:en|ei|ein|a|one)\s(?:datter|dotter|sønn|son|daughter)\s(?:og|and)\s(?:en|ei|ein|a|one|"
    rf"{_COUNT})\s(?:datter|dotter|sønn|son|daughter|døtre|sønner|søner|sons|daughters|gutt|jente)\b"
    rf"|\b(?:trebarns|firebarns|fembarns|tobarns|seksbarns|sjubarns|syvbarns)(?:mor|far|mora|moren|faren|foreldre)\b"
)
_SPECIAL = re.compile(
    r"\b(?:tvilling\w{0,12}|trilling\w{0,8}|firling\w{0,4}|twins?|triplets?|quadruplets?|twin\s(?:brother|"
    r"sister|boys|girls)|adopter\w{0,3}|adopsjon\w{0,4}|adoptiv\w{2,12}|adopted|adoption|adoptive\s\w{3,10}|"
    r"fosterbarn\w{0,3}|fosterhjem\w{0,4}|fosterheim\w{0,4}|fosterfar\w{0,2}|"
    r"fostermor\w{0,2}|fosterforeldre\w{0,2}|beredskapshjem\w{0,3}|foster(?:ed)?\s(?:child|care|home|mother|"
    r"father|parents?|carers?|kids?)|fostered|in\scare|enebarn\w{0,2}|einebarn\w{0,2}|only\schild|"
    r"eldst\sav\s\w{2,8}|yngst\sav\s\w{2,8}|eldste\sav\s\w{2,8}|"
    r"(?:eldst|yngst|nest\seldst|eldste|yngste)\si\ssøskenflokk\w{0,2}|(?:oldest|eldest|youngest|middle|"
    r"second|third|fourth)\sof\s(?:two|three|four|five|six|seven|eight|nine|ten|the\s\w+)|enke|enka|enkja|"
    r"enkje|enken|enkemann\w{0,2}|enkjemann\w{0,2}|widow|widowed|widower|"
    r"foreldreløs\w{0,2}|foreldrelaus\w{0,2}|orphan\w{0,2}|barnehjem\w{0,3}|barneheim\w{0,3}|"
    r"søskenflokk\w{0,2}\spå\s\w{2,8}|dødfødt\w{0,2}|daudfødd\w{0,2}|stillborn|stillbirth|krybbedød\w{0,2}|"
    r"cot\sdeath|tremenning\w{0,5}|alenemor|alenefar|alenemora|aleinemor|aleinefar|aleneforsørger|"
    r"einsleg\smor|enslig\smor|single\s(?:mum|mother|mom|dad|father|parent)|(?:gift|skilt|married|"
    r"divorced)\s(?:to\sganger|tre\sganger|twice|three\stimes)|surrogat\w{0,4}|"
    r"trans(?:kjønna|kjønnet|person\w*|kvinne\w*|mann\w*|gender)?|(?:trans-)\w+|homo(?:fil\w{0,2}|seksuell\w*)|"
    r"lesbe\w*|"
    r"lesbisk\w?|skeiv\w?|bifil\w?|gay|lesbian|bisexual|queer|non-?binary|ikke-binær)\b"
)
_FALLEN_ILL = re.compile(
    rf"\b(?:{_KIN}\s(?:min|mi|mitt|vår|hans|hennes|hennar|"
    rf"til\s\w{{2,15}})?\s?(?:\w{{1,15}}\s){{0,3}}?{_FATE}(?:\s(?:på|i|ved|under|at|in)\s\w+)?"
    r"|(?:han|ho|hun|eksen|broren|søsteren|sonen|sønnen|he|she|who)\s(?:tok\slivet\s(?:sitt|av\sseg)|"
    r"tok\ssitt\seget\sliv|"
    r"begikk\sselvmord|hengte\sseg|took\s(?:his|her)\sown\slife|killed\s(?:himself|herself))"
    rf"|(?:døde|døydde|drukna|druknet|omkom)\s{_KIN}"
    rf"|(?:mistet|mista|misset|miste|lost|buried|begravde|begravet|gravla)\s(?:\w{{1,12}}\s){{0,2}}?"
    rf"(?:{_KIN}|gutt|gutten|gut|guten|jente|jenta|barn|barnet|tvilling\w*|boy|girl|twins?))\b"
)
# What few lives have in them, and those who know one will know it by.
_LIVES = re.compile(
    r"""(?<!\w)(?:
    eneggede?a? | eneggja | einegga | toeggede?a? | identical\stwins? | siamesiske? | donorbarn\w{0,3}
    | prøverørsbarn\w{0,3} | krigsbarn\w{0,3} |
    tyskerbarn\w{0,3} | tyskarbarn\w{0,3} | tyskertøs\w{0,3} | tyskartøs\w{0,3} | lebensborn\w{0,3}
    | hittebarn\w{0,2} | adoptivbarn\w{0,3} |
    foster(?:gutt|gut|jente|sønn|son|datter|dotter|bror|søster|mor|far)\w{0,4} | beredskapshjem\w{0,3}
    | besøkshjem\w{0,2} |
    homo | homse\w{0,2} | lesbe | to\smammaer | to\spappaer | two\smums | two\smoms | two\sdads
    | samboer(?:en|skap)?\smed\sen\skvinne |
    båtflyktning\w{0,4} | kvoteflyktning\w{0,4} | overføringsflyktning\w{0,3} | papirløs\w? | papirlaus\w?
    | statsløs\w? | statslaus\w? | asylbarn\w{0,3} |
    boat\s(?:person|people|refugees?) | undocumented | stateless | deported | deportert\w{0,2} | utvist
    | utvisning\w{0,2} | kirkeasyl\w{0,2} | kyrkjeasyl\w{0,2} |
    torturert\w{0,2} | tortured | krigsfange\w{0,2} | prisoner\sof\swar | konsentrasjonsleir\w{0,3}
    | concentration\scamp\w? | barnesoldat\w{0,2} | child\ssoldier |
    holocaust\w{0,3} | utøya\w{0,4} | 22\.\sjuli | tsunami\w{0,3} | alexander\skielland | estonia
    | scandinavian\sstar | hillsborough | dunblane | piper\salpha | aberfan |
    grenfell | lockerbie | saknet\sp?å? | savnet\sp?å? | bortført\w{0,2} | bortførte? | kidnapp\w{2,5}
    | abducted | gissel | hostage |
    sona | sonet | soner | soning\w{0,2} | varetekt\w{0,3} | (?:er|ble|blei|vart|var)\sdømt
    | (?:was|got|been)\sconvicted | straffedømt\w? | i\sfengsel |
    rulleblad\w{0,2} | criminal\srecord | (?:dømt|siktet|sikta|tiltalt|arrestert|anmeldt|meldt)\sfor\s[^\W\d_]{3,20} |
    (?:convicted|charged|arrested|sentenced|locked\sup|inside|done|time)\sfor\s(?:[a-z]{3,12}\s)?(?:arson|murder|manslaughter|robbery|burglary|theft|fraud|assault|
    rape|drugs?|dealing|smuggling|embezzlement|stalking|kidnapping|gbh|abh|killing|stabbing|terrorism|shoplifting|drink\sdriving|
    poaching) | died\sin\scustody | murdered | manslaughter
    | (?:ble|blei|vart)\s(?:drept|myrda|myrdet|voldtatt|valdtatt|knivstukket|knivstukke|skutt|overfalt|
    ranet|påkjørt|påkøyrd|mobba|utstøtt)
    | (?:was|were|got|been)\s(?:raped|stabbed|shot|mugged|run\sover|struck\sby\slightning|kidnapped|held\shostage|
    murdered|excommunicated|disowned|shunned) | voldtekt\w{0,3} | valdtekt\w{0,3} | incest\w{0,4}
    | seksuelt\smisbrukt\w? | sexually\sabused | tvangsgift\w{0,3} |
    tvangsekteskap\w{0,2} | forced\smarriage | arranged\smarriage | arrangert\sekteskap | æresvold\w?
    | voldsalarm\w{0,2} | omvendt\svoldsalarm | kode\s(?:6|7|seks|sju|syv) |
    sperret\sadresse | hemmelig\sadresse | hemmeleg\sadresse | women['’]?s\srefuge | krisesenter\w{0,3}
    | (?:huset|garden|gården|fjøset|låven|kirka|båten)\s(?:\w{2,5}\s)?
    (?:brant|brann|brente|brende|sank|forliste)(?:\s(?:ned|opp))?
    | (?:house|farm|barn|shop|boat|church|chapel)\s(?:burn(?:t|ed)\sdown|sank|was\sbombed) | forlist\w?
    | skipbrudden\w? |
    shipwreck\w{0,2} | landslide | jordskred\w{0,2} | leirskred\w{0,2} | kvikkleire\w{0,5} | snøskred\w{0,2}
    | snøras\w{0,2} | avalanche |
    hedersmedalj\w{1,3} | fortjenestemedalj\w{1,3} | kongens\sfortjeneste\w{0,9} | st\.?\solavs\w{0,7}
    | medaljen? | medaljar? | medaljer | obe | mbe | victoria\scross | george\smedal | knighted |
    kongepokal\w{0,3}
    | (?:vant|vunnet|vunne|tok|tatt|deltok\si|med\si|won)\s(?:en\s|et\s|the\s|a\s)?(?:nm|vm|em|ol|nm-\w+
    |vm-\w+|olympics|paralympics|world\scup|world\schampionships?|
    european\schampionships?|commonwealth\sgames|gull|bronse|sølv|gold|silver|bronze) | noregsmeistar
    | landslagsdrakt\w{1,2} | maraton\w{0,4} | birkebeineren | marathon\w? | ironman | iron\sman |
    tour\sde\sfrance | the\sguinness\sbook | guinness | guinness\s\w{4,8}
    | (?:was|been|went|vore|vært|var|med)\s(?:on|i|på)\s(?:the\s)?(?:telly|tv|radio|radioen|bake\soff|mastermind|
    countdown|x\sfactor|idol|farmen|paradise\shotel|skal\svi\sdanse|melodi\sgrand\sprix|gladiatorene|robinson\w*
    |dagsrevyen|dagsnytt|lokalradio\w*|love\sisland|crimewatch) |
    leserbrev\w{0,2}(?:\si\s[^\W\d_]{4,20})? | lesarbrev\w{0,2}(?:\si\s[^\W\d_]{4,20})?
    | kronikk\w{0,2}(?:\si\s[^\W\d_]{4,20})? | doktoravhandling\w{0,2} |
    tatovert\si\s(?:ansiktet|panna|pannen) | left-handed | keivhendt\w? | venstrehendt\w? | kjempehøy | albino |
    utstillinga?\smi | debutalbum\w{0,2} | debutroman\w{0,2} | diktsamling\w{0,3} |
    papegøy\w{1,3} | undulat\w{0,3} | ildere?n? | alpakka\w{0,3} | sjimpanse\w? | slange\w{0,3}\ssom\sheter
    | brevdue\w{0,3} | jaktfalk\w{0,2} | racing\spigeons? | pigeons | alpacas? | llamas? |
    ferrets? | rottweiler\w{0,3} | schæfer\w{0,4} | greyhounds? | lurchers? | whippets? | dachs\w{0,5}
    | dobermann?\w{0,3} | dalmatin\w{2,4} | bernese[rt]? | sankt\s?bernhard\w{0,6} | husky\w{0,3} | huskies |
    rottweilers? | alsatians? | staffies | dobermans? | poodles? | chihuahua\w{0,3} | cocker\w{0,9}
    | border\scollies? | jack\srussells? | three-?\s?legged\s[a-z]{3,10} | trebeint\w?\s[a-zæøå]{3,10} |
    (?:white|red|blue|green|yellow|black|silver|old|orange|pink|hvit|kvit|rød|raud|blå|grønn|grøn|gul|svart|sølv\w*|gammal|gammel|rosa|oransje)e?\s
    (?:transit|octavia|volvo|volkswagen|toyota|hiace|lada|tesla|ford|mini|land\srover|landrover|defender|skoda|škoda|audi|bmw|mercedes|saab|opel|mazda|subaru|honda|
    harley|vespa|moped|camper\svan|campervan|bobil|bubble|boble|folkevogn\w?|peugeot|citroën|citroen|fiat|jaguar|porsche|beetle|hilux|caddy|golf|polo|passat|kangoo)
    )(?!\w)""",
    re.VERBOSE,
)
_ANIMAL = (
    r"(?:hund|hunden|hundane|hundene|bikkja|bikkje|tispa|tispe|valp|valpen|kvelpen|katt|katta|katten|pus|"
    r"pusen|kattunge\w{0,2}|hest|hesten|ponni|ponnien|merra|hoppa|kanin|kaninen|marsvin|marsvinet|hamster|"
    r"hamsteren|papegøye|papegøyen|papegøya|undulat|undulaten|ku|kua|geit|geita|sau|sauen|"
    r"førerhund\w{0,2}|servicehund\w{0,2}|terapihund\w{0,2}|schæfer\w{0,2}|labrador\w{0,2}|puddel\w{0,2}|dog|"
    r"puppy|cat|kitten|horse|pony|mare|rabbit|guinea\spig|hamster|parrot|budgie|tortoise|goat|lamb|"
    r"guide\sdog|collie|terrier|spaniel|labrador|retriever|cow|hen|ferret|alpaca|llama|donkey|goose|duck|pig|"
    r"gris|grisen|esel|eselet|alpakka|alpakkaen|ilder|høne|hana|hane)"
)
_OWNED = r"(?:\s(?:min|mi|mitt|vår|våre|hans|hennes|hennar|deres|dykkar|sin|si|til\s\w{2,15}))?"
_NOT_NAMES = frozenset(
    """
    Han Hun Ho Den Det De Dei Jeg Eg Vi Me Og Men Så Da Då Der Her Ja Nei Når Hvis Som For Fordi Jo The He She
    It They We And But So Then When If I Yes No Well Because Altså Ikke Ikkje Mor Far Mamma Pappa What Who
    """.split()
)
_CALLED = (
    r"(?:heter|heiter|hette|het|heitte|hetende|kalles|kallast|er\sen|called|named|is\scalled|was\scalled|"
    r"by\sthe\sname\sof|name\sis|name\swas)"
)
_PET_NAMED = re.compile(rf"\b{_ANIMAL}{_OWNED}(?:['’]s)?(?:\s(?:som\s)?{_CALLED}\s|,\s|\s?[-–(]\s?|\s)")
_PET_NAME = re.compile(r"([A-ZÆØÅ][\w'’-]{1,20}(?:\s(?:og|and)\s[A-ZÆØÅ][\w'’-]{1,20})?)")
_PET_CALLED = re.compile(
    rf"\b{_ANIMAL}{_OWNED},?\s(?:som\s|'s\s|’s\s|was\s|is\s|who[’']?s\s|that\swas\s)?(?:heter|heiter|hette|"
    r"het|heitte|called|named)\s([\w'’-]{2,20})"
)
_PET_POSSESSED = re.compile(
    r"\b(?:hunden|bikkja|katta|katten|hesten|pusen|kaninen|tispa)\s(?:min|mi|vår|hans|hennes|hennar|sin|"
    r"si)\s([\w'’-]{2,20})|\b(?:my|our|her|his)\s(?:wee\s|old\s|little\s)?(?:dog|cat|horse|pony|puppy|kitten|"
    r"rabbit|hamster)\s([\w'’-]{2,20})"
)
_PET_BEHIND = re.compile(
    rf"\b([A-ZÆØÅ][\w'’-]{{1,20}})(?:,?\s|\s(?:er|var|is|was)\s)(?:(?i:{_ANIMAL})\s(?:min|mi|vår|hans|hennes|"
    r"hennar|vores|sin|si)|"
    r"(?:my|our|the|her|his)\s(?:\w{2,10}\s)?(?:dog|cat|horse|pony|puppy|kitten|rabbit|hamster|parrot|"
    r"budgie|spaniel|terrier|collie|labrador))\b"
)
_AFTER_PET = frozenset(
    """
    og men som er var har hadde ble blei vart skal skulle vil ville kan kunne må måtte i på til fra frå med for om da
    då når så der her ikke ikkje også òg døde døydde gikk gjekk kom ligger ligg sover søv bjeffer spiser et åt fikk
    fekk
    hver kvar den det de dei han hun ho jeg eg vi me du bare berre alltid aldri nå no før etter under over ut inn opp
    ned vekk bort sammen saman alene aleine eller fordi enn av at hjemme heime
    and but that who which is was has had would will can could must in on at to from with for about when so there here
    not also too died went came lies sleeps barks eats ate got every the it they he she i we you just always never now
    before after under over out in up down away together alone or because than of as if then food walker hair bed
    needs likes loves does did gets has needs himself herself itself
    """.split()
)


def find_families(text: str, language: str) -> list[Hit]:  # noqa: ARG001
    """Return facts of a family, and the names of pets.

    Example:
        >>> text = "Vi har fem barn, og tvillinger. Mannen min døde i fjor, så nå er det bare hunden min Trixie."
        >>> [text[hit.start : hit.end] for hit in find_families(text, "nb")]
        ['fem barn', 'tvillinger', 'Mannen min døde i fjor', 'Trixie']
    """
    return outermost(_all(text, lowered(text)))


def _all(text: str, small: str) -> Iterator[Hit]:
    for pattern, note in (
        (_NUMBER_OF, "a number of children or siblings"),
        (_SPECIAL, "a family that few have"),
        (_FALLEN_ILL, "an illness or a death in the family"),
    ):
        for m in matches(pattern, small):
            yield Hit(m.start(), m.end(), FAMILY, "other", "indirect", note)
    for m in matches(_LIVES, small):
        yield Hit(m.start(), m.end(), LIFE, "other", "indirect", "a life that few have had")
    named = [name for m in matches(_PET_NAMED, small) if (name := _PET_NAME.match(text, m.end()))]
    for m in (*named, *matches(_PET_BEHIND, text), *matches(_PET_CALLED, small), *matches(_PET_POSSESSED, small)):
        start, end = m.span(m.lastindex or 0)
        if text[start:end] not in _NOT_NAMES and small[start:end] not in _AFTER_PET:
            yield Hit(start, end, PET, "other", "strong-indirect", "the name of an animal")
