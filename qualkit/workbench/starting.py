"""The start page: a new study, one that was open before, or any folder; and the study's own settings."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from qualkit import disk, register
from qualkit import study as studies
from qualkit.beginning import FolderInTheWay, NoFolder, begin
from qualkit.errors import FaultyFiles, QualkitError
from qualkit.model import Decision, Study
from qualkit.settings import METHODS, parse_settings
from qualkit.text import transcript_id
from qualkit.undoing import finish
from qualkit.workbench.answers import Answer, Ask, BadRequest, Route
from qualkit.workbench.desk import Desk
from qualkit.workbench.remembering import remember, remembered
from qualkit.workbench.visits import change, coder_of
from qualkit.yamltext import Node, parse_yaml, quoted, set_scalar

_LANGUAGES = ("nb", "nn", "en")
_MOST_FOLDERS = 500


class CannotLook(QualkitError):
    """A folder cannot be opened."""

    def __init__(self) -> None:
        super().__init__("this folder cannot be opened", "Check that it is there, and that you may open it.")


def show_start(desk: Desk, ask: Ask) -> Answer:  # noqa: ARG001  every resource is asked alike
    """Return the studies that were open before, and where a new one would lie."""
    recent = []
    for folder in remembered():
        try:
            title = studies.open_study(folder).settings.title
        except QualkitError:
            title = folder.name
        recent.append({"folder": str(folder), "title": title})
    home = Path.home()
    documents = next((home / name for name in ("Documents", "Dokumenter") if (home / name).is_dir()), home)
    return {
        "recent": recent,
        "where": str(documents),
        "open": str(desk.root) if desk.root is not None else "",
        "methods": list(METHODS),
    }


def show_folders(desk: Desk, ask: Ask) -> Answer:  # noqa: ARG001  every resource is asked alike
    """Return the folders in a folder, to choose one."""
    folder = _folder(ask.query.get("in") or str(Path.home()))
    try:
        with os.scandir(folder) as entries:
            found = [entry.name for entry in entries if not entry.name.startswith(".") and entry.is_dir()]
    except OSError:
        raise CannotLook from None
    names = sorted(found, key=lambda name: (name.casefold(), name))[:_MOST_FOLDERS]
    return {
        "folder": str(folder),
        "parent": str(folder.parent) if folder.parent != folder else "",
        "study": studies.is_study(folder),
        "folders": [{"name": name, "path": str(folder / name), "study": _is_study(folder / name)} for name in names],
    }


def _is_study(folder: Path) -> bool:
    try:
        return studies.is_study(folder)
    except OSError:
        return False


def _folder(written: str) -> Path:
    """Return the folder somebody wrote.

    Raises:
        BadRequest: If it is none that a system could have.
    """
    written = written.strip()
    if not written or not written.isprintable():
        raise BadRequest("there is no such folder")
    folder = Path(os.path.normpath(Path(written).expanduser()))
    if not folder.is_absolute():
        raise BadRequest("write the whole path of the folder")
    return folder


def new_study(desk: Desk, ask: Ask) -> Answer:
    """Make an empty study in a folder of its own, and open it."""
    title = ask.text("title").strip()
    questions = _questions(ask)
    where = _folder(ask.text("where"))
    method, language = ask.text("method"), ask.text("language")
    if method not in METHODS or language not in _LANGUAGES:
        raise BadRequest("there is no such method or language")
    if not title or not title.isprintable():
        raise BadRequest("a study needs a title")
    if not where.is_dir():
        raise NoFolder(where)
    folder = where / transcript_id(title)
    if studies.is_study(folder):
        raise studies.StudyExists(folder)
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderInTheWay(folder)
    coder = ask.text("coder", "").strip() or desk.coder or None
    try:
        folder.mkdir(exist_ok=True)
    except OSError as error:
        raise disk.CannotWrite(folder, error) from error
    study = begin(folder, title=title, method=method, language=language, coder=coder)
    if questions:
        path = study.root / studies.SETTINGS
        disk.write_atomically(path, _with_questions(path.read_text("utf-8"), questions).encode())
    return _laid_open(desk, ask, study.root)


def open_folder(desk: Desk, ask: Ask) -> Answer:
    """Open a study."""
    return _laid_open(desk, ask, studies.open_study(_folder(ask.text("folder"))).root)


def _laid_open(desk: Desk, ask: Ask, root: Path) -> Answer:
    with desk.writing:
        if desk.root is not None and desk.root != root:
            # What tabs did was done to another study, and what was read was another's.
            desk.visits.clear()
            desk.texts.clear()
            desk.known.clear()
            desk.kept.clear()
            desk.book = None
            register.forget_passphrases()
        desk.root = root
        desk.shown[ask.visit] = root
    study = studies.open_study(root)
    if studies.broken_off(study):
        with studies.locked(study, coder_of(desk, ask, study)):
            finish(study)
    remember(root)
    return {"folder": str(root), "title": study.settings.title}


def _questions(ask: Ask) -> list[str]:
    given = ask.body.get("questions", [])
    if not isinstance(given, list) or not all(isinstance(each, str) for each in given):
        raise BadRequest("“questions” must be a list of texts")
    return [" ".join(each.split()) for each in given if each.strip()]


def _with_questions(text: str, questions: list[str]) -> str:
    root, _ = parse_yaml(text, studies.SETTINGS, "study")
    written = "[" + ", ".join(map(quoted, questions)) + "]"
    node = root.get("questions") if root is not None else None
    if node is None:
        return f"{text.rstrip()}\nquestions: {written}\n"
    return text[: node.start] + written + text[node.end :]


def stop(desk: Desk, ask: Ask) -> Answer:  # noqa: ARG001  every resource is asked alike
    """End the workbench, as Ctrl-C does where there is a terminal."""
    ending = desk.ending
    if ending is not None:
        ending()
    return {"stopping": ending is not None}


def change_settings(desk: Desk, ask: Ask) -> Answer:
    """Change title, method, language or questions; comments of study.yaml stay."""
    wanted = {key: ask.text(key).strip() for key in ("title", "method", "language") if key in ask.body}
    if wanted.get("method", METHODS[0]) not in METHODS or wanted.get("language", "nb") not in _LANGUAGES:
        raise BadRequest("there is no such method or language")
    if not wanted.get("title", "…") or not wanted.get("title", "…").isprintable():
        raise BadRequest("a study needs a title")
    path = desk.study().root / studies.SETTINGS
    with change(desk, ask, "settings", "study.yaml", [path]) as study:
        text = path.read_text("utf-8")
        for key, value in wanted.items():
            text = set_scalar(text, _mapping(text), key, value)
        if "questions" in ask.body:
            text = _with_questions(text, _questions(ask))
        problems = [one for one in parse_settings(text)[2] if one.severity == "error"]
        if problems:
            raise FaultyFiles(problems, "nothing was changed")
        _tell(study, coder_of(desk, ask, study), [*wanted, *(["questions"] if "questions" in ask.body else [])])
        disk.write_atomically(path, text.encode())
    return {"changed": sorted(wanted)}


def _tell(study: Study, who: str, keys: list[str]) -> None:
    after: dict[str, Any] = {"keys": keys}
    studies.append_decision(study, Decision(studies.now(), who, "settings", "study.yaml", None, after))


def _mapping(text: str) -> Node:
    root, _ = parse_yaml(text, studies.SETTINGS, "study")
    if root is None:
        raise BadRequest("study.yaml cannot be read")
    return root


ROUTES: tuple[Route, ...] = (
    ("GET", "/api/start", show_start),
    ("GET", "/api/start/folders", show_folders),
    ("POST", "/api/start/new", new_study),
    ("POST", "/api/start/open", open_folder),
    ("POST", "/api/stop", stop),
    ("PATCH", "/api/settings", change_settings),
)
