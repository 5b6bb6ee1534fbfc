"""A study that commands are tried on, and what was acknowledged in it."""

from __future__ import annotations

import gzip
import random
import shutil
import zipfile
import zlib
from collections.abc import Iterator
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
    """

    base: Path
    rng: random.Random
    interviews: int = 0
    codings: dict[str, Known | None] = field(default_factory=dict)
    transcripts: set[str] = field(default_factory=set)
    read: set[str] = field(default_factory=set)
    said: dict[str, tuple[str, ...]] = field(default_factory=dict)
    withdrawn: set[str] = field(default_factory=set)

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
