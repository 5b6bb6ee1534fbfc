"""Clubs, teams, choirs and boards somebody belongs to."""

from __future__ import annotations

import re
from collections.abc import Iterator

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.openings import matches
from qualkit.anonymisation.tokens import read_tokens
from qualkit.identity import Hit

CLUB = "club@2"

_NAME = re.compile(r"[A-ZÆØÅ][\w&’'-]*(?:\s(?:og\s|&\s|and\s|of\s)?[A-ZÆØÅ][\w&’'-]*){0,4}")
_KINDS = re.compile(
    r"(?:korps|hornmusikk|brassband|janitsjar|mannskor|damekor|kirkekor|kyrkjekor|barnekor|blandakor|sangkor|"
    r"songkor|gospelkor|storband|spelemannslag|spillemannslag|leikarring|danselag|idrettslag|idrettsforening|"
    r"fotballag|håndballag|handballag|skilag|klubb|turnforening|skytterlag|skyttarlag|båtforening|"
    r"speidergruppe|speidargruppe|bondelag|kvinnelag|sanitetsforening|sanitetslag|kvinneforening|husflidslag|"
    r"historielag|bygdelag|ungdomslag|velforening|grendelag|fiskerforening|fiskeforening|fiskarlag|fiskerlag|"
    r"pensjonistforening|pensjonistlag|menighetsråd|sokneråd|losje|foreldreutvalg|borettslag|kunstforening|"
    r"kunstlag|teaterlag|amatørteater|pasientforening|brukerforening|brukarforening|likemannsgruppe)"
    r"(?:ets?|en|a|s|ene|n)?(?![^\W\d_])"
    r"|\b(?:koret|landslaget|idrettslaget|fotballaget|speideren|speidaren)\b"
)
_FIRST_PART = re.compile(r"[^\W\d_-]*(?:-[^\W\d_]*)?\Z")
# What is no club, though its word ends like one.
_NO_CLUBS = frozenset("nattklubb nattklubben nattklubber utekorps utekorpset lånekorps".split())
_ENGLISH = re.compile(
    r"\b(?:(?:village|church|local|male\svoice|community|gospel|ladies['’]?|town|parish|women['’]?s|"
    r"men['’]?s|school|pipe|brass|silver|rugby|football|cricket|golf|bowling|bowls|rowing|sailing|tennis|"
    r"swimming|running|hockey|netball|curling|camanachd|shinty|darts|chess|bridge|book|gardening|"
    r"knitting|walking|drama|history|amateur\sdramatic|allotment)\s(?:choir|band|club|team|society|group|"
    r"council|association|league)s?|bell[- ]?ringers?|women['’]?s\sinstitute|the\swi\b|rotary|round\stable|"
    r"masonic\slodge|freemasons?|the\slodge|orange\sorder|"
    r"girl\sguides|brownies|scouts|scout\stroop|pta|parent\scouncil|men['’]?s\sshed|young\sfarmers?(?:['’]?\sclub)?)\b"
)
_PLAYS = re.compile(
    r"\b(?:spille[rt]?|spilte|spilt|spel(?:ar|te)|spela|tren(?:er|te|a|ar)|dans(?:er|a|et|ar)|syng(?:er|)|sang|"
    r"song|syng|dirigent|dirigerer|play(?:s|ed|ing)?|sings?|sang|sung|coach(?:es|ed|ing)?|medlem|medlemer|"
    r"member|keeper|trener|trenar|captain|kaptein|supporter)"
    r"(?:\s(?:fotball|håndball|handball|football|rugby|keeper|trombone|kornett|tuba|trompet|fele|"
    r"hardingfele|\w{3,10}))?\s(?:i|på|for|med|av|with|in|of)\s(?:the\s)?(?=[^\W\d_])"
)
_CHAIRS = re.compile(
    r"\b(?:leder|leiar|formann|kasserer|kasserar|sekretær|nestleder|nestleiar|sitter\si\sstyret|"
    r"sit\si\sstyret|styremedlem|aktiv|engasjert|frivillig|med|chair|chairs|chairman|chairwoman|secretary|"
    r"treasurer|president|on\sthe\s(?:board|committee)|volunteer(?:s|ed)?)"
    r"\s(?:i|for|av|of|in|at|with)\s(?:the\s|styret\s(?:i|for)\s)?(?:([^\W\d_]{3,25}(?:laget|"
    r"foreningen|foreninga|foreininga|klubben|korpset|koret|rådet|utvalget|utvalet|nemnda))|(?=[^\W\d_]))"
)


def find_clubs(text: str, language: str) -> list[Hit]:
    """Return clubs, teams and choirs, named or of a kind that a place has one of.

    Example:
        >>> text = "Han spiller i Viking, og eg er leiar i sanitetslaget og med i skulekorpset."
        >>> [text[hit.start : hit.end] for hit in find_clubs(text, "nn")]
        ['Viking', 'sanitetslaget', 'skulekorpset']
    """
    small = lowered(text)
    shouted = read_tokens(text).casing == "upper"
    found = {m.span() for m in matches(_ENGLISH, small)} if language == "en" else set(_kinds(small))
    for m in (*matches(_PLAYS, small), *matches(_CHAIRS, small)):
        name = None if shouted else _NAME.match(text, m.end())
        if m.lastindex:
            found.add(m.span(1))
        elif name:
            found.add(name.span())
    return [Hit(start, end, CLUB, "institution", "indirect", "a club or a board") for start, end in sorted(found)]


def _kinds(small: str) -> Iterator[tuple[int, int]]:
    for m in matches(_KINDS, small):
        first = _FIRST_PART.search(small, max(0, m.start() - 30), m.start())
        start = first.start() if first else m.start()
        if small[start : m.end()] not in _NO_CLUBS:
            yield start, m.end()
