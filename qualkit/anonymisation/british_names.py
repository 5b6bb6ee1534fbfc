"""What goes by a name where English is spoken, in any letters: pubs, streets, ships, events, nurseries.

English puts an article before what is no name: "on market street" is one, "on the street" is none. Pubs are called by
few kinds of words: "the duke of wellington", "the shoulder of mutton", "the red lion".
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.lexicon import is_everyday
from qualkit.anonymisation.openings import matches

_BEASTS = (
    r"(?:lion|hart|horse|bull|bear|swan|dragon|boar|dog|cock|stag|cow|ram|lamb|eagle|hind|unicorn|fox|badger|"
    r"otter|greyhound|"
    r"falcon|peacock|pheasant|griffin|lamp|bell|ball|cross|rose|anchor|ship|star|fleece|pigeons?|horseshoes?|"
    r"tuns|crowns|bells|cups|cranes|magpies)"
)
_PUBS = re.compile(
    rf"\bthe\s(?:old\s)?(?:(?:red|white|black|blue|golden|green|grey|gray|flying|running|sleeping|talbot|three|"
    rf"two|seven|five)\s{_BEASTS}"
    r"|(?:king|queen|nag|boar|bull|turk|saracen|duke|horse|stag|fox|ram|buck|lamb)['’]?s\shead"
    r"|(?:duke|marquis|marquess|earl|prince|princess|lord|queen|king|admiral|viscount|countess|duchess)\s(?:of\s)?"
    r"(?!(?:of|the|and|is|was|mayor|chancellor|chief)\b)[a-z]{3,14}(?:['’]s\sarms|\sarms)?"
    r"|(?:rose|fox|hare|coach|dog|cock|crown|plough|eagle|star|horse|pig|lamb|bull|swan|cat|hop|wheat|bird|star|"
    r"lion|goat|george|elephant)"
    r"\s(?:and|&)\s(?:crown|hounds|horses|duck|bull|anchor|harrow|child|garter|groom|whistle|flag|mouth|nest|"
    r"fiddle|pole|sheaf|"
    r"baby|castle|unicorn|dragon|compasses|bottle|gun|pheasant)"
    r"|(?:shoulder|leg|round|ring|star|hope|hand|head)\sof\s(?:mutton|lamb|beef|bells|india|steam|flowers)"
    r"|(?:royal|hearts\sof|heart\sof)\soak|[a-z]{3,14}['’]?s?\sarms|[a-z]{3,12}\s(?:tavern|alehouse|taphouse|"
    r"tap))(?!\w)"
)
_WITHOUT_ARTICLE = re.compile(
    r"\b(?:on|in|at|down|up|along|off|from|to|round|near|outside|of)\s"
    r"(?!(?:the|a|an|this|that|these|those|my|our|his|her|their|your|its|one|some|any|every|each|no|front|high|"
    r"big|which|what|another|dark|light|"
    r"bright|pale|left|right|either|other|far|wrong|opposite|both|any|same|car|ball|theme|business|retail|"
    r"caravan|trailer|home|old|new|"
    r"back|busy|one-way|whole|long|open|public|and|or|fast|slow|middle|bus|cycle|hard|inside|outside|flip|east|"
    r"west|north|south|dry|quiet|down|"
    r"to|in|on|at|of|for|with|by|from|into|side|all|most|two|three|four|five|six)\b)"
    r"([a-z][a-z'’]{2,14}\s(?:street|road|lane|avenue|terrace|crescent|drive|grove|square|quay|side|bay|park|"
    r"green|common|moor|island|"
    r"harbour|beach|wood|woods|estate|bridge|cross|hill|heath|market))(?!\w)"
)
_EVENTS = re.compile(
    r"\b(?:the\s)?([a-z][a-z'’]{3,16})\s(?:inquiry|tribunal|disaster|bombing|bomb|massacre|riots|inquest|"
    r"marathon|festival|regatta|gala|"
    r"derby|fleadh|ploughing|carnival|pageant|explosion|siege|shooting)(?!\w)"
)
_PLAIN_EVENTS = frozenset(
    """
    public official local employment industrial half full music food film school fertiliser suicide mass county village
    annual summer winter folk jazz book coroner's nail pipe petrol nuclear gas police appeal independent natural arts
    street drive this that first
    """.split()
)
_SHIPS = re.compile(
    r"\b(?:sailed|crewed|skippered|cooked|aboard|deckhand|fished|served\saboard|crossing)\s(?:on\s|in\s|with\s|"
    r"off\s)?"
    r"((?:the|hms|mv|ss|rms|mfv)\s(?!(?:same|first|old|big|small|ship|boat|boats|ferry|ferries|north|irish|"
    r"atlantic|sea)\b)[a-z]{3,14}(?:\s(?!(?:out|and|for|to|in|when|with|from|but|as|until|at)\b)[a-z]{3,12})?)(?!\w)"
    r"|\b(?:on|aboard)\s(the\s[a-z]{3,14}(?:\s[a-z]{3,12})?)(?=,?\s(?:the|a)\s(?:cruise\sship|ferry|trawler|"
    r"liner|rig|lifeboat|tanker|tug|frigate))"
)
_NURSERIES = re.compile(
    r"\b((?:little|busy|happy|tiny|bright|rising|first|wee|sunny)\s[a-z]{3,12}\s(?:nursery|playgroup|"
    r"pre-?school|kindergarten|daycare|creche))(?!\w)"
)
_OUR_LADY = re.compile(
    r"\b(our\slady(?:['’]?s)?(?:\sof\s(?:the\s)?[a-z]{4,14})?(?:\s(?:grammar|primary|college|high|hospice|"
    r"school|church|academy|and\sst\.?\s[a-z]+|parish))*)(?!\w)"
)
_PET_IS = re.compile(
    r"\b(?:dog|cat|horse|pony|rabbit|parrot|hamster|budgie|tortoise|goat|cow|ferret|donkey)(?:['’]s|\sis|"
    r"\swas)\s(?:(?:called|named)\s"
    r"([a-z][a-z'’]{2,14}(?:\s(?!(?:and|he|she|but|because|after)\b)[a-z][a-z'’]{2,14})?)(?=[.,;:!?\n]|\s(?:and|"
    r"he|she|but|because|after)\b|\s?\Z)|"
    r"((?:mister|mr|miss|lady|lord|sir|king|queen)\s[a-z]{3,14}))"
)


def british_names(small: str) -> Iterator[tuple[int, int]]:
    """Yield where something stands by its name, in an English text in small letters.

    Example:
        >>> text = "he drank in the duke of wellington on canal street, not in the street"
        >>> [text[start:end] for start, end in british_names(text)]
        ['the duke of wellington', 'canal street']
    """
    for pattern in (_PUBS, _WITHOUT_ARTICLE, _SHIPS, _NURSERIES, _OUR_LADY, _PET_IS):
        for match in matches(pattern, small):
            yield match.span(match.lastindex or 0)
    for match in _EVENTS.finditer(small):
        if match.group(1) not in _PLAIN_EVENTS and not is_everyday(match.group(1), "en"):
            yield match.span()
