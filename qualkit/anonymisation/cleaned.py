"""The view of a text that detectors read: without pauses, overlaps, time marks and masks, with a way back.

Marks part words that belong together ("Kari (.) Nes", "ni en # tre"); soft hyphens and zero-width characters hide them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from qualkit.anonymisation.masked import masked_spans
from qualkit.anonymisation.openings import near

MASK = "*"
"""What stands in the view for something that is masked already: no letter, no end of a sentence."""

_SOUNDS = frozenset(
    """
    latter ler ler- le leende lattermildt smiler smil humrer humring flirer flir fnis fniser kremt kremter kremting
    host hoster hosting sukk sukker
    sukkar gråt gråter græt hulker snufser pause pausen pauser tenkepause stille stillhet stillheit taushet tausheit
    tenker tenkjer uforståelig uforståeleg uforstårlig
    utydelig utydeleg uhørbart uhørlig uhøyrleg uklart uklar hviskende hvisker kviskrar visker mumler mumlar mumling
    støy avbrudd avbryter avbryt avbrutt avbroten ringer
    banker bankar overlapp overlapper overlappende samtidig samstundes nikker nikkar nikk rister ristar utpust innpust
    pust puster pustar klapper klappar
    lyd lyder bakgrunnsstøy musikk peker peikar viser trekker skuldrene hodet hovudet drikker gjesper nyser roper
    ropar bestemt ironisk engasjert oppgitt trist
    laughs laugh laughing laughter chuckles chuckle giggles inaudible unclear indistinct unintelligible crosstalk
    cross-talk cough coughs coughing sigh sighs sighing
    cry crying cries sobs tearful silence silent overlap overlapping overlaps nods nodding shrugs noise noises music
    applause whispers whispering
    mumbles interrupts interrupted interruption gasps breathes exhales inhales sniffs clears smiles smiling shakes
    points gestures
    """.split()
)
_WITH_SOUNDS = frozenset(
    """
    litt lenge svakt lavt lågt høyt høgt alle begge i på av med og kort lang langt lange sekunder sekund sek s seconds
    second sec min minutt telefon telefonen mobil mobilen
    dør døra døren ut inn om kopp munnen hverandre kvarandre tale snakker snakkar ord opptak opptaket bånd båndet the
    a his her their throat head door phone rings rang
    long short brief softly quietly loudly both all at on to while speech talking word words speakers voice voices in
    background foreign bakgrunnen bakgrunn to tre ett en et mens ironically
    """.split()
)
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_BRACKETED = re.compile(
    r"\(\(([^()\n]{1,60})\)\)|\[([^\[\]\n]{1,60})\]|\(([^()\n]{0,60})\)|<([^<>\n]{1,40})>|"
    r"\{([^{}\n]{1,40})\}|\*([^*\n]{1,40})\*"
)
_MEASURED = re.compile(r"[\s.,…\-–0-9:~?]{0,20}(?:s|sek\.?|sec|sekunder|seconds)?")
_CLOCK = re.compile(
    r"(?<![\w:.,])\[?\(?#?\d{1,2}:\d{2}:\d{2}(?:[.,-]\d{1,3})?#?\)?\]?(?:\s*-->\s*\d{1,2}:\d{2}:\d{2}(?:[.,]\d{1,3})?)?(?![\w:])"
)
_MARKS = re.compile(
    r"(?<!\S)#{1,2}(?!\S)|(?<!\w)//+(?!\w)|//+(?=\s)|(?<=\s)//+|(?<!\S)[=|/\\^~]+(?!\S)|[⌈⌉⌊⌋↑↓°⁎]|(?<=[^\W\d_]):{2,}"
)
_SIGN = re.compile(r"[#/=|\\^~⌈⌉⌊⌋↑↓°⁎]|::")
_OPENING = re.compile(r"[(\[<{*]")
_LENGTHENED = re.compile(r"(?<=[^\W\d_][aeiouyæøå]):(?=[a-zæøå])|(?<=[A-ZÆØÅ]):(?=[a-zæøå]{2})")
_LABEL = re.compile(
    r"^[ \t]*(?:(?:informant|intervjuer|intervjuar|interviewer|interviewee|respondent|participant|deltaker|"
    r"deltakar|moderator|speaker|spørsmål|svar|int|inf|mod)\s?\d{0,3}"
    r"|[A-ZÆØÅ]{1,2}\d{0,3})[ \t]?:(?=\s)",
    re.IGNORECASE | re.MULTILINE,
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060\ufeff]")
_COMBINED = re.compile(".[\u0300-\u036f]+", re.DOTALL)
_FOLLOWS = re.compile("[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]*")


def cleaned(text: str) -> tuple[str, Sequence[int]]:
    """Return a text without marks, and for each of its characters the offset in the original that it comes from.

    What is masked already becomes `MASK`. The offsets never decrease.

    Example:
        >>> cleaned("Kari (.) Nes bor i [kommune].")[0]
        'Kari Nes bor i *.'
    """
    out: list[str] = []
    origins: list[int] = []
    at = 0
    for start, end, instead in _replaced(text):
        if start < at:
            continue
        out.append(text[at:start])
        origins.extend(range(at, start))
        last = out[-1][-1:] or (out[-2][-1:] if len(out) > 1 else "")
        behind = text[end : end + 1]
        if instead == " " and (not last or last.isspace() or not behind or not (last.isalnum() and behind.isalnum())):
            instead = ""  # noqa: PLW2901
        if not instead and (not last or last.isspace()) and behind in {" ", "\t"}:
            end += 1  # noqa: PLW2901
        elif not instead and last == " " and behind and behind in ".,;:!?" and out[-1]:
            out[-1] = out[-1][:-1]
            del origins[-1]
        out.append(instead)
        origins.extend([start] * len(instead))
        at = end
    if not out:
        return text, range(len(text))
    out.append(text[at:])
    origins.extend(range(at, len(text)))
    return "".join(out), origins


def in_original(start: int, end: int, origins: Sequence[int], text: str) -> tuple[int, int]:
    """Return where a stretch of the cleaned text stands in the original, with the marks inside it.

    Example:
        >>> text = "Kari (.) Nes"
        >>> view, origins = cleaned(text)
        >>> in_original(0, len(view), origins, text)
        (0, 12)
    """
    last = origins[end - 1] + 1
    behind = _FOLLOWS.match(text, last)
    return origins[start], behind.end() if behind else last


def _replaced(text: str) -> list[tuple[int, int, str]]:
    """Return what does not stand in the view as it is, the longest of those that overlap first."""
    found = [(start, end, MASK) for start, end in masked_spans(text)]
    found += _bracketed(text)
    if ":" in text:
        for pattern in (_CLOCK, _LABEL, _LENGTHENED):
            found += [(*m.span(), "") for m in pattern.finditer(text)]
    signs = [m.start() for m in _SIGN.finditer(text)]
    found += [(*m.span(), "") for m in near(_MARKS, text, signs, before=80, after=80)]
    found += [(*m.span(), "") for m in _INVISIBLE.finditer(text)]
    if not unicodedata.is_normalized("NFC", text):
        found += [(*m.span(), unicodedata.normalize("NFC", m.group())) for m in _COMBINED.finditer(text)]
    return sorted(found, key=lambda item: (item[0], -item[1]))


def _bracketed(text: str) -> Iterator[tuple[int, int, str]]:
    for m in _BRACKETED.finditer(text) if _OPENING.search(text) else ():
        inner = next((group for group in m.groups() if group is not None), "")
        words = [word.casefold() for word in _WORD.findall(inner)]
        if _MEASURED.fullmatch(inner) and not _is_a_number(m.group(), inner):
            yield (*m.span(), "")
        elif words and any(w in _SOUNDS for w in words) and all(w in _SOUNDS or w in _WITH_SOUNDS for w in words):
            yield (*m.span(), " ")


def _is_a_number(whole: str, inner: str) -> bool:
    """Tell whether figures in a bracket are more than a pause or a time: a year, an age, a telephone."""
    figures = sum(char.isdigit() for char in inner)
    if ":" in inner or figures == 0:
        return False
    return (
        (figures > 2 and "." not in inner and "," not in inner)
        or figures > 4
        or whole[0] != "("
        or (figures == 2 and inner.strip().isdigit())
    )
