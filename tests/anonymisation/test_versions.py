"""Nobody forgets to raise the version of a detector: what was decided and scanned hangs on it.

Digests of the sources and lists of the detectors stand in `detectors.json` beside the versions they belong to. Where
something was changed, raise the versions of the detectors whose hits it changes, and then

    python -m tests.anonymisation.test_versions

writes the new digests. It refuses where no version was raised.
"""

from __future__ import annotations

import hashlib
import json
import sys
from pathlib import Path

from qualkit.anonymisation import detecting
from qualkit.anonymisation.detecting import DETECTORS

RECORD = Path(__file__).with_name("detectors.json")
ROOM = Path(detecting.__file__).parent
_READS = """
addresses ages amounts british_names called cleaned clubs conditions contacts counts dates detecting diagnoses echoes
english_institutions
families fragments furniture id_numbers illnesses
institutions lexicon longer_names lowered masked named_so names ner net numbered numberwords occupations
openings origins outermost
patterns persons places
posts
quasi rejoined roles spoken_numbers titles told_ages told_dates tokens
""".split()


def digests() -> dict[str, str]:
    """Return the digest of everything that the hits hang on, by its path in the room."""
    files = [*(ROOM / f"{name}.py" for name in _READS), *sorted((ROOM / "lists").glob("*.t[xs][tv]"))]
    return {
        path.relative_to(ROOM).as_posix(): hashlib.sha256(path.read_bytes().replace(b"\r\n", b"\n")).hexdigest()
        for path in files
    }


def test_what_the_hits_hang_on_is_what_the_versions_were_given_for() -> None:
    recorded = json.loads(RECORD.read_text(encoding="utf-8"))
    now = digests()
    changed = sorted(
        path for path in now.keys() | recorded["sources"].keys() if now.get(path) != recorded["sources"].get(path)
    )
    assert (changed, dict(DETECTORS)) == ([], recorded["versions"]), (
        "raise the versions of the detectors whose hits this changes, then: python -m tests.anonymisation.test_versions"
    )


def test_every_module_that_detecting_reads_is_among_them() -> None:
    read = {name.rpartition(".")[2] for name in sys.modules if name.startswith("qualkit.anonymisation.")}
    detectors = {source.find.__module__.rpartition(".")[2] for source in detecting.SOURCES}
    assert detectors <= set(_READS) <= read | {"ner"}


def _record() -> int:
    before = json.loads(RECORD.read_text(encoding="utf-8")) if RECORD.exists() else {"sources": {}, "versions": {}}
    now = {"sources": digests(), "versions": dict(DETECTORS)}
    if now["sources"] != before["sources"] and now["versions"] == before["versions"]:
        sys.stderr.write("Something was changed and no version was raised.\n")
        return 1
    RECORD.write_text(json.dumps(now, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    raise SystemExit(_record())
