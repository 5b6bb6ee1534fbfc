"""Facts about an interview that stand above it, in a table or as lines: informant, date, place, length.

"Informant: K7" has the form of a turn and is none. It is told from "Informant: Ja, det gjorde jeg." by what
stands beside it and by how it ends.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_FACTS = re.compile(
    r"(?:dato|date|sted|stad|place|location|tid|tidspunkt|klokkeslett|time|varighet|varigheit|lengde|duration|alder"
    r"|age|kjønn|gender|yrke|stilling|profession|occupation|utdanning|education|sivilstatus|kommune|arbeidssted"
    r"|erfaring|prosjekt|project|intervju ?(?:nr|nummer|id)?|interview ?(?:no|id)?|opptak|lydfil|recording|fil|file"
    r"|transkribert av|transkribent|transcribed by|transcriber|deltakere|deltakarar|til stede|participants|språk"
    r"|language|pseudonym|samtykke|consent|tittel|title|id|kode|merknad(?:er)?|kommentar(?:er)?)[ .]*:?$",
    re.IGNORECASE,
)
_PEOPLE = re.compile(
    r"(?:informant|intervjuobjekt|deltaker|deltakar|respondent|participant|intervjuer|intervjuar|interviewer|moderator"
    r"|forsker|navn|namn|name|rolle|role)[ _.]?\d{0,3}[ .]*:?$",
    re.IGNORECASE,
)
_ABOUT = {"dato": "date", "date": "date", "sted": "place", "stad": "place", "place": "place", "location": "place"}
_LINE = re.compile(r"\s*(?P<name>[^\W\d_][^:：\t\n]{0,29})\s*[:：\t]\s*(?P<value>\S.{0,99})$")
_LONGEST = 100
_LONGEST_PERSON = 60
_TITLES = 3


def is_fact(name: str, value: str) -> bool:
    """Tell whether a name, such as "Dato", can only be that of a fact.

    Example:
        >>> is_fact("Dato:", "12.3.2026"), is_fact("Informant", "K7"), is_fact("Yrke", "Jeg er " + 100 * "så ")
        (True, False, False)
    """
    return len(value) <= _LONGEST and bool(_FACTS.match(name))


def is_person(name: str, value: str) -> bool:
    """Tell whether a name is a part in the conversation, and the value who had it rather than speech.

    Example:
        >>> is_person("Informant", "K7"), is_person("Informant", "Ja, det gjorde jeg.")
        (True, False)
    """
    ends = value[-1:] not in (".", "?", "!", "…", ",")
    return ends and len(value) <= _LONGEST_PERSON and bool(_PEOPLE.match(name))


def about(name: str, value: str) -> tuple[str, str] | None:
    """Return what is kept of a fact, and under which key."""
    key = _ABOUT.get(name.rstrip(" .:").casefold())
    return (key, value) if key and value else None


def facts_at_the_head(lines: Sequence[str]) -> dict[int, tuple[str, str]]:
    """Return the lines of facts at the head of a text, by index: name and value.

    There must be two in a row at least, one of them sure, and no name twice; a title may stand above.

    Example:
        >>> facts_at_the_head(["Intervju 7", "Informant: K7", "Dato: 12.3.2026", "I: Hei?"])
        {1: ('Informant', 'K7'), 2: ('Dato', '12.3.2026')}
    """
    found: dict[int, tuple[str, str]] = {}
    titles = 0
    for i, line in enumerate(lines):
        if not line.strip():
            continue
        match = _LINE.match(line)
        name, value = (match["name"].strip(), match["value"].strip()) if match else ("", "")
        if match and (is_fact(name, value) or is_person(name, value)):
            found[i] = (name, value)
        elif found or match or titles == _TITLES or len(line) > _LONGEST:
            break
        else:
            titles += 1
    names = {name.casefold() for name, _ in found.values()}
    if len(found) < 2 or len(names) < len(found) or not any(is_fact(*fact) for fact in found.values()):
        return {}
    return found
