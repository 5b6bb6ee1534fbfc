"""Numbers that stand out by how large they are or by what they count: "sekstifire beboere", "eighty-two thousand".

Times of the day, percentages and numbers too small to tell anybody apart are let be.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qualkit.anonymisation.numberwords import number_of, spoken_runs
from qualkit.anonymisation.openings import matches

_LARGE, _SMALL, _VAGUE, _MUCH, _SHORTEST_NOUN = 11, 3, 50, 1000, 3
_ROUND = frozenset((*range(100, 1000, 100), 1000))

_FIGURES = re.compile(r"(?<![\w.,:/$£€+-])(?:[£$€]\s?)?\d{1,3}(?:[ .,]?\d{3}){0,2}(?:,\d{1,2})?(?![\w:/%]|[.,-]\d)")
_MULTIPLIED = re.compile(
    r"[ -](?:hundre|tusen|hundred|thousand|grand|million(?:er|ar|s|en)?|mill|milliard(?:er|ar)?)(?!\w)"
)
_WORD = re.compile(r" ([^\W\d_]+(?:[-'’][^\W\d_]+)*)")
_MONEY = re.compile(r"[ -](?:kroner|kr|euro|dollar|pund|pounds?|quid|grand|dollars?|bucks)(?!\w)")
_OF_MONEY = re.compile(
    r"\b(?:gjeld\w?|lån\w{0,3}|lønn\w?|løn|tjen\w{1,3}|skyld\w{1,3}|erstatning\w?|erstatta|arv\w{0,3}|sol[gd]t\w{0,2}|selde|betal\w{1,4}|kost\w{1,3}|bot|bøter|"
    r"vant|vunn\w{1,3}|spil[lt]\w{0,4}|tap\w{1,3}|stj[ae]l\w{0,3}|stjal|fikk|fekk|fått|får|sparte?|spart|gav|ga|trekt|krev\w?|krav\w?|pris\w{0,2}|kjøpt\w?|utbetalt|"
    r"debts?|ow(?:e|ed|es|ing)|earn\w{0,3}|salary|wages?|compensation|inherit\w{0,3}|paid|pay|cost|costs|fined?|won|lost|stole|stolen|got|gave|raised|saved|sold|bought|"
    r"mortgage|loan|grant|settlement|spent|worth|award\w{0,2}|charged?|bill|raising)\b[^.!?]{0,40}\Z"
)
_MEASURED = re.compile(
    r"[ -](?:(?:mål|dekar|kvadrat|kvadratmeter|kvm|meter|fot|tomm(?:er|ar)?|tonn|kilo(?:gram)?|kg|liter|mil|"
    r"kilometer|km|knop|hestekrefter|watt|"
    r"acres?|hectares?|feet|foot|inch(?:es)?|yards?|tons?|tonnes?|stone|"
    r"miles?|hands|knots|litres?|pints|gallons|centimeter|centimetres|cm)(?!\w))"
)
# What is counted every day and tells nobody apart.
_PASSING = frozenset(
    """
    minutt minutter minuttar minutta sekund sekunder sekundar time timer timar tima klokka klokken ganger gonger
    gang gong grader
    prosent dager dagar dag døgn uker veker ukers vekers vekes uke veke år åra årene årig åring ting måter måtar
    slags typer sider ord siste første neste
    slag punkt poeng sånne slike steder stader netter kvelder helger helgar morgener nye andre nordmenn g mg ml
    land engang stykk seier sier
    minute minutes second seconds hour hours times degrees percent per days day nights weeks week years year
    things ways kinds sorts
    types bits o'clock seconds first last other others different
    """.split()
)
_NO_NOUNS = frozenset(
    """
    og eller men til på i av om som med for fra frå hos ved mot over under etter før er var blir ble blei vart
    har hadde å at så da då
    nå no ikke ikkje jo ja nei den det de dei han hun ho jeg eg æ vi me dere dokker du seg meg oss der her når
    hvis en ein et eit ei
    men enn hva kva hvor kor skal skulle kan kunne må måtte vil ville bare berre også òg ut inn opp ned mer meir
    millioner
    and or but to on in of for from at by with as than that which who is was are were be been had has have the a
    an it he she they
    we i you so then when now if not do did does will would can could up down out off again still there here
    because about this my
    your his her our their its odd plus past more alone maybe next birthday after before until till since between
    around into over under against what how utafor utenfor utanfor innafor innenfor innanfor
    yes no well just only like
    """.split()
)
# Longer than two months, nearly, even round numbers tell: "sytti dager".
_ROUNDEST = 55
_MONTHS = re.compile(r"[ -](?:måned\w{0,4}|månad\w{0,3}|måna\w{0,3}|mnd|months?)(?!\w)")
_WEEKS = re.compile(r"[ -](?:uker?|veker|veke|vekor|weeks?)(?!\w)")
_LONG = re.compile(r"[ -](?:dager|dagar|dager?|døgn|days|nights|netter)(?!\w)")
_OFTEN = re.compile(r"[ -](?:ganger|gonger|gonga|ganga|times)(?!\w)")
_NOT_LONG_AGO = re.compile(r"\s(?:siden|sidan|sia|ago|old|gam\w+|eldre|yngre|older|younger)\b")
_SOMEBODY = re.compile(
    r"(?<!\w)(?:jeg|eg|æ|vi|me|han|hun|ho|i|we|he|she|they|dei|de|you|du|i've|we've|i’ve|we’ve|i'd|we'd|mor|far|mum|dad)(?!\w)"
)
_DONE = re.compile(
    r"\b(?:har|hadde|hatt|fikk|fekk|fått|er|var|vart|ble|blei|eier|eide|eig|åtte|kjøpte|kjøpt|solgte|solgt|selde|selt|laga|laget|lagde|lage|"
    r"bygde|bygget|bygd|født|fødte|fødde|mista|mistet|misset|tok|tatt|tek|tar|drepte|skaut|skjøt|fant|fann|redda|reddet|skrev|skreiv|skrevet|"
    r"malte|måla|spilte|spelte|spilt|spelt|vant|vunne|vunnet|lærte|snakker|snakkar|vekte|tent|holdt|hold|held|heldt|bodde|budde|flytta|flyttet|"
    r"dømt|henta|hentet|rodde|fiska|fisket|ansatt|styrer|leder|leiar|ledet|driver|driv|passer|passar|hadd|sendte|sende|betalte|betalt|"
    r"of|have|had|has|'ve|’ve|got|are|were|was|is|own|owned|bought|sold|made|make|built|lost|took|taken|won|wrote|written|painted|raised|"
    r"fostered|delivered|buried|kept|keep|spent|did|done|killed|shot|found|saved|rescued|caught|played|taught|speak|speaks|spoke|run|ran|"
    r"lead|led|manage|managed|paid|pay|sent|drove|served|missed|left|with|med|we're|there's|we’re|there’s|'d|’d|only)"
    r"\s(?:[^\W\d_]{1,12}\s){0,2}?\Z"
)
_OURS = re.compile(
    r"\b(?:nummer|nr\.?|linje|rute|rom|celle|avdeling|post|leilighet|leilegheit|oppgang|klasse|blokk|buss|båt|seksjon|gruppe|vakt|felt|skift|"
    r"number|no\.|room|cell|flat|bus|route|line|ward|block|wing|unit|local|lane|lot|shift|platform|house|apartment|apt|hangar|hut|pit|shed|"
    r"warehouse|chapter|lodge|district|precinct|engine|ladder|station|camp|barrack|gate|stand|bay|berth|tent)\s\Z"
)
_ORDINAL = (
    r"(?:andre|annen|tredje|fjerde|femte|sjette|sjuende|sjuande|syvende|åttende|åttande|niende|niande|tiende|tiande|ellevte|tolvte|"
    r"second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|\d{1,2}(?:\.|st|nd|rd|th))"
)
_IN_A_ROW = re.compile(
    rf"(?<![\w.,])(?:den\s|the\s|my\s|his\s|her\s)?{_ORDINAL}[ -](?:generasjon\w{{0,3}}|generation\w?|"
    rf"ekteskap\w{{0,2}}|marriage|kona|kone|wife|husband|mannen|mann|"
    rf"forsøk\w{{0,2}}|attempt|barnet|barn|child|pregnancy|svangerskap\w{{0,2}}|innlegg\w{{2,5}}|admission|operasjon\w{{0,2}}|operation|"
    rf"runde|dom|dommen|conviction|placement|fosterhjem\w{{0,2}}|fosterheim\w{{0,2}}|transplant\w{{0,5}}|periode\w?|term|rehab|behandling\w{{0,2}}|"
    rf"cancer|kreft|slag|stroke|aborte?n?|miscarriage|prøverørsforsøk\w{{0,2}}|round\sof\sivf|son|sønn|datter|daughter|divan|cousin|dan)(?!\w)"
)
_POINT = re.compile(r"(?<![\w.,])([^\W_]{1,12})\s(?:komma|point)\s([^\W_]{1,14})(?!\w)")
_AND_A_HALF = re.compile(
    r"(?<![\w.,])([^\W_]{2,12})\s(?:og\s(?:et|eit|en|ein)|and\sa)\s(?:hal[vf]t?)\s(?:år|years?|millioner|millionar|million|tonn|tons?|tonnes|meter|kilo)(?!\w)"
)
_PERCENT = re.compile(
    r"\b(?:jobb\w{0,3}|arbeid\w{0,3}|stilling\w{0,2}|ufør\w{0,3}|ansatt|tilsett|sykmeldt|sjukmeld|work\w{0,3}|disabled|disability)\s"
    r"(?:[^\W\d_]{1,10}\s){0,2}?\Z"
)


@dataclass(frozen=True, slots=True)
class _Amount:
    start: int
    end: int
    value: int
    worded: bool = True


_HOURS = 24
_CLOCK = re.compile(
    r"(?:\bklokk\w*|\bkl\.?|\b(?:ti|fem|kvart|quarter|ten|five) (?:over|på|past|to)|\bhal[vf](?: past)?)\s$"
)
"""Before an hour, as in "klokka elleve ringte det": so many of nothing."""


def telling_amounts(small: str, language: str) -> Iterator[tuple[int, int]]:
    """Yield where amounts that stand out stand in a text in small letters, with what they count.

    Example:
        >>> t = "vi har sekstifire beboere, det tok ti minutter, og han skylder hundre og seksti tusen"
        >>> [t[start:end] for start, end in telling_amounts(t, "nb")]
        ['sekstifire beboere', 'hundre og seksti tusen']
    """
    for amount in _amounts(small, language):
        end = _told(small, amount, language)
        if end:
            ours = _OURS.search(small, max(0, amount.start - 16), amount.start)
            yield ours.start() if ours else amount.start, end
    for pattern in (_IN_A_ROW, _POINT, _AND_A_HALF):
        for m in matches(pattern, small):
            said = [part.isdecimal() or (number_of(part, language) or 0) > 1 for part in m.groups()]
            if all(said):
                yield m.span()


def _amounts(small: str, language: str) -> Iterator[_Amount]:
    """Yield numbers in words, several that make one put together, and those in figures."""
    for run in spoken_runs(small, language):
        last: _Amount | None = None
        for number in run:
            if not number.in_words:
                continue
            between = small[last.end : number.start] if last else ""
            joined = between in (" ", "-") and number.value in (100, 1000)
            if last and (joined or (between in (" ", " og ", " and ") and last.value >= 1000 > number.value)):
                value = last.value * number.value if number.value in (100, 1000) else last.value + number.value
                last = _Amount(last.start, number.end, value)
                continue
            if last:
                yield last
            last = _Amount(number.start, number.end, number.value)
        if last:
            yield last
    for m in matches(_FIGURES, small):
        digits = re.sub(r"\D", "", m.group().partition(",")[0] if len(m.group().rpartition(",")[2]) < 3 else m.group())
        if digits and not (len(digits) == 4 and 1850 <= int(digits) <= 2049 and digits == m.group()):
            yield _Amount(m.start(), m.end(), int(digits), worded=False)


def _told(small: str, amount: _Amount, language: str) -> int:
    """Return where an amount that tells ends, with what it counts, or 0."""
    before = small[max(0, amount.start - 60) : amount.start]
    multiplied = _MULTIPLIED.match(small, amount.end)
    if amount.value <= _HOURS and _CLOCK.search(before):
        return 0
    if amount.worded and 1850 <= amount.value <= 2049 and not multiplied:
        return 0
    if multiplied:
        amount = replace(amount, end=multiplied.end(), value=amount.value * 1000)
    if amount.value > 1 and _OURS.search(before):
        return amount.end
    measured = _with_unit(small, amount, before)
    return _with_noun(small, amount, before, language) if measured is None else measured


def _with_unit(small: str, amount: _Amount, before: str) -> int | None:
    """Return where money, a measure or a time ends, 0 where it tells nobody apart; None where no unit stands behind."""
    end, value = amount.end, amount.value
    theirs = _OF_MONEY.search(before) and _SOMEBODY.search(before)
    if money := _MONEY.match(small, end):
        return money.end() if value >= _MUCH and theirs else 0
    if value >= _MUCH and (small[amount.start] in "£$€" or theirs):
        return end
    if measured := _MEASURED.match(small, end):
        return measured.end() if value >= (_LARGE if amount.worded else _MUCH) and value % 10 else 0
    for unit, fewest in ((_MONTHS, 7), (_WEEKS, 5), (_LONG, 9), (_OFTEN, 5)):
        if m := unit.match(small, end):
            return (
                m.end()
                if value >= fewest
                and (value % 10 or (unit is _LONG and value > _ROUNDEST))
                and not _NOT_LONG_AGO.match(small, m.end())
                else 0
            )
    return None


def _with_noun(small: str, amount: _Amount, before: str, language: str) -> int:
    """Return where an amount ends with what it counts, if it is large, or somebody has or did so many."""
    end, value = amount.end, amount.value
    nearby = before.rstrip()[-12:].rpartition(" ")[2]
    word = _WORD.match(small, end)
    noun = word.group(1) if word else ""
    if word and noun in ("prosent", "percent"):
        return word.end() if _PERCENT.search(before) else 0
    # "ten fifteen boxes" says about how many.
    vague = value < _VAGUE and number_of(nearby, language) not in (None, 1)
    # Four figures before a word are a postal code or a year more often than how many.
    if noun in _PASSING or vague or re.fullmatch(r"\d{4}", small[amount.start : end]):
        return 0
    if amount.worded and (value > _MUCH or (value > 100 and value not in _ROUND)):
        return _counted(small, end, language) or end
    said = _DONE.search(before) and _SOMEBODY.search(before, max(0, len(before) - 30))
    many = value >= _LARGE and (value % 10 or said)
    return _counted(small, end, language) if _is_noun(noun) and (many or (said and value >= _SMALL)) else 0


def _is_noun(word: str) -> bool:
    return (
        len(word) >= _SHORTEST_NOUN
        and word not in _NO_NOUNS
        and word not in _PASSING
        and re.split("['’]", word)[0] not in _NO_NOUNS
    )


def _counted(small: str, end: int, language: str) -> int:
    """Return where what is counted ends: a noun, with one word before it that describes it; 0 where nothing is."""
    word = _WORD.match(small, end)
    if not word or not _is_noun(word.group(1)) or number_of(word.group(1), language) is not None:
        return 0
    noun = _WORD.match(small, word.end())
    if noun and _is_noun(noun.group(1)) and _describes(word.group(1), noun.group(1), language):
        return noun.end()
    return word.end()


def _describes(word: str, noun: str, language: str) -> bool:
    if language == "en":
        return not word.endswith("s") and noun.endswith("s") and len(noun) > 3
    return word.endswith("e") and noun.endswith(("er", "ar", "ene", "ane")) and len(noun) > 3
