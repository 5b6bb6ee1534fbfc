"""What leaves the study: results as files, and a backup of everything."""

from __future__ import annotations

from pathlib import Path

from qualkit import study as studies
from qualkit.appendix import export_appendix
from qualkit.backup import make_backup
from qualkit.clearing import Undecided, Unresolved
from qualkit.exporting import export_results
from qualkit.material import load_material
from qualkit.papers import export_transcripts
from qualkit.sealing import SHORTEST
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route
from qualkit.workbench.desk import Desk
from qualkit.workbench.visits import coder_of, held, shown_study

_KINDS = ("word", "excel", "html", "csv", "transcripts", "appendix")
_MOST_PLACES = 200


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
    """Write results into the study's exports/. What is not decided stops it, and is told by place."""
    kind = ask.text("kind")
    if kind not in _KINDS:
        raise BadRequest("there is no such export")
    force = ask.body.get("force") is True
    material = load_material(shown_study(desk, ask))
    with desk.writing:
        try:
            if kind == "transcripts":
                written = export_transcripts(material, render=True, force=force)
            elif kind == "appendix":
                written = [export_appendix(material, force=force)]
            else:
                written = export_results(material, kind, force=force)
        except Unresolved as error:
            places = [_place(ask, one) for one in error.places[:_MOST_PLACES]]
            return {"written": [], "open": places, "count": len(error.places)}
    return {"written": [str(path) for path in written], "open": [], "count": 0}


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
    ("POST", "/api/backup", back_up),
)
