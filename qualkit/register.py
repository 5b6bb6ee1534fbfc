"""The register of a study, `private/identities.yaml`, and the key of transcripts pseudonymised when they came.

Both are lists of identities. The register lies in the study's private/ and decides what is printed; the key lies
where `key_path` of study.yaml says, by default outside the study, and tells which real name stood where a pseudonym
stands. Either may be sealed with a passphrase: then it lies under its name with `.sealed` after it, and everything
here works on that file. A plain copy is never written beside it.
"""

from __future__ import annotations

import io
import os
import secrets
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from qualkit import disk
from qualkit import study as studies
from qualkit.anonymisation.identities import parse_identities, render_identities
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.identity import Identities
from qualkit.model import Decision, Study
from qualkit.place_following import Followed, followed, stamped
from qualkit.sealing import SHORTEST, CannotUnseal, Sealer, Unsealer
from qualkit.text import sha256_hex, slug
from qualkit.yamltext import parse_yaml, set_scalar

REGISTER = "private/identities.yaml"
SEALED = ".sealed"
KEYS = "~/qualkit-keys"
"""The folder of keys where study.yaml names no other place."""

PASSPHRASE = "QUALKIT_PASSPHRASE"  # noqa: S105  the name of a variable
"""The variable of the environment that is looked at before anybody is asked."""

Asking = Callable[[str], str]
"""Given what is to be opened, in words, returns the passphrase somebody typed."""

# For one process: whoever was asked once is not asked again, and a seed that was drawn stays until it is saved.
_asking: list[Asking] = []
_known: dict[Path, str] = {}
_opened: dict[Path, tuple[str, str]] = {}
_seeds: dict[Path, int] = {}


class NoPassphrase(QualkitError):
    """The register is sealed, and nobody can be asked for the passphrase."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} is sealed, and nobody is there to type its passphrase", f"In a script set {PASSPHRASE}."
        )


class WrongPassphrase(QualkitError):
    """What is sealed cannot be opened with this passphrase."""

    def __init__(self, what: str) -> None:
        super().__init__(
            f"{what} cannot be opened: the passphrase is not the one it was sealed with, or the file is damaged",
            f"Nothing was changed. Try again; if {PASSPHRASE} is set, it is the one that was tried. A damaged file is "
            "taken out of a backup. Without the passphrase nobody can open it.",
        )


class ShortPassphrase(QualkitError):
    """A new passphrase could be guessed."""

    def __init__(self) -> None:
        super().__init__(
            f"a passphrase has {SHORTEST} letters at least; nothing was changed",
            "Four words that do not belong together are easy to remember.",
        )


class TwoRegisters(QualkitError):
    """A sealed and a plain one lie side by side, and may say different things."""

    def __init__(self, plain: str) -> None:
        super().__init__(
            f"{plain} and {plain}{SEALED} lie side by side, so it is not clear which one counts",
            f"Keep the later one. If it is the plain one, move {plain}{SEALED} away and run qualkit anonymise encrypt.",
        )


class NothingToSeal(QualkitError):
    """There is no register yet, or it is as it is asked to be."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "Nothing was changed.")


# --- the register -----------------------------------------------------------------------------------


def plain_path(study: Study) -> Path:
    """Return where the register lies while it is not sealed."""
    return study.root / REGISTER


def register_path(study: Study) -> Path:
    """Return where the register lies, sealed or not, or would lie."""
    return _lying(plain_path(study))


def has_register(study: Study) -> bool:
    """Return whether there is a register."""
    return register_path(study).is_file()


def is_sealed(study: Study) -> bool:
    """Return whether the register is sealed with a passphrase."""
    return has_register(study) and register_path(study).name.endswith(SEALED)


def register_text(study: Study) -> str:
    """Return the register to the character; where there is none, an empty one with a seed that was drawn for it.

    Only places in transcripts that were changed meanwhile are where they are now; see `follow_places`.

    Raises:
        WrongPassphrase: If it is sealed with another one.
        NoPassphrase: If it is sealed and nobody can be asked.
        TwoRegisters: If a plain one lies beside a sealed one.
        FaultyFiles: If it cannot be opened or is not UTF-8.
    """
    path = plain_path(study)
    text = _read(study, path)
    if text is not None:
        return followed(study, text).text
    return render_identities(Identities(seed=_seeds.setdefault(path.absolute(), 1 + secrets.randbelow(2**31))))


def read_register(study: Study) -> tuple[Identities, list[Problem]]:
    """Read the register and everything that is wrong with it; no file is nobody and nothing known.

    Raises:
        WrongPassphrase: If it is sealed with another one.
        NoPassphrase: If it is sealed and nobody can be asked.
        TwoRegisters: If a plain one lies beside a sealed one.
        FaultyFiles: If it cannot be opened or is not UTF-8.
    """
    return parse_identities(register_text(study), studies.relative(study, register_path(study)))


def good_register(study: Study) -> Identities:
    """Return the register.

    Raises:
        FaultyFiles: If it has faults; warnings are none.
    """
    identities, problems = read_register(study)
    if any(problem.severity == "error" for problem in problems):
        raise FaultyFiles(problems, "the register has faults; nothing was done")
    return identities


def save_register(study: Study, text: str) -> None:
    """Write the register, sealed if it was sealed; its owner alone may read it.

    Args:
        study: Locked by the caller's process.
        text: Of identities.yaml.

    Raises:
        WrongPassphrase: If it is sealed with another one.
        CannotWrite: If the disk is full or read-only.
    """
    _save(study, plain_path(study), text)


def follow_places(study: Study, who: str, *, dry_run: bool = False) -> Followed:
    """Move the places of the register along with transcripts that were changed, and tell the trail.

    Args:
        study: Locked by the caller's process.
        who: For the trail.
        dry_run: Tell what would happen; write nothing.

    Raises:
        NoPassphrase: If it is sealed and nobody can be asked.
        WrongPassphrase: If it is sealed with another one.
    """
    before = _read(study, plain_path(study))
    if before is None:
        return Followed("")
    done = followed(study, before)
    if dry_run or not done.moved:
        return done
    told: dict[str, object] = {}
    for one in done.moved:
        if one.anchor in ("kept", "moved"):
            told[one.anchor] = int(str(told.get(one.anchor, 0))) + 1
        else:
            places = told.setdefault(one.anchor, [])
            if isinstance(places, list):
                places.append(str(one.before))
    studies.append_decision(study, Decision(studies.now(), who, "anchor", "register", None, told))
    save_register(study, stamped(study, done.text))
    return done


def register_bytes(study: Study, text: str) -> bytes:
    """Return the register as it is written, sealed if it is sealed: for changes that can be taken back."""
    path = plain_path(study)
    return _as_written(study, path, text)


# --- the key ----------------------------------------------------------------------------------------


def key_path(study: Study) -> Path:
    """Return where the key of pseudonymised transcripts lies, sealed or not, or would lie.

    `key_path` of study.yaml names it, from the study's folder or in full; where it says nothing, it is a file in
    qualkit-keys in the home folder, which is in no study and goes along with no copy of one.
    """
    return _lying(plain_key_path(study))


def plain_key_path(study: Study) -> Path:
    """Return where the key lies while it is not sealed."""
    written = study.settings.key_path or default_key_path(study)
    return study.root / Path(written.removesuffix(SEALED)).expanduser()


def default_key_path(study: Study) -> str:
    """Return the place of the key where study.yaml names none, as study.yaml would name it."""
    mark = sha256_hex(os.path.realpath(study.root))[:6]
    return f"{KEYS}/{slug(study.settings.title)[:40] or 'study'}-{mark}.yaml"


def key_text(study: Study) -> str:
    """Return the key to the character; "" where there is none. It raises what `register_text` raises."""
    return _read(study, plain_key_path(study)) or ""


def key_bytes(study: Study, text: str) -> bytes:
    """Return the key as it is written, sealed if it is sealed."""
    return _as_written(study, plain_key_path(study), text)


def read_key(study: Study) -> tuple[Identities, list[Problem]]:
    """Read the key, and everything that is wrong with it. It raises what `read_register` raises."""
    text = key_text(study)
    return parse_identities(text, studies.relative(study, key_path(study))) if text else (Identities(), [])


def save_key(study: Study, text: str) -> Path:
    """Write the key where study.yaml says, and where it says nothing, write there where it is.

    Args:
        study: Locked by the caller's process.
        text: A list of identities, as the register.

    Returns:
        Where it lies.
    """
    path = plain_key_path(study)
    _save(study, path, text)
    if not study.settings.key_path:
        # A study that is moved would not find it again.
        settings = study.root / studies.SETTINGS
        before = settings.read_bytes().decode("utf-8")
        root, problems = parse_yaml(before, studies.SETTINGS, "study")
        if root is not None and not problems:
            disk.write_atomically(settings, set_scalar(before, root, "key_path", default_key_path(study)).encode())
    return _lying(path)


# --- sealing ----------------------------------------------------------------------------------------


def ask_with(asking: Asking) -> None:
    """Have passphrases asked for in this way from now on, in this process."""
    _asking[:] = [asking]


def forget_passphrases() -> None:
    """Forget every passphrase that was typed, and everything that was opened with one."""
    _known.clear()
    _opened.clear()


def encrypt(study: Study, passphrase: str, path: Path | None = None) -> Path:
    """Seal the register with a passphrase; the plain file goes when the sealed one was read again and is the same.

    Args:
        study: Locked by the caller's process.
        passphrase: A new one.
        path: Of the plain file; the register's if it is not named. A sealed one gets the new passphrase.

    Returns:
        The sealed file.

    Raises:
        ShortPassphrase: If it could be guessed.
        NothingToSeal: If there is none.
        TwoRegisters: If another sealed one lies there.
        CannotWrite: If the disk is full or read-only; nothing was lost.
    """
    if len(passphrase) < SHORTEST:
        raise ShortPassphrase
    plain = path or plain_path(study)
    sealed = plain.with_name(plain.name + SEALED)
    if plain.is_file() and sealed.is_file():
        _finish_sealing(study, plain, sealed, passphrase)
        return sealed
    text = _read(study, plain)
    if text is None:
        raise NothingToSeal("there is no register yet, so there is nothing to seal")
    data = seal(text, passphrase)
    _write(study, sealed, data)
    if _unseal(sealed.read_bytes(), passphrase) != text:
        raise disk.CannotWrite(sealed, OSError())
    _known[sealed.absolute()] = passphrase
    _opened.pop(sealed.absolute(), None)
    plain.unlink(missing_ok=True)
    return sealed


def _finish_sealing(study: Study, plain: Path, sealed: Path, passphrase: str) -> None:
    """Take the plain file away that a crash left beside the sealed one, if both say the same."""
    try:
        same = _unseal(sealed.read_bytes(), passphrase) == studies.text_of(plain, studies.relative(study, plain))
    except CannotUnseal:
        same = False
    if not same:
        raise TwoRegisters(studies.relative(study, plain))
    _known[sealed.absolute()] = passphrase
    plain.unlink()


def decrypt(study: Study, path: Path | None = None) -> Path:
    """Write the register plain again, and take the sealed one away.

    Args:
        study: Locked by the caller's process.
        path: Of the plain file; the register's if it is not named.

    Returns:
        The plain file.

    Raises:
        NothingToSeal: If it is not sealed.
        WrongPassphrase: If the passphrase is another one; nothing was lost.
    """
    plain = path or plain_path(study)
    sealed = plain.with_name(plain.name + SEALED)
    if not sealed.is_file():
        raise NothingToSeal("the register is not sealed")
    text = _read(study, plain)
    _write(study, plain, (text or "").encode())
    sealed.unlink()
    _known.pop(sealed.absolute(), None)
    _opened.pop(sealed.absolute(), None)
    return plain


def seal(text: str, passphrase: str) -> bytes:
    """Return a text sealed with a passphrase."""
    out = io.BytesIO()
    with Sealer(out, passphrase) as sealer:
        sealer.write(text.encode())
    return out.getvalue()


def _unseal(data: bytes, passphrase: str) -> str:
    with Unsealer(io.BytesIO(data), passphrase) as unsealer:
        return unsealer.read().decode("utf-8")


# --- files ------------------------------------------------------------------------------------------


def _lying(plain: Path) -> Path:
    sealed = plain.with_name(plain.name + SEALED)
    return sealed if sealed.is_file() else plain


def _read(study: Study, plain: Path) -> str | None:
    """Return a file's text, plain or out of the sealed one; None where there is neither."""
    path = _lying(plain)
    if not path.is_file():
        return None
    if path == plain:
        return studies.text_of(plain, studies.relative(study, plain))
    if plain.is_file():
        raise TwoRegisters(studies.relative(study, plain))
    data = studies.bytes_of(path, studies.relative(study, path))
    digest, kept = sha256_hex(data), _opened.get(path.absolute())
    if kept is None or kept[0] != digest:
        kept = digest, _opened_with(study, path, data)[1]
    return kept[1]


def _opened_with(study: Study, path: Path, data: bytes) -> tuple[str, str]:
    """Open what is sealed; return the passphrase and the text."""
    what = studies.relative(study, path)
    passphrase = _passphrase(path, what)
    try:
        text = _unseal(data, passphrase)
    except (CannotUnseal, UnicodeDecodeError):
        _known.pop(path.absolute(), None)
        raise WrongPassphrase(what) from None
    _known[path.absolute()] = passphrase
    _opened[path.absolute()] = sha256_hex(data), text
    return passphrase, text


def _passphrase(path: Path, what: str) -> str:
    given = _known.get(path.absolute()) or os.environ.get(PASSPHRASE)
    if not given and _asking:
        given = _asking[0](what)
    if not given:
        raise NoPassphrase(what)
    return given


def _as_written(study: Study, plain: Path, text: str) -> bytes:
    path = _lying(plain)
    if path == plain:
        return text.encode()
    # What is there is opened first: another passphrase would lock its owner out.
    data = studies.bytes_of(path, studies.relative(study, path))
    passphrase, _ = _opened_with(study, path, data)
    return seal(text, passphrase)


def _save(study: Study, plain: Path, text: str) -> None:
    path = _lying(plain)
    if path != plain and plain.is_file():
        raise TwoRegisters(studies.relative(study, plain))
    data = _as_written(study, plain, text)
    _write(study, path, data)
    if path != plain:
        _opened[path.absolute()] = sha256_hex(data), text


def _write(study: Study, path: Path, data: bytes) -> None:
    """Write a file that its owner alone may read; private/ is the owner's alone too."""
    with suppress(OSError):
        disk.sweep([path.parent])
        if path.parent == plain_path(study).parent:
            path.parent.chmod(0o700)
    disk.write_atomically(path, data, private=True)
