"""Illnesses, injuries, aids and medicines by name, told by how medical words end or by a list.

They are more common than those of `diagnoses`, and say something about somebody only together with the rest. Troubles
that most interviews name (angst, stress, depresjon, diabetes) are let be.
"""

from __future__ import annotations

import re

from qualkit.anonymisation.illnesses import listed_illnesses, listed_medicines
from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.outermost import outermost
from qualkit.anonymisation.tokens import read_tokens
from qualkit.identity import Hit

CONDITION, MEDICINE = "condition@5", "medicine@4"

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
    r"[^\W\d_]{2,24}(?:(?:p?atitt|artritt|gastritt|olitt|efritt|eningitt|aryngitt|falitt|ulitt|arditt|nkitt|otitt|initt|"
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
    | borreli\w* | cp | foster\s?syndrom\w* | alkoholskad\w* | (?<=har\s)down | (?<=med\s)down | downs |
    dysleksi\w* | dyslexi\w* | dyskalkuli\w*
    | hiv | sepsis | blodforgiftning\w* | coma | dissosi\w+ | psykotisk\w* | psychotic | katatoni\w* | mani(?:sk)?
    | gravid\sutenfor\w* | senabort\w* | keisersnitt\w* | ivf | prøverør\w* | leukemi\w* | leukaemia | lymfekreft\w*
    | øyesykdom\w* | glaukom | glaucoma | makuladegenera\w* | macular\sdegeneration | grønn\sstær | netthinne\w*
    | parkinson\w* | alzheimer\w* | demens\stype\w* | ms-syk\w* | multippel\ssklerose | multiple\ssclerosis
    | rusutløst\w* | metadon\w* | methadone | lar-pasient\w* | overdose\w*
    )(?!\w)""",
    re.VERBOSE,
)
# What people have had, as they say it themselves: illnesses, operations, parts of the body that were lost or put in.
_SAID = re.compile(
    r"""(?<!\w)(?:
    kreft(?!er|ene|ane)\w{0,8} | [^\W\d_]{3,14}kreft(?:en)? | cancer | tumou?rs? | chemo\w{0,7} | cellegift\w{0,12} |
    radiotherapy | strålebehandling\w{0,2} | metastase\w{0,2} | spredning\stil\s\w{4,12} | mastectomy
    | (?:breast|lung|bowel|colon|prostate|ovarian|cervical|skin|throat|liver|bone|brain|testicular|
    bladder)\s(?:cancer|tumou?r)
    | hjerteinfarkt\w{0,2} | hjartinfarkt\w{0,2} | hjarteinfarkt\w{0,2} | infarkt(?:et)? |
    heart\s(?:attack|failure|bypass|condition|surgery)
    | hjerteflimmer | hjarteflimmer | angina | stents? | stent(?:er|ar|en) | blodpropp\w{0,3} | blood\sclots? |
    aorta\w{0,10}
    | hjerteoperert\w{0,2} | hjertefeil\w{0,2} | hjartefeil\w{0,2} | aneurysm |
    (?:a|two|three|mini|had\sa|another)[\s-]strokes?
    | (?:et|eit|hatt|fikk|fekk|små)\s(?:lite\s)?(?:slag|drypp|hjerneslag)
    (?!\s(?:i\s(?:ansiktet|bordet|hodet|trynet)|som\b|av\b|mot\b)) | afasi\w{0,2} | aphasia
    | hjernerystelse\w{0,2} | concussion | brain\sdamage | prolaps\w{0,3} | slipped\sdisc | sciatica
    | astma\w{0,8} | asthma | emphysema | emfysem | tuberculosis | lungebetennelse\w{0,3} | pneumonia | sarcoid\w{0,4}
    | migrene\w{0,8} | migraines? | krampeanfall\w{0,3} | seizures? | blackouts?
    | type[\s-](?:1|2|one|two|en|ett|to|én)[\s-](?:diabet\w{2,6}|sukkersyke) | diabetes\stype\s\w{1,3} |
    (?:er|is|i'm|am|a)\sdiabetike?r? | diabetiker\w{0,2} |
    diabetikar\w{0,2} | insulin | (?:a|is|was|i'm)\sdiabetic
    | spontanabort\w{0,3} | aborter | abort(?:en)? | miscarr\w{3,8} | abortion | stillbirths? | gravid\w{0,2} |
    pregnant |
    pregnancy | svangerskap\w{0,14} | preeklampsi | svangerskapsforgiftning | pre-?eclampsia | c-section | caesarean
    | leddgikt\w{0,2} | leddgigt | artrose\w{0,2} | psoriasisartritt | osteoporos\w{1,3} | beinskjørhet |
    osteoarthritis | arthritis | arthritic |
    revmatisme | revmatiker | rheumatism | gikt | gout
    | (?:new|titanium|artificial|plastic|metal|bad)\s(?:hips?|knees?|heart\svalve) |
    (?:ny|nye|nytt|kunstig|kunstige)\s(?:hofte\w?|hofter|kne|knær|hjerteklaff) |
    hip\sreplacement | knee\sreplacement | hofteprotese\w{0,2} | kneprotese\w{0,2} | hofteoperert |
    hoftebrudd\w{0,2} | hoftebrot | lårhals\w{0,7}
    | (?:one|en|én|ei|ein|bare\sen|donated\sa|ga\sen|gav\sei)\s(?:kidney|nyre|lung|lunge|eye|øye|auge|breast|bryst|
    arm|leg|testicle|testikkel|øyre|øre|ear)
    | (?:mista|mistet|misset|lost|without|missing|mangler|manglar|uten|utan|injured|
    skada|skadet)\s(?:my\s|his\s|her\s|the\s)?
    (?:left|right|venstre|høyre|høgre|to|tre|two|three)\s(?:fing\w{2,4}|toes?|tær|arm\w{0,2}|hand|hånd\w?|hånda|leg|foot|fot\w{0,2}|bein\w{0,2}|ben\w{0,2}|eye|øye|øyet|auge|auget|ear|øre|øret|øyra|lung|breast|hip|knee|kneet|skulder\w?)
    | (?:blind|døv|deaf|lam)\s(?:on|in|på|i)\s(?:one|the|ett|eitt|et|det|venstre|høyre|høgre|left|right|my|his|
    her)\s\w{2,8}
    | glass\seye | glassøye | øyeprotese | brannskad\w{1,4} | brannsår\w{0,4} | burns | scalds | third-degree
    | ryggmargs\w{3,12} | nakkeskade\w? | nakkeprolaps | whiplash | nakkesleng | fallskade |
    broken\s(?:neck|back|hip|pelvis)
    | brakk\s(?:nakken|ryggen|lårhalsen|hofta|bekkenet|beinet|foten) |
    (?:bekkenet|ryggen|nakken)\s(?:røk|knakk|gikk|gjekk) | skallebrudd
    | lam(?:me|t)?\s(?:fra|frå)\s\w+(?:\sog\sned)? | lammelse\w{0,2} | paralysis | paraplegic | quadriplegic |
    halvblind | svaksynt\w? | blindness |
    registered\sblind | sight\sloss | tunghørt\w? | tunghøyrd\w? | hard\sof\shearing | tinnitus | menieres?
    | stamm(?:er|ar|ing|ingen) | stammers? | stuttering | leppespalte\w? | ganespalte\w? | klumpfot |
    club\sfoot | scoliosis | skoliose\w?
    | alopecia | vitiligo | eczema | eksem | albino | fedmeoperert | fedmeoperasjon\w? | slankeoper\w+ |
    gastric\s(?:bypass|band) | obese
    | endometrios\w{1,2} | pcos | hysterectomy | fjerna?\slivmora | livmor\w{0,3} | eggstokk\w{0,4} |
    prostata\w{0,10} | prostate | incontinent |
    inkontinen\w{1,3} | kateter\w{0,2} | catheter | feeding\stube | sondemat | sonde | oxygen | oksygen\w{0,10} |
    cpap | respirator\w{0,2} | ventilator
    | dementia | demens\w{0,5} | dement\w? | alzheimers | delir\w{1,4} | psykose\w{0,2} | psychosis |
    hallusinasjon\w{0,3} | stemmer\si\shodet
    | rusavhengig\w{0,3} | rusmisbruk\w{0,3} | rusproblem\w{0,3} | (?:er|var|blitt)\srus(?:fri|a|et)\w? |
    narkoman\w? | heroin\w? | amfetamin\w? | kokain | opioid\w{0,3} |
    opiat\w{0,3} | cocaine | crack | addict | addiction | alcoholic | alcoholism | alkoholiker\w? |
    alkoholikar\w? | morfin | morphine | oxy |
    selvmordsforsøk\w{0,3} | sjølvmordsforsøk\w{0,3} | suicid\w{2,4} | self-harm\w{0,3} | selvskad\w{2,4} |
    spiseforstyrr\w{3,6} |
    eating\sdisorder | anorektisk\w?
    | personlighetsforstyrr\w{3,6} | personality\sdisorder | tvangslid\w{3,6} | tvangsinnlagt | sectioned |
    schizo\w{4,9} | learning\s(?:disabilit(?:y|ies)|difficult(?:y|ies)) |
    utviklingshemm\w{2,4} | disability | disabled | ufør\w{0,5} | yrkesskad\w{1,3} | yrkessykdom\w{0,3} |
    cystic\sfibrosis | cystisk\sfibrose | hepatitis\w? |
    gulsott | aids | syphilis | syfilis | klamydia | hiv[\s-]positive | covid\w{0,10} | long\scovid |
    me-syk\w{0,2} | fibro\w{0,10} | lymfom\w{0,2} |
    slitasje\si\s\w{3,12} | nerveskade\w{0,2} | nevropati\w? | neuropathy | muskelsvinn | muscular\sdystrophy |
    sickle\scell | sigdcelle\w{0,6} | haemophilia\w? |
    hemofili\w? | bløder(?:sykdom)? | hemochromatos\w{1,2} | thyroid | stoffskifte\w{0,8} | crohn\w{0,2} |
    colitis | ibs | coeliac | laktoseintoleran\w{1,2} | peanøttallergi |
    nøtteallergi\w? | nut\sallergy | bee\ssting\sallergy | anaphyla\w{2,6} | epi-?pen | transplantasjon\w{0,3} |
    transplant(?:ert|ed)?
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
# In capitals these are illnesses, and words or nothing in small letters; "MS Trollfjord" is a ship.
_SHORTENED = re.compile(
    r"(?<![\w-])(?:MS|ME|OCD|ALS|KOLS|COPD|PTSD|PTSS|IBS|EDS|POTS|TIA|CP|ADHD|ADD|HIV|PCOS|MRSA|DVT|FAS|FASD|BPD|SLE|MND|CFS)"
    r"(?![\w]|\s[A-ZÆØÅ][a-zæøå])"
)
# A part of the body that somebody lost, gave, has trouble with or got a new one of.
_PART = (
    r"(?:eyes?|arms?|legs?|hands?|foot|feet|fingers?|thumbs?|toes?|ears?|kidneys?|lungs?|breasts?|heart|liver|back|spine|hips?|knees?|"
    r"shoulders?|hearing|sight|voice|spleen|bowels?|teeth|nerves|chest|bladder|"
    r"øye\w{0,3}|øyne\w{0,2}|auge\w{0,3}|arm\w{0,2}|bein\w{0,2}|ben|hånd\w{0,2}|hand\w{0,2}|fot\w{0,2}|føtt?er|finger\w{0,2}|fingrar?|"
    r"fingre|tommel\w{0,3}|tå\w{0,2}|tær|øre\w{0,2}|øyra|nyra?e?\w{0,2}|lunge\w?|bryst\w{0,2}|hjerte\w?|hjarte\w?|lever\w?|syn|synet|hørsel\w?|"
    r"høyrsel\w?|stemme\w?|stemma|rygg|ryggen|hofte\w?|hofta|kne|kneet|skulder\w?|tenner|hornhinne\w?)"
)
_LOST = re.compile(
    rf"\b(?:lost|lose|losing|donated|gave|missing|removed|amputated|blind\sin|deaf\sin|sight\s(?:in|of)|use\sof|feeling\sin|"
    rf"(?:trouble|problems?|bother|operation|operated|surgery|bad|off)\s(?:with|on)|"
    rf"mista|mistet|miste|misset|donert?e?|ga\sbort|gav\sbort|fjerna|fjernet|amputerte?|operert?e?|blind\spå|døv\spå|lam\si|synet\spå|"
    rf"hørselen\spå|følelsen\si|mangler|manglar|trøbbel\smed|problem(?:er)?\smed)\s"
    rf"(?:(?:(?:the|my|his|her|one|both|a|an|two|three|left|right|big|little|some|of|half|all|ene|eine|det|den|en|ei|ein|et|eit|to|tre|begge|"
    rf"venstre|høyre|høgre|halve|halvparten|alle|av|eine|eit)\s){{0,4}}{_PART})(?!\w)"
)
_BROKEN = re.compile(
    rf"\b(?:broke|breaks|fractured|shattered|crushed|severed|dislocated|smashed|brakk|brekt|knakk|brækka|knuste?|knust|braut|kutta|kuttet|"
    rf"skada|skadet|røk|rauk)\s(?:(?:av|the|my|his|her|both|a|an|two|three|four|left|right|den|en|ei|to|tre|begge|venstre|høyre|høgre)\s){{0,3}}"
    rf"(?:{_PART}|neck|pelvis|collarbone|wrists?|ankles?|skull|jaw|ribs?|elbow|nakken|bekkenet|kragebeinet|håndledd\w{{0,2}}|handledd\w{{0,2}}|"
    rf"ankel\w{{0,3}}|skallen|kjeven|ribbein\w{{0,2}}|lårbein\w{{0,2}}|lårhalsen|albuen|olbogen)(?!\w)"
)
_BORN_SO = re.compile(
    r"\b(?:born|født|fødd)\s(?:(?:with|med|without|uten|utan|so|så|two|three|to|tre|en|ei|ein|et|eit|a|an|one)\s){0,2}"
    r"(?:deaf|blind|døv\w?|premature|prematur\w?|early|too\ssoon|for\stidl\w{1,2}|conjoined|addicted|lam|lame|disabled|"
    r"(?:months?|weeks?|måneder|månader|uker|veker)\s(?:early|for\stidl\w{1,2}|premature)|arm\w{0,2}|leg|hand|hånd|fot|foot|eye|øye|auge|"
    r"[^\W\d_]{2,14}(?:feil|spalte|defect|palate|skade|lyte))(?!\w)"
)
# What a recogniser writes of letters that are said one by one.
_SPELT_OUT = re.compile(
    r"(?<!\w)(?:p t s d|p t s s|a d h d|a d d|m s|m e(?=\s(?:og|syk|sjuk|i))|a l s|h i v|k o l s|c o p d|o c d|"
    r"i b s|p c o s|e c t|de be ess|dbs|"
    r"å se de|a de ha de|pe te ess de|em ess|u t i|i v f|t i a|m r s a|c p|me ess|hå i ve|ka o el ess|e e de)(?!\w)"
)


def find_conditions(text: str, language: str) -> list[Hit]:
    """Return illnesses, injuries, aids and medicines.

    Example:
        >>> text = "Hun har fokal dystoni og går på klozapin. Han har angst."
        >>> [text[hit.start : hit.end] for hit in find_conditions(text, "nb")]
        ['fokal dystoni', 'klozapin']
    """
    small = lowered(text)
    hits = [
        Hit(m.start(), m.end(), CONDITION, "health", "indirect")
        for pattern in (_ENDED, _LISTED, _SAID)
        for m in matches(pattern, small)
    ]
    hits += [Hit(start, end, CONDITION, "health", "indirect") for start, end in listed_illnesses(text, language)]
    ends = {hit.end for hit in hits}
    hits += [
        Hit(m.start(), m.end(), CONDITION, "health", "indirect") for m in matches(_BEFORE, small) if m.end() in ends
    ]
    hits += [Hit(m.start(1), m.end(1), CONDITION, "health", "indirect") for m in matches(_HAVING, small)]
    for pattern in (_LOST, _BROKEN, _BORN_SO, _SPELT_OUT):
        hits += [Hit(m.start(), m.end(), CONDITION, "health", "indirect") for m in matches(pattern, small)]
    if read_tokens(text).casing == "mixed":
        hits += [Hit(m.start(), m.end(), CONDITION, "health", "indirect") for m in matches(_SHORTENED, text)]
    hits += [Hit(m.start(), m.end(), MEDICINE, "health", "indirect") for m in matches(_MEDICINES, small)]
    hits += [Hit(start, end, MEDICINE, "health", "indirect") for start, end in listed_medicines(text)]
    return outermost(hits)
