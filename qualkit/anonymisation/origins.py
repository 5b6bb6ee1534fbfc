"""Nationality, peoples, countries, languages and faiths; Norwegian writes all of them in small letters.

The majority's own are left out, so that "norsk" and "English" do not fill the queue.
"""

from __future__ import annotations

import re
from functools import lru_cache

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.openings import matches
from qualkit.identity import Hit

ORIGIN, FAITH = "origin@3", "faith@4"

# Adjectives: also the names of languages, with -e and -t.
_ADJECTIVES = """
afghansk afrikansk albansk algerisk amerikansk angolansk arabisk argentinsk armensk aserbajdsjansk asiatisk assyrisk
australsk azerisk bangladeshisk belgisk bosnisk
brasiliansk britisk bulgarsk burmesisk burundisk chilensk colombiansk cubansk dansk egyptisk eritreisk estisk etiopisk
filippinsk finsk flamsk fransk færøysk gambisk georgisk
ghanesisk gresk grønlandsk guatemalsk guineansk hazarisk hviterussisk indisk indonesisk irakisk iransk irsk islandsk
israelsk italiensk ivoriansk japansk jamaicansk jemenittisk
jordansk jugoslavisk kamerunsk kanadisk kantonesisk kasakhstansk katalansk kenyansk kinesisk kirgisisk kongolesisk
koreansk kosovoalbansk kroatisk kurdisk kvensk latinamerikansk
latvisk libanesisk liberisk libysk litauisk makedonsk malaysisk malisk marokkansk meksikansk moldovsk mongolsk
montenegrinsk nederlandsk nepalsk nepalesisk nigeriansk nordafrikansk
nordsamisk lulesamisk sørsamisk østsamisk skoltesamisk samisk pakistansk palestinsk pashto persisk peruansk polsk
portugisisk punjabi rohingya romani romsk rumensk russisk rwandisk
saudiarabisk senegalesisk serbisk serbokroatisk singalesisk skotsk slovakisk slovensk somalisk sorani spansk
srilankisk sudansk svensk sveitsisk swahili syrisk søramerikansk
sørafrikansk taiwansk tamilsk tanzaniansk thai thailandsk tibetansk tigrinja tigrinya tsjekkisk tsjetsjensk tunisisk
tyrkisk tysk ugandisk uigurisk ukrainsk ungarsk urdu usbekisk
venezuelansk vestafrikansk vietnamesisk walisisk zambisk zimbabwisk østafrikansk østerriksk østeuropeisk øst-europeisk
hollandsk finlandssvensk berbisk kurmanji tsjekkoslovakisk sovjetisk persisk fulani wolof hausa yoruba igbo
lingala kikongo tadsjikisk turkmensk
georgisk maltesisk kypriotisk luxemburgsk laotisk kambodsjansk khmer karensk maorisk aborigin inuitisk meänkieli
jiddisch hebraisk madagassisk
gassisk komorisk mauritisk dominikansk haitisk panamansk uruguayansk paraguayansk boliviansk ecuadoriansk
salvadoransk honduransk nicaraguansk
kapverdisk angolansk mosambikisk namibisk botswansk malawisk togolesisk beninsk gabonsk tsjadisk djiboutisk
omansk kuwaitisk emiratisk qatarsk
bahrainsk singaporsk druser drusisk utanlandsk utenlandsk dari kirundi amharisk oromo hindi bengali tagalog
"""
_PEOPLE = """
afghaner albaner amerikaner amerikanar araber arabar armener asiat asylsøker asylsøkjar asylant bosnier brasilianer
brite britar bulgarer chilener colombianer cubaner danske egypter
eritreer eritrear etiopier etiopiar filippiner filipinsk finlender finlendar finsketta flyktning franskmann færøying
gambier ghaneser greker gresker hazara hviterusser inder indar indoneser innvandrer innvandrar
innvandrerbakgrunn innvandrarbakgrunn flyktningbakgrunn iraker irakar iraner iranar ire islending israeler italiener
italienar japaner jordaner jugoslav kanadier kenyaner kineser kinesar kirgiser kongoleser koreaner
kosovoalbaner kroat kurder kurdar kvener latvier libaneser liberier litauer litauar makedoner marokkaner marokkanar
meksikaner nederlender nederlendar nepaleser nigerianer pakistaner pakistanar
palestiner palestinar perser peruaner polakk portugiser romfolk romfolket rumener rumenar russer russar rwander samer
samar samejente samegutt samekvinne sameland senegaleser serber singaleser skotte slovak slovener somalier somaliar
spanjol srilanker sudaner svenske svensker svenskar sveitser syrer syrar søring tamil tamiler tamilar tanzanianer
tater tatere tatar thailender thailendar tibetaner tsjekker tsjetsjener tuniser
tyrker tyrkar tysker tyskar ugander uigur ukrainer ukrainar ungarer vestlending vietnameser vietnamesar østerriker
latviar hollender hollendar skogfinne sjøsame drus drusar drusarane reisende hvitrusser kongolesar afghanar nepalesar
gambiar ghanesar nigerianar kirgisar usbekar usbeker tadsjik bulgarar rumenarar kinesarar berber berbar oromo
tigrinja amhara
yoruba igbo hausa wolof fulani østerrikar østeuropeer nordlending sunnmøring utlending utlendingar utlendinger
"""
_ENGLISH = """
afghan african albanian algerian american angolan arab arabic argentinian armenian asian australian austrian
azerbaijani bangladeshi belgian bengali bosnian brazilian bulgarian burmese cameroonian canadian
cantonese caribbean chilean chinese colombian congolese croatian cuban czech danish dari dutch egyptian eritrean
estonian ethiopian farsi filipino finnish french georgian german ghanaian greek gujarati gypsy
hindi hungarian icelandic indian indonesian iranian iraqi irish israeli italian jamaican japanese jordanian kenyan
korean kosovan kurd kurdish latvian lebanese liberian libyan lithuanian macedonian malaysian mandarin
mexican moldovan mongolian moroccan nepalese nepali nigerian norwegian pakistani palestinian pashto persian peruvian
polish portuguese punjabi roma romani romanian romany russian rwandan sami sámi scottish scot senegalese
serb serbian sikh singhalese slovak slovenian somali spanish sudanese swahili swede swedish swiss syrian tamil
tanzanian thai tibetan tigrinya traveller tunisian turk turkish ugandan uighur ukrainian urdu venezuelan vietnamese
maltese coptic yoruba igbo hausa wolof oromo amhara amharic kikuyu luo zulu xhosa shona ndebele twi akan fulani
mandinka berber
kabyle druze assyrian chaldean yazidi maori aboriginal inuit navajo cherokee lakota ojibwe sioux mohawk hispanic
latino latina creole haitian
puerto-rican dominican guyanese trinidadian bajan barbadian grenadian ecuadorian bolivian guatemalan honduran
salvadoran nicaraguan panamanian paraguayan
uruguayan cambodian khmer laotian hmong karen-speaking uzbek tajik kazakh kyrgyz turkmen chechen belarusian
bosniak montenegrin cypriot
luxembourgish flemish walloon basque catalan galician breton manx gaelic doric geordie scouser glaswegian
traveller angolan
namibian malawian mozambican rwandese burundian togolese beninese ivorian malian gambian guinean mauritian
seychellois malagasy omani qatari kuwaiti
emirati bahraini singaporean taiwanese hong-konger fijian samoan tongan hawaiian bsl auslan welsh yemeni zambian
zimbabwean refugee refugees immigrant immigrants asylum-seeker
"""
_COUNTRIES = """
afghanistan albania algerie angola argentina armenia aserbajdsjan australia bangladesh belgia bolivia bosnia
bosnia-hercegovina brasil bulgaria burma burundi canada chile colombia cuba danmark egypt elfenbenskysten eritrea
estland etiopia filippinene filippinane finland frankrike færøyene gambia georgia ghana grønland guatemala guinea
hellas honduras hviterussland india indonesia irak iran irland island israel italia jamaica japan jemen jordan
jugoslavia kamerun kapp-verde kasakhstan kenya kina kirgisistan kongo korea kosovo kroatia kurdistan kuwait
kviterussland latvia libanon liberia libya litauen madagaskar makedonia malaysia mali marokko mauritius mexico moldova
mongolia montenegro mosambik myanmar namibia nederland nepal nicaragua niger nigeria nord-korea pakistan palestina
panama
peru polen portugal romania russland rwanda saudi-arabia senegal serbia sierra-leone singapore slovakia slovenia somalia
somaliland spania sri-lanka storbritannia sudan sveits sverige sverike syria sør-afrika sør-korea sør-sudan taiwan
tanzania thailand tibet tsjekkia tsjetsjenia tunisia tyrkia tyskland uganda ukraina ungarn uruguay usa usbekistan
venezuela vietnam wales zambia zimbabwe østerrike afrika
algeria azerbaijan belgium bolivia brazil cameroon china congo croatia cyprus denmark egypt eritrea estonia ethiopia
france germany greece hungary iceland iraq ireland italy ivory-coast kazakhstan kuwait lebanon lithuania macedonia
mexico morocco mozambique netherlands palestine philippines poland russia scotland slovakia slovenia spain
sweden switzerland syria tunisia turkey ukraine yemen
"""
_FAITH = """
humanetiker humanetikar human-etiker human-etikar humanetikere humanist hijab hijaben niqab niqaben burka kippa
kippah turban turbanen
muslim muslimer muslimar muslimsk muslims islam islamsk islamic sunni sunnimuslim sjia sjiamuslim shia ahmadiyya
katolikk katolikker katolikkar katolsk katolske catholic catholics catholicism buddhist buddhister buddhistar
buddhistisk
buddhists buddhism hindu hinduer hinduar hinduisme hindus jøde jøder jødar jødisk jødiske jew jews jewish sikh sikher
sikhs ateist ateister ateistar atheist atheists
humanetiker human-etiker humanetikar mormon mormoner mormonar mormons mormonsk pinsevenn pinsevenner pinsevener
pinsekirke pinsekirka pinsekirken pinsekyrkja pinsemenighet pinsemenigheten pentecostal pentecostals filadelfia
læstadianer læstadianar læstadianere læstadiansk laestadian baptist baptister baptists baptistkirken metodist
metodister metodistkirken methodist methodists adventist adventister adventists ortodoks ortodokse orthodox
kristen kristne kristent kristna evangelical evangelicals presbyterian presbyterians quaker quakers anglican anglicans
protestant protestants bahai baha'i yazidi jesidi jesidisk yezidi moské moskeen moskéen moskeer mosque mosques
synagoge synagogen synagogue tempel tempelet gurdwara ramadan eid koran koranen quran hijab niqab imam imamen rabbiner
rabbi frikirken frikyrkja frikirke predikant bedehuset bedehus bedehuset misjonær misjonærer missionary
chapel gurdwara mandir shul born-again gjenfødt konvertert konverterte konvertitt converted converts zoroastrian
scientolog scientologist
"""
_PHRASES = re.compile(
    r"\b(?:jehovas?\s(?:vitner?|vitne\w*)|jehovah[’']?s\switness(?:es)?|smiths?\svenner|"
    r"brunstad\schristian\schurch|den\skatolske\skirken?|den katolske kyrkja|"
    r"den\sortodokse\skirken?|siste\sdagers\shellige|latter[- ]day\ssaints?|seventh[- ]day\sadventists?|"
    r"syvendedags\s?adventist\w*|frelsesarm[eé]\w*|salvation\sarmy|"
    r"human-?etisk\w{0,2}\sforbund\w{0,2}|plymouth\sbrethren|exclusive brethren|church of scotland|church of england|"
    r"(?:har|med|fra|frå)\sminoritetsbakgrunn|irish\straveller\w?|asylum[- ]seekers?|rom-folk\w{0,2}|en same|"
    r"ein same|(?:er|e|var|va|blei|vart|halvt|halv)\ssame(?=[.,;!?\n]|\s(?:han|ho|hun|og|frå|fra|men|på|som|"
    r"i)\b)|sørsam\w{0,3}|nordsam\w{0,3}|lulesam\w{0,3}|"
    r"sjøsam\w{0,3}|(?:syrian|coptic|assyrian|orthodox|maronite|chaldean)\schristians?|(?:old\s)?(?:regular|"
    r"primitive|southern|free\swill)\sbaptists?|wee\sfrees?|"
    r"old\sorder\samish|amish|mennonite\w?|hutterite\w?|orangem[ae]n|samene|samane|kvenene)\b"
)
_TOKEN = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_EVERYDAY = frozenset("tatare iren ires syren here niger mali".split())
_BORN_OR_SPEAKING = ("født", "fødd", "talende", "talande", "språklig", "språkleg", "ættet", "ætta")
# In small letters these are everyday words: to polish, Swiss cheese, a German shepherd is no person either way.
# "she's polish": said of somebody, even such a word is one.
_SAID_OF = re.compile(
    r"(?:\b(?:i|he|she|they|we)(?:['’](?:m|s|re)|\s(?:is|was|am|are|were))|\b(?:half|also|both|a))\s\Z"
)
_CAPITAL_ONLY = frozenset("polish turk swede scot roma turkey china".split())


@lru_cache(maxsize=4)
def _words(language: str) -> frozenset[str]:
    if language == "en":
        return frozenset((_ENGLISH + _COUNTRIES).split())
    adjectives = {word + ending for word in _ADJECTIVES.split() for ending in ("", "e", "t")}
    people = {word + ending for word in _PEOPLE.split() for ending in ("", *"e en n ne r s ene er ar ane a".split())}
    return frozenset(adjectives | people | set(_COUNTRIES.split())) - _EVERYDAY


@lru_cache(maxsize=1)
def _faith() -> frozenset[str]:
    return frozenset(_FAITH.split())


def find_origins(text: str, language: str) -> list[Hit]:
    """Return nationalities, peoples, languages and faiths.

    Example:
        >>> text = "Ho er polsk, han er eritrear og Jehovas vitne, dei andre er norske."
        >>> [text[hit.start : hit.end] for hit in find_origins(text, "nn")]
        ['polsk', 'eritrear', 'Jehovas vitne']
    """
    words, faith, small = _words(language), _faith(), lowered(text)
    hits = [
        Hit(m.start(), m.end(), FAITH, "nationality", "indirect", "faith or people") for m in matches(_PHRASES, small)
    ]
    for m in matches(_TOKEN, small):
        word = m.group()
        if word in words or (word.endswith("s") and word[:-1] in words) or _compound(word, language):
            if (
                word in _CAPITAL_ONLY
                and text[m.start()].islower()
                and not _SAID_OF.search(small, max(0, m.start() - 16), m.start())
            ):
                continue
            hits.append(Hit(m.start(), m.end(), ORIGIN, "nationality", "indirect"))
        elif word in faith:
            hits.append(Hit(m.start(), m.end(), FAITH, "nationality", "indirect"))
    return sorted(hits, key=lambda hit: (hit.start, hit.end))


def _compound(word: str, language: str) -> bool:
    """Tell whether a word is half of it: "norsk-somalisk", "British-Pakistani", "polskfødt"."""
    if "-" in word:
        return any(part in _words(language) for part in word.split("-"))
    stem = next((word.removesuffix(end) for end in _BORN_OR_SPEAKING if word.endswith(end)), "")
    return stem in _words(language)
