"""What all detectors see together, what each is worth, how much there is to review, and what it costs.

    QUALKIT_DATA=… python -m benchmarks anonymisation [--show] [--held-out]

The detectors were tuned on these dev splits; expect less elsewhere. What is dated, counted in years or a role in the
treebanks is no name there and counts as falsely flagged, though an interview's date or role has to be decided about.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from functools import partial
from pathlib import Path

from benchmarks.identifying import Marked, Seen, Share, detected, norne, see, speech
from benchmarks.measuring import Options, Row, interleaved, show, table
from benchmarks.seeded_interviews import FOLDER, SETS, Interview, interviews, score, together
from qualkit.anonymisation.cleaned import cleaned
from qualkit.anonymisation.detecting import DETECTORS, detect, find_entities
from qualkit.identity import Hit

GOALS: Mapping[str, tuple[tuple[str, float], ...]] = {
    "cased": (("person", 0.997), ("place", 0.955), ("organisation", 0.89)),
    "bokmål, small letters": (("person", 0.91),),
    "nynorsk, small letters": (("person", 0.88),),
    "bokmål, capitals": (),
    "nynorsk, capitals": (),
    "dialect speech": (("proper noun", 0.96),),
}
FALSE = {"cased": 30, "dialect speech": 10}
_FALSE_ELSEWHERE = 40
_DIRECT, _QUASI = 1.0, 0.95


def measure(options: Options) -> None:
    data = os.environ.get("QUALKIT_DATA")
    if data:
        sets = _sets(Path(data))
        hits = {name: detected(marked) for name, marked in sets.items()}
        _recall(sets, hits)
        _load(sets["dialect speech"], hits["dialect speech"])
        _worth(sets, hits)
        _time(sets["bokmål"], options)
    else:
        print("QUALKIT_DATA names no folder: nothing of the treebanks is measured", file=sys.stderr)
    for part in SETS if options.held_out else [name for name in SETS if name.startswith("dev")]:
        found = list(interviews(FOLDER / part))
        if found:
            _seeded(part, found, show_words=options.show)


def _sets(data: Path) -> dict[str, Marked]:
    written = {
        "bokmål": norne(data / "norne/nob-dev.json", "nb"),
        "nynorsk": norne(data / "norne/nno-dev.json", "nn"),
    }
    small = {f"{name}, small letters": marked.changed(str.lower) for name, marked in written.items()}
    large = {f"{name}, capitals": marked.changed(str.upper) for name, marked in written.items()}
    return written | small | large | {"dialect speech": speech(data / "speech/no_nynorsklia-ud-dev.conllu")}


def _recall(sets: Mapping[str, Marked], hits: Mapping[str, Sequence[Hit]]) -> None:
    print("\n## Names covered by any detector\n")
    rows = []
    for name, marked in sets.items():
        seen = see(marked, hits[name])
        goals = dict(GOALS.get(name, GOALS["cased"]))
        limit = FALSE.get(name, _FALSE_ELSEWHERE if "," in name else FALSE["cased"])
        for kind, share in seen.recall.items():
            if kind != "other":
                rows.append((name, kind, str(share), str(share.of - share.found), *_against(share, goals.get(kind))))
        verdict = "within" if 1000 * seen.false.value <= limit else "over"
        rows.append((name, "falsely flagged in 1,000", _per_thousand(seen.false), "", f"at most {limit}", verdict))
    print(table(rows, ("text", "", "share (95 %)", "missed", "goal", "")))


def _against(share: Share, goal: float | None) -> tuple[str, str]:
    if goal is None:
        return "", ""
    return f"{goal:.3f}", "reached" if share.value >= goal else "missed"


def _per_thousand(share: Share) -> str:
    low, high = share.wilson()
    return f"{1000 * share.value:.1f} ({1000 * low:.1f}–{1000 * high:.1f})"


def _load(marked: Marked, hits: Sequence[Hit]) -> None:
    """Print how many different forms there are to decide about."""
    forms = {marked.text[start:end].casefold() for start, end in _merged(hits)}
    words = sum(1 for start, end, _ in marked.tokens if any(map(str.isalnum, marked.text[start:end])))
    print("\n## What there is to review, in dialect speech\n")
    per = 10_000 * len(forms) / words
    print(f"{len(forms)} distinct forms in {words:,} words: {per:.0f} in 10,000, about an hour of talk.")


def _merged(hits: Sequence[Hit]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for hit in sorted(hits, key=lambda hit: hit.start):
        if merged and hit.start < merged[-1][1]:
            merged[-1] = (merged[-1][0], max(merged[-1][1], hit.end))
        else:
            merged.append((hit.start, hit.end))
    return merged


def _worth(sets: Mapping[str, Marked], hits: Mapping[str, Sequence[Hit]]) -> None:
    """Print what is covered when one detector is switched off."""
    print("\n## What is covered with one detector switched off\n")
    shown = [
        ("bokmål", "person"),
        ("nynorsk", "person"),
        ("bokmål", "place"),
        ("bokmål", "organisation"),
        ("bokmål, small letters", "person"),
        ("bokmål, small letters", "place"),
        ("dialect speech", "proper noun"),
    ]
    rows = []
    for off in ("", *DETECTORS):
        without: dict[str, Seen] = {
            name: see(sets[name], [hit for hit in hits[name] if hit.detector.partition("@")[0] != off])
            for name in dict.fromkeys(name for name, _ in shown)
        }
        rows.append((off or "none", *(f"{without[name].recall[kind].value:.3f}" for name, kind in shown)))
    whole = rows[0][1:]
    kept = [rows[0], *(row for row in rows[1:] if row[1:] != whole)]
    print(table(kept, ("switched off", *(f"{name}: {kind}" for name, kind in shown))))
    silent = [row[0] for row in rows[1:] if row[1:] == whole]
    print(f"\nNo difference to names: {', '.join(silent)}.")


def _time(marked: Marked, options: Options) -> None:
    view = cleaned(marked.text)[0]
    steps = {
        "all": partial(detect, marked.text, language="nb"),
        "model": partial(find_entities, view, "nb"),
    }
    timed = interleaved(steps, options.times(5))
    row = Row("all detectors", f"{len(marked.tokens):,} tokens", timed["all"], timed["model"], 1.5)
    show("What all detectors cost, against the model of names alone", [row])


def _seeded(part: str, found: Sequence[Interview], *, show_words: bool) -> None:
    print(f"\n## Invented interviews: {part}\n")
    # Each is scored once; what is said of several is their sum.
    each = {interview.name: score([interview]) for interview in found}
    groups: dict[str, list[Interview]] = {"all": list(found)}
    for interview in found:
        for group in (interview.language, interview.variant):
            groups.setdefault(group, []).append(interview)
    rows = []
    for name, group in groups.items():
        scored = together([each[interview.name] for interview in group])
        rows.append(
            (
                f"{name} ({len(group)})",
                _counted(scored.direct),
                _against(scored.direct, _DIRECT)[1],
                _counted(scored.quasi),
                _against(scored.quasi, _QUASI)[1],
                _per_thousand(scored.false),
            )
        )
    print(table(rows, ("interviews", "direct, 1.000", "", "quasi, .950", "", "falsely flagged in 1,000")))
    whole = together(list(each.values()))
    print()
    print(table([(kind, _counted(share)) for kind, share in whole.types], ("type", "found")))
    print(f"\nForms that stand in labels only, left out: {sum(interview.only_labels for interview in found)}.")
    for missed in whole.missed:
        words = f": {', '.join(dict.fromkeys(missed.words))}" if show_words else ""
        kind = "direct" if missed.entity.direct else "quasi"
        print(f"- {missed.interview} {missed.entity.id} ({kind}, {missed.entity.type}){words}")


def _counted(share: Share) -> str:
    return f"{share.found}/{share.of}: {share}"
