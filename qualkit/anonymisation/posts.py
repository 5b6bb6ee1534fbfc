"""Posts that are named by more than one word or by their place: "the custodial manager", "leder for sorggruppa".

A bare "the manager" is a part in a story; what stands before the word, or what it is of, tells which one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.openings import matches

_HEADS = (
    r"(?:officer|manager|director|coordinator|co-ordinator|supervisor|assistant|secretary|delegate|representative|rep|leader|coach|"
    r"trainer|driver|worker|nurse|sister|matron|therapist|teacher|lecturer|tutor|engineer|technician|mechanic|foreman|forewoman|"
    r"inspector|constable|sergeant|detective|instructor|operator|consultant|adviser|advisor|counsellor|counselor|chaplain|captain|"
    r"skipper|chef|cook|steward|stewardess|guard|warden|governor|clerk|treasurer|champion|midwife|surgeon|doctor|gp|editor|agent|"
    r"analyst|developer|designer|planner|administrator|receptionist|handler|controller|dispatcher|scientist|researcher|fellow|"
    r"apprentice|organiser|organizer|chairman|chairwoman|chairperson|president|keeper|minder|carer|cleaner|porter|singer|"
    r"player|teller|merchant|owner|farmer|fisherman|crofter|herder|breeder|dealer|maker|builder|fitter|installer|seller|"
    r"chief|commander|boss|lady|postmaster|solicitor|lawyer|judge|magistrate|councillor|senator|sheriff|deputy|ranger|pilot|"
    r"specialist|practitioner|educator|librarian|caretaker|janitor|janny|bursar|dean|principal|professor|delegate|verneombud|"
    r"paramedic|responder|firefighter|lifeguard|umpire|referee|undertaker|surveyor|architect|accountant|buyer|picker|packer|fundraiser)"
)
_PLAIN = (
    r"(?!(?:a|an|the|my|our|his|her|your|their|its|this|that|these|those|some|any|no|every|each|one|two|three|four|of|in|on|at|to|"
    r"for|from|with|by|and|or|but|not|very|so|too|really|just|only|good|bad|great|best|better|worst|nice|lovely|kind|old|new|young|"
    r"other|same|first|last|next|whole|own|little|big|wee|real|proper|right|wrong|different|another|second|third|poor|what|which|"
    r"who|when|where|how|is|was|are|were|be|been|being|am|had|has|have|get|got|going|like|as|than|more|most|such|still|always|"
    r"never|then|now|here|there|i|you|he|she|it|we|they|me|him|us|them|actual|main|certain|brilliant|amazing|fantastic|terrible|"
    r"horrible|decent|excellent|normal|usual|particular|previous|current|former|retired|qualified|certified|also|even|about)\b)"
)
_OF_ONE = (
    r"(?:\b(?:a|an|the|my|our|his|her|your|their|as|is|was|are|were|am|be|been|being|became|become|i'm|he's|"
    r"she's|who's|and|or)\s|['’][sm]\s)"
)
_MODIFIED = re.compile(
    rf"{_OF_ONE}(?:(?:former|retired|qualified|certified|trained|trainee|first|local|own|old|new)\s)?"
    rf"((?:{_PLAIN}[a-z][a-z'’-]{{2,16}}\s){{1,2}}{_HEADS}s?|{_PLAIN}[a-z]{{3,14}}-{_HEADS})(?![\w'-])"
)
_OF_WHAT = re.compile(
    r"\b(?:chair(?:man|woman|person)?|vice[- ]chair|secretary|treasurer|captain|vice[- ]captain|president|head|"
    r"leader|coach|manager|director|editor|"
    r"founder|convenor|convener|trustee|governor|patron|member|steward|keeper|owner|landlord|landlady)\s(?:of|at|for|in|on)\s"
    r"(?:the\s|our\s|a\s|an\s|my\s|this\s)?(?!(?:it|that|them|us|me|him|her|this|all|course|mine|his|our|my|the|a|years?)\b)"
    r"[a-z0-9][\w'’-]{2,20}(?:\s(?!(?:and|but|so|that|which|who|when|for|in|at|on|with|the|i|he|she|we|they|is|was|to|of)\b)[\w'’-]{3,20})?"
)
_SERVED = re.compile(
    r"\b(?:in|joined|left|with)\s(?:the\s)?(?:army|navy|royal\snavy|merchant\snavy|raf|air\sforce|royal\smarines|marines|paras|military|"
    r"forces|territorial\sarmy|ta|coastguard|coast\sguard|fire\s(?:service|brigade)|ambulance\sservice|police\sforce|foreign\slegion|"
    r"forsvaret|marinen|sjøforsvaret|luftforsvaret|heimevernet|utenrikstjenesten)\b"
    r"|\b(?:crew(?:s|ed)?\s(?:for|on)\s)?(?:the\s)?lifeboat(?:\screw)?\b|\b(?:on|out\son)\sthe\s(?:rigs|trawlers|boats|tills|buses|bins|ferries|railways?)\b"
    r"(?:\sat\s[\w'-]+)?|\bcreel\sboat|\bhusky\w{0,2}|\bvar\sutskrevet\b"
)
_STUDIES = re.compile(
    r"\b(?:stud(?:y|ied|ying)|read(?:ing)?|graduated in|majored in|(?:degree|masters|master's|phd|doctorate|"
    r"diploma|ba|bsc|msc)\s(?:in|on|about))\s"
    r"(?:a\s|the\s)?(?:maths|mathematics|physics|chemistry|biology|law|medicine|nursing|midwifery|social\s(?:work|policy|science)|"
    r"psychology|history|english|philosophy|theology|engineering|computing|computer\sscience|economics|accountancy|business|"
    r"architecture|geography|geology|music|drama|dentistry|pharmacy|veterinary\s\w+|education|teaching|sociology|anthropology|"
    r"art|fine\sart|marine\s\w+|[a-z]{4,16}(?:ology|ics|graphy))\b|"
    r"\b(?:my\s|a\s|her\s|his\s|doing\s(?:a|my)\s)(?:phd|doctorate|dphil|master'?s|apprenticeship)\b(?:\s(?:in|on|about)\s(?:the\s)?[\w-]{3,16}(?:\s[\w-]{3,16})?)?|"
    r"\b(?:doktorgrad\w{0,3}|doktoravhandling\w{0,2}|doktorgradsstipendiat\w{0,2}|stipendiat\w{0,3}|postdok\w{0,4}|mastergrad\w{0,2}|masteroppgåv\w{1,2}|"
    r"masteroppgav\w{1,2}|bachelor\w{0,8}|fagbrev\w{0,3}|svennebrev\w{0,2}|studerer|studerte|studerar)(?:\s(?:i|på|om|som)\s[^\W\d_]{3,20})?"
)
_NORWEGIAN_OF = re.compile(
    r"\b(?:(?:[^\W\d_]{2,14})?(?:leder|leiar|formann)|nestleder|nestleiar|kasserer|kasserar|sekretær|styremedlem|dirigent|trener|trenar|oppmann|lagleder|"
    r"lagleiar|kaptein|keeper|medlem|frivillig|aktiv|verneombud|verneombod|tillitsvalgt|tillitsvald|prosjektleder|prosjektleiar|direktør|"
    r"redaktør|gründer|eier|eigar|innehaver|bestyrer|bestyrar|dotter|datter|sønn|son|gift)\s(?:av|for|i|på|til|med)\s(?:en\s|ein\s|ei\s|et\s|eit\s|det\s|den\s)?"
    r"(?!(?:meg|deg|seg|oss|dem|alle|alt|det|den|dette|mange|noen|noko|noe|å|en|ein|år|han|ham|henne|ho|hun|dei|de|mi|min|hans|hennes|ei|fire|tre|to)\b)"
    r"[^\W_]{4,28}(?:\s(?:i|på)\s[^\W\d_]{3,20})?"
)
_PEOPLE_OF = re.compile(
    r"\b(?:dotter|datter|sønn|son|gift|kone|mann)\s(?:av|til|med)\s(?:ordfør\w{2,4}|rektor|lensmann\w{0,3}|prest\w{0,2}|lege\w?|dokter\w{0,2}|rådmann\w{0,2})\b"
)
_ONCE_TRAINED = re.compile(
    r"\b(?:utdann(?:a|et)|pensjonert|autorisert|selvstendig|sjølvstendig|opplært)\s(?!(?:og|men|enn|i|på|år|da|har|var|er|folk)\b)"
    r"[^\W\d_]{4,24}\b"
    r"|\b(?:tidligere|tidlegare)\s[^\W\d_]{2,18}(?:er|ar|ør|mann|ist|lege|log|sjef|leder|leiar|soldat|prest|diakon|nonne|munk|pilot|sjef|modell)\b"
    r"(?<!tider)(?<!utgaver)(?<!epoker)"
)
_OWN = re.compile(
    r"\b(?:egen|eige|eigen|eget|my own|our own|his own|her own)\s(?:[^\W\d_]{3,14}\s)?[^\W\d_]{0,18}(?:salong|"
    r"firma|butikk|verksted|verkstad|bedrift|praksis|"
    r"restaurant|kafé|kafe|gård|gard|galleri|studio|shop|salon|business|garage|café|cafe|restaurant|practice|farm|stall|studio|company|"
    r"bakery|pub|brewery)(?:en|a|et|s)?\b"
)
_KEEPS = re.compile(
    r"\b(?:breed|breeds|bred|breeding|keep|keeps|kept|rear|rears|reared|raise|raises|train|trains)\s(?:[\w-]{3,14}\s)?(?:alpacas?|llamas?|ponies|"
    r"horses|bees|goats|sheep|pigs|hens|ducks|geese|ferrets|pigeons|greyhounds|lurchers|whippets|collies|spaniels|terriers|dogs|cattle|"
    r"highlanders|falcons|hawks|snakes|parrots|budgies|donkeys|ostriches|rabbits)\b"
    r"|\b(?:manage|manages|managed|own|owns|owned|run|runs|ran)\s(?:a|an|the|our|my)\s(?:small\s|wee\s|little\s|local\s)?(?:[a-z]{3,12}\s)?(?:home|shop|pub|farm|hotel|"
    r"firm|company|business|nursery|school|charity|cafe|café|restaurant|garage|salon|bakery|studio|hostel|campsite|croft|estate|clinic|practice)\b"
)


def named_posts(small: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where posts, trades and studies of these builds stand in a text in small letters.

    Example:
        >>> t = "she's the custodial manager and secretary of the bowls club, the manager said"
        >>> [t[start:end] for start, end in named_posts(t, "en")]
        ['custodial manager', 'secretary of the bowls club']
    """
    if language == "en":
        for m in matches(_MODIFIED, small):
            yield m.span(1)
    patterns = (_OF_WHAT, _KEEPS) if language == "en" else (_NORWEGIAN_OF, _PEOPLE_OF, _ONCE_TRAINED)
    for pattern in (*patterns, _SERVED, _STUDIES, _OWN):
        for m in matches(pattern, small):
            yield m.span()
