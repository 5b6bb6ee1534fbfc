"""Where the corpora and codebooks lie that come with qualkit: in the package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

_HERE = Path(__file__).resolve().parent


def _folder(name: str) -> Path:
    packaged = _HERE / "shipped" / name
    return packaged if packaged.is_dir() else _HERE.parent / name


def corpora() -> Path:
    """Return the folder of corpora, one study a folder."""
    return _folder("corpora")


def codebooks() -> Path:
    """Return the folder of starter codebooks."""
    return _folder("codebooks")
