"""A stream of bytes sealed with a passphrase: nobody reads it, and nobody changes it unseen.

scrypt makes the key, AES-256-GCM seals a mebibyte at a time; each piece knows its number and whether it is the last,
so that none can be taken out, moved or cut off at the end.
"""

from __future__ import annotations

import io
import os
from typing import IO, TYPE_CHECKING

from qualkit.errors import QualkitError

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_MAGIC = b"qkseal1\n"
_WORK, _MOST_WORK = 17, 20
_SALT, _PREFIX, _TAG = 16, 7, 16
_HEAD = len(_MAGIC) + 1 + _SALT + _PREFIX
_PIECE = 1024 * 1024

SHORTEST = 12
"""Letters a passphrase has at least."""


class CannotUnseal(QualkitError):
    """The passphrase is wrong, or the bytes were changed or broken."""

    def __init__(self) -> None:
        super().__init__(
            "private/ cannot be opened: the passphrase is not the one it was sealed with, or the file is damaged",
            "Try again. Without the passphrase nobody can open it; the rest can be had with --without-private.",
        )


class Sealer(io.RawIOBase):
    """A file to write to: what is written goes sealed into another. It is done when it is closed."""

    def __init__(self, out: IO[bytes], passphrase: str) -> None:
        super().__init__()
        self._out = out
        salt, self._prefix = os.urandom(_SALT), os.urandom(_PREFIX)
        self._head = _MAGIC + bytes([_WORK]) + salt + self._prefix
        self._cipher = _cipher(passphrase, salt, _WORK)
        self._waiting = bytearray()
        self._number = 0
        out.write(self._head)

    def writable(self) -> bool:
        """Return True."""
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        """Take bytes; whole pieces are sealed at once."""
        self._waiting += data
        # The last piece is only known when nothing follows it.
        while len(self._waiting) > _PIECE:
            self._seal(bytes(self._waiting[:_PIECE]), last=False)
            del self._waiting[:_PIECE]
        return len(data)

    def close(self) -> None:
        """Seal what is left."""
        if not self.closed:
            self._seal(bytes(self._waiting), last=True)
            self._waiting.clear()
        super().close()

    def _seal(self, piece: bytes, *, last: bool) -> None:
        self._out.write(self._cipher.encrypt(_nonce(self._prefix, self._number, last=last), piece, self._head))
        self._number += 1


class Unsealer(io.RawIOBase):
    """A file to read from: what was sealed, piece by piece, each held against its seal before it is given out."""

    def __init__(self, source: IO[bytes], passphrase: str) -> None:
        super().__init__()
        head = source.read(_HEAD)
        if len(head) < _HEAD or not head.startswith(_MAGIC) or head[len(_MAGIC)] > _MOST_WORK:
            raise CannotUnseal
        salt = head[len(_MAGIC) + 1 : len(_MAGIC) + 1 + _SALT]
        self._source, self._head, self._prefix = source, head, head[-_PREFIX:]
        self._cipher = _cipher(passphrase, salt, head[len(_MAGIC)])
        self._ready = b""
        self._next = source.read(_PIECE + _TAG)
        self._number = 0
        self._done = False

    def readable(self) -> bool:
        """Return True."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Give out bytes.

        Raises:
            CannotUnseal: If a piece is not as it was sealed.
        """
        from cryptography.exceptions import InvalidTag

        while not self._ready and not self._done:
            piece, self._next = self._next, self._source.read(_PIECE + _TAG)
            self._done = not self._next
            try:
                nonce = _nonce(self._prefix, self._number, last=self._done)
                self._ready = self._cipher.decrypt(nonce, piece, self._head)
            except (InvalidTag, ValueError):
                raise CannotUnseal from None
            self._number += 1
        room = memoryview(buffer).cast("B")
        given = self._ready[: len(room)]
        room[: len(given)] = given
        self._ready = self._ready[len(given) :]
        return len(given)


def _nonce(prefix: bytes, number: int, *, last: bool) -> bytes:
    return prefix + number.to_bytes(4, "big") + bytes([last])


def _cipher(passphrase: str, salt: bytes, work: int) -> AESGCM:
    import unicodedata

    from cryptography.hazmat.primitives.ciphers.aead import AESGCM
    from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

    # The same letters typed on another keyboard are the same passphrase.
    typed = unicodedata.normalize("NFKC", passphrase).encode()
    return AESGCM(Scrypt(salt=salt, length=32, n=2**work, r=8, p=1).derive(typed))
