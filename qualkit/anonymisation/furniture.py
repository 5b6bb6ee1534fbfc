"""The furniture of a transcript: "Intervju D1", "Fokusgruppe 2", "Informant 4", "Moderator". It names nobody."""

from __future__ import annotations

import re

_PIECE = re.compile(
    r"\b(?:(?:dybde|gruppe|telefon|video|pilot|oppfølgings|oppfylgings)?intervju(?:et)?|interview|transkripsjon|transkript|"
    r"transcript|transcription|fokusgruppe(?:intervju)?|focus[ \t]group|gruppesamtale|informant|informanten|deltaker|"
    r"deltakar|participant|respondent|moderator|intervjuer|intervjuar|interviewer|facilitator|observatør|observer|taler|"
    r"talar|speaker|opptak|lydopptak|recording|lydfil|audio|samtale|session|feltnotat(?:er)?|field[ \t]notes?)\b"
    r"(?:[ \t]*(?:nr\.?|no\.?|number|nummer|med|with|[#:–-])?[ \t]*"
    r"((?:[^\W\d_]{0,3}[ \t-]?\d{1,4}[a-zæøå]?|[ivx]{1,4}|(?-i:[A-ZÆØÅ]))(?!\w)))?",
    re.IGNORECASE,
)


def codes(text: str) -> frozenset[int]:
    """Return where codes begin that stand behind a word of the furniture.

    Example:
        >>> sorted(codes("Intervju D1, så kom Moderator, Informant 4 og Kari 4."))
        [9, 41]
    """
    return frozenset(match.start(1) for match in _PIECE.finditer(text) if match.group(1))


def without_pieces(words: str) -> str:
    """Return some words without the furniture in them.

    Example:
        >>> without_pieces("Intervju D1").strip(), without_pieces("Informant Kari").strip()
        ('', 'Kari')
    """
    return _PIECE.sub(" ", words)
