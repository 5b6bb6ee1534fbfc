"""Clubs, teams, choirs and boards somebody belongs to."""

from __future__ import annotations

import re

from qualkit.identity import Hit

CLUB = "club@1"

_NAME = r"(?:[A-ZÆØÅ][\w&.’'-]*)(?:\s(?:og\s|&\s|and\s|of\s)?[A-ZÆØÅ][\w&.’'-]*){0,4}"
_WORDS = re.compile(
    r"\b(?:[^\W\d_]{2,24}[- ]?)?(?:skolekorps|skulekorps|musikkorps|ungdomskorps|hornmusikk|brassband|"
    r"janitsjar|mannskor|damekor|kirkekor|kyrkjekor|barnekor|blandakor|sangkor|songkor|gospelkor|storband|"
    r"spelemannslag|spillemannslag|leikarring|danselag|"
    r"idrettslag|idrettsforening|fotballag|håndballag|handballag|skilag|skiklubb|sykkelklubb|turnforening|"
    r"svømmeklubb|skytterlag|skyttarlag|motorklubb|rideklubb|båtforening|hundeklubb|fotballklubb|bokseklubb|"
    r"sjakklubb|speidergruppe|speidargruppe|"
    r"bondelag|bondekvinnelag|bygdekvinnelag|sanitetsforening|sanitetslag|kvinneforening|husflidslag|"
    r"historielag|bygdelag|ungdomslag|velforening|grendelag|jeger- og fisk\w+|jeger- og fiskeforening|"
    r"pensjonistforening|pensjonistlag|menighetsråd|sokneråd|losje|losjen|"
    r"foreldreutvalg|\bfau|borettslag|kunstforening|kunstlag|teaterlag|amatørteater|pasientforening|"
    r"brukerforening|brukarforening|likemannsgruppe)(?:et|en|a|s|ets|ene)?\b"
    r"|\b(?:korpset|koret|idrettslaget|fotballaget|håndballaget|handballaget|speideren|speidaren|losjen)\b",
    re.IGNORECASE,
)
_ENGLISH = re.compile(
    r"\b(?:(?:village|church|local|male\svoice|community|gospel|ladies['’]?|town|parish|women['’]?s|"
    r"men['’]?s|school|pipe|brass|silver|rugby|football|cricket|golf|bowling|bowls|rowing|sailing|tennis|"
    r"swimming|running|hockey|netball|curling|camanachd|shinty|darts|chess|bridge|book|gardening|"
    r"knitting|walking|drama|history|amateur\sdramatic|allotment)\s(?:choir|band|club|team|society|group|"
    r"council|association|league)s?|bell[- ]?ringers?|women['’]?s\sinstitute|the\swi\b|rotary|round\stable|"
    r"masonic\slodge|freemasons?|the\slodge|orange\sorder|"
    r"girl\sguides|brownies|scouts|scout\stroop|pta|parent\scouncil|men['’]?s\sshed|young\sfarmers?(?:['’]?\sclub)?)\b",
    re.IGNORECASE,
)
_PLAYS = re.compile(
    r"\b(?i:spill(?:er|te|a)|spel(?:ar|te)|spela|tren(?:er|te|a|ar)|dans(?:er|a|et|ar)|syng(?:er|)|sang|"
    r"song|syng|dirigent|dirigerer|play(?:s|ed|ing)?|sings?|sang|sung|coach(?:es|ed|ing)?|medlem|medlemer|"
    r"member|keeper|trener|trenar|captain|kaptein|supporter)"
    r"(?:\s(?i:fotball|håndball|handball|football|rugby|keeper|trombone|kornett|tuba|trompet|fele|"
    rf"hardingfele|\w{{3,10}}))?\s(?i:i|på|for|med|av|with|in|of)\s(?i:the\s)?({_NAME})"
)
_CHAIRS = re.compile(
    r"\b(?i:leder|leiar|formann|kasserer|kasserar|sekretær|nestleder|nestleiar|sitter\si\sstyret|"
    r"sit\si\sstyret|styremedlem|aktiv|engasjert|frivillig|med|chair|chairs|chairman|chairwoman|secretary|"
    r"treasurer|president|on\sthe\s(?:board|committee)|volunteer(?:s|ed)?)"
    rf"\s(?i:i|for|av|of|in|at|with)\s(?i:the\s|styret\s(?:i|for)\s)?({_NAME}|[^\W\d_]{{3,25}}(?:laget|"
    r"foreningen|foreninga|foreininga|klubben|korpset|koret|rådet|utvalget|utvalet|nemnda))"
)


def find_clubs(text: str, language: str) -> list[Hit]:
    """Return clubs, teams and choirs, named or of a kind that a place has one of.

    Example:
        >>> text = "Han spiller i Viking, og eg er leiar i sanitetslaget og med i skulekorpset."
        >>> [text[hit.start : hit.end] for hit in find_clubs(text, "nn")]
        ['Viking', 'sanitetslaget', 'skulekorpset']
    """
    found = {m.span() for m in (_ENGLISH if language == "en" else _WORDS).finditer(text)}
    found |= {m.span(1) for pattern in (_PLAYS, _CHAIRS) for m in pattern.finditer(text)}
    return [Hit(start, end, CLUB, "institution", "indirect", "a club or a board") for start, end in sorted(found)]
