"""COREQ as a table: what the study tells of an item, what the researcher answered, and what is missing.

Eleven of its thirty-two items can be told from a study alone and five in part; the rest is asked for in
`reporting.yaml`. Nothing is made up where nobody answered.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from statistics import median

from qualkit.activity import everything_done
from qualkit.language.appendix import DOMAINS
from qualkit.language.printed import printed
from qualkit.material import Material, speaker_ids
from qualkit.model import Decision, Theme
from qualkit.reporting import COMPUTED, ITEMS, PARTLY, Reporting
from qualkit.table import Cell, Column, Table
from qualkit.version import __version__


def coreq_table(
    material: Material, trail: Sequence[Decision], reporting: Reporting, *, tables: Mapping[str, int]
) -> Table:
    """Return the items of COREQ with what is reported of each, and where it comes from.

    Args:
        material: Of the study.
        trail: Its decisions.
        reporting: What the researcher answered.
        tables: Numbers of the tables that stand before it, by name.
    """
    language = material.study.settings.language
    told = dict(computed(material, trail, tables=tables))
    domains = dict(DOMAINS)
    rows: list[tuple[Cell, ...]] = []
    for number in range(1, ITEMS + 1):
        if number in domains:
            rows.append((printed(f"coreq-domain-{number}", language), None, None, None))
        answer = reporting.coreq.get(number)
        own, said = told.get(number, ""), answer.text if answer is not None else ""
        words = " ".join(part for part in (own, said) if part) or printed("coreq-missing", language)
        source = (
            "both" if own and said else "yours" if said else "computed" if number in COMPUTED and own else "partly"
        )
        basis = printed(f"coreq-{source}", language) if own or said else None
        page = answer.page if answer is not None else ""
        item = f"\u2003{number} {printed(f'coreq-item-{number}', language)}"
        rows.append((item, words, basis, page or None))
    columns = (
        Column("item", printed("coreq-item", language)),
        Column("told", printed("coreq-told", language)),
        Column("source", printed("coreq-source", language)),
        Column("page", printed("coreq-page", language)),
    )
    title = printed("coreq", language)
    kept = [n for n, column in enumerate(columns) if column.key != "page" or any(row[n] for row in rows)]
    return Table(
        "coreq",
        title,
        tuple(columns[n] for n in kept),
        tuple(tuple(row[n] for n in kept) for row in rows),
        (printed("coreq-note", language),),
        description=title,
    )


def missing(reporting: Reporting) -> list[int]:
    """Return the items that only the researcher can answer, and has not."""
    return [n for n in range(1, ITEMS + 1) if n not in (*COMPUTED, *PARTLY) and n not in reporting.coreq]


def computed(
    material: Material, trail: Sequence[Decision], *, tables: Mapping[str, int]
) -> Iterator[tuple[int, str]]:
    """Yield what the study itself tells: the number of an item, and a sentence."""
    language = material.study.settings.language

    def say(number: int, key: str = "", **values: object) -> tuple[int, str]:
        return number, printed(f"coreq-{number}{key}", language, **values)

    people = material.people()
    yield say(12, n=len(people))
    kinds = Counter(printed(f"kind-{one.kind}", language) for one in material.transcripts.values())
    yield say(14, kinds=", ".join(f"{kind} ({number})" for kind, number in kinds.items()))
    others = [any(s.role == "other" for s in one.speakers) for one in material.transcripts.values()]
    yield say(15, n=sum(others), all=len(others))
    if "participants" in tables:
        yield say(16, table=tables["participants"])
    guide = getattr(material, "guide", None)
    if guide is not None and guide.questions:
        yield say(17, n=len(guide.questions))
    spoken: Counter[str] = Counter()
    for one in material.transcripts.values():
        spoken.update({speaker for speaker in speaker_ids(one, material.participants).values() if speaker in people})
    yield say(18, n=sum(number > 1 for number in spoken.values()))
    made = Counter(one.kind for one in material.transcripts.values())
    yield say(20, n=made["field-note"], m=made["notes"])
    minutes = durations(material)
    if minutes:
        values = {"median": round(median(minutes)), "least": round(min(minutes)), "most": round(max(minutes))}
        yield say(21, n=len(minutes), all=len(material.transcripts), **values)
    else:
        yield say(21, "-none")
    accepted = material.accepted()
    coders = sorted({extract.coding.coder for extract in accepted})
    yield say(24, n=len(coders), who=", ".join(coders) or printed("none", language))
    if "code-tree" in tables:
        yield 25, printed("coreq-16", language, table=tables["code-tree"])
    themes = [one for theme in material.themes for one in _below(theme)]
    done = list(everything_done(material, trail))
    changes = len({one.object for one in done if one.activity in ("codebook", "changed")})
    deductive = sum(getattr(theme, "origin", "") not in ("", "inductive") for theme in themes)
    yield say(26, n=sum(code.codable for code in material.codebook.walk()), deductive=deductive, changes=changes)
    origins = Counter(extract.coding.origin.partition(":")[0] for extract in accepted)
    counts = {"manual": origins["manual"], "rules": origins["rule"], "models": origins["model"], "all": len(accepted)}
    yield say(27, version=__version__, **counts)
    chosen = {coding for theme in themes for coding in theme.quotations}
    chosen |= {one.golden for group in material.groups for one in group.subgroups if one.golden}
    whose = {extract.participant for extract in accepted if extract.coding.id in chosen} - {""}
    yield say(29, n=len(chosen), people=len(whose))
    reflections = getattr(material, "reflections", ())
    against = {one.about for one in reflections if getattr(one, "verdict", "") == "contradicts"}
    golden = {group.code for group in material.groups if any(one.golden for one in group.subgroups)}
    quoted = sum(bool(theme.quotations) or any(code in golden for code in theme.codes) for theme in themes)
    yield say(30, n=quoted, all=len(themes), contradicts=len(against))
    if material.themes:
        yield say(31, themes="; ".join(theme.heading for theme in material.themes))
    single = defaultdict(set)
    for extract in accepted:
        single[extract.coding.code].add(extract.participant)
    alone = [code.name for code in material.codebook.walk() if len(single.get(code.id, ())) == 1]
    under = [theme.heading for top in material.themes for theme in _below(top) if theme is not top]
    none = printed("none", language)
    yield say(32, subthemes="; ".join(under) or none, single="; ".join(alone) or none)


def durations(material: Material) -> list[float]:
    """Return how long the recorded sources are, in minutes, as far as their turns have times."""
    found = []
    for one in material.transcripts.values():
        times = [turn.time for turn in one.turns if turn.time is not None]
        if times and one.kind in ("interview", "group-interview"):
            found.append((max(end for _, end in times) - min(start for start, _ in times)) / 60)
    return found


def _below(theme: Theme) -> Iterator[Theme]:
    yield theme
    for each in theme.subthemes:
        yield from _below(each)
