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
from qualkit.reflection import standing
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
        source = "both" if own and said else "yours" if said else "computed" if number in COMPUTED and own else "partly"
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


def computed(material: Material, trail: Sequence[Decision], *, tables: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    """Yield what the study itself tells: the number of an item, and a sentence."""
    yield from _of_sources(material)
    yield from _of_coding(material, trail)
    yield from _of_results(material)
    for number, name in ((16, "participants"), (25, "code-tree")):
        if name in tables:
            yield number, printed("see-table", material.study.settings.language, table=tables[name])


def _of_sources(material: Material) -> Iterator[tuple[int, str]]:
    language = material.study.settings.language
    sources = list(material.transcripts.values())
    people = material.people()
    yield 12, printed("coreq-12", language, n=len(people))
    kinds = Counter(printed(f"kind-{one.kind}", language) for one in sources)
    yield 14, printed("coreq-14", language, kinds=", ".join(f"{kind} ({number})" for kind, number in kinds.items()))
    others = sum(any(speaker.role == "other" for speaker in one.speakers) for one in sources)
    yield 15, printed("coreq-15", language, n=others, all=len(sources))
    if material.guide.questions:
        yield 17, printed("coreq-17", language, n=len(material.guide.questions))
    spoken: Counter[str] = Counter()
    for one in sources:
        spoken.update(set(speaker_ids(one, material.participants).values()) & set(people))
    yield 18, printed("coreq-18", language, n=sum(number > 1 for number in spoken.values()))
    made = Counter(one.kind for one in sources)
    yield 20, printed("coreq-20", language, n=made["field-note"], m=made["notes"])
    minutes = durations(material)
    if not minutes:
        yield 21, printed("coreq-21-none", language)
        return
    values = {"median": round(median(minutes)), "least": round(min(minutes)), "most": round(max(minutes))}
    yield 21, printed("coreq-21", language, n=len(minutes), all=len(sources), **values)


def _of_coding(material: Material, trail: Sequence[Decision]) -> Iterator[tuple[int, str]]:
    language = material.study.settings.language
    accepted = material.accepted()
    coders = sorted({extract.coding.coder for extract in accepted})
    yield 24, printed("coreq-24", language, n=len(coders), who=", ".join(coders) or printed("none", language))
    done = everything_done(material, trail)
    changes = len({one.object for one in done if one.activity in ("codebook", "changed")})
    deductive = sum(theme.origin not in ("", "inductive") for theme in _themes(material))
    codes = sum(code.codable for code in material.codebook.walk())
    yield 26, printed("coreq-26", language, n=codes, deductive=deductive, changes=changes)
    origins = Counter(extract.coding.origin.partition(":")[0] for extract in accepted)
    counts = {"manual": origins["manual"], "rules": origins["rule"], "models": origins["model"], "all": len(accepted)}
    yield 27, printed("coreq-27", language, version=__version__, **counts)


def _of_results(material: Material) -> Iterator[tuple[int, str]]:
    language = material.study.settings.language
    none = printed("none", language)
    accepted, themes = material.accepted(), _themes(material)
    chosen = {coding for theme in themes for coding in theme.quotations}
    chosen |= {one.golden for group in material.groups for one in group.subgroups if one.golden}
    whose = {extract.participant for extract in accepted if extract.coding.id in chosen} - {""}
    yield 29, printed("coreq-29", language, n=len(chosen), people=len(whose))
    against = {one.about for one in standing(material.reflections, "verdict") if one.verdict == "contradicts"}
    golden = {group.code for group in material.groups if any(one.golden for one in group.subgroups)}
    quoted = sum(bool(theme.quotations) or any(code in golden for code in theme.codes) for theme in themes)
    yield 30, printed("coreq-30", language, n=quoted, all=len(themes), contradicts=len(against))
    if material.themes:
        yield 31, "; ".join(theme.heading for theme in material.themes)
    voices = defaultdict(set)
    for extract in accepted:
        voices[extract.coding.code].add(extract.participant)
    alone = [code.name for code in material.codebook.walk() if len(voices.get(code.id, ())) == 1]
    under = [theme.heading for theme in themes if theme not in material.themes]
    yield 32, printed("coreq-32", language, subthemes="; ".join(under) or none, single="; ".join(alone) or none)


def durations(material: Material) -> list[float]:
    """Return how long the recorded sources are, in minutes, as far as their turns have times."""
    found = []
    for one in material.transcripts.values():
        times = [turn.time for turn in one.turns if turn.time is not None]
        if times and one.kind in ("interview", "group-interview"):
            found.append((max(end for _, end in times) - min(start for start, _ in times)) / 60)
    return found


def _themes(material: Material) -> list[Theme]:
    """Return themes and subthemes that stand."""
    return [one for theme in material.themes for one in _below(theme)]


def _below(theme: Theme) -> Iterator[Theme]:
    yield theme
    for each in theme.subthemes:
        yield from _below(each)
