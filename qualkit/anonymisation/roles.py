"""Roles that one or few in a place have, those who are said to be the only one or the first, and who works where."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.outermost import outermost
from qualkit.anonymisation.posts import named_posts
from qualkit.anonymisation.tokens import read_tokens
from qualkit.identity import Hit

ROLE, ONLY_ONE, EMPLOYER = "role@3", "only-one@3", "employer@2"

_ROLES = """
(?:vara)?ordfører | (?:vara)?ordførar | rådmann | kommunedirektør | kommunalsjef | helsesjef | sosialsjef | nav-?leder
| nav-?leiar | etatsleder | etatsleiar | statsforvalter | statsforvaltar | fylkesmann
| fylkesordfører | fylkesordførar | fylkeslege | kommuneoverlege | kommunelege | bydelsoverlege | distriktslege
| tilsynslege | distriktsjordmor | smittevernoverlege | smittevernlege | sjefslege | overlege | avdelingsoverlege
| klinikksjef | klinikksjefen | fagsjef | avdelingssjef | seksjonsleder | seksjonsleiar
| rektor | inspektør | skolesjef | oppvekstsjef | (?<=er\\s)styrer
| (?<=var\\s)styrer | styreren | barnehagestyrer | styrar | dekan | professor | sokneprest
| sogneprest | prest | kapellan | prost | biskop | domprost | diakon | klokker(?=en|s\\b|\\si\\s) | kantor |
organist | kirkeverge
| kyrkjeverj[ea]? | imam
| lensmann | politimester | politimeister | politisjef | politikontakt | sorenskriver | sorenskrivar | tingrettsdommer
| dommer | brannsjef | havnesjef | hamnesjef | fyrvokter | losmester | losoldermann
| (?:hoved|fellestillits|plass)?tillitsvalgt | (?:hovud)?tillitsvald | hovedtillitsvalgt | hovudtillitsvald
| hovedverneombud | hovudverneombod | verneombud | verneombod
| (?:styre|fylkes|lokallags|parti|gruppe)leder | (?:styre|fylkes|lokallags|parti|gruppe)leiar
| kommunestyrerepresentant | kommunestyremedlem | kommunestyremedlemm\\w* | stortingsrepresentant | stortingsmann
| statsråd | sametingsrepresentant | sametingspresident | varaordfører
| distriktsveterinær | dyrlege | veterinær | jordmor | apoteker | apotekar | statsautorisert\\srevisor | redaktør
| lokalredaktør | reindriftseier | reineier | reineigar | reindriftsutøver | reindriftssame | skjærgårdstjenest\\w+
| landslagsspiller | landslagsspelar | olympier | verdensmester | verdsmeister | noregsmeister | norgesmester
| kjendis | ambulansesjef | luftambulanselege | hotelldirektør | banksjef | bankdirektør
| adm(?:inistrerende|inistrerande|\\.)\\sdirektør | daglig\\sleder | dagleg\\sleiar | direktør | toppsjef
"""
_ENGLISH_ROLES = r"""
(?:deputy\s|lord\s|town\s)?mayor | mayoress | provost | head\s?teachers? | headmaster | headmistress | deputy\shead
| head\sof\s(?:the\s)?(?:school|department|service|unit|social\swork|english|maths|nursing|midwifery)
| (?:parish\s)?priest | vicar | minister\sof\s(?:the\s)?(?:parish|church|kirk) | bishop | archbishop | rector | canon
| rabbi | imam | (?:hospital\s)?chaplain | (?:parish\s|town\s|county\s|district\s)?councillor | mp | msp
| chief\sconstable | police\schief
| coroner | (?:high\scourt\s|district\s)?judge | sheriff | lighthouse\skeeper | harbour\s?master | postmaster
| postmistress | station\smaster | union\srep(?:resentative)? | shop\ssteward | district\snurse | health\svisitor
| consultant\s\w{5,20}ist
| medical\sdirector | clinical\sdirector | chief\sexecutive | ceo | managing\sdirector | (?:the\s)?principal
| dean\sof | professor(?:\sof\s\w+)? | head\sgirl | head\sboy | school\sgovernor | editor\sof | ward\ssister
| lead\snurse | director\sof\s(?:nursing|public\shealth|social\s\w+)
| practice\smanager | scout\sleader | town\sclerk | parish\sclerk | lady\scaptain | olympian | world\schampion
| national\schampion | (?:prison\s)?governor | (?:the\s|our\s|a\s)minister | coast\s?guard | anaesthetist |
anesthetist | doula | mep | senator | village\s(?:doctor|policeman|gp|midwife|vet|postman|baker|butcher)
"""
_ENDING = r"(?:en|ene|ane|n|a|e|s|ens|er|ar|inne|frue|ar?ane|et|inna)?"
_NORWEGIAN = re.compile(rf"(?<!\w)(?:{_ROLES}){_ENDING}(?!\w)", re.VERBOSE)
_ENGLISH = re.compile(rf"(?<!\w)(?:{_ENGLISH_ROLES})s?(?!\w)", re.VERBOSE)

_WHERE = (
    r"(?:i|på|ved|hos|av|frå|fra|in|at|of|on|from)\s(?:hele\s|heile\s|the\s|the\swhole\s|our\s|this\s)?"
    r"(?:kommunen|kommuna|bygda|bygden|byen|fylket|landet|norge|noreg|verden|verda|nord-norge|dalen|øya|øyen|"
    r"klassen|skolen|skulen|avdelingen|avdelinga|slekta|slekten|familien|gata|nabolaget|distriktet|regionen|"
    r"laget|kullet|tinget|"
    r"town|village|county|country|area|island|valley|region|class|school|world|street|parish|family|year|"
    r"department|ward|community|britain|scotland|wales|england|europe|uk|norway)"
)
_ONLY = re.compile(
    r"\b(?:(?:den|det|dei|de|som|vår|byens|bygdas|bygdens|kommunens|landets|norges|noregs|"
    rf"verdens)\s)?(?:aller\s)?(?<!hver )(?<!kvar )(?<!hvert )(?<!kvart )(?:eneste|einaste)\s(?:\w{{2,30}}\s){{1,5}}?"
    rf"{_WHERE}\b"
    r"|\b(?:den|som)\s(?:eneste|einaste)(?:\s(?:kvinnen|kvinna|kvinnelige|kvinnelege|mannen|mannlige|"
    r"mannlege|guten|gutten|jenta|jenten|svarte|utenlandske|utlendingen|samen|muslimen|"
    r"mørke))?\s\w{3,30}(?:en|a|et|ene|e)\b(?=\s(?:som|her|der|med|hos|dei|de|vi|me)\b|[.,;!?])"
    r"|\b(?:den|dei|de|som|aller)\s(?:første|fyrste|yngste|eldste|einaste|"
    r"eneste)\s(?:\w{2,30}\s){1,4}?(?:i|på)\s(?:norge|noreg|landet|verden|verda|kommunen|bygda|fylket|"
    r"byen|nord-norge|norden|europa|skandinavia)\b"
    rf"|\b(?:the|our|your|their)\s(?:only|first|youngest|oldest|last)\s(?:[\w'’-]{{2,30}}\s){{1,5}}?{_WHERE}\b"
    r"|\bthe\sonly\s(?:woman|man|girl|boy|female|male|black|muslim|asian|gay|foreign|deaf|blind)(?:\s\w{3,20})?\b"
)
_NO_ONES = (
    "gang\\w*|ting\\w*|måt\\w*|grunn\\w*|mulig\\w*|moglegheit\\w*|løsning\\w*|løysing\\w*|håp\\w*|"
    "alternativ\\w*|valg\\w*|val|årsak\\w*|forskjell\\w*|skilnad\\w*|unntak\\w*|"
    "problem\\w*|som|jeg|eg|vi|me|du|dei|de|det|han|hun|ho|stedet|staden|dag\\w*|natt\\w*|time\\w*|"
    "thing|way|time|reason|option|problem|difference|place|choice|other|bit|part|day|one|ones|two|few|people|"
    "person|if|when|that|i|we|you|he|she|they"
)
# Whom it can be said of; of a thing or a way out, being the only one tells nothing about anybody.
_ONE = (
    r"(?:[^\W\d_]{0,24}(?:er|eren|ar|aren|or|oren|ør|øren|ist|isten|mann|mannen|kvinn[ea]n?|kvinna|dam[ea]n?|jent[ea]n?|gutt|gutten|gut|guten|"
    r"lege|legen|prest|presten|mor|mora|moren|far|faren|bror|broren|barn|barnet|elev|eleven|ent|enten|ant|anten|log|logen|ung[ea]?n?|onge|"
    r"person|personen|kokk|kokken|pilot|piloten|famili[ea]n?|husstand\w{0,2}|bonde|bonden|smed|smeden|los|losen|soldat|soldaten|sopran\w{0,2}|alt|"
    r"alten|tenor\w{0,2}|bass|bassen|muslim|muslimen|same|samen|advokaten?|kandidaten?|søsken|ansatt|ansatte|tilsett|tilsette|svarte|utlending\w{0,2}|kristne|jøde|"
    r"jøden|[a-zæøå]{3,12}sk|overlevende|overlevande|gjenlevende|kollega\w{0,2}|venn|vennen|nabo\w{0,3}|frisk[ea]?|edru|døv[ea]?|homo\w*)"
    r"(?<!alternativer)(?<!timer)(?<!dager)(?<!penger))"
)
_ONLY_HERE = re.compile(
    r"\b(?:er|var|som|vart|ble|vera|være|e|den)\s(?:eneste|"
    rf"einaste)\s(?!(?:{_NO_ONES})\b)(?:(?:kvinnelige|kvinnelege|mannlige|mannlege|unge|"
    rf"\w{{3,14}}ske?)\s)?{_ONE}"
    rf"(?=\s(?:her|der|vi har|me har|hos|i|på|ved|som|med)\b|[.,;!?]|$)"
    r"|\b(?:første|fyrste)\s(?:kvinnelige|kvinnelege|mannlige|mannlege|svarte|samiske|muslimske|"
    r"homofile)\s[^\W\d_]{3,30}"
    rf"|\b(?:the|their|our)\sonly\s(?!(?:{_NO_ONES})\b)(?:[\w-]{{2,15}}\s){{0,2}}[\w-]{{2,20}}\s(?:here|"
    r"there|we have|they have|they had|we had|left|around|in the|on the|at the)\b"
    r"|\b(?:first|only)\s(?:female|male|black|asian|muslim|gay|woman|deaf)\s[\w-]{3,20}"
)
_ONE_EN = (
    r"(?:[a-z-]{0,18}(?:er|or|ist|ian|man|woman|men|women|girls?|boys?|ess|ant|eer|ese|ish|nurse|gp|vet|midwife|priest|mum|dad|mother|father|"
    r"son|daughter|child|kid|family|pupil|student|patient|chef|cook|alto|soprano|tenor|bass|muslim|jew|sikh|catholic|survivor|pilot|doula|"
    r"magistrate|black|deaf|person|couple|household|house|officer)(?<!number)(?<!winter)(?<!summer)(?<!letter)(?<!corner)(?<!other))"
)
# "eneste kvinnen på nattskiftet", "den første som kjørte fra Nesttun", "the only teacher of Arabic".
_ONLY_AT = re.compile(
    r"\b(?:eneste|einaste|eineste)\s"
    rf"(?!(?:{_NO_ONES})\b){_ONE}\s(?:på|i|ved|hos|med|av|blant|mellom)\s[\w-]{{3,30}}"
    r"|\b(?:den|han|ho|hun|de|dei)\s(?:første|fyrste|eneste|einaste|yngste|"
    r"eldste)\s(?:\w{3,20}\s)?som\s[\w-]{2,20}"
    r"(?:\s\w{1,20}){0,2}?\s(?:fra|frå|i|på|til|te|ved|med)\s[\w-]{3,25}"
    rf"|\b(?:only|first)\s(?!(?:{_NO_ONES})\b)(?:[\w-]{{3,15}}\s)?{_ONE_EN}\s(?:of|in|at|on|"
    rf"from)\s[\w-]{{3,20}}(?:\s[\w-]{{3,20}})?"
)
_ONLY_NAMED = re.compile(
    r"\b(?i:den\s|the\s|our\s)?(?i:eneste|einaste|only|first|youngest|oldest)\s"
    r"(?!(?i:time|thing|day|week|year|gang|dag|ting))"
    r"(?![\w'’-]{2,30}\s(?:er|is|var|was)\b)(?:[\w'’-]{2,30}\s){1,4}?(?:i|på|ved|hos|in|at|of|from)\s[A-ZÆØÅ]\w+"
)
# "den einaste som driv aleine", "the only alto", "eg er den einaste i heile prostiet", "the oldest in the class".
_ONLY_WHO = re.compile(
    r"\bden\s(?:eneste|einaste|eineste)(?:\s[^\W\d_]{3,20})?\ssom\s"
    r"(?!(?:får|fikk|fekk|kan|kunne|vet|veit|visste|så|ser|sa|sier|seier|er|var|har|hadde|blir|ble|vart|skal|skulle|må|måtte|vil|ville|"
    r"betyr|betyd|gjelder|gjeld|teller|tel|hjelper|hjelp|forstår|trodde|kommer|kjem)\b)[^\W\d_]{2,16}(?:\s[^\W\d_]{3,16})?"
    r"|\bden\s(?:første|fyrste)\s(?:med|av|frå|fra)\s(?:[^\W\d_]{2,14}\s)?[^\W\d_]{4,20}"
    r"|\bden\s(?:eneste|einaste|eineste)\s(?:i|på|ved)\s(?!(?:vesterlandsk|tide?)\b)(?:hele\s|heile\s|den\s|det\s|denne\s)?[\w-]{4,24}"
    r"|\bthe\sonly\s(?:one|man|woman|girl|boy|person|family)\s(?:in|on|at|from|between)\s(?:the\s)?[\w'’-]{3,18}"
    r"|\bthe\s(?:oldest|youngest|eldest)\s(?!(?:of|one|thing)\b)(?:[\w'’-]{3,18}\s)?(?:in|on|at)\s(?:the\s)?[\w'’-]{3,18}"
    r"|\bthe\sonly\s(?:[\w'’-]{3,16}\s){1,2}(?:for\smiles|round\shere|around\shere)\b"
    r"|\b(?:the\s)?first\s(?:woman|female|man|male|black|asian|muslim|girl|deaf|gay)\s(?:[\w'’-]{3,14}\s)?(?:on|in|at|to|ever)\s(?:the\s)?[\w'’-]{2,16}(?:\s[\w'’-]{3,14})?"
    r"|\b(?:den\s)?(?:første|fyrste|eneste|einaste)\s(?:kvinn\w{1,7}|mann\w{0,4}|jent\w{1,2}|gutt\w{0,2}|gut\w{0,2}|svart\w?|dam\w{1,3}|utenlandsk\w?)\s(?:[^\W\d_]{4,22}\s)?(?:på|i|ved)\s[\w-]{3,22}"
    r"|\bden\s(?:første|fyrste)\s(?:kvinnelige|kvinnelege|mannlige|mannlege|svarte|samiske|muslimske|døve|blinde)\s[^\W\d_]{4,22}"
)
_ONLY_BEING = re.compile(
    rf"\b(?:(?:i|he|she|you|we|they)['’](?:m|s|re)|(?:i|he|she|we|they)\s(?:was|am|is|were|are)|been|being|as)\s((?:the\s)only\s(?!(?:{_NO_ONES})\b)"
    r"(?!(?:\w+ing|\w+ed|real|good|bad|right|nice|decent|proper|reliable|big|new)\b)[^\W\d_][\w'’-]{2,18}(?:\s(?:in|on|at|from)\s(?:the\s)?[\w'’-]{3,18})?)"
)
_KNOWN = re.compile(
    r"\b(?:alle (?:vet|veit|kjenner|visste|kjente) (?:hvem|kven|meg|oss|hverandre|kvarandre)|"
    r"alle kjenner alle|kjent fra (?:tv|avisen|avisa|media)|var (?:i|på) (?:tv|avisen|avisa|fjernsyn\w*)|"
    r"sto i (?:avisen|avisa)|stod i avisa|"
    r"everyone knows (?:who|me|us|him|her|everyone)|(?:was|were|been|it was) (?:in the (?:paper|papers|news)|"
    r"on (?:the )?(?:telly|tv|news)))\b"
)
_NAME = re.compile(r"[A-ZÆØÅ][\w&’'-]*(?:\s(?:og\s|&\s|and\s|of\s)?[A-ZÆØÅ][\w&’'-]*){0,4}")
_WORKS = re.compile(
    r"\b(?:jobb(?:er|a|et|ar)|arbeid(?:er|de|ar|et|a)|ansatt|tilsett|tilsatt|vikar(?:ierer|ierte)?|lærling|"
    r"praksis|deltid|fulltid|hjå|lært|work(?:s|ed|ing)?|employed|job|shifts?|placement|volunteer(?:s|ed|"
    r"ing)?)"
    r"\s(?:\w{2,14}\s){0,2}?(?:på|hos|i|ved|for|hjå|at|by|with|in)\s(?:the\s|den\s|"
    r"det\s)?(?=[^\W\d_])"
)


def find_roles(text: str, language: str) -> list[Hit]:
    """Return rare roles, "the only one in …" and named employers.

    Example:
        >>> text = "Ho er ordføraren, og den einaste tannlegen i kommunen."
        >>> [(hit.detector, text[hit.start : hit.end]) for hit in find_roles(text, "nn")]
        [('role@3', 'ordføraren'), ('only-one@3', 'den einaste tannlegen i kommunen')]
    """
    return outermost(_all(text, language))


def _all(text: str, language: str) -> Iterator[Hit]:
    small = lowered(text)
    for start, end in named_posts(small, language):
        yield Hit(start, end, ROLE, "role", "indirect", "a post, a trade or a study")
    for m in matches(_ENGLISH if language == "en" else _NORWEGIAN, small):
        yield Hit(m.start(), m.end(), ROLE, "role", "strong-indirect", "few have this role")
    for m in (m for pattern in (_ONLY, _ONLY_HERE, _ONLY_AT, _ONLY_WHO) for m in matches(pattern, small)):
        yield Hit(m.start(), m.end(), ONLY_ONE, "role", "strong-indirect", "said to be the only one or the first")
    for m in matches(_ONLY_BEING, small):
        yield Hit(m.start(1), m.end(1), ONLY_ONE, "role", "strong-indirect", "said to be the only one")
    shouted = read_tokens(text).casing == "upper"
    for m in () if shouted else matches(_ONLY_NAMED, text):
        yield Hit(m.start(), m.end(), ONLY_ONE, "role", "strong-indirect", "said to be the only one or the first")
    for m in matches(_KNOWN, small):
        yield Hit(m.start(), m.end(), ONLY_ONE, "other", "indirect", "said to be known")
    for m in matches(_WORKS, small):
        name = None if shouted else _NAME.match(text, m.end())
        if name:
            yield Hit(name.start(), name.end(), EMPLOYER, "institution", "strong-indirect", "a place of work")
