"""The codebook in use is changed from the page: renamed, described, moved, merged, split, with the reason why."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import cast

from qualkit import study as studies
from qualkit.coding.codebook import find_code, parse_codebook
from qualkit.coding.codebook_edits import set_value
from qualkit.errors import FaultyFiles
from qualkit.model import Study
from qualkit.recoding import Plan, carry_through, changes_of, plan_delete, plan_merge, plan_move
from qualkit.splitting import plan_split
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route
from qualkit.workbench.codes import codebook_answer
from qualkit.workbench.desk import Desk
from qualkit.workbench.ruling import plan_rule
from qualkit.workbench.visits import coder_of, held, remembered

_FIELDS = ("name", "definition", "colour", "note")
_LISTS = ("use_when", "not_when", "examples")


def change_codebook(desk: Desk, ask: Ask) -> Answer:
    """Change the codebook, and everything that names a code follows; the tab can take all of it back at once.

    The body says `kind`: "describe" (`code`, and what changes of `name`, `definition`, `colour`, `note`, `use_when`,
    `not_when`, `examples`), "rule" (see `ruling.plan_rule`), "move" (`code`, `under`), "merge" (`code`, `into`),
    "delete" (`code`: one that nothing names) or "split" (`code`, `codes`: names or ids); and `why`. With `dry` nothing
    is written, and the answer tells what would be.
    """
    kind = ask.text("kind")
    plan_of = _PLANS.get(kind)
    if plan_of is None:
        raise BadRequest(f"“kind” must be one of {', '.join(_PLANS)}")
    why = ask.text("why", "")
    if ask.body.get("dry") is True:
        return _told(ask, plan_of(desk.study(), ask))
    with held(desk, ask) as study:
        plan = plan_of(study, ask)
        paths = [study.root / path for path in plan.files]
        with remembered(desk, ask, study, plan.what, plan.object, paths):
            carry_through(study, coder_of(desk, ask, study), plan, why)
    return {**_told(ask, plan), **codebook_answer(desk, ask, study)}


def _told(ask: Ask, plan: Plan) -> dict[str, object]:
    return {
        "what": plan.what,
        "files": [{"file": file, "what": ask.said(what), "count": count} for file, what, count in plan.rows],
        "told": [ask.said(each) for each in plan.told],
    }


def _describe(study: Study, ask: Ask) -> Plan:
    code = find_code(studies.good_codebook(study), ask.text("code"))
    text = studies.codebook_text(study)
    before: dict[str, object] = {}
    after: dict[str, object] = {}
    for field in _FIELDS:
        if field not in ask.body:
            continue
        value = ask.text(field).strip()
        if field == "name" and not value:
            raise BadRequest("a code needs a name", "Write one.")
        was = cast("str", getattr(code, field))
        if value != was:
            text = set_value(text, code.id, field, value)
            before[field], after[field] = was, value
    for field in _LISTS:
        if field not in ask.body:
            continue
        items = tuple(each for each in (" ".join(item.split()) for item in _texts(ask, field)) if each)
        had = cast("tuple[str, ...]", getattr(code, field))
        if items != had:
            text = set_value(text, code.id, field, items)
            before[field], after[field] = list(had), list(items)
    _, problems = parse_codebook(text)
    errors = [problem for problem in problems if problem.severity == "error"]
    if errors:
        raise FaultyFiles(errors, "nothing was changed, for the codebook would have faults")
    return changes_of(study, text, {}, (), (), "describe", code.id, before, after)


def _texts(ask: Ask, field: str) -> list[str]:
    """Return a list of texts, which may be empty: then the code says nothing there."""
    return ask.texts(field) if ask.body[field] else []


_PLANS: Mapping[str, Callable[[Study, Ask], Plan]] = {
    "describe": _describe,
    "rule": plan_rule,
    "move": lambda study, ask: plan_move(study, ask.text("code"), under=ask.text("under")),
    "merge": lambda study, ask: plan_merge(study, [ask.text("code")], ask.text("into")),
    "delete": lambda study, ask: plan_delete(study, ask.text("code")),
    "split": lambda study, ask: plan_split(study, ask.text("code"), ask.texts("codes")),
}

ROUTES: tuple[Route, ...] = (("POST", "/api/codebook/changes", change_codebook),)
