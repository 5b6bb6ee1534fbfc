"""Ids that were changed by hand in the YAML: their codings stand, and nothing was deleted."""

from __future__ import annotations

from qualkit import study as studies
from qualkit.coding.codebook import parse_codebook
from qualkit.coding.codebook_changes import shape
from qualkit.model import RULES_CODER, Codebook, Study
from qualkit.text import near_miss, slug
from qualkit.undoing import changes, kept_bytes


def renamed_by_hand(study: Study, book: Codebook) -> dict[str, str]:
    """Return codes that were given another id in the YAML, with the id they seem to have now.

    Codings stand on an id that is gone, and one code without codings has its rules, a like id or name, or its place
    in the tree as it was when a command last changed the codebook.
    """
    known = {code.id for code in book.walk()}
    origins: dict[str, set[str]] = {}
    for coder, _, path in studies.coding_files(study):
        codings, _ = studies.read_codings(study, coder, path.stem) if coder != RULES_CODER else ([], [])
        for coding in codings:
            origins.setdefault(coding.code, set()).add(coding.origin)
    gone = sorted(set(origins) - known)
    if not gone:
        return {}
    free = [code for code in book.walk() if code.id not in origins and code.codable]
    earlier = _places(_last_codebook(study))
    now = _places(book)
    found = {}
    for old in gone:
        by_rule = [code for code in free if {f"rule:{rule.id}" for rule in code.rules} & origins[old]]
        by_place = [code for code in free if old in earlier and now[code.id] == earlier[old]]
        near = near_miss(old, [code.id for code in free]) or near_miss(old, [slug(code.name) for code in free])
        by_name = [code for code in free if near in (code.id, slug(code.name))] if near else []
        for candidates in (by_rule, by_name, by_place):
            if len(candidates) == 1:
                found[old] = candidates[0].id
                break
    # Two old ids cannot both have become one: then a person must look.
    return {old: new for old, new in found.items() if list(found.values()).count(new) == 1}


def _places(book: Codebook) -> dict[str, tuple[str, int]]:
    """Return parent and number among its siblings of every code."""
    tree: dict[str, list[str]] = {}
    for code, parent in shape(book).items():
        tree.setdefault(parent, []).append(code)
    return {code: (parent, number) for parent, codes in tree.items() for number, code in enumerate(codes)}


def _last_codebook(study: Study) -> Codebook:
    for change in reversed(changes(study)):
        for touched in change.files:
            if touched.path == studies.CODEBOOK and touched.after:
                data = kept_bytes(study, touched.after)
                return parse_codebook(data.decode("utf-8", "replace"))[0] if data else Codebook()
    return Codebook()
