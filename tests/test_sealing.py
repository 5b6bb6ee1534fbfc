import io

import pytest

from qualkit import sealing
from qualkit.sealing import CannotUnseal, Sealer, Unsealer

PASSPHRASE = "fire ord er lette å huske"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sealing, "_WORK", 4)
    monkeypatch.setattr(sealing, "_PIECE", 100)


def sealed(data: bytes) -> bytes:
    out = io.BytesIO()
    with Sealer(out, PASSPHRASE) as sealer:
        for at in range(0, len(data), 33):
            sealer.write(data[at : at + 33])
    return out.getvalue()


def unsealed(data: bytes, passphrase: str = PASSPHRASE) -> bytes:
    return Unsealer(io.BytesIO(data), passphrase).read()


@pytest.mark.parametrize("size", [0, 1, 99, 100, 101, 200, 950])
def test_what_was_sealed_is_read_again(size: int) -> None:
    data = bytes(range(256)) * 4
    assert unsealed(sealed(data[:size])) == data[:size]


def test_the_same_letters_are_the_same_passphrase() -> None:
    assert unsealed(sealed(b"x"), PASSPHRASE.replace("å", "a\u030a")) == b"x"


def test_every_seal_is_another() -> None:
    assert sealed(b"x" * 50) != sealed(b"x" * 50)


def test_what_was_changed_cut_or_moved_is_refused() -> None:
    whole = sealed(b"abc" * 100)
    head = sealing._HEAD
    piece = 116
    pieces = [whole[at : at + piece] for at in range(head, len(whole), piece)]
    assert len(pieces) == 3
    others = [
        whole[:-1],
        whole[: head + 2 * piece],
        whole[:head],
        whole[:head] + pieces[1] + pieces[0] + pieces[2],
        whole[:head] + pieces[0] + pieces[2],
        whole + pieces[2],
        b"",
        b"x" + whole[1:],
        *(whole[:at] + bytes([whole[at] ^ 1]) + whole[at + 1 :] for at in range(0, len(whole), 7) if at != 8),
    ]
    for other in others:
        with pytest.raises(CannotUnseal):
            unsealed(other)
    with pytest.raises(CannotUnseal):
        unsealed(whole, "another passphrase")


def test_work_without_end_is_refused() -> None:
    whole = sealed(b"x")
    with pytest.raises(CannotUnseal):
        unsealed(whole[:8] + b"\xff" + whole[9:])
