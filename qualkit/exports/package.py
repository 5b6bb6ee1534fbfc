"""Office files are zip archives: packed here so that the same parts give the same bytes on every machine."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo


def pack(parts: Mapping[str, bytes]) -> bytes:
    """Return the archive of some parts, without the time and the machine it was packed on.

    Example:
        >>> pack({"b": b"2", "[Content_Types].xml": b"1"}) == pack({"[Content_Types].xml": b"1", "b": b"2"})
        True
    """
    buffer = BytesIO()
    with ZipFile(buffer, "w", ZIP_DEFLATED) as archive:
        # Readers expect the list of content types before the parts it describes.
        for name in sorted(
            parts, key=lambda name: (name != "[Content_Types].xml", not name.startswith("_rels/"), name)
        ):
            entry = ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


def unpack(archive: bytes) -> dict[str, bytes]:
    """Return the parts of an archive by name."""
    with ZipFile(BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist() if not name.endswith("/")}
