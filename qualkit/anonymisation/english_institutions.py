"""Institutions where English is spoken, in any letters: "the riverside surgery", "st aidan's food bank", "hmp armley".

Behind an article or a preposition one or two words that are no plain adjectives, and then the kind of institution, are
its name, whatever letters a recogniser wrote; so is what begins with a saint.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.openings import matches

_KINDS = (
    r"(?:hospital|infirmary|hospice|clinic|surgery|practice|medical\scentre|medical\scenter|health\scentre|"
    r"health\scenter|nursing\shome|care\shome|"
    r"rest\shome|residential\shome|children['’]?s\shome|retirement\shome|lodge|manor|court|house|hall|"
    r"primary\sschool|primary|secondary\sschool|"
    r"high\sschool|grammar\sschool|grammar|middle\sschool|infant\sschool|infants|juniors|junior\sschool|"
    r"special\sschool|boarding\sschool|school|academy|"
    r"sixth\sform|college|university|poly|polytechnic|nursery|playgroup|kindergarten|church|chapel|cathedral|"
    r"minster|abbey|mosque|gurdwara|temple|synagogue|"
    r"kirk|mission|parish|convent|priory|community\scentre|community\scenter|community\shub|day\scentre|"
    r"leisure\scentre|sports\scentre|family\scentre|"
    r"recovery\scentre|resource\scentre|drop-?in|centre|center|hub|trust|nhs\strust|foundation\strust|"
    r"health\sboard|council|borough\scouncil|county\scouncil|"
    r"foundation|charity|project|food\s?bank|pantry|refuge|shelter|hostel|foyer|prison|jail|gaol|"
    r"young\soffenders|crown\scourt|"
    r"magistrates['’]?\scourt|sheriff\scourt|police\sstation|fire\sstation|station|barracks|library|museum|"
    r"theatre|pub|inn|arms|tavern|hotel|"
    r"guest\s?house|b\s?&\sb|factory|plant|works|mill|brewery|distillery|shipyard|dockyard|market|fair|mall|"
    r"diner|raceway|speedway|arena|stadium|yard|depot|pit|colliery|quarry|mine|farm|estate|ranch|"
    r"housing\sassociation|association|federation|society|union|branch|unit|ward|wing|dental\spractice|pharmacy|"
    r"chemist|vets|"
    r"football\sclub|rugby\sclub|cricket\sclub|golf\sclub|bowls\sclub|boxing\sclub|gym|club|choir|band|"
    r"lifeboat\sstation|ferry|homecare|home\scare|care\sagency|care)"
)
_BARE = (
    r"(?:the|a|an|my|our|your|his|her|their|this|that|these|those|some|any|no|every|each|another|other|same|one|"
    r"two|three|four|new|old|big|small|"
    r"little|wee|local|nearest|next|last|first|second|third|whole|own|only|main|general|public|private|state|"
    r"special|national|good|bad|great|nice|lovely|best|"
    r"worst|proper|real|right|wrong|open|closed|different|certain|such|what|which|whose|where|when|how|primary|"
    r"secondary|high|junior|infant|nursing|care|"
    r"mental|health|medical|maternity|psychiatric|psych|day|night|children's|women's|men's|ladies|boarding|"
    r"catholic|protestant|methodist|baptist|anglican|"
    r"evangelical|pentecostal|orthodox|free|community|village|town|city|county|parish|district|borough|school|"
    r"primary|university|college|teaching|cottage|"
    r"to|of|in|at|from|for|with|by|and|or|but|on|into|after|before|near|through|about|is|was|are|were|be|been|"
    r"had|has|have|do|did|does|get|got|go|went|going|"
    r"take|took|make|made|left|leave|started|start|run|ran|called|like|not|just|then|there|here|very|so|too|it|"
    r"he|she|i|we|you|they|me|him|us|them|"
    r"doctor's|gp|dentist's|dental|eye|memory|pain|sleep|diabetes|cancer|stroke|cardiac|surgical|intensive|"
    r"social|foster|child|after|respite|home|palliative|"
    r"end|sheltered|supported|residential|summer|sunday|night|driving|art|law|drama|ballet|music|medical|"
    r"nursing|business|film|dance|"
    r"building|training|research|shopping|town|garden|job|call|tourist|visitor|detention|distribution|fitness|"
    r"power|chemical|car|steel|paper|cotton|shoe|"
    r"labour|labor|housing|flea|farmers|stock|cattle|black|street|christmas|fun|book|trade|students|credit|"
    r"student|full|council|rented|safe|dream|boat|public|country|big|white|court|open|beach|ambulance|police|"
    r"fire|train|bus|petrol|railway|"
    r"swimming|youth|book|social|football|rugby|cricket|golf|boxing|working|strip|brass|pipe|silver|rock|heavy|"
    r"rubber|dairy|sheep|pig|fish|"
    r"fair|equal|good|due|best|standard|common|normal|current|usual|general|group|team|private|legal|clinical|"
    r"nhs|jury|high|county|supreme|"
    r"appeal|family|last|previous|former|early|late|single|double|great|entire|busy|empty|quiet|tiny|huge|rough|"
    r"posh|local|rural|modern|ordinary)"
)
_NAMED = re.compile(
    rf"\b(?:the|at|to|in|from|for|near|by|called|of|outside|join(?:ed)?|left|attend(?:s|ed)?|behind|opposite|with|"
    rf"over at|up at|down at|at the|in the|to the|from the)\s"
    rf"((?!{_BARE}\s)(?:[a-z][a-z'’&-]{{2,18}}\s)(?:(?!(?:the|a|an|of|to|in|at|and|is|was|for|my|his|her|our|on|"
    rf"with|that|this|from|by|or|but|i|he|she|we|they|you|it)\s)[a-z][a-z'’&-]{{2,18}}\s)?"
    rf"(?:(?:catholic|methodist|baptist|primary|community|memory|dental|medical|day|family|nursing|care|health|"
    rf"eye|veterinary|parish|free)\s)?{_KINDS})(?![\w'-])"
)
_SAINT = re.compile(
    r"\b(?:st|saint|sankt|sta)\.?\s(?!(?:of|the|and|to|in)\b)[a-zæøåáéíóú][\w'’-]{2,18}(?:\s(?:and|"
    r"&)\s(?:st\.?\s)?[a-z][\w'’-]{2,18}(?=\s(?:church|school|primary|parish)))?"
    rf"(?:\s(?:catholic\s|c of e\s|rc\s|parish\s|primary\s|food\s)?{_KINDS})?(?!\w)"
)
_OF_PLACE = re.compile(
    r"\b(?:university|college|royal\sinfirmary|infirmary|diocese|archdiocese|borough|city|county|port|bank|"
    r"bishop)\sof\s(?:the\s)?(?!(?:the|my|our|a|course|it|them|his|her)\b)[a-z][a-z'’-]{2,18}"
    r"(?:\s(?:and|of)\s(?:the\s)?[a-z][a-z'’-]{3,18})?"
    rf"|\b(?:hmp|hmyoi|hms|raf|rnli|nhs)\s(?!(?:and|is|was|the|trust|number|card|waiting|staff|list|work|job|"
    rf"service|for|in|at|on)\b)[a-z][a-z'’-]{{2,18}}(?:\s(?:hill|scrubs|park|lane|bay|green))?"
    rf"|\b(?:the\s)?(?:royal|queen['’]?s|queen\s\w+|king['’]?s|prince\s\w+|princess\s\w+|duke\sof\s\w+|"
    rf"lord\s\w+)\s(?:[a-z]{{3,14}}\s)?{_KINDS}(?:\s(?:in|at|of)\s[a-z]{{3,16}})?"
)
# Newspapers, and congregations by their number: "the daily herald", "first lutheran".
_PAPERS = re.compile(
    r"\b(?:the\s)?(?:daily|evening|sunday|morning|weekly)\s(?:herald|mail|post|echo|express|record|news|star|mirror|"
    r"telegraph|times|gazette|standard|press|argus|chronicle|journal|tribune|courier|citizen|examiner|sentinel|"
    r"mercury|advertiser|bulletin|observer)\b"
    r"|\bthe\s[a-z]{3,14}\s(?:herald|echo|gazette|argus|chronicle|tribune|courier|examiner|sentinel|mercury|"
    r"advertiser|reporter|observer|telegraph|bulletin)(?!\w)"
    r"|\b(?:first|second|third|fourth|trinity|zion|bethel|emmanuel|grace|holy\s\w{3,9}|"
    r"our\slady(?:\sof\s\w{3,14})?)\s"
    r"(?:[a-z]{3,14}\s)?"
    r"(?:lutheran|baptist|methodist|presbyterian|united|congregational|assembly|reformed|church|chapel|primary|"
    r"parish)"
    r"(?:\schurch)?\b"
    r"|\b(?:the\s)?\d{1,4}(?:st|nd|rd|th)\s(?:transportation|infantry|armou?red|cavalry|airborne|battalion|"
    r"regiment|squadron|"
    r"artillery|field\sartillery|engineers?|signals?|military\spolice|medical|brigade|division|"
    r"fighter\swing)(?:\s(?:company|"
    r"battalion|regiment|division|brigade|unit))?(?!\w)"
    r"|\blocal\s(?:\d{1,4}|(?:number\s)?(?:one|two|three|four|five|six|seven|eight|nine|ten)(?:\s\w+)?)(?!\w)"
)
_KIND_AT = re.compile(
    r"\b(?:the\s)?(?:(?:[a-z]{3,12})\s){0,2}(?:mosque|church|chapel|surgery|clinic|hospital|refuge|hostel|"
    r"food\s?bank|care\shome|nursing\shome|prison|jobcentre|job\scentre|college|infirmary|"
    r"hospice|factory|plant|day\scentre|court|depot|memory\sclinic|drop-?in|library|community\scentre)\s(?:on|"
    r"in|at|over\sin|up\sin|down\sin)\s"
)
_PLACE = re.compile(
    r"(?!(?:the|a|an|my|our|his|her|their|this|that|all|there|here|and|order|time|case|fact|general|front|"
    r"particular|it|about|which|where|town|question|home|least|first|last|night|weekends?|mondays?|sunday|"
    r"\w+day|\w+ing)\b)[a-z][a-z'’-]{3,18}(?:\s(?:road|street|lane|green|hill|avenue|county))?"
)
_PUBS = re.compile(
    r"\b(?:the\s)(?!(?:the|and)\b)[a-z]{3,12}\s(?:and|&)\s(?:the\s)?[a-z]{3,12}(?=\s(?:pub|inn|on|in|down|for|"
    r"every|after|with)\b|[.,;!?])"
)
_DRANK = re.compile(
    r"\b(?:drink|drank|drinking|pub|pint|pulled pints|bar work|darts|quiz|local|landlord|landlady|regular|barmaid|"
    r"barman)\b"
)


_PAIRED = re.compile(r"(?<=[Tt]he )[A-Z][\w'’]+\s(?:and|&)\s(?:the\s)?[A-Z][\w'’]+")


def english_institutions(text: str, small: str) -> Iterator[tuple[int, int]]:
    """Yield where institutions stand by name in an English text in small letters.

    Example:
        >>> t = "our gp is at the riverside surgery and he went to st aidan's but the local hospital is shut"
        >>> [t[start:end] for start, end in english_institutions(t, t)]
        ['the riverside surgery', "st aidan's"]
    """
    for m in matches(_PAIRED, text):
        yield m.span()
    for m in matches(_NAMED, small):
        # The article is said with the name: "the mulberry practice".
        yield (m.start(1) - 4 if small.endswith("the ", 0, m.start(1)) else m.start(1)), m.end(1)
    for pattern in (_SAINT, _OF_PLACE, _PAPERS):
        for m in matches(pattern, small):
            yield m.span()
    for m in matches(_KIND_AT, small):
        place = _PLACE.match(small, m.end())
        if place:
            yield m.start(), place.end()
    for m in matches(_PUBS, small):
        if _DRANK.search(small, max(0, m.start() - 40), m.end() + 12):
            yield m.span()
