from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.codebook import parse_codebook
from qualkit.coding.codebook_diff import FIELDS, Change, Incoming, change_table, compare_codebooks
from qualkit.coding.codebook_edits import apply_changes
from qualkit.coding.descriptions import describe
from qualkit.model import Code, Codebook, CodeSet

GUID = "0D62985D-B147-5D01-A9B5-CAE5DCD98342"
NOW = Codebook(
    language="nb",
    codes=(
        Code(
            "tid",
            "Tid",
            guid=GUID,
            brief="kort",
            children=(Code("press", "Press"), Code("ro", "Ro", definition="stille")),
        ),
        Code("rom", "Rom"),
    ),
)
TEXT = f"""language: nb
codes:
- id: tid
  name: Tid
  brief: kort
  refi: {{guid: "{GUID}"}}
  children:
  - Press
  - name: Ro
    definition: stille
- Rom
"""


def told(incoming: Codebook, *says: str) -> list[tuple[str, ...]]:
    changes = compare_codebooks(NOW, Incoming(incoming, frozenset({"name", *says})))
    return [(one.kind, one.code, one.field, str(one.before), str(one.after)) for one in changes]


def test_the_same_codebook_changes_nothing() -> None:
    assert told(NOW, *FIELDS, "parent") == []


def test_a_code_is_known_by_guid_id_path_and_a_name_that_is_alone() -> None:
    moved = Codebook(
        codes=(Code("", "Tida", guid=GUID, children=(Code("", "Press"),)), Code("ROM", "Rommet"), Code("", "ro"))
    )
    assert told(moved) == [
        ("changed", "tid", "name", "Tid", "Tida"),
        ("changed", "ro", "name", "Ro", "ro"),
        ("changed", "rom", "name", "Rom", "Rommet"),
    ]


def test_fields_the_file_does_not_have_are_no_change() -> None:
    bare = Codebook(codes=(Code("tid", "Tid"), Code("press", "Press"), Code("ro", "Ro"), Code("rom", "Rom")))
    assert told(bare) == []
    assert told(bare, "brief", "parent") == [
        ("changed", "tid", "brief", "kort", ""),
        ("moved", "press", "parent", "tid", ""),
        ("moved", "ro", "parent", "tid", ""),
    ]


def test_new_codes_come_with_all_that_is_new_below_them_and_ids_of_their_own() -> None:
    new = Code("", "Ro", children=(Code("", "Å!"), Code("rom", "Rom")))
    incoming = Codebook(codes=(*NOW.codes[:1], new))
    changes = compare_codebooks(NOW, Incoming(incoming, frozenset({"name", "parent"})))
    (added,) = [one for one in changes if one.kind == "added"]
    assert added.added is not None
    assert [code.id for code in added.added.walk()] == ["ro-2", "å"]
    assert [(one.code, one.after) for one in changes if one.kind == "moved"] == [("rom", "ro-2")]


def test_what_is_not_in_the_file_is_said() -> None:
    assert told(Codebook(codes=(Code("tid", "Tid"),))) == [
        ("removed", "press", "", "", ""),
        ("removed", "ro", "", "", ""),
        ("removed", "rom", "", "", ""),
    ]
    changes = [Change("removed", "rom", "Rom")]
    assert change_table(changes).rows[0][0] == "not in the file"
    assert change_table(changes, remove=True).rows[0][0] == "removed"


def test_a_description_that_says_the_same_is_no_change_and_a_free_one_is_a_definition() -> None:
    def incoming(text: str) -> Codebook:
        return Codebook(codes=(Code("tid", "Tid", definition=text),))

    same = [change for change in told(incoming(describe(NOW.codes[0], "nb")), "description") if change[0] == "changed"]
    assert same == []
    parts = [change for change in told(incoming("Kort: kort\nBrukes når: ny"), "description") if change[0] == "changed"]
    assert parts == [("changed", "tid", "use_when", "()", "('ny',)")]
    free = [change for change in told(incoming("Fritt skrevet"), "description") if change[0] == "changed"]
    assert free == [("changed", "tid", "definition", "", "Fritt skrevet")]


def test_sets_are_compared_by_their_members() -> None:
    members = Codebook(codes=(replace(NOW.codes[0], children=()),), sets=(CodeSet("A", "om", (GUID, "x")),))
    changes = [one for one in compare_codebooks(NOW, Incoming(members, frozenset({"sets"}))) if one.kind == "set"]
    assert [(one.code, one.after) for one in changes] == [("A", ("tid",))]
    known = replace(NOW, sets=(CodeSet("A", "om", ("tid",)),))
    assert not [one for one in compare_codebooks(known, Incoming(members, frozenset({"sets"}))) if one.kind == "set"]


names = st.sampled_from(["Tid", "Press", "Ro", "Rom", "Ny", "Å", "tid: to"])
ids = st.sampled_from(["", "tid", "press", "ro", "rom", "ny", "annen"])
leaves = st.builds(
    lambda identifier, name, definition: Code(identifier, name, definition=definition),
    ids,
    names,
    st.sampled_from(["", "stille", "a\nb: c", "- x"]),
)
trees = st.recursive(
    leaves,
    lambda below: st.builds(
        lambda code, kids: replace(code, children=tuple(kids)), leaves, st.lists(below, max_size=3)
    ),
    max_leaves=6,
)


def _named(codes: tuple[Code, ...], seen: set[str]) -> tuple[Code, ...]:
    """Give every code an id that no other has."""
    kept = []
    for code in codes:
        identifier = code.id if code.id not in seen else f"x{len(seen)}"
        seen.add(identifier)
        kept.append(replace(code, id=identifier, children=_named(code.children, seen)))
    return tuple(kept)


@given(st.lists(trees, min_size=1, max_size=4))
def test_a_proposal_that_is_applied_leaves_nothing_to_propose(tops: list[Code]) -> None:
    incoming = Incoming(Codebook(codes=_named(tuple(tops), {""})), frozenset({"name", "definition", "parent"}))
    current, _ = parse_codebook(TEXT)
    changes = compare_codebooks(current, incoming)
    after, problems = parse_codebook(apply_changes(TEXT, changes))
    assert not [problem for problem in problems if problem.severity == "error"]
    assert {one.kind for one in compare_codebooks(after, incoming)} <= {"removed"}
    kept = {code.id for code in current.walk()}
    assert kept <= {code.id for code in after.walk()}


def test_a_code_that_is_renamed_keeps_its_id() -> None:
    incoming = Incoming(Codebook(codes=(Code("ro", "Stillhet"), Code("rom", "Rommet"))), frozenset({"name"}))
    current, _ = parse_codebook(TEXT)
    after, _ = parse_codebook(apply_changes(TEXT, compare_codebooks(current, incoming)))
    assert {code.id: code.name for code in after.walk()} == {
        "tid": "Tid",
        "press": "Press",
        "ro": "Stillhet",
        "rom": "Rommet",
    }
