"""What a person decides about codings of changed transcripts: where one belongs, whether new words stand.

Every decision is told to the trail before it is written.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from qualkit import study as studies
from qualkit.coding.anchored import WAS, Reanchored, looked_at, placed
from qualkit.errors import QualkitError
from qualkit.model import RULES_CODER, WAITING, Coding, Decision, Span, Study
from qualkit.reanchoring import reanchored


class NoSuchCoding(QualkitError):
    """No coding that this is about has the id given."""

    def __init__(self, identifier: str, what: str) -> None:
        super().__init__(f"there is no coding “{identifier}” {what}", "The ids stand in the table of: qualkit anchor")


class SeveralCoders(QualkitError):
    """The id is that of several coders' decisions."""

    def __init__(self, identifier: str, coders: Sequence[str]) -> None:
        super().__init__(
            f"the coding “{identifier}” is in the files of {', '.join(coders)}", "Say whose is meant: --coder NAME"
        )


class NoSuchCandidate(QualkitError):
    """A place was chosen by a number that is not in the list, or by words that do not stand there once."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "qualkit anchor shows the places there are; --words takes the words themselves.")


@dataclass(frozen=True, slots=True)
class Open:
    """A coding that a person should look at: it waits for a decision, or its words were changed.

    Attributes:
        coding: As it stands in its coder's file.
        file_coder: Whose file that is.
        result: What was found for one that waits; None for one whose words were changed.
    """

    coding: Coding
    file_coder: str
    result: Reanchored | None = None


def open_codings(study: Study) -> list[Open]:
    """Return the codings of all coders that wait for a decision, and those whose words were changed."""
    out: list[Open] = []
    for name in studies.transcript_ids(study):
        record, _ = studies.transcript_or_problems(study, name)
        for coder, _, path in studies.coding_files(study, name):
            # Proposals are made anew by their rules; most files have nothing to decide about.
            if coder == RULES_CODER or record is None or not _OPEN.search(path.read_bytes()):
                continue
            codings, _ = studies.read_codings(study, coder, name)
            waiting = [coding for coding in codings if coding.anchor in WAITING]
            results = reanchored(study, record, waiting)
            out += [Open(result.before, coder, result) for result, _ in results]
            out += [Open(coding, coder) for coding in codings if coding.anchor == "words-changed"]
    return out


_OPEN = re.compile(rb'"anchor":\s*"(?:ambiguous|lost|words-changed)"')


def find_open(items: Sequence[Open], identifier: str, coder: str | None, *, waiting: bool) -> Open:
    """Return the open coding of an id: the coder's own, or that of the one coder who has it.

    Args:
        items: As `open_codings` gives them.
        identifier: Of the coding; the beginning of it will do where it is the only one.
        coder: Whose, where several have it.
        waiting: Whether it must be one that waits, or one whose words were changed.

    Raises:
        NoSuchCoding: If there is none.
        SeveralCoders: If several coders have it and none of them is named.
    """
    right = [item for item in items if (item.result is not None) == waiting]
    found = [item for item in right if item.coding.id == identifier]
    found = found or [item for item in right if identifier and item.coding.id.startswith(identifier)]
    if len({item.coding.id for item in found}) != 1:
        raise NoSuchCoding(identifier, "that waits for a decision" if waiting else "whose words were changed")
    own = [item for item in found if item.file_coder == coder]
    if len(found) > 1 and not own:
        raise SeveralCoders(identifier, [item.file_coder for item in found])
    return (own or found)[0]


def find_any(items: Sequence[Open], identifier: str, coder: str | None) -> Open:
    """Return the open coding of an id, whether it waits or its words were changed.

    Raises:
        NoSuchCoding: If there is none.
        SeveralCoders: If several coders have it and none of them is named.
    """
    waiting = any(item.coding.id.startswith(identifier) and item.result is not None for item in items)
    return find_open(items, identifier, coder, waiting=waiting)


def choose(study: Study, who: str, item: Open, number: int) -> Coding:
    """Put a waiting coding at one of its candidates.

    Args:
        study: Must be locked by the caller's process or written to by nobody else.
        who: Who decides.
        item: One that waits.
        number: Of the candidate, from 1.

    Raises:
        NoSuchCandidate: If there are not so many.
    """
    candidates = item.result.candidates if item.result else ()
    if not 1 <= number <= len(candidates):
        many = f"{len(candidates)} places" if len(candidates) != 1 else "one place"
        raise NoSuchCandidate(f"the coding “{item.coding.id}” has {many if candidates else 'no place'} to choose from")
    return _place(study, who, item, candidates[number - 1])


def choose_words(study: Study, who: str, item: Open, words: str) -> Coding:
    """Put a waiting coding where these words stand in its transcript.

    Raises:
        NoSuchCandidate: If they do not stand there exactly once.
    """
    name = item.coding.unit.span.transcript
    record, _ = studies.read_transcript(study, name)
    pieces = words.split()
    found = list(re.finditer(r"\s+".join(map(re.escape, pieces)), record.text)) if pieces else []
    if len(found) != 1:
        times = f"stand in {name} {len(found)} times" if found else f"do not stand in {name}"
        raise NoSuchCandidate(f"these words {times}")
    return _place(study, who, item, Span(name, *found[0].span()))


def _place(study: Study, who: str, item: Open, span: Span) -> Coding:
    record, _ = studies.read_transcript(study, span.transcript)
    coding = item.coding
    after = looked_at(placed(coding, span, record.text, record.sha256, "moved"))
    if span != coding.unit.span:
        after = replace(after, anchor="moved")
    was = {"place": str(coding.unit.span), "anchor": coding.anchor, "text_sha256": coding.text_sha256}
    now = {"place": str(span), "text_sha256": record.sha256}
    studies.keep_text(study, record)
    _replace(study, who, item, after, "anchor-choose", was, now)
    return after


def keep(study: Study, who: str, item: Open) -> Coding:
    """Let the changed words of a coding stand: somebody has looked at them."""
    coding = item.coding
    after = looked_at(coding)
    before = coding.extra.get(WAS)
    # Its place and hash tell which words they were; the words themselves are in history.
    place = {key: value for key, value in before.items() if key != "text"} if isinstance(before, dict) else None
    was = {"anchor": coding.anchor, "was": place}
    _replace(study, who, item, after, "anchor-keep", was, {"place": str(coding.unit.span)})
    return after


def drop(study: Study, who: str, item: Open) -> None:
    """Take out a coding that waits, or whose words were changed. The trail keeps its place, code and memo."""
    coding = item.coding
    was = {
        "place": str(coding.unit.span),
        "code": coding.code,
        "status": coding.status,
        "memo": coding.memo,
        "text_sha256": coding.text_sha256,
    }
    _replace(study, who, item, None, "anchor-drop", was, None)


def _replace(
    study: Study, who: str, item: Open, after: Coding | None, what: str, was: Mapping[str, object], now: object
) -> None:
    name = item.coding.unit.span.transcript
    before, _ = studies.read_codings(study, item.file_coder, name)
    others = [coding for coding in before if coding.id != item.coding.id]
    # The trail first, as everywhere: no change that it does not tell of.
    studies.append_decision(study, Decision(studies.now(), who, what, f"coding {item.coding.id}", was, now))
    studies.save_codings(study, item.file_coder, name, [*others, *([after] if after else [])])
