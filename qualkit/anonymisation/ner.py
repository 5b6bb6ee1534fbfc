"""What a model of names sees: persons, places, institutions and words made of names, by the words around them.

The model for Norwegian comes with qualkit (see ner_model/README.md for what it was fitted on and what it misses) and
reads Danish and Swedish too. It was taught small letters as well, and still sees only two names of three where a
transcript has no capitals, and hardly any of those that are rare in Norwegian news. For English there is a model only
where the researcher has installed one of spaCy's.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING

from qualkit.identity import Hit, IdentityClass, IdentityType

if TYPE_CHECKING:
    from spacy.language import Language

VERSION = "1.0.0"
"""Of the model that comes with qualkit."""

MODEL = Path(__file__).with_name("ner_model")

ENGLISH = ("en_core_web_lg", "en_core_web_md", "en_core_web_sm", "en_core_web_trf")
"""spaCy's own English models, in the order in which they are taken; they stand for what is installed already."""

_MAJOR = "3."
# DRV is a word made of a name: Halden-mannen, NAV-leder. NorNE marks no nationalities.
_SEEN_AS: dict[str, tuple[IdentityType, IdentityClass]] = {
    "PER": ("person", "direct"),
    "PERSON": ("person", "direct"),
    "GPE_LOC": ("place", "indirect"),
    "GPE_ORG": ("place", "indirect"),
    "GPE": ("place", "indirect"),
    "LOC": ("place", "indirect"),
    "FAC": ("place", "indirect"),
    "ORG": ("institution", "strong-indirect"),
    "NORP": ("nationality", "indirect"),
    "DRV": ("other", "indirect"),
    "PROD": ("other", "indirect"),
    "PRODUCT": ("other", "indirect"),
    "WORK_OF_ART": ("other", "indirect"),
    "LAW": ("other", "indirect"),
    "EVT": ("other", "indirect"),
    "EVENT": ("other", "indirect"),
    "MISC": ("other", "indirect"),
}
_PIECE = 2_000
_FEW = 3
_AT_ONCE = 64
_BEFORE_FORGETTING = 200_000
_PARAGRAPH = re.compile(r"[^\n]+")
_SENTENCE_END = re.compile(r"[.!?…][\"'”’»)\]]*\s+")
_SPACE = re.compile(r"\s+")


def detector(language: str) -> str:
    """Return which model reads this language, as hits carry it; "" where none does.

    Example:
        >>> detector("nn")
        'ner@1.0.0'
    """
    if language != "en":
        return f"ner@{VERSION}" if (MODEL / "meta.json").is_file() else ""
    installed = _english()
    return f"ner@{installed[0]}-{installed[1]}" if installed else ""


def ready(language: str) -> bool:
    """Return whether a model reads this language on this machine."""
    return bool(detector(language))


def entities(texts: Sequence[str], language: str) -> Iterator[list[Hit]]:
    """Yield, for every text, what the model sees in it, in the order of the text.

    What the model takes a name for is often wrong, a town for a person; so nothing is left out by its type.

    Args:
        texts: Whole transcripts, turns or sentences, without pause marks, which the model takes for names. They are
            read a paragraph at a time, so that a book takes no more memory than a page.
        language: nb, nn, da or sv; for "en", nothing is seen unless an English model is installed.

    Yields:
        A list as long as the model saw names, empty where it saw none or where there is no model.

    Example:
        >>> text = "I fjor flyttet Kari Nordmann til Halden."
        >>> [(text[hit.start : hit.end], hit.type) for hit in next(entities([text], "nb"))]
        [('Kari Nordmann', 'person'), ('Halden', 'place')]
    """
    by = detector(language)
    for group in _groups(texts):
        yield from _seen(group, by, _model(language)) if by else [[] for _ in group]


def _groups(texts: Sequence[str]) -> Iterator[list[str]]:
    """Put short texts together, as many as are read before the model forgets their words."""
    group: list[str] = []
    size = 0
    for text in texts:
        group.append(text)
        size += len(text)
        if size >= _BEFORE_FORGETTING:
            yield group
            group, size = [], 0
    if group:
        yield group


def _seen(texts: Sequence[str], by: str, model: Language) -> list[list[Hit]]:
    """Return the hits of each text; nothing of the texts stays in the model's memory."""
    hits: list[list[Hit]] = [[] for _ in texts]
    parts = ((readable(part), (number, start)) for number, text in enumerate(texts) for part, start in pieces(text))
    with model.memory_zone():
        for doc, (number, start) in model.pipe(parts, as_tuples=True, batch_size=_AT_ONCE):
            for entity in doc.ents:
                if entity.label_ in _SEEN_AS:
                    type_, cls = _SEEN_AS[entity.label_]
                    hits[number].append(Hit(start + entity.start_char, start + entity.end_char, by, type_, cls))
    return hits


def pieces(text: str) -> Iterator[tuple[str, int]]:
    """Yield a text in parts that can be read one at a time, each with its offset.

    A part is a paragraph; a very long one is parted between sentences, or else between words.

    Example:
        >>> list(pieces("Ja.\\n\\nNei da.\\n"))
        [('Ja.', 0), ('Nei da.', 5)]
    """
    for paragraph in _PARAGRAPH.finditer(text):
        at, end = paragraph.span()
        while end - at > _PIECE:
            cut = _last(_SENTENCE_END, text, at, at + _PIECE) or _last(_SPACE, text, at, at + _PIECE) or at + _PIECE
            yield text[at:cut], at
            at = cut
        if text[at:end].strip():
            yield text[at:end], at


def readable(part: str) -> str:
    """Return a part as long as it was, small letters for one in capitals only: those the model knows better."""
    if len(part.split(None, _FEW)) <= _FEW or not part.isupper():
        return part
    return "".join(small if len(small := letter.lower()) == 1 else letter for letter in part)


def _last(boundary: re.Pattern[str], text: str, start: int, end: int) -> int:
    """Return where the last such boundary ends, past the first half; 0 where there is none."""
    return max((match.end() for match in boundary.finditer(text, start + _PIECE // 2, end)), default=0)


@cache
def _english() -> tuple[str, str] | None:
    """Return name and version of an installed English model; packages that only bear its name are passed over."""
    for name in ENGLISH:
        try:
            number = version(name)
        except PackageNotFoundError:
            continue
        if number.startswith(_MAJOR):
            return name, number
    return None


def _model(language: str) -> Language:
    installed = _english() if language == "en" else None
    return _loaded(installed[0] if installed else "")


@cache
def _loaded(name: str) -> Language:
    import spacy

    if not name:
        return spacy.load(MODEL)
    # Of an English pipeline only what names need is run.
    return spacy.load(name, exclude=["tagger", "parser", "attribute_ruler", "lemmatizer", "senter"])
