"""What gives a speaker away beside names: the gender told, and a dialect that is heard in print."""

from __future__ import annotations

import re

_SELF = re.compile(
    r"""\b(?:
        (?:jeg|eg|æ|e|i)\s+(?:er|e|æ|var|va)\s+(?:jo\s+|ei\s+|en\s+|ein\s+|bare\s+|berre\s+)*
            (?:kvinne|kvinnfolk|dame|jente|mor|mamma|søster|syster|bestemor|enke|enkje|
               mann|mannfolk|kar|gutt|gut|far|pappa|bror|bestefar|enkemann|enkjemann)
        | som\s+(?:ei\s+|en\s+|ein\s+)?
            (?:kvinne|dame|jente|mor|søster|syster|datter|dotter|mann|kar|gutt|gut|far|bror|sønn|son)\b
        | I(?:'m|’m|\s+am|\s+was)\s+(?:just\s+)?(?:a|the|his|her|their)\s+
            (?:woman|girl|mother|mum|sister|daughter|wife|widow|man|boy|father|dad|brother|son|husband|widower)
        | as\s+(?:a|the)\s+(?:woman|girl|mother|sister|daughter|wife|man|boy|father|brother|son|husband)
        | (?:mannen|kona|kjerringa|kjerringen|gubben|min\s+mann|mi\s+kone|min\s+kone)\s+(?:min|mi)\b
        | my\s+(?:husband|wife)
    )\b""",
    re.IGNORECASE | re.VERBOSE,
)
_ABOUT = re.compile(r"\b(?:hun|ho|hu|henne|hennar|hennes|han|ham|hans|she|her|hers|he|him|his)\b", re.IGNORECASE)
_NB = frozenset(
    """
    æ æg æi mæ dæ sæ ho hu itj itje ikkje kæm kem ka ko kor korsen korleis koffer kordan dokker dåkker dåkk dokk
    hannj nokka nåkka nokke vettu hainn sjøl me mi di si åsså asså ente inte dom dem'n væl kjem veit eg jæ
    """.split()
)
_NN = frozenset(
    "æ æg mæ dæ sæ itj itje kæm kem ka ko korsen koffer dokker dåkker dåkk hannj nokka nåkka jæ hainn".split()
)
_EN = frozenset(
    "ain't innit yous nowt owt summat thou thee wi' t' gonnae wee aye bairn lass lad wha dinnae cannae".split()
)
_DIALECT = {"nb": _NB - {"me", "mi", "di", "si", "dem", "dom", "ho", "hu"}, "nn": _NN, "en": _EN}
_TWO_SENTENCES = re.compile(r"[^.!?]*(?:[.!?]+[^.!?]*)?")
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")


def gender_told(text: str) -> list[tuple[int, int]]:
    """Return where a speaker tells a gender of their own, or of the person they live with.

    Example:
        >>> said = "Jeg er jo mor til to, og mannen min reiser."
        >>> [said[start:end] for start, end in gender_told(said)]
        ['Jeg er jo mor', 'mannen min']
    """
    return [match.span() for match in _SELF.finditer(text)]


def pronouns_about(text: str, participant: str) -> list[tuple[int, int]]:
    """Return the pronouns of a gender that stand in the same sentence, or the next one, as a participant's id.

    Example:
        >>> text = "K3 er skeptisk. Hun har sett det før. Andre er det ikke."
        >>> [text[start:end] for start, end in pronouns_about(text, "K3")]
        ['Hun']
    """
    found = []
    for named in re.finditer(rf"(?<!\w){re.escape(participant)}(?!\w)", text):
        stretch = _TWO_SENTENCES.match(text, named.end())
        end = stretch.end() if stretch else named.end()
        found += [match.span() for match in _ABOUT.finditer(text, named.end(), end)]
    return sorted(set(found))


def dialect_words(text: str, language: str) -> int:
    """Return how many words of a text are written as they are said in a dialect, and in no standard.

    Example:
        >>> dialect_words("Æ veit itj ka du meine", "nb"), dialect_words("Jeg vet ikke hva du mener", "nb")
        (4, 0)
    """
    known = _DIALECT.get(language, frozenset())
    return sum(word in known for word in (match.casefold() for match in _WORD.findall(text)))
