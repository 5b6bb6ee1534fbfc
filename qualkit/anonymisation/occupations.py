"""What people work as and what they do: "hun er tannlege", "kjører buss", "jobber natt på sykehjem", "plays the organ".

A job by itself points at few only in a small place, which is where most interviews are made. Who is meant by a word
with an article at its end ("legen", "læreren") is a part in the story rather than somebody's job, and is let be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from qualkit.anonymisation.lexicon import words
from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.outermost import outermost
from qualkit.identity import Hit

OCCUPATION, DOING = "occupation@4", "doing@3"

# Words that end so, and are longer, are jobs in their bare form.
_SURE_ENDINGS = tuple(
    """
    pleier pleiar maker makar tekniker teknikar montør ingeniør meister konsulent rådgiver rådgivar koordinator terapeut
    psykolog assistent medhjelper medhjelpar operatør mekaniker mekanikar dyrker dyrkar selger seljar snekker
    snikkar smed
    betjent lærling sjåfør bonde oppdretter oppdrettar kokk instruktør kurator pedagog sekretær fullmektig stipendiat
    trener trenar dommer dommar fører førar arbeider arbeidar overlege fastlege kommunelege turnuslege
    barnelege spesialist
    """.split()
)
_ENDINGS = tuple(
    """
    mester vakt forsker forskar fisker fiskar lærer lærar inspektør veileder rettleiar leder leiar sjef
    ansvarlig formann
    kunstner kunstnar bygger byggar slipar dreng gjeter gjetar gartner gartnar lærarinne
    log iker ikar graf student ansatt tilsett pilot skipper spelar spiller
    soldat agent
    """.split()
)
_CHIEFS = tuple("sjefen leiaren lederen direktøren bestyreren formannen terapeuten konsulenten koordinatoren".split())
_ENGLISH_SURE = tuple("maker keeper wright smith monger herder nurse teacher driver therapist worker ologist".split())
_ENGLISH_ENDINGS = tuple("er or ist ian man woman eer ess ant smith lassie girl boy lady".split())
_NO_JOBS = frozenset(
    """
    kontakt øyekontakt menneskekontakt kroppskontakt telefonkontakt hudkontakt stikkontakt førstekontakt jordkontakt
    leder leiar veileder fører førar trener trenar bygger legger selger mester formann vakt nattevakt ansvarlig
    medansvarlig uansvarlig hovedansvarlig avlegger nedlegger innlegger omlegger planlegger pålegger tilrettelegger
    forlegger utfører tilfører innfører overfører medfører fraktfører gjennomfører etterfører oppfører avleder forleder
    innleder anleder avfører anfører forbedrer avtrekker arbeider arbeidar medarbeider samarbeider
    samarbeidar utarbeider
    bearbeider innarbeider opparbeider motarbeider teppelegger framfører fremfører student bortfører videreselger
    ungdommer ungdommar fordommer fordommar vidarefører videreføre viderefører ungdomar ukesjef ukesjefen
    vekasjef vekasjefen
    homemaker pacemaker peacemaker troublemaker worker driver keeper nurse teacher maker wright smith
    """.split()
)
# Jobs whose name is a common word as well: they count only where it is said that somebody is one.
_ALSO_WORDS = frozenset(
    """
    lege lærer lærar maler malar baker fisker fiskar jeger los miner modell politi soldat bonde dykker danser feier
    graver gravar vever murer ringer assistent mester fotograf læser smed munk dreng kokk tolk torpedo befal sanger
    husmor politiker politikar forfatter forfattar journalist advokat poet kunstner kunstnar politimann husmann kaptein
    administrator advocate agent apprentice artist assessor athlete baker banker bodyguard borer bouncer boxer
    breeder builder campaigner cashier chairman clerk climber coach commander conservator constable corporal
    counsellor counselor cyclist danser designer diktar dikter disponent diver doktor domestic doorman editor
    entertainer entrepreneur eventyrer explorer foreman formann gambler general guard guide gunner handyman hawker
    host hostess idrettsutøver judge kasserar kasserer kritikar kritiker labourer linguist logger marine mate matron
    monk mountaineer møller naturalist officer ombud operatør orderly painter planner politician preacher presenter
    producer publisher receptionist referee reporter rigger rytter selgar selger shearer spy steward stoker stuer
    surveyor sveiser sweeper swimmer syklist tanner technician tegner teiknar therapist tinker trainer trapper tutor
    typist umpire usher utleier utvikler valet waiter waitress wrestler writer
    author cook fitter model potter printer ranger miner pilot porter consultant nurse teacher vet cleaner scientist
    secretary musician singer soldier lawyer farmer politi student actor actress coach forester herder cooper
    """.split()
)
# Who is meant by these with an article at their end is a part in the story.
_PARTS = _ALSO_WORDS | frozenset(
    """
    lege lærer lærar sykepleier sjukepleiar sykepleiar psykolog psykiater prest sjåfør jordmor vekter advokat journalist
    fysioterapeut tolk politimann kelner servitør bussjåfør taxisjåfør drosjesjåfør vaktmester
    """.split()
)
_IS = re.compile(
    r"\b(?:er|e|var|va|ble|blei|blir|vart|vere|være|vært|vore|blitt|som|utdanna|utdannet|pensjonert|tidligere|"
    r"tidlegare|"
    r"gammel|gamal|heter|jobba|jobber|jobbar|arbeidde|kvinnelig|som|opprinnelig|autorisert|selvstendig|"
    r"is|was|were|been|be|being|am|as|retired|former|qualified|trained|became|become|'m|’m|'s|’s|married)\s"
    r"(?:en\s|ein\s|ei\s|a\s|an\s|the\s|jo\s|da\s|då\s|òg\s|også\s|nå\s|no\s|now\s|my\s|our\s)?"
    r"(?:(?!(?:dei|de|han|ho|hun|eg|jeg|vi|me|dom|dom|they|we|der|her)\s)[^\W\d_]{2,16}\s)?\Z"
)
_APPOSED = re.compile(r"[A-ZÆØÅÁ][\w'’-]+,\s(?:(?:en|ein|ei|a|an|the|our|my)\s)?(?:[a-zæøå]{3,14}\s)?\Z")
_IS_A = re.compile(
    r"(?:\b(?:is|was|am|been|be|being|as|became|become|still|actually|also|now|called|or|and)|['’](?:m|s|d\sbeen))\s(?:a|an|my|our|their|the)\s"
    r"(?:(?:retired|former|trainee|part-time|full-time|professional|qualified|trained|local|private|old|young|great|brilliant|proper|"
    r"[a-z]{3,12}(?:al|ic|ish|ian|ary|y))\s)?\Z"
)
_NOBODYS_JOB = frozenset(
    """
    helicopter mother father brother sister daughter grandmother grandfather stepmother stepfather stepdaughter
    stepbrother
    member number teenager youngster stranger monster fighter newcomer outsider insider loner lover believer winner
    loser smoker drinker killer survivor beginner foreigner sufferer pensioner widower matter letter computer winter
    summer corner dinner supper disaster factor error mirror horror doctor visitor ancestor mentor donor christian
    civilian canadian italian australian norwegian american russian egyptian asian african human woman gentleman
    german roman person listener leader carer founder owner user player answer power tower river paper finger
    shoulder liver cancer tumour fever danger order border murder former latter other another never ever however
    rather together whether chapter character quarter master minister sinner prisoner offender trailer cooker drawer
    counter printer server folder charger heater boiler hoover thriller reminder blocker breather bummer cracker
    downer goner keeper laughter chatter shower flower tiger spider joker talker thinker walker runner reader
    sleeper dreamer moaner quitter giver helper bugger tosser nutter wanker racist sexist feminist optimist
    pessimist realist perfectionist tourist activist atheist communist socialist capitalist fascist nationalist list
    twist mist fist specialist vegetarian guardian median elephant giant infant instant constant moment elegant
    important significant reluctant distant pregnant girl boy lady man tomboy schoolboy schoolgirl newborn princess
    mess illness witness goddess stress distress business process success access progress dress address fitness
    sickness darkness kindness weakness happiness assistant descendant participant applicant migrant immigrant
    tenant defendant protestant lurcher terrier retriever pointer setter rottweiler bitter better bigger weather
    leather feather ladder bladder bit-player restaurant plant grant want aunt hunger anger
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_LONG = 4

_DRIVEN = (
    r"(?:\w*(?:buss|bussen|bussane|trikk|trikken|lastebil|taxi|drosje|tog|trailer|ambulanse|varebil|t-bane|bane|banen|"
    r"truck|traktor|gravemaskin|tankbil|brøyte?bil|brøyt|plog|ferge|ferje|ferja|fergen|kran|posten|"
    r"søppel\w*|tømmer\w*|melke?bil\w*|mjølkebil\w*|turister|folk|varer|fisk|hundespann))"
)
_WASHED = r"(?:\w*(?:trapp\w*|kontor\w*|hotell\w*|hytter?|skoler?|skulen?|hus|rom|båtar?|båter|fly|tog|busser|bussar))"
_PLAYED = (
    r"(?:orgel|orgelet|fele|hardingfele|trekkspill|trekkspel|torader|langeleik|munnspill|munnharpe|piano|klaver|cello|"
    r"fiolin|fløyte|klarinett|saksofon|trompet|trombone|tuba|kornett|horn|tromme\w*|gitar|bass|banjo|mandolin|harpe|"
    r"seljefløyte|oud|qanun|saz|tabla|kora|balalaika|bratsj|obo|fagott|lur|"
    r"(?:the\s)?(?:organ|fiddle|accordion|bagpipes?|pipes|harp|cello|violin|viola|piano|flute|clarinet|oboe|bassoon|"
    r"saxophone|trumpet|cornet|euphonium|horn|drums?|guitar|bass|banjo|mandolin|oud|qanun|kora|tabla|whistle|"
    r"concertina|melodeon|bodhr[aá]n))"
)
_FEW = (
    r"(?:(?:fortsatt|framleis|fremdeles|ennå|litt|også|òg|av og til|bare|berre|mest|jeg|eg|still|only|mostly|now)\s)?"
)
_DOES = re.compile(
    rf"""\b(?:
        (?:kjør(?:er|te|t|e)?|køyr(?:er|de|t|e)?)\s{_FEW}{_DRIVEN}
      | (?:vask(?:er|ar|a|et|te)?)\s{_FEW}{_WASHED}
      | (?:spill(?:er|te|t)|spilte|spel(?:ar|te|er|t)|spela|play(?:s|ed|ing)?)\s{_FEW}{_PLAYED}
      | (?:syng(?:er)?|sang|song|sunget|sunge)\s{_FEW}(?:i|med|bass\si|sopran\si|tenor\si|alt\si)\s\w*kor(?:et|ene)?
      | (?:sings?|sang|sung|singing)\s(?:\w+\s)?in\s(?:the\s|a\s)?(?:[\w-]+\s)?choir
      | (?:tren(?:er|te|ar|a)|coach(?:es|ed|ing)?)\s{_FEW}(?:the\s)?\w*(?:jentene|jentane|guttene|gutane|gutta|laget|
        minis|junior\w*|damene|herrene|barna|keeperne|under-\w+|girls|boys|juniors|team|lads)
      | (?:led(?:er|et|a)|lei(?:er|ar|a|dde)|dr(?:iver|ive|eiv|ev|evet)|eig(?:er|de)?|ei(?:er|de)|styrer)\s{_FEW}
        (?:et\s|eit\s|en\s|ein\s|ei\s|egen\s|eigen\s|eget\s|eige\s|den\s|det\s)*\w*(?:verksted\w*|gård|gard|gården|
        garden|gårdsbruk|gardsbruk|småbruk|butikk\w*|kafé|kafe|kafeen|salong\w*|pensjonat|camping\w*|kiosk\w*|firma|
        selskap|praksis|oppdrett\w*|gartneri\w*|bakeri\w*|slakteri\w*|transport\w*|restaurant\w*|frisør\w*|
        hundepensjonat
        |rideskole\w*|reinflokk\w*|turistbedrift\w*|nettbutikk\w*|barnehage|hotell\w*)
      | (?:runs?|ran|running|owns?|owned|keeps?|kept)\s(?:the\s|a\s|an\s|his\s|her\s|our\s)(?:[\w'’-]+\s){{0,2}}
        (?:shop|farm|pub|caf[eé]|bakery|croft|garage|b\s?&\s?b|guesthouse|hotel|restaurant|salon|newsagents?|
        post\soffice|bees|stall|chippy|chip\sshop|nursery|kennels?|stables|fishing\sboat|boatyard|dairy|
        smokehouse|[a-z]+(?:er|monger|smith|ist)[’']s)
      | (?:jobb(?:er|a|et|ar|e)|arbeid(?:er|de|ar|et|dde))\s(?:(?!for\s|med\sdet)[\w-]+\s){{0,2}}?
        (?:natt|netter|nattskift|skift|turnus|deltid|fulltid|offshore)(?:\s(?:på|i|ved)\s[\w-]+)?
      | (?:jobb(?:er|a|et|ar)|arbeid(?:er|de|ar|et))\s(?:som|på|ved|offshore|hos|i)\s(?:en\s|ein\s|ei\s|et\s|eit\s)?
        (?!(?:det|den|dag|dei|de|noe|noko|seg|meg|andre|år|et|fjor|mange|tre|to|fire|fem|måte|spreng|tide)\b)
        [\w-]*[^\W\d_]{{5,}}
      | work(?:s|ed|ing)?\s(?:nights|days|shifts|part[- ]time|full[- ]time|as|offshore|on|in|at)\s
        (?:(?:an?|the|as|at|in|on|our|local)\s){{0,3}}(?!(?:it|that|this|them|there|myself|ourselves|progress)\b)
        (?:[\w'’-]+\s)?[\w'’-]{{4,}}
      | (?:gikk|går|gjekk|går|tok|tar|leste|las|les|stud(?:erer|erte|erar))\s(?:på\s)?(?:\w+\s)?
        (?:data|medisin|jus|juss|odontologi|teologi|psykologi|sykepleien?|sjukepleie|ingeniør\w*|bygg|elektro|
        allmenn|helsefag|restaurant\w*|naturbruk|yrkesfag|musikklinja|idrettslinja|økonomi|sosionom\w*|fysioterapi|
        lærerskolen|lærarskulen|lærerhøgskolen|politihøgskolen|befalsskolen|landbruksskolen|sjømannsskolen|kokkeskolen|
        kunsthøgskolen|veterinær\w*|arkitekt\w*)(?:\s(?:på|ved|i)\s\w+)?
      | (?:taught|teach(?:es|ing)?|lectured?|lectures)\s(?:[\w'’-]+\s)?(?:at|in)\s(?:the\s|a\s)?[\w'’-]+
      | (?:taught|teach(?:es|ing)?)\s(?:maths?|english|music|physics|chemistry|biology|history|french|german|pe|art|
        latin|piano|violin|geography|drama|arabic|science|swimming|dance)
      | dr(?:iver|iv|eiv|ev|ive|evet)\s(?:litt\s|mest\s|bare\s|berre\s)?med\s(?:sau|kyr|geit|gris|hest|hund|høns|rein|
        reindrift|fisk|oppdrett|mjølk|melk|skog|korn|bær|grønnsaker|grønsaker|bier|pelsdyr|mink|laks|
        hundeoppdrett|ku|kjøtt)
      | underviser?t?e?\s(?:i\s)?\w{{4,}}
      | (?:sitter|sit|satt|sat|vara|varamedlem|medlem|leder|leiar|representant|folkevalgt|folkevald)\s(?:i|på|til|for)\s
        (?:kommunestyret|bystyret|fylkestinget|stortinget|sametinget|menighetsrådet|
        soknerådet|formannskapet)
      | (?:dr(?:iv|ove|iving)|drives|drove)\s(?:a\s|an\s|the\s)(?:[\w-]+\s)?(?:bus|lorry|taxi|tram|train|
      ambulance|hearse|
        digger|tractor|gritter|van|snowplough|minibus|truck|school\sbus)
    )(?!\w)""",
    re.VERBOSE,
)
_IN_FOR_YEARS = re.compile(
    r"\b(?:i|på|ved|hos|in|at|with)\s(?:the\s)?(?!(?:mange|alle|over|alt|det|den|all|over|many)\b)[\w-]{4,25}\s"
    r"(?:i|for|over)\s[\w-]{2,20}\s(?:år|åra|years)\b"
)


@cache
def _listed(language: str) -> tuple[frozenset[str], frozenset[tuple[str, ...]]]:
    every = words("english-occupations.txt" if language == "en" else "occupations.txt")
    every |= {job + "s" for job in every if not job.endswith(("s", "an"))} if language == "en" else set()
    every |= {job + ending for job in every - _PARTS if job[-1] not in "en" for ending in ("en", "ene", "ane")} | {
        job + "n" for job in every - _PARTS if job.endswith("e")
    }
    return frozenset(job for job in every if " " not in job), frozenset(
        tuple(job.split()) for job in every if " " in job
    )


def find_occupations(text: str, language: str) -> list[Hit]:
    """Return jobs, and what somebody is said to do for work or beside it.

    Example:
        >>> text = "Mor er tannlege og far kjører buss. Legen kom."
        >>> [(hit.detector, text[hit.start : hit.end]) for hit in find_occupations(text, "nb")]
        [('occupation@4', 'tannlege'), ('doing@3', 'kjører buss')]
    """
    small = lowered(text)
    return outermost((*_jobs(text, small, language), *_doings(small)))


def _doings(small: str) -> Iterator[Hit]:
    for pattern in (_DOES, _IN_FOR_YEARS, _RARE_INSTRUMENTS, _REINDEER):
        for m in matches(pattern, small):
            yield Hit(m.start(), m.end(), DOING, "role", "indirect", "what somebody does")


def _jobs(text: str, small: str, language: str) -> Iterator[Hit]:
    single, double = _listed(language)
    sure = _ENGLISH_SURE if language == "en" else _SURE_ENDINGS
    endings = (*sure, *(_ENGLISH_ENDINGS if language == "en" else _ENDINGS))
    chiefs = () if language == "en" else _CHIEFS
    before: re.Match[str] | None = None
    for m in matches(_WORD, small):
        word = m.group()
        beside = before and m.start() - before.end() == 1
        if before and beside and ((before.group(), word) in double or _was_one(before.group(), word, single)):
            yield _job(small, before.start(), m.end())
        elif word in single or (
            word.endswith((*endings, *chiefs))
            and word not in _NO_JOBS
            and not word.endswith(_NO_JOB_ENDINGS)
            and _longer(word)
        ):
            told = word not in _ALSO_WORDS and (word in single or word.endswith(sure))
            if told or word.endswith(chiefs) or _said(text, small, m.start(), word, language):
                yield _job(small, m.start(), m.end())
        before = m


def _was_one(first: str, second: str, single: frozenset[str]) -> bool:
    """Whether a recogniser may have taken a job apart into two words: "physio therapist", "orgel bygger"."""
    both = first + second
    return both in single and len(both) > 2 * _LONG and first not in single and both not in _ALSO_WORDS


def _job(small: str, start: int, end: int) -> Hit:
    """Return a job with what stands before it behind an article, and where it is done: "skipper på en brønnbåt"."""
    before = _ATTRIBUTE.search(small, max(0, start - 30), start)
    behind = _WORKPLACE.match(small, end)
    return Hit(
        before.start(1) if before else start, behind.end() if behind else end, OCCUPATION, "role", "indirect", "a job"
    )


_ATTRIBUTE = re.compile(r"\b(?:a|an|the|retired|former|en|ein|ei)\s([^\W\d_][\w-]{3,16}\s)\Z")
_WORKPLACE = re.compile(
    r"\s(?:på|ved|i|hos|innen|innan|at|in|on)\s(?:en\s|ein\s|ei\s|et\s|eit\s|a\s|an\s|the\s)?"
    r"(?!(?:meg|deg|seg|han|hun|ho|dem|oss|det|den|dei|de|me|him|her|them|us|it|that|this|years?|mange|mitt|min|"
    r"år|to|tre|"
    r"fire|fem|[a-z]+ år)\b)[^\W\d_][\w-]{3,24}(?!\w)"
)
_REINDEER = re.compile(
    r"\b(?:reindrift\w*|reinflokk\w*|flyttsame\w*|siida\w{0,3}|reindeer\s(?:famil(?:y|ies)|herd\w*|husbandry|people))\b"
)
_RARE_INSTRUMENTS = re.compile(
    r"\b(?:hardingfele\w?|langeleik\w{0,2}|munnharpe\w?|seljefløyte\w?|torader\w{0,2}|bukkehorn\w{0,2}|lur|oud|qanun|"
    r"saz|kora|balalaika|sitar|tabla|duduk|krar|masenqo|daf|santur|tanbur|bagpipes?|bodhr[aá]n|hurdy-gurdy|dulcimer|"
    r"clarsach|northumbrian\spipes|concertina|melodeon|euphonium|theremin|joik(?:er|ar|a|et)?|kved(?:er|ar)|kveding)\b"
)
_NO_JOB_ENDINGS = ("samarbeider", "kontakt-", "øyekontakt", "stikkontakt")


def _longer(word: str) -> bool:
    return (
        not any(word == ending for ending in (*_SURE_ENDINGS, *_ENDINGS, *_ENGLISH_SURE, *_CHIEFS))
        and len(word) > _LONG + 2
    )


def _said(text: str, small: str, start: int, word: str, language: str) -> bool:
    if language == "en" and word not in _ALSO_WORDS:
        return word not in _NOBODYS_JOB and bool(_IS_A.search(small, max(0, start - 40), start))
    return _said_to_be(text, small, start)


def _said_to_be(text: str, small: str, start: int) -> bool:
    """Whether somebody is said to be what stands here: "er lege", "was a farmer", "Kari, lærer"."""
    return bool(_IS.search(small, max(0, start - 50), start) or _APPOSED.search(text, max(0, start - 50), start))
