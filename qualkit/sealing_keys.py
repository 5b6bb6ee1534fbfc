"""The register and the key sealed with a passphrase, and unsealed: what they were is forgotten with it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from qualkit import register
from qualkit import study as studies
from qualkit.model import Decision, Study
from qualkit.undoing import forget


def seal_register(study: Study, passphrase: str, who: str) -> list[Path]:
    """Seal the register, and the key if there is one, and forget what they were before their last changes.

    Args:
        study: Locked by the caller's process.
        passphrase: A new one.
        who: For the trail.

    Returns:
        The sealed files.

    Raises:
        NothingToSeal: If there is neither.
        ShortPassphrase: If it could be guessed.
    """
    return _each(study, who, "anonymise encrypt", lambda plain: register.encrypt(study, passphrase, plain))


def unseal_register(study: Study, who: str) -> list[Path]:
    """Write the register plain again, and the key if it is sealed.

    Args:
        study: Locked by the caller's process.
        who: For the trail.

    Returns:
        The plain files.

    Raises:
        NothingToSeal: If neither is sealed.
        WrongPassphrase: If they were sealed with another one; nothing was lost.
    """
    return _each(study, who, "anonymise decrypt", lambda plain: register.decrypt(study, plain))


def _each(study: Study, who: str, what: str, do: Callable[[Path], Path]) -> list[Path]:
    done: list[Path] = []
    missing: register.NothingToSeal | None = None
    # What could be taken back is as plain as it was.
    forget(study, "private")
    for plain in dict.fromkeys((register.plain_path(study), register.plain_key_path(study))):
        try:
            done.append(do(plain))
        except register.NothingToSeal as error:
            missing = missing or error
    if not done and missing is not None:
        raise missing
    studies.append_decision(study, Decision(studies.now(), who, what, "study", None, {"files": len(done)}))
    return done
