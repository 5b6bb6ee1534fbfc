"""What leaves the study: results as files, and a backup of everything."""

from __future__ import annotations

import secrets
from collections.abc import Container
from pathlib import Path

from qualkit import study as studies
from qualkit.appendix import export_appendix
from qualkit.backup import make_backup
from qualkit.clearing import Draft, Undecided, Unresolved
from qualkit.errors import QualkitError
from qualkit.exporting import export_results
from qualkit.material import load_material
from qualkit.papers import export_transcripts
from qualkit.sealing import SHORTEST
from qualkit.workbench.answers import Answer, Ask, BadRequest, Handed, NothingHanded, Route
from qualkit.workbench.desk import Desk
from qualkit.workbench.visits import coder_of, held, shown_study

_KINDS = ("word", "excel", "html", "csv", "transcripts", "appendix")
_MOST_PLACES = 200


class NoReason(QualkitError):
    """A draft is wanted, and nobody says why."""

    def __init__(self) -> None:
        super().__init__("a draft needs a reason", "Write why, in a few words: it goes into the trail.")


def show_ways(desk: Desk, ask: Ask) -> Answer:  # noqa: ARG001  every resource is asked alike
    """Return what can be exported, and where it goes."""
    study = desk.study()
    return {
        "kinds": list(_KINDS),
        "folder": str(studies.exports_folder(study)),
        "backup": str(_backup_path(study.root)),
        "shortest": SHORTEST,
    }


def export(desk: Desk, ask: Ask) -> Answer:
    """Write results into the study's exports/. What is not decided stops it, and is told by place.

    With `unreviewed`, the reason why, a draft is written that says of itself that it is not anonymised.
    """
    kind = ask.text("kind")
    if kind not in _KINDS:
        raise BadRequest("there is no such export")
    force = ask.body.get("force") is True
    study = shown_study(desk, ask)
    draft = None
    if "unreviewed" in ask.body:
        reason = " ".join(ask.text("unreviewed").split())
        if not reason:
            raise NoReason
        draft = Draft(coder_of(desk, ask, study), reason)
    material = load_material(study)
    with desk.writing:
        try:
            if kind == "transcripts":
                written = export_transcripts(material, render=True, force=force, draft=draft)
            elif kind == "appendix":
                written = [export_appendix(material, force=force, draft=draft)]
            else:
                written = export_results(material, kind, force=force, draft=draft, draft_named=True)
        except Unresolved as error:
            open_ = [_open(ask, place, material.transcripts) for place in error.places[:_MOST_PLACES]]
            return {"written": [], "open": open_, "count": len(error.places)}
    return {
        "written": [_handed_out(desk, path) for path in written],
        "open": [],
        "count": 0,
        "draft": draft is not None,
    }


def _open(ask: Ask, place: Undecided, transcripts: Container[str]) -> dict[str, str]:
    """Return a place that stops an export: which transcript it is in, where it is in one."""
    name = place.where.rpartition(":")[0]
    return {"where": _place(ask, place), "at": place.where if name in transcripts else ""}


def _handed_out(desk: Desk, path: Path) -> dict[str, str]:
    ticket = secrets.token_urlsafe(24)
    desk.handed[ticket] = path
    return {"path": str(path), "name": path.name, "ticket": ticket}


def hand_out(desk: Desk, ask: Ask) -> Handed:
    """Return a file that was exported since the workbench was started, while it lies in the study's exports/.

    Raises:
        NothingHanded: If there is no such file.
    """
    path = desk.handed.get(ask.path["ticket"])
    folder = studies.exports_folder(desk.study()).resolve()
    if path is None or path.is_symlink() or not path.resolve().is_relative_to(folder):
        raise NothingHanded
    try:
        return Handed(path.name, path.read_bytes())
    except OSError:
        raise NothingHanded from None


def _place(ask: Ask, one: Undecided) -> str:
    """Return where something is not decided, and what sees it there, as "themes.yaml: overskriften i t1 (names@2)"."""
    file, colon, what = one.where.rpartition(": ")
    return f"{file}{colon}{ask.said(what)} ({', '.join(one.detectors)})"


def back_up(desk: Desk, ask: Ask) -> Answer:
    """Put the whole study into one zip file beside its folder; private/ goes in where a passphrase seals it."""
    passphrase = ask.text("passphrase", "")
    if passphrase and len(passphrase) < SHORTEST:
        raise BadRequest(f"a passphrase has {SHORTEST} letters at least")
    with held(desk, ask) as study:
        target = _backup_path(study.root)
        made = make_backup(study, target, passphrase=passphrase or None)
        coder_of(desk, ask, study)
    return {
        "path": str(target),
        "files": made.files,
        "private": made.private,
        "privateLeft": made.private_left,
        "leftOut": list(made.left_out),
    }


def _backup_path(root: Path) -> Path:
    day = studies.now()[:10]
    path, number = root.with_name(f"{root.name}-{day}.zip"), 2
    while path.exists():
        path, number = root.with_name(f"{root.name}-{day}-{number}.zip"), number + 1
    return path


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/export", show_ways),
    ("POST", "/api/export", export),
    ("GET", "/api/exports/{ticket}", hand_out),
    ("POST", "/api/backup", back_up),
)
