"""A study that commands are tried on, and what was acknowledged in it."""

from __future__ import annotations

import gzip
import random
import shutil
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

_CODEBOOK = """codes:
- {id: telefon, name: Å ringe, rules: ["lemma:ringe"]}
- {id: vente, name: Å vente, rules: ["lemma:vente"]}
- {id: hjelp, name: Hjelp, rules: ["hjelp*"]}
- {id: samtale, name: Samtale, rules: ["ring*"]}
- {id: støtte, name: Støtte, rules: ["lemma:hjelpe"]}
"""
_SAYINGS = "Jeg måtte ringe {0}. Så venter {1} på {2}. {1} hjelper {0}, og {2} ringer. Ingen har hjulpet {1}.".split(
    ". "
)


REGISTER = "the register"
"""Where a decision about what identifies stands, sealed or not."""
PASSPHRASE = "en lang setning om regn"

Tell = Callable[..., None]
"""Tells what was acknowledged, while a process goes on: "written", word, file."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a command has written, once it ended well.

    Attributes:
        word: That stands nowhere else.
        file: In which it stands.
        about: The transcript it tells of: it goes with its participant.
        coding: That it names: it goes with the coding.
    """

    word: str
    file: str
    about: str = ""
    coding: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """A command as it is typed, or what is done in the page.

    Attributes:
        arguments: Of it.
        keys: What is typed while it runs.
        becomes: What it makes of codes, and so of codings: another code, or None where they go.
        withdraws: The participant it erases.
        writes: What it has written when it ends well.
        does: Done in the place of a command; it is given the study's folder.
    """

    arguments: tuple[str, ...]
    keys: str = ""
    becomes: Mapping[str, str | None] = field(default_factory=dict)
    withdraws: str = ""
    writes: tuple[Written, ...] = ()
    does: Callable[[Path, Tell], None] | None = None

    @property
    def changes(self) -> bool:
        """Whether it changes what was decided before."""
        return bool(self.becomes or self.withdraws)


@dataclass(frozen=True, slots=True)
class Known:
    """A decision that was acknowledged.

    Attributes:
        words: That it stands on; None where the transcript was edited since.
    """

    status: str
    code: str
    transcript: str
    words: str | None


@dataclass(slots=True)
class World:
    """A folder with interviews and the study made of it, and what was acknowledged in it.

    Attributes:
        codings: By coding id; None where one was being taken back when the process ended.
        transcripts: Ids that a finished command told of.
        read: Transcripts acknowledged as read.
        said: Words of each interview that nobody else said.
        withdrawn: Interviews of people who withdrew.
        written: Words that stand in files, by themselves.
        gone: Words that were taken back, with the file they stood in.
    """

    base: Path
    rng: random.Random
    interviews: int = 0
    codings: dict[str, Known | None] = field(default_factory=dict)
    transcripts: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    said: dict[str, tuple[str, ...]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)
    written: dict[str, Written] = field(default_factory=dict)
    gone: dict[str, str] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        return self.base / "interviews"

    @property
    def root(self) -> Path:
        return self.base / "interviews-study"

    def interview(self, folder: Path) -> Path:
        """Write one more interview into a folder."""
        self.interviews += 1
        folder.mkdir(parents=True, exist_ok=True)
        # No letters of hashes, so that a word is found only where it was written.
        words = [f"{self.rng.choice('gijkmnop')}{self.rng.randrange(10**6):06}" for _ in range(3)]
        said = " ".join(f"{self.rng.choice(_SAYINGS).format(*words).rstrip('.')}." for _ in range(6))
        name = f"K{self.interviews}"
        self.said[name] = tuple(words)
        path = folder / f"{name}.txt"
        path.write_text(f"I: Hva skjedde?\n\n{name}: {said}\n", encoding="utf-8")
        return path

    def word(self) -> str:
        """Return a word that stands nowhere yet."""
        return f"ord{self.rng.randrange(10**9):09}"

    def acknowledged(self) -> int:
        """Return how much is known to have been acknowledged."""
        return len(self.codings) + len(self.transcripts) + len(self.read) + len(self.written)

    def not_written(self, passing: str = "") -> list[str]:
        """Return what was written and is not there, and what was taken back and is.

        Args:
            passing: A participant who is being withdrawn, or was half.
        """
        there = {
            file: self._content(file) for file in {*(one.file for one in self.written.values()), *self.gone.values()}
        }
        lost = [
            f"lost: {one.word} in {one.file}"
            for one in self.written.values()
            if one.word not in there[one.file] and not (passing and one.about == passing)
        ]
        return lost + [f"not gone: {word} in {file}" for word, file in self.gone.items() if word in there[file]]

    def _content(self, file: str) -> str:
        if file == REGISTER:
            from qualkit import register
            from qualkit import study as studies

            return register.register_text(studies.open_study(self.root))
        path = self.root / file
        return path.read_text(encoding="utf-8") if path.is_file() else ""

    def texts(self) -> list[Path]:
        """Return the study's transcripts."""
        return sorted((self.root / "transcripts").glob("*.txt"))

    def codes(self) -> list[str]:
        """Return the ids of the study's codebook."""
        from qualkit import study as studies

        return [code.id for code in studies.read_codebook(studies.open_study(self.root))[0].walk()]

    def was_edited(self, transcript: str) -> None:
        """Take note that a transcript has another text, so that its codings may stand on other words."""
        for identifier, known in self.codings.items():
            if known is not None and known.transcript == transcript:
                self.codings[identifier] = replace(known, words=None)

    def erased_words(self) -> list[str]:
        """Return where words of people who withdrew are found, packed files among them."""
        words = [word.encode() for name in self.withdrawn for word in self.said[name]]
        paths = [path for path in sorted(self.root.rglob("*")) if path.is_file()] if words else []
        return [
            f"not gone: words in {path.relative_to(self.root)}"
            for path in paths
            if any(word in data for data in _pieces(path) for word in words)
        ]

    def copy(self, base: Path) -> World:
        """Return the same world elsewhere."""
        shutil.copytree(self.base, base)
        made = World(base, random.Random(self.rng.random()), self.interviews)
        made.codings, made.transcripts, made.read = dict(self.codings), set(self.transcripts), set(self.read)
        made.said, made.withdrawn = dict(self.said), set(self.withdrawn)
        made.written, made.gone = dict(self.written), dict(self.gone)
        return made


def _pieces(path: Path) -> Iterator[bytes]:
    data = path.read_bytes()
    yield data
    if path.suffix == ".gz":
        yield gzip.decompress(data)
    elif path.suffix == ".z":
        yield zlib.decompress(data)
    elif zipfile.is_zipfile(path):
        with zipfile.ZipFile(path) as package:
            yield from (package.read(name) for name in package.namelist())


def begun(base: Path, rng: random.Random) -> World:
    """Return a folder with a codebook and two interviews, and no study yet."""
    world = World(base, rng)
    world.folder.mkdir(parents=True)
    (world.folder / "codebook.yaml").write_text(_CODEBOOK)
    for _ in range(2):
        world.interview(world.folder)
    return world
