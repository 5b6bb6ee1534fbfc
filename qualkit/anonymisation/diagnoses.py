"""Illnesses that few have, so that naming one together with a place or a job can point at a person.

Common ones (diabetes, depression, breast cancer, ADHD) are left out: they describe a sample, not somebody.
"""

from __future__ import annotations

import re

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.outermost import outermost
from qualkit.identity import Hit

DIAGNOSIS = "diagnosis@2"

_RARE = """
huntington\\w{0,3} | hunti(?:n|ng)ton\\w{0,3} | als(?!o) | amyotrof\\w*(?:\\slateral\\ssklerose)?
| amyotrophic\\slateral\\ssclerosis | motor\\sneurone?\\sdisease
| duchenne\\w{0,3} | becker(?:s)?\\s(?:muskel\\w*|muscular\\w*) | muskeldystrofi\\w* | muscular\\sdystrophy
| dystrofia\\smyotonika | spinal\\smuskelatrofi | spinal\\smuscular\\satrophy
| cystisk\\sfibrose | cystic\\sfibrosis | hemofili\\w* | bløderen? | blødersjuk\\w* | blødersyk\\w*
| haemophilia\\w{0,2} | hemophilia\\w{0,2} | sigdcelle\\w* | sickle\\scell\\w* | talassemi\\w* | thalass?aemia
| ehlers[-\\s]danlos\\w* | marfan\\w{0,3} | osteogenesis\\simperfecta | akondroplasi\\w* | achondroplasia | dvergvekst
| dwarfism | kortvokst\\w{0,2}
| downs?(?:\\s|-)(?:syndrom\\w{0,2}|syndrome) | turners?\\ssyndrom\\w{0,2} | klinefelter\\w* | prader[-\\s]willi\\w*
| angelman\\w* | rett(?:s)?\\ssyndrom\\w{0,2} | williams?\\ssyndrom\\w{0,2} | fragilt?[-\\s]x\\w* | fragile\\sx
| noonans?\\w* | digeorge\\w* | tourettes?\\w* | nevrofibromatose\\w* | neurofibromatosis | recklinghausen\\w*
| tuberøs\\ssklerose | tuberous\\ssclerosis | sturge[-\\s]weber\\w*
| fenylketonuri\\w* | phenylketonuria | føllings?\\w{0,3} | pku | porfyri\\w* | porphyria
| wilsons?\\s(?:sykdom|sjukdom|disease) | gauchers?\\w* | fabrys?\\w* | pompes?\\ssykdom | mitokondrie\\w*
| mitochondrial\\s\\w+
| addisons?\\w{0,2} | cushings?\\w* | akromegali\\w* | acromegaly | narkolepsi\\w* | narcolepsy
| kleine[-\\s]levin\\w* | myasthenia\\sgravis | myastenia\\sgravis | guillain[-\\s]barr\\w+ | cidp
| skleroderm\\w* | scleroderma | sarkoidose\\w* | sarcoidosis | sjøgrens?\\w* | sjogrens?\\w* | behcets?\\w*
| vaskulitt\\w* | vasculitis | takayasu\\w* | wegeners?\\w* | dermatomyosit\\w* | polymyosit\\w*
| creutzfeldt\\w* | lewy[-\\s](?:legeme\\w*|lekam\\w*|body|bodies) | lewylegeme\\w*
| frontotemporal\\w*(?:\\s(?:demens|dementia))? | picks\\ssykdom | multippel\\ssystematrofi | psp | ataksi\\w*
| friedreichs?\\w* | charcot[-\\s]marie\\w* | spastisk\\sparaparese
| spina\\sbifida | ryggmargsbrokk\\w* | ryggmergsbrokk\\w* | hydrocephalus | vannhode | trigeminus\\w*
| syringomyeli\\w*
| ichthyosis | iktyose\\w* | epidermolysis\\s\\w+ | albin(?:isme|oe?n?|ism)\\w{0,2} | retinitis\\spigmentosa
| ushers?\\ssyndrom\\w{0,2} | døvblind\\w{0,3} | deafblind\\w* | lebers?\\s\\w+
| (?<=har\\s)downs? | (?<=med\\s)downs? | hiv(?:-positiv\\w?|-smitta|-smittet)? | aids | tuberkulose\\w* | tuberculosis
| lepra | spedalsk\\w* | leprosy
| malaria | polio\\w{0,4} | hepatitt\\s[bc] | hepatitis\\s[bc]
| mesoteliom\\w* | mesothelioma | sarkom\\w* | sarcoma\\w? | glioblastom\\w* | glioblastoma\\w? | nevroblastom\\w*
| neuroblastoma | wilms\\w* | retinoblastom\\w* | myelomatose\\w* | multiple\\smyeloma | benmargskreft\\w*
| beinmergskreft\\w*
| non-?hodgkins?\\w* | hodgkins?\\w* | øyekreft\\w* | peniskreft\\w* | cauda\\sequina\\w* | locked[-\\s]in\\w*
| morbus\\s\\w+ | kawasakis?\\w* | perthes\\w* | hirschsprungs?\\w* | gastroschise\\w*
| dissosiativ\\sidentitets\\w* | dissociative\\sidentity\\w* | münchhausens?\\w* | munchausens?\\w* | pica
| trikotilloman\\w* | capgras\\w* | selektiv\\smutisme | selective\\smutism | kjønnsinkongruens | intersex\\w*
| hermafrodit\\w*
| føtalt\\salkohol\\w* | fo?etal\\salcohol\\w* | fasd? | cerebral\\sparese | cerebral\\spalsy
| leppe[-\\s]?(?:,\\s)?(?:kjeve|gane)\\w* | hareskår\\w* | cleft\\s(?:lip|palate) | hjertetransplant\\w*
| lungetransplant\\w* | levertransplant\\w* | nyretransplant\\w* | transplantert\\w{0,2}
| (?:heart|lung|liver|kidney)\\stransplant\\w*
"""
_PATTERN = re.compile(r"(?<!\w)(?:" + _RARE + r")(?!\w)", re.VERBOSE)
_NAMED = re.compile(
    r"\b[A-ZÆØÅ]\w{2,20}(?:[-\s][A-ZÆØÅ]\w{2,20})?(?:s|’s|'s)?\s(?:syndrom|syndromet|sykdom|sjukdom|sjuke|"
    r"syndrome|disease|dystrofi|ataksi)\b"
    r"|\b\w{4,20}-syndromet?\b"
)
_RARELY = re.compile(
    r"\b(?:(?:svært |veldig |ekstremt |very |extremely )?(?:sjelden|sjeldan|sjeldne|rare)|uvanlig|uvanleg|arvelig|"
    r"arveleg|medfødt|genetisk|unusual|hereditary|genetic|congenital)\s(?:\w{3,20}\s)?"
    r"(?:sykdom|sykdommen|sjukdom|sjukdommen|sjuke|diagnose|diagnosen|tilstand|syndrom|syndromet|kreftform|"
    r"kreftsykdom|muskelsykdom|hjertefeil|hjartefeil|genfeil|variant|form|"
    r"disease|illness|condition|disorder|syndrome|diagnosis|cancer)(?:\s(?:av|of)\s\w{3,20})?\b"
)
# Parkinson and Alzheimer carry a name and are no rarities; "Et syndrom" is no name.
_COMMON = re.compile(
    r"(?:parkinson|alzheimer|crohn|bekhterev|meni[eè]re|asperger|grave|basedow|et|en|ein|eit|the|this|that|dette|"
    r"denne|what|some|any|no|heart|lung|liver|kidney|chronic|mental|hjerte|kronisk|metabolic)"
)


def find_diagnoses(text: str, language: str) -> list[Hit]:  # noqa: ARG001
    """Return rare illnesses, and what is said to be rare, inherited or inborn.

    Example:
        >>> text = "Mor hadde Huntington og eg har diabetes, ein sjeldan variant."
        >>> [text[hit.start : hit.end] for hit in find_diagnoses(text, "nn")]
        ['Huntington', 'sjeldan variant']
    """
    small = lowered(text)
    found = [*matches(_PATTERN, small), *matches(_RARELY, small)]
    found += [m for m in matches(_NAMED, text) if not _COMMON.match(lowered(m.group()))]
    return outermost(Hit(m.start(), m.end(), DIAGNOSIS, "health", "strong-indirect") for m in found)
