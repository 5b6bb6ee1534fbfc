"""Ways to reach somebody: telephone, e-mail, pages and user names, as written and as spoken."""

from __future__ import annotations

import re

from qualkit.anonymisation.lowered import lowered
from qualkit.anonymisation.outermost import outermost
from qualkit.identity import Hit

PHONE, MAIL, URL, HANDLE = "phone@1", "e-mail@1", "url@1", "handle@1"

_S = r"[ \u00a0\u2009\u202f.-]"
_PHONE = re.compile(
    rf"""(?<![\w])(?:
        (?:\+|00)47 {_S}{{0,2}} (?:\({_S}?\d{{2}}{_S}?\){_S}?)? [2-9] (?:{_S}{{0,2}}\d){{4,7}}
      | (?:\+|00) [1-9]\d{{0,2}} (?:{_S}{{0,2}} \(?\d\)?){{6,12}}
      | [2-9]\d{{7}}
      | [2-9]\d (?:{_S}\d\d){{3}}
      | [2-9]\d\d {_S} \d\d {_S} \d\d\d
      | [2-9]\d{{3}} {_S} \d{{4}}
      | [2-9] (?:[ ,]{{1,2}}\d){{7}}
      | \(?0\d{{2,4}}\)? {_S} \d{{3,4}} {_S}? \d{{3,4}}
      | 07\d{{3}} {_S}? \d{{3}} {_S}? \d{{3}}
      | \(?\d{{3}}\)? {_S} \d{{3}} {_S} \d{{4}}
    )(?!\w)(?![.,]\d)""",
    re.VERBOSE,
)
_CALLED = re.compile(
    r"\b(?:telefon\w{0,10}|tlf\w{0,3}|mobil\w{0,10}|ring\w{0,3}|nummer\w{0,2}|vipps\w{0,7}|sak\w{0,8}|"
    r"journal\w{0,8}|kode\w{0,2}|phone|mobile|call|number)\b\W{0,3}"
    r"(?:\w{1,12}\W{1,2}){0,3}?(\d(?:[ .-]?\d){4,11})(?!\w)"
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64} ?@ ?[\w-]{1,63}(?: ?\. ?[\w-]{1,63}){1,4}(?!\w)")
_DOT = r"(?:punktum|punkt|prikk|dot|point)"
_JOIN = rf"(?:{_DOT}|understrek|underscore|bindestrek|strek|dash|hyphen)"
_AT = r"(?:kr[øo]ll(?:et)?[ -]?alfa|alfa[ -]?kr[øo]ll|snabel[ -]?a|at|ætt?|@)"
_SUFFIX = r"(?:no|com|org|net|se|dk|fi|eu|uk|io|info|edu|gov|pl|de|nu|example|test)"
_SPOKEN_MAIL = re.compile(
    r"(?:(?:(?<=\bis\s)|(?<=\ber\s))(?:\w{1,20}\s){1,3}?)?"
    rf"\b[^\W_][\w-]{{0,40}}(?:\s{_JOIN}\s\w{{1,40}}){{0,4}}\s{_AT}\s\w[\w-]{{0,40}}(?:\s{_DOT}\s\w{{2,40}}){{0,2}}\s{_DOT}\s{_SUFFIX}\b"
    rf"|\b[^\W_][\w-]{{0,40}}(?:\s{_JOIN}\s\w{{1,40}}){{0,4}}\s(?:kr[øo]ll(?:et)?[ -]?alfa|alfa[ -]?kr[øo]ll|"
    r"snabel[ -]?a)\s\w[\w-]{0,40}\b"
)
_URL = re.compile(
    rf"""(?:
        \bhttps?://[^\s<>"»”)]{{3,500}}
      | \bwww\.[^\s<>"»”)]{{3,500}}
      | (?<![\w@.-])[a-zæøå0-9][a-zæøå0-9-]{{1,62}}(?:\.[a-zæøå0-9-]{{1,63}}){{0,3}}\.{_SUFFIX}(?![\w-])
        (?:/[^\s<>"»”)]{{0,500}})?
      | \b(?:www|v[ei]\sv[ei]\sv[ei]|w\sw\sw)(?:\s{_DOT}\s[\w-]{{1,63}}){{1,4}}\b
      | \b[\w-]{{2,63}}\s{_DOT}\s{_SUFFIX}\b
    )""",
    re.VERBOSE,
)
_HANDLE = re.compile(r"(?<![\w@.+-])@\w[\w.]{1,40}")
_USER_NAME = re.compile(
    r"\b(?:brukernavn\w{0,2}|brukarnamn\w{0,2}|user ?name|nick|handle|"
    r"(?:insta|instagram|snap|snapchat|tiktok|twitter|discord|facebook)(?:en|konto\w{0,2}| account)?)"
    r"\s(?:mitt? |min |hans |hennes |is |er |var |was |heter |heiter |:)+(?:is |er )?([\w.-]{3,40})"
)


def find_contacts(text: str, language: str) -> list[Hit]:  # noqa: ARG001
    """Return ways to reach somebody.

    Example:
        >>> text = "ring 68 05 00 12 eller skriv til kari punktum nes krøllalfa example punktum org"
        >>> [(hit.detector, text[hit.start : hit.end]) for hit in find_contacts(text, "nb")]
        [('phone@1', '68 05 00 12'), ('e-mail@1', 'kari punktum nes krøllalfa example punktum org')]
    """
    small = lowered(text)
    hits = [Hit(m.start(), m.end(), PHONE, "contact") for m in _PHONE.finditer(text)]
    hits += [Hit(m.start(1), m.end(1), PHONE, "contact", note="called a number") for m in _CALLED.finditer(small)]
    hits += [Hit(m.start(), m.end(), MAIL, "contact") for m in _MAIL.finditer(text)]
    hits += [Hit(m.start(), m.end(), MAIL, "contact", note="as spoken") for m in _SPOKEN_MAIL.finditer(small)]
    hits += [
        Hit(m.start(), m.start() + len(m.group().rstrip(".,;:!?'’")), URL, "contact") for m in _URL.finditer(small)
    ]
    hits += [Hit(m.start(), m.end(), HANDLE, "contact") for m in _HANDLE.finditer(text)]
    hits += [Hit(m.start(1), m.end(1), HANDLE, "contact") for m in _USER_NAME.finditer(small)]
    return outermost(hits)
