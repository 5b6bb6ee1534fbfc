"""The codebook beside the text: its tree with counts, and new codes."""

from __future__ import annotations

from collections import Counter
from functools import partial
from typing import Any

from qualkit import study as studies
from qualkit.coding.codebook import add_code, find_code, parse_codebook
from qualkit.errors import FaultyFiles
from qualkit.markup import colour_of
from qualkit.model import Code, Codebook, Decision, Study
from qualkit.text import slug
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route
from qualkit.workbench.desk import Desk, version_of
from qualkit.workbench.ruling import rule_json
from qualkit.workbench.visits import change, coder_of, state, visit_of


def show_codebook(desk: Desk, ask: Ask) -> Answer:
    """Return the codebook as a tree, with how often the coder gave each code."""
    study = desk.study()
    return codebook_answer(desk, ask, study)


def codebook_answer(desk: Desk, ask: Ask, study: Study) -> dict[str, Any]:
    """Return the codebook as the page needs it."""
    book, problems = desk.codebook_and_problems(study)
    who = coder_of(desk, ask, study)
    counts: Counter[str] = Counter()
    for name in studies.transcript_ids(study):
        version = version_of(studies.codings_path(study, who, name))
        counts.update(desk.once("counts", f"{who}/{name}", version, partial(_counts, desk, study, who, name)))
    order = {code.id: number for number, code in enumerate(book.walk())}
    return {
        "title": book.title,
        "levels": list(book.levels),
        "codes": [_code(code, order, counts) for code in book.codes],
        "problems": ask.problems(problems),
        "version": version_of(studies.codebook_path(study)),
        **state(visit_of(desk, ask)),
    }


def _counts(desk: Desk, study: Study, who: str, name: str) -> Counter[str]:
    return Counter(coding.code for coding in desk.codings(study, who, name)[0] if coding.status == "accepted")


def _code(code: Code, order: dict[str, int], counts: Counter[str]) -> dict[str, Any]:
    return {
        "id": code.id,
        "name": code.name,
        "level": code.level,
        "codable": code.codable,
        "colour": code.colour or colour_of(order[code.id]),
        "definition": code.definition or code.brief,
        "useWhen": list(code.use_when),
        "notWhen": list(code.not_when),
        "examples": list(code.examples),
        "note": code.note,
        "rules": [rule_json(rule) for rule in code.rules],
        "count": counts[code.id],
        "children": [_code(child, order, counts) for child in code.children],
    }


def new_code(desk: Desk, ask: Ask) -> Answer:
    """Add a code to the codebook; every other byte of it stays."""
    study = desk.study()
    name = " ".join(ask.text("name").split())
    if not name or len(name) > 200:
        raise BadRequest("a code needs a name of at most 200 characters", "Give it a shorter name.")
    parent, definition = ask.text("parent", ""), ask.text("definition", "")
    who = coder_of(desk, ask, study)
    with change(desk, ask, "new code", name, [studies.codebook_path(study)]):
        book = _sound(study)
        if parent:
            parent = find_code(book, parent).id
        known = {code.id.casefold() for code in book.walk()}
        identifier = _free(slug(name) or "kode", known)
        text = add_code(_text(study), name, identifier=identifier, parent=parent, definition=definition)
        parsed, problems = parse_codebook(text)
        errors = [problem for problem in problems if problem.severity == "error"]
        if errors or identifier not in {code.id for code in parsed.walk()}:
            raise FaultyFiles(errors, "the code was not added, for the codebook would have faults")
        told = Decision(studies.now(), who, "codebook add", identifier, None, {"name": name, "parent": parent})
        studies.append_decision(study, told)
        studies.save_codebook_text(study, text)
    return {"code": identifier, **codebook_answer(desk, ask, study)}


def _sound(study: Study) -> Codebook:
    return studies.good_codebook(study) if studies.codebook_path(study).is_file() else Codebook()


def _text(study: Study) -> str:
    if studies.codebook_path(study).is_file():
        return studies.codebook_text(study)
    return f"qualkit_codebook: 1\nlanguage: {study.settings.language}\ncodes: []\n"


def _free(identifier: str, known: set[str]) -> str:
    """Return an id that no code has: “ringe”, else “ringe-2”."""
    found, number = identifier, 2
    while found.casefold() in known:
        found, number = f"{identifier}-{number}", number + 1
    return found


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/codebook", show_codebook),
    ("POST", "/api/codebook/codes", new_code),
)
