"""The review queue of the study, one question after the other: what waits, what is proposed, what was decided."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from qualkit import register, scanning
from qualkit import study as studies
from qualkit.anonymisation.candidates import Candidate, place_in
from qualkit.anonymisation.decisionsfile import VERDICTS, Choice, Verdict
from qualkit.anonymisation.form_index import is_word
from qualkit.anonymisation.printforms import everywhere
from qualkit.anonymisation.queue import folded
from qualkit.anonymisation.settled import still_waiting
from qualkit.deciding import Made, NoSuchIdentityToMerge, decide, find_identity
from qualkit.deciding_together import alike, pass_together
from qualkit.errors import QualkitError
from qualkit.identity import CLASSES, TYPES, Action, Identities, Identity
from qualkit.model import Participant, Study
from qualkit.offering import Desk as Before
from qualkit.offering import Question, ask_about, offer_for, print_forms
from qualkit.queue_views import SECONDS
from qualkit.workbench.answers import Answer, Ask, BadRequest, NotWaiting, Route
from qualkit.workbench.desk import Desk, version_of
from qualkit.workbench.visits import change, coder_of, held, shown_study, state, visit_of

_KNOWS_AFTER = 5
_SLOWEST = 60.0
_LADDERS: tuple[Action, ...] = ("pseudonym", "generalise", "band")
_RELATED = 5
_LONGEST_PLACE = 40
_EVERY_PLACE = 60


@dataclass(slots=True)
class Review:
    """The queue, kept between requests.

    Attributes:
        version: Of everything it rests on but the register.
        asked: "printed" for what could be printed today alone, or a transcript's id, or "".
        queue: What waited when it was gathered, by key.
        settled: Keys of what does not wait any more, as the register says at `seen`.
        seen: The version of the register.
        made: How many decisions were made here, and when the first question was shown.
    """

    version: str
    asked: str
    queue: dict[str, Candidate]
    text_of: Callable[[str], str | None]
    participants: Sequence[Participant]
    words: Collection[str]
    languages: Mapping[str, str]
    settled: set[str] = field(default_factory=set)
    seen: str = ""
    made: int = 0
    began: float = 0.0


def key_of(candidate: Candidate) -> str:
    """Return what names a candidate in an address: none of its words."""
    place = candidate.spans[0]
    told = f"{candidate.form}\n{candidate.type}\n{place.transcript}\n{place.start}"
    return hashlib.sha256(told.encode()).hexdigest()[:16]


def _version(study: Study) -> str:
    paths = sorted((study.root / "transcripts").glob("*.txt"))
    paths += [study.root / name for name in (studies.SETTINGS, studies.CODEBOOK, studies.THEMES, studies.CONDENSATES)]
    paths += [study.root / name for name in studies.PARTICIPANTS]
    return f"{study.root} {' '.join(map(version_of, paths))}"


def review_of(desk: Desk, ask: Ask, study: Study) -> tuple[Review, Identities]:
    """Return the queue and the register; it is gathered where something it rests on was changed."""
    identities = register.good_register(study)
    asked = ask.query.get("asked", "")
    version = _version(study)
    review: Review | None = desk.kept.get("anonymise")
    if review is None or (review.version, review.asked) != (version, asked):
        review = _gathered(desk, ask, study, asked, version)
        identities = register.good_register(study)
        desk.kept["anonymise"] = review
    if review.seen != (seen := version_of(register.register_path(study))):
        # Changed elsewhere, or taken back: what was settled may wait again.
        settled = {key for key in review.settled if not still_waiting(review.queue[key], identities, review.text_of)}
        review.settled, review.seen = settled, seen
    return review, identities


def _gathered(desk: Desk, ask: Ask, study: Study, asked: str, version: str) -> Review:
    who = coder_of(desk, ask, study)
    try:
        with held(desk, ask):
            register.follow_places(study, who)
    except QualkitError:
        # Who cannot write can look.
        pass
    identities = register.good_register(study)

    def tell(what: str, done: int, total: int) -> None:  # noqa: ARG001  what is done is always the same here
        desk.kept["anonymise-progress"] = (done, total)

    names = None
    if asked not in ("", "printed"):
        studies.transcript_path(study, asked)
        names = [asked]
        if asked not in studies.transcript_ids(study):
            raise studies.NoTranscript(asked, studies.transcript_ids(study))
    try:
        scanning.scan(study, jobs=1, tell=tell)
        wanted = scanning.in_passages(scanning.printed(study)) if asked == "printed" else lambda _: True
        found = scanning.queue(study, identities, wanted=wanted, transcripts=names)
    finally:
        desk.kept.pop("anonymise-progress", None)
    # The dictionaries are asked at the first decision; opened here, where one waits anyway, it is answered at once.
    is_word("ord")
    records, _ = studies.read_transcripts(study)
    return Review(
        version,
        asked,
        {key_of(one): one for one in found},
        scanning.texts(study),
        studies.read_participants(study)[0],
        scanning.vocabulary(study),
        {record.id: record.language for record in records},
    )


def _settle(review: Review, identities: Identities, words: Iterable[str]) -> None:
    """Find what a decision settled beyond what it was asked about: words that share one with it."""
    said = {word for form in words for word in folded(form).split()}
    for key, one in review.queue.items():
        if key in review.settled or said.isdisjoint(word for form in one.forms for word in folded(form).split()):
            continue
        if still_waiting(one, identities, review.text_of) is None:
            review.settled.add(key)


def show_queue(desk: Desk, ask: Ask) -> Answer:
    """Return what waits, in the order it is asked about, and how long it may take.

    With `at`, a place as an export tells it ("I3:204-210"), also the question that is about it.
    """
    study = desk.study()
    review, identities = review_of(desk, ask, study)
    left = [key for key in review.queue if key not in review.settled]
    seconds = float(SECONDS)
    if review.made >= _KNOWS_AFTER:
        seconds = min(_SLOWEST, (time.monotonic() - review.began) / review.made)
    at = ask.query.get("at", "")
    return {
        "keys": left,
        "at": next((key for key in left if _covers(review.queue[key], at)), "") if at else "",
        "total": len(review.queue),
        "minutes": max(1, round(len(left) * seconds / 60)) if left else 0,
        "decided": sum(one.decided for one in identities.identities),
        "passed": len(identities.passed),
        "sealed": register.is_sealed(study),
        **state(visit_of(desk, ask)),
    }


def _covers(candidate: Candidate, place: str) -> bool:
    """Return whether some words stand at a place."""
    name, _, offsets = place.rpartition(":")
    start, _, end = offsets.partition("-")
    if not (start.isdecimal() and end.isdecimal() and len(offsets) < _LONGEST_PLACE):
        return False
    return any(span.transcript == name and span.start < int(end) and int(start) < span.end for span in candidate.spans)


def show_progress(desk: Desk, ask: Ask) -> Answer:  # noqa: ARG001  every resource is asked alike
    """Return how far a search is: it may take a while the first time."""
    done, total = desk.kept.get("anonymise-progress", (0, 0))
    return {"done": done, "total": total}


def show_item(desk: Desk, ask: Ask) -> Answer:
    """Return one question: the words, where they stand, and what may be done with them."""
    study = desk.study()
    review, identities = review_of(desk, ask, study)
    review.began = review.began or time.monotonic()
    candidate = _waiting(review, identities, ask.path["key"])
    question = _question(review, identities, candidate, ask)
    seen = question.candidate
    offer = question.offer
    page = alike(candidate, list(review.queue.values()), identities, review.text_of)
    return {
        "key": ask.path["key"],
        "form": seen.form,
        "forms": [form for form in seen.forms if form != seen.form],
        "type": seen.type,
        "class": seen.cls,
        "types": list(TYPES),
        "detectors": [one.partition("@")[0] for one in seen.detectors],
        "count": seen.count,
        "transcripts": seen.transcripts,
        "participants": list(seen.participants),
        "notes": [ask.said(each) for each in seen.notes],
        "places": [_place(review, seen, number) for number in range(min(len(seen.spans), _EVERY_PLACE))],
        "everyday": bool(question.only),
        "proposed": {
            "action": offer.action or "",
            "shown": [dict(each) for each in offer.shown],
            "into": _identity_json(offer.into) if offer.into else None,
            "participant": offer.participant,
        },
        "ladders": {action: [dict(each) for each in print_forms(seen, action, question.desk)] for action in _LADDERS},
        "related": [_identity_json(one) for one in offer.related[:_RELATED]],
        "alike": [_alike_json(review, one) for one in page] if len(page) > 1 else [],
    }


def _place(review: Review, candidate: Candidate, number: int) -> dict[str, Any]:
    span = candidate.spans[number]
    text = review.text_of(span.transcript) or ""
    place = place_in(text, span, span.transcript if "/" in span.transcript else "")
    name = "" if "/" in span.transcript else span.transcript
    return {
        "where": place.where,
        "before": place.before,
        "words": place.words,
        "after": place.after,
        "transcript": name,
        "line": place.where.rpartition(" ")[2] if name else "",
    }


def _identity_json(one: Identity) -> dict[str, Any]:
    shown = " / ".join(dict.fromkeys(one.shown.values()))
    return {"id": one.id, "forms": list(one.forms[:3]), "action": one.action, "shown": shown, "type": one.type}


def _alike_json(review: Review, one: Candidate) -> dict[str, Any]:
    return {"key": key_of_queue(review, one), "form": one.form, "count": one.count, "place": _place(review, one, 0)}


def key_of_queue(review: Review, one: Candidate) -> str:
    """Return a candidate's key, also where some of its places were decided meanwhile."""
    return next((key for key, each in review.queue.items() if each.form == one.form and each.type == one.type), "")


def _waiting(review: Review, identities: Identities, key: str) -> Candidate:
    one = review.queue.get(key)
    now = still_waiting(one, identities, review.text_of) if one is not None else None
    if now is None:
        review.settled.add(key)
        raise NotWaiting
    return now


def _question(review: Review, identities: Identities, candidate: Candidate, ask: Ask) -> Question:
    language = review.languages.get(candidate.spans[0].transcript, "")
    before = Before(identities, review.participants, review.text_of, review.words, language)
    question = ask_about(candidate, before)
    kind = ask.query.get("type") or ask.text("type", "")
    cls = ask.query.get("class") or ask.text("class", "")
    if not kind and not cls:
        return question
    if (kind and kind not in TYPES) or (cls and cls not in CLASSES):
        raise BadRequest("there is no such type or class")
    changed = replace(
        candidate,
        type=kind or candidate.type,
        cls=cls or candidate.cls,
    )
    return replace(question, candidate=changed, offer=offer_for(changed, before))


def decide_item(desk: Desk, ask: Ask) -> Answer:
    """Carry one decision out, and tell what became of the words."""
    study = desk.study()
    action = ask.text("action")
    if action not in VERDICTS:
        raise BadRequest("there is no such decision")
    with change(desk, ask, "anonymise", "", [register.register_path(study)]) as study:
        review, identities = review_of(desk, ask, study)
        candidate = _waiting(review, identities, ask.path["key"])
        question = _question(review, identities, candidate, ask)
        choice = _choice(question, action, identities, ask)
        made = decide(study, coder_of(desk, ask, study), choice, question.candidate)
    return _told(desk, ask, study, review, made, [candidate])


def _choice(question: Question, action: Verdict, identities: Identities, ask: Ask) -> Choice:
    seen = question.candidate
    some = ask.body.get("places")
    if some is not None:
        if not isinstance(some, list) or not some or not all(type(at) is int and 0 <= at < seen.count for at in some):
            raise BadRequest("“places” must be numbers of places")
        question = replace(question, only=tuple(seen.spans[at] for at in sorted(set(some))))
    if action == "merge":
        into = find_identity(identities, ask.text("merge"))
        if into is None:
            raise NoSuchIdentityToMerge
        return question.choice("merge", merge=into.id)
    shown: Mapping[str, str] = {}
    given = ask.body.get("shown")
    if isinstance(given, dict):
        if not all(isinstance(each, str) for pair in given.items() for each in pair):
            raise BadRequest("“shown” must hold texts")
        shown = given
    elif isinstance(given, str):
        written = given.strip("[] \n")
        if not written:
            raise BadRequest("what is printed is empty")
        shown = everywhere(written)
    if not shown and action in _LADDERS:
        raise BadRequest("what is printed is missing")
    participant = question.offer.participant if action == "pseudonym" else ""
    choice = question.choice(action, shown, participant=participant)
    return replace(choice, reason=ask.text("reason", ""))


def pass_items(desk: Desk, ask: Ask) -> Answer:
    """Let words of little risk through together, with one reason."""
    study = desk.study()
    keys = ask.texts("keys")
    reason = ask.text("reason", "").strip()
    with change(desk, ask, "anonymise", "", [register.register_path(study)]) as study:
        review, identities = review_of(desk, ask, study)
        some = [_waiting(review, identities, key) for key in keys]
        made = pass_together(study, coder_of(desk, ask, study), some, reason)
    return _told(desk, ask, study, review, made, some)


def _told(desk: Desk, ask: Ask, study: Study, review: Review, made: Made, about: Sequence[Candidate]) -> Answer:
    # The decision added to what is settled and took nothing away: what was found settled stays so.
    review.seen = version_of(register.register_path(study))
    review.made += 1
    words = [form for one in about for form in one.forms]
    _settle(review, register.good_register(study), [*words, *(made.identity.forms if made.identity else ())])
    one = made.identity
    return {
        "made": _identity_json(one) if one else None,
        "words": made.words,
        **state(visit_of(desk, ask)),
    }


def show_register(desk: Desk, ask: Ask) -> Answer:  # noqa: ARG001  every resource is asked alike
    """Return whom and what the register knows, to merge with."""
    identities = register.good_register(desk.study())
    return {"identities": [_identity_json(one) for one in identities.identities]}


def give_passphrase(desk: Desk, ask: Ask) -> Answer:
    """Take the passphrase of a sealed register, for as long as the workbench runs."""
    given = ask.text("passphrase")
    study = shown_study(desk, ask)
    register.forget_passphrases()
    register.ask_with(lambda _: given)
    try:
        register.good_register(study)
    except register.WrongPassphrase:
        register.ask_with(_nobody)
        raise
    return {"open": True}


def _nobody(what: str) -> str:
    raise register.NoPassphrase(what)


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/anonymise", show_queue),
    ("GET", "/api/anonymise/progress", show_progress),
    ("GET", "/api/anonymise/register", show_register),
    ("GET", "/api/anonymise/items/{key}", show_item),
    ("POST", "/api/anonymise/items/{key}", decide_item),
    ("POST", "/api/anonymise/together", pass_items),
    ("POST", "/api/anonymise/passphrase", give_passphrase),
)
