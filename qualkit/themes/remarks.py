"""What a careful colleague would remark of themes: told on request, never forbidden.

A theme is one idea, and not everything that was said about a subject (Braun and Clarke call that a topic summary);
its heading says something, and does not echo the interview guide.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from qualkit.language.lemmas import lemmas
from qualkit.language.sentences import sentence_bounds
from qualkit.model import Theme
from qualkit.table import Cell, Column, Table
from qualkit.themes.structure import walk_themes

_WORD = re.compile(r"[^\W\d_]+")
_TOPIC = re.compile(
    r"(?:(?:opplevd|upplevd|perceived|experienced|possible|mulige|moglege)\w*\s+)?"
    r"(?:"
    r"(?:barrier\w*|hind(?:er|ringer|ringar)|hinder|hemmere|hemmarar)\s+(?:for|mot|to|of|and|og)"
    r"|(?:facilitators?|enablers?|fremmere|fremjarar)\s+(?:for|of|to|and|og)"
    r"|(?:challenges?|utfordring\w*)\s+(?:of|with|in|to|faced|med|ved|i|knyt\w+|for)"
    r"|(?:experiences?|erfaring\w*|opplevels\w*|oppleving\w*)\s+(?:of|with|from|in|av|med|fra|frå|i|ved|knyt\w+)"
    r"|(?:perceptions?|views?|attitudes?|opinions?|thoughts?|understandings?)\s+(?:of|on|towards?|about)"
    r"|(?:syn|tanker|tankar|meninger|meiningar|holdninger|haldningar|forståelse\w*|forståing\w*)\s+(?:på|om|til|av|for)"
    r"|(?:the\s+)?(?:importance|meaning|significance|role|impact|effects?|benefits?|use)\s+of"
    r"|(?:betydning\w*|tyding\w*|viktighet\w*|rolle\w*|rolla|nytte\w*|bruk\w*|verdien|verknad\w*|virkning\w*)\s+(?:av|til|for)"
    r"|(?:advantages|pros|benefits|strengths|fordeler|føremoner|styrker)\s+(?:and|og)"
    r"|(?:needs?|wishes|behov|ønsker|ønske)\s+(?:for|of|om|etter)"
    r"|(?:factors?|faktorar|faktorer)\s+(?:that|for|som|in|i)"
    r")\b",
    re.IGNORECASE,
)
_FUNCTION = frozenset(
    "a about an and are as at be been but by can did do does for from had has have how i if in is it its me my of on "
    "or our that the their them they this to was we were what when where which who why will with you your "
    "alle av ble da de deg dei dem den der deg det dette dere dykk du eg eller en er et ei etter for fordi fra frå får "
    "gjør gjer ha han har hos hun ho hva kva hvem kven hver hvilke hvor kor korleis hvordan hvorfor kvifor i ikke "
    "ikkje ja jeg kan kva kunne litt man med meg men mer meir mot må min mitt når no nå noe noko noen nokon og også om "
    "opp oss over på seg selv si sin skal skulle som så til uten utan var ved vi vil ville være vere vært vore å "
    "fortell fortelje fortelle tell say describe beskriv beskrive think synes synest tenker tenkjer opplever opplevde "
    "experience experienced feel føler kjenner".split()
)
_ECHO = 0.75
_STEM = 5


def heading_remarks(heading: str, questions: Sequence[str], *, language: str) -> list[tuple[str, str]]:
    """Return what there is to remark of a heading: a short name of the remark, and the remark.

    Args:
        heading: Of a theme, a subtheme or a result category.
        questions: Of the interview guide and of the study.
        language: nb, nn or en.

    Example:
        >>> [name for name, _ in heading_remarks("Betydningen av telefonen", [], language="nb")]
        ['topic']
        >>> heading_remarks("Den som kjenner noen, får svar", ["Hvem kjenner du?"], language="nb")
        []
    """
    found = []
    words = _WORD.findall(heading)
    if len(words) == 1:
        found.append(("one word", "one word names a subject; a heading that says something about it carries more"))
    if _TOPIC.match(heading.strip()):
        found.append(("topic", "it begins as a heading over a subject: what is it that you say about it?"))
    for number, question in enumerate(questions, 1):
        if _echoes(heading, question, language):
            told = f"it echoes question {number}: a theme that is a question of the guide gathers answers to it"
            found.append(("topic summary", told))
            break
    return found


def _echoes(heading: str, question: str, language: str) -> bool:
    """Return whether a heading says little but what a question asked."""
    own, asked = _content(heading, language), _content(question, language)
    if not own:
        return " ".join(heading.casefold().split()).rstrip("?") == " ".join(question.casefold().split()).rstrip("?")
    held = sum(any(_alike(word, other) for other in asked) for word in own)
    return held / len(own) >= _ECHO and (len(own) > 1 or len(asked) <= 2)


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    """Return whether two words are forms of one, or begin alike, as “samarbeid” and “samarbeide”."""
    if one & other:
        return True
    pairs = ((min(a, b, key=len), max(a, b, key=len)) for a in one for b in other)
    return any(len(short) >= _STEM and long.startswith(short) and len(long) - len(short) <= 3 for short, long in pairs)


def _content(text: str, language: str) -> list[frozenset[str]]:
    """Return, for each word that carries meaning, the forms it may belong to."""
    words = [word.casefold() for word in _WORD.findall(text)]
    return [frozenset({word, *lemmas(word, language)}) for word in words if word not in _FUNCTION and len(word) > 1]


def theme_remarks(theme: Theme, questions: Sequence[str], *, language: str) -> Iterator[tuple[str, str]]:
    """Yield what there is to remark of one theme, as `heading_remarks` does."""
    yield from heading_remarks(theme.heading, questions, language=language)
    if theme.test:
        sentences = len(sentence_bounds(theme.test, 0, len(theme.test)))
        if sentences > 2:
            yield "test", f"its test has {sentences} sentences: what cannot be said in two may be more than one theme"
    if theme.status in ("reviewed", "defined") and not theme.concept:
        yield "concept", "it has no central organising concept yet: what is the one idea that everything in it shares?"
    if theme.status == "defined" and not theme.definition:
        yield "definition", "it is called defined, and no definition is written"
    if theme.status == "defined" and not theme.test:
        yield "test", "it is called defined, and nothing says in a sentence or two what it is and what it is not"
    if len(theme.codes) == 1 and not theme.subthemes:
        yield "one code", "it rests on one code: is it more than that code?"


def remarks_table(
    themes: Sequence[Theme], questions: Sequence[str], voices: Sequence[tuple[str, int]], *, language: str
) -> Table:
    """Return everything there is to remark of themes.

    Args:
        themes: Those that stand.
        questions: Of the interview guide and of the study.
        voices: By id of a theme, how many participants are heard in it.
        language: nb, nn or en.
    """
    heard = dict(voices)
    rows: list[tuple[Cell, ...]] = []
    for theme in walk_themes(themes):
        rows += [(theme.heading, name, told) for name, told in theme_remarks(theme, questions, language=language)]
        if heard.get(theme.id) == 1:
            rows.append((theme.heading, "one voice", "one participant is heard in it"))
    columns = (Column("theme", "Theme", groups=True), Column("remark", "Remark"), Column("told", "Told"))
    notes = ("Remarks, not faults: whether any of it matters is yours to judge.",)
    return Table("theme-remarks", "Remarks on themes", columns, tuple(rows), notes)
