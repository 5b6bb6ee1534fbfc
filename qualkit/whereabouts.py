"""Where a study lies and what lies in it that it did not make: copies, links, git, private clouds."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Iterator, Mapping
from pathlib import Path

from qualkit import study as studies
from qualkit.copies import copy_of
from qualkit.errors import Problem
from qualkit.model import RULES_CODER, Study

_OWN_FILES = (studies.CONDENSATES, studies.CONDENSED, studies.FRAMEWORK, "quotations.yaml", "trail.jsonl")
WITH_WORDS = (
    *("originals", "transcripts", "codings", "memos", "history", "readings", studies.REFLECTIONS, *_OWN_FILES),
    *("private", "working", "exports", "participants.csv", "participants.xlsx"),
)
"""What of a study holds what informants said, or who they are."""

_SINGLE = (
    *(studies.SETTINGS, studies.CODEBOOK, studies.THEMES, studies.GUIDE, studies.REPORTING),
    *studies.PARTICIPANTS,
    *_OWN_FILES,
)
_GIT_SECONDS = 10
_PRIVATE_CLOUDS = (
    (re.compile(r"Dropbox(?: \((?:Personal|Personlig)\))?|Dropbox-Personal"), "Dropbox"),
    (re.compile(r"com~apple~CloudDocs|iCloud ?Drive|iCloudDrive|iCloud~.*"), "iCloud Drive"),
    (re.compile(r"Google ?Drive|My Drive|Min disk|Mi unidad|GoogleDrive-.*@(?:gmail|googlemail)\.com"), "Google Drive"),
    (re.compile(r"OneDrive|OneDrive ?-+ ?(?:Personal|Personlig|Personleg)"), "a private OneDrive"),
    (re.compile(r"Jottacloud|pCloud ?Drive|MEGA|MEGAsync|Proton ?Drive|Yandex\.Disk"), "a private cloud"),
)
_CLOUD_VARIABLES = (("OneDriveConsumer", "a private OneDrive"),)


def check_whereabouts(study: Study) -> list[Problem]:
    """Return what is wrong with where a study lies and what others put into it. Writes nothing."""
    return [*check_copies(study), *check_links(study), *check_git(study), *check_cloud(study.root)]


def check_copies(study: Study) -> list[Problem]:
    """Find second versions of files and folders, as sync programs leave them; they are not read."""
    problems = []
    for folder, original, copy in _copies(study):
        here = f"{folder}/" if folder else ""
        message = f"this looks like a second version of {here}{original}, as sync programs leave it; it is not read"
        hint = f"Compare the two, bring what only this one has over into {original}, and delete this one."
        problems.append(Problem(f"{here}{copy}", None, None, "copy", message, hint))
    return problems


def _copies(study: Study) -> Iterator[tuple[str, str, str]]:
    """Yield folder, name and copy's name of each."""
    for name in _names(study.root):
        original = _original(name)
        if original in _SINGLE:
            yield "", original, name
    names = [Path(name).stem for name in _names(study.root / "transcripts") if name.endswith(".txt")]
    for stem in sorted(studies.transcript_copies(study, names)):
        yield "transcripts", f"{copy_of(stem)}.txt", f"{stem}.txt"
    coders = _names(study.root / "codings")
    for coder in coders:
        if copy_of(coder) in coders:
            yield "codings", str(copy_of(coder)), coder
    read = {path for _, _, path in studies.coding_files(study)}
    for coder in (RULES_CODER, *studies.coders(study)):
        folder = study.root / "codings" / coder
        for name in _names(folder):
            if name.endswith(".jsonl") and folder / name not in read:
                yield f"codings/{coder}", _original(name), name
    for place in ("readings", studies.REFLECTIONS):
        beside = _names(study.root / place)
        for name in beside:
            if _original(name) in beside:
                yield place, _original(name), name


def _original(name: str) -> str:
    """Return the name a file's name would be a copy of, or ""."""
    stem, dot, ending = name.rpartition(".")
    original = copy_of(stem)
    return f"{original}{dot}{ending}" if original else ""


def _names(folder: Path) -> list[str]:
    try:
        return sorted(path.name for path in folder.iterdir() if not path.name.startswith("."))
    except OSError:
        return []


def check_links(study: Study) -> list[Problem]:
    """Find links by which qualkit would read or write outside the study; originals may lie anywhere."""
    problems = []
    root = os.path.realpath(study.root)
    for folder in ("", "transcripts", "codings", *(f"codings/{name}" for name in _names(study.root / "codings"))):
        try:
            with os.scandir(study.root / folder) as entries:
                links = sorted(entry.name for entry in entries if entry.is_symlink())
        except OSError:
            continue
        for name in links:
            target = os.path.realpath(study.root / folder / name)
            if name != "originals" and os.path.commonpath([root, target]) != root:
                where = f"{folder}/{name}" if folder else name
                hint = "Put the file or folder itself there; what lies elsewhere is not kept, checked or withdrawn."
                problems.append(Problem(where, None, None, "link", "this is a link that leads out of the study", hint))
    return problems


def check_git(study: Study) -> list[Problem]:
    """Find files with informants' words that git keeps, and places it would send them to."""
    if not any((folder / ".git").exists() for folder in (study.root, *study.root.absolute().parents)):
        return []
    kept = _git(study.root, "ls-files", "-z", "--", *WITH_WORDS)
    if kept is None:
        hint = "Run “git ls-files” in the study yourself: nothing of what informants said may be listed."
        return [Problem(".git", None, None, "git", "git could not be asked what it keeps", hint, "warning")]
    problems = []
    for top in WITH_WORDS:
        files = [name for name in kept.split("\0") if name == top or name.startswith(f"{top}/")]
        if files:
            more = f", and {len(files) - 1} more below {top}/" if len(files) > 1 else ""
            hint = (
                f"Take it out of git with “git rm -r --cached {top}”. Earlier commits still hold it: ask for help "
                "before anything is sent anywhere."
            )
            message = f"git keeps this file, which holds what informants said or who they are{more}"
            problems.append(Problem(files[0], None, None, "git", message, hint, "warning"))
    remotes = (_git(study.root, "remote") or "").split()
    if remotes:
        hint = "Make sure that it may hold this study. “git remote remove NAME” takes the address out."
        message = f"git would send this study elsewhere, to: {', '.join(remotes)}"
        problems.append(Problem(".git", None, None, "git", message, hint, "warning"))
    return problems


def _git(folder: Path, *arguments: str) -> str | None:
    """Return what git prints; None where it is missing, slow or refuses. Nothing the folder names is run."""
    program = shutil.which("git")
    if program is None:
        return None
    # A repository that came from somewhere else may name programs for git to run.
    quiet = ("-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}", "--no-pager")
    try:
        ran = subprocess.run(  # noqa: S603  fixed arguments
            [program, *quiet, "-C", str(folder), *arguments],
            capture_output=True,
            timeout=_GIT_SECONDS,
            check=True,
            stdin=subprocess.DEVNULL,
            env={**os.environ, "GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0"},
        )
    except (OSError, subprocess.SubprocessError):
        return None
    return ran.stdout.decode("utf-8", "replace")


def check_cloud(root: Path, environment: Mapping[str, str] = os.environ) -> list[Problem]:
    """Find out whether a study lies in a folder that a private cloud account copies; an organisation's is let be."""
    cloud = _cloud_of(root, environment)
    if not cloud:
        return []
    hint = (
        "Move the folder to where your institution wants such data. Files in a private account leave its control, "
        "and two computers that sync may leave two versions of one file."
    )
    return [Problem(root.name, None, None, "cloud", f"the study lies in {cloud}", hint, "warning")]


def _cloud_of(root: Path, environment: Mapping[str, str]) -> str:
    for folder in {root.absolute(), Path(os.path.realpath(root))}:
        # Windows paths are told apart by hand, so that they are understood wherever this runs.
        parts = [part for part in re.split(r"[/\\]", str(folder)) if part]
        for variable, name in _CLOUD_VARIABLES:
            place = [part for part in re.split(r"[/\\]", environment.get(variable, "")) if part]
            if place and any(parts[at : at + len(place)] == place for at in range(len(parts))):
                return name
        for part in parts:
            found = next((name for pattern, name in _PRIVATE_CLOUDS if pattern.fullmatch(part)), "")
            if found:
                return found
    return ""
