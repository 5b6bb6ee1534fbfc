"""Illnesses, injuries, aids and medicines by name, told by how medical words end or by a list.

They are more common than those of `diagnoses`, and say something about somebody only together with the rest. Troubles
that most interviews name (angst, stress, depresjon, diabetes) are let be.
"""

from __future__ import annotations

import re

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.outermost import outermost
from qualkit.identity import Hit

CONDITION, MEDICINE = "condition@1", "medicine@1"

_ENDED = re.compile(
    r"\b(?:atrofi\w{0,2}|dystoni\w{0,2}|parese\w?|sklerose\w?|stenose\w?|dystrofi\w{0,2}|atrophy|dystrophy|"
    r"sclerosis|dystonia|"
    r"paresis|stenosis)\b|"
    r"\b(?!(?:diagnos|prognos|hypnos|osmos|pros|appetitt|visitt|kreditt|deficitt|favoritt|granitt|profitt|plebisitt|"
    r"elitt|transitt|klima|aroma|diploma|roma|coma|koma|prisme|akademi|økonomi|anatomi|autonomi|ergonomi|astronomi|"
    r"empati|sympati|antipati|telepati|apati|homeopati|osteopati|empathy|sympathy|apathy|telepathy|homeopathy|"
    r"alkemi|kjemi|biokjemi|bohemi|epidemi|pandemi|blasfemi|foster\s|mimose|psykose|neurose|narkose|dose|rose|hose|"
    r"those|whose|lose|close|nose|purpose|suppose|propose|expose|choose|loose|goose|compose|dispose|oppose|"
    r"vitamin|termin|jasmin|examin)\w*)"
    r"[^\W\d_]{2,24}(?:(?:p?atitt|artritt|gastritt|olitt|efritt|ngitt|falitt|ulitt|arditt|nkitt|otitt|initt|"
    r"uritt|ositt|ystitt)(?:en)?|itis|ose|osen|osis|emi|emien|aemia|penia|peni|opati|opatien|opathy|myopathy|trofi|"
    r"trofien|trophy(?<!s\stro)|dystoni|dystonia|plegi|plegia|parese|plasi|plasia|lepsi|lepsy|algi|algia|sklerose|"
    r"syndrom|syndromet|syndrome|kreft|kreften|svulst|svulsten|lidelse|psykose|psykosen|omatose|cytose|blastom|"
    r"thelioma|melanom|melanoma|lymfom|lymphoma|leukemi|atrofi|atrophy|stenose|fibrose|fibrosis|apné|apnea|apnoea|"
    r"sykdommen|fobi|fobien|phobia|insuffisiens|infarkt|infarktet|aneurisme|aneurysm|brokk|prolaps|prolapsen)\b"
)
_BEFORE = re.compile(
    r"\b(?:(?:posterior|anterior|kortikal|cortical|focal|fokal|pleural|kronisk|akutt|systemisk|acute|chronic|multippel|"
    r"multiple|progressiv|progressive|juvenil|juvenile|ulcerøs|ulcerative|revmatoid|rheumatoid|spastisk|spastic|"
    r"bilateral|perifer|peripheral|primær|primary|sekundær|idiopatisk|idiopathic|spinal|lateral|reaktiv|paranoid|"
    r"schizoaffektiv|postpartum|malign|malignant|metastatisk|metastatic|alvorlig|alvorleg|"
    r"cerebral)\s){1,3}[^\W\d_]{4,24}"
)
_LISTED = re.compile(
    r"""(?<!\w)(?:
    adhd | add | asperger\w* | autis(?:t|tisk|me|m|tic)\w* | epilep\w+ | anoreksi\w* | anorexi\w* |
    bulimi\w* | bipolar\w*
    | sch?izofreni\w* | schizophreni\w* | borderline | ptsd | ptss | cøliaki\w* | c(?:o?e)liac | crohns?\w* | ulcerøs\w*
    | stomi(?:en|pose\w*)? | stoma | colostomy | ileostomy | dialyse\w* | dialysis | amputer\w* | amput\w+ |
    protese\w* | prosthe\w+
    | pacemaker\w* | rullestol\w* | wheelchair\w* | høreapparat\w* | hearing\saids? | cochlea\w* | blind(?:e|
    t)? | døv(?:e|t)?
    | deaf | stutter\w* | paralysed | paralyzed | tetraplegi\w*
    | hepatitt\w* | hepatitis | lupus | psoriasis | endometriose | endometriosis | fibromyalgi\w* | lymfødem |
    lymphoedema
    | hjerneskade\w* | hjerneblødning\w* | brain\s(?:injury|tumour|tumor|bleed) | hjernesvulst\w* | hjernesvulsten
    | hjerneslag\w* | aneurisme\w* | nyresvikt\w* | hjertesvikt\w* | hjartesvikt\w* | leversvikt\w* |
    cirrhos\w+ | skrumplever
    | nyre(?:ne|r|a|ne\shans)? | nyrer | kidneys? | ryggmarg\w* | slagpasient | me-syk\w* | me-sjuk\w* | lyme\w*
    | borreli\w* | cp | foster\s?syndrom\w* | alkoholskad\w* | down | downs | dysleksi\w* | dyslexi\w* | dyskalkuli\w*
    | hiv | sepsis | blodforgiftning\w* | coma | dissosi\w+ | psykotisk\w* | psychotic | katatoni\w* | mani(?:sk)?
    | gravid\sutenfor\w* | senabort\w* | keisersnitt\w* | ivf | prøverør\w* | leukemi\w* | leukaemia | lymfekreft\w*
    | øyesykdom\w* | glaukom | glaucoma | makuladegenera\w* | macular\sdegeneration | grønn\sstær | netthinne\w*
    | parkinson\w* | alzheimer\w* | demens\stype\w* | ms-syk\w* | multippel\ssklerose | multiple\ssclerosis
    | rusutløst\w* | metadon\w* | methadone | lar-pasient\w* | overdose\w*
    )(?!\w)""",
    re.VERBOSE,
)
_HAVING = re.compile(
    r"\b(?:har|hadde|hatt|fikk|fekk|fått|med|has|had|have|got|with)\s(?:også\s|òg\s|også\s|nå\s)?(ms|kols|copd|"
    r"ibs|pots|eds|cp|"
    r"tia|add|als|bekhterev\w*|fibro)\b"
)
_MEDICINES = re.compile(
    r"\b(?:[^\W\d_]{3,16}(?:zapin[e]?|peridone?|piprazole?|tiapin[e]?|oxetine?|oxetin|prolol|sartan|statin[e]?|"
    r"mab|tinib|zepam|azolam|cillin|mycin|parin|phylline?|triptan|gabalin|pentin|fenidat|phenidate|amfetamin|"
    r"norphine?|norfin)"
    r"|leponex|zyprexa|seroquel|abilify|litium|lithium|ritalin|concerta|subutex|suboxone?|haldol|trilafon|cisordinol|"
    r"truxal|sobril|imovane|stesolid|valium|rivotril|methotrexate?|metotreksat|metotrexat|humira|enbrel|"
    r"remicade|prednisolon|"
    r"cortison|kortison|warfarin|marevan|eliquis|tamoxifen|levaxin|insulinpumpe\w*|spinraza|imbruvica|keytruda|"
    r"oxycontin|oxynorm|fentanyl|dolcontin|antabus|naltrexone?|interferon|madopar|sinemet|aricept)\b"
)


def find_conditions(text: str, language: str) -> list[Hit]:  # noqa: ARG001
    """Return illnesses, injuries, aids and medicines.

    Example:
        >>> text = "Hun har fokal dystoni og går på klozapin. Han har angst."
        >>> [text[hit.start : hit.end] for hit in find_conditions(text, "nb")]
        ['fokal dystoni', 'klozapin']
    """
    small = lowered(text)
    hits = [
        Hit(m.start(), m.end(), CONDITION, "health", "indirect")
        for pattern in (_ENDED, _LISTED)
        for m in pattern.finditer(small)
    ]
    ends = {hit.end for hit in hits}
    hits += [
        Hit(m.start(), m.end(), CONDITION, "health", "indirect") for m in _BEFORE.finditer(small) if m.end() in ends
    ]
    hits += [Hit(m.start(1), m.end(1), CONDITION, "health", "indirect") for m in _HAVING.finditer(small)]
    hits += [Hit(m.start(), m.end(), MEDICINE, "health", "indirect") for m in _MEDICINES.finditer(small)]
    return outermost(hits)
