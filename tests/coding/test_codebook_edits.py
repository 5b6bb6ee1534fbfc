import re
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.codebook import parse_codebook
from qualkit.coding.codebook_diff import Change
from qualkit.coding.codebook_edits import (
    CannotEdit,
    add_codes,
    apply_changes,
    move_code,
    put_set,
    remove_code,
    set_guids,
    set_value,
)
from qualkit.errors import FaultyFiles
from qualkit.model import Code, Codebook, CodeSet

BOOK = """# min kodebok
qualkit_codebook: 1
levels: [gruppe, kode]   # to nivåer

codes:
  - id: tid   # den første
    name: Tid
    level: gruppe
    children:
      # om jaget
      - id: press
        name: 'Press: å ikke rekke'
        definition: |
          Første linje.

          Andre linje.
        use_when:
          - en ting   # viktig
          - "to ting"
        examples:
          - {quote: "Eg rekk: ikkje", source: K1}
        rules:
          - any: ["lemma:jage"]   # verb

      - Ro
  - {id: rom, name: Rom, colour: "#aa3300"}   # i klammer
# slutten
"""
GUID = "0D62985D-B147-5D01-A9B5-CAE5DCD98342"
values = st.text(alphabet=st.sampled_from("abÆ \n:#-'\"[]{},|>\\\t\u2028%@!&*?"), min_size=1, max_size=40).filter(
    lambda text: text == text.strip() and "\t" not in text
)


def book(text: str) -> Codebook:
    found, problems = parse_codebook(text)
    assert [str(problem) for problem in problems if problem.severity == "error"] == []
    return found


def code(text: str, identifier: str) -> Code:
    return replace(book(text).paths()[identifier][-1], line=0, rules=(), children=())


def removed_lines(before: str, after: str) -> list[str]:
    left = after.splitlines()
    gone = []
    for line in before.splitlines():
        if line in left:
            left.remove(line)
        else:
            gone.append(line)
    return gone


@pytest.mark.parametrize(
    ("identifier", "key", "value", "gone"),
    [
        ("tid", "name", "Tid: ny", ["    name: Tid"]),
        ("tid", "colour", "#112233", []),
        ("tid", "level", "kode", ["    level: gruppe"]),
        ("tid", "codable", False, []),
        ("press", "definition", "Kort", ["        definition: |", "          Første linje.", "          Andre linje."]),
        (
            "press",
            "definition",
            "En\n\nto",
            ["        definition: |", "          Første linje.", "          Andre linje."],
        ),
        ("press", "use_when", ("to ting", "tre: ting"), ["          - en ting   # viktig"]),
        (
            "press",
            "use_when",
            (),
            ["        use_when:", "          - en ting   # viktig", '          - "to ting"'],
        ),
        ("press", "not_when", ("a, b", "c"), []),
        ("press", "examples", ("Eg rekk: ikkje", "ny"), []),
        ("ro", "brief", "stille", ["      - Ro"]),
        ("rom", "brief", "et sted", ['  - {id: rom, name: Rom, colour: "#aa3300"}   # i klammer']),
        ("rom", "colour", "", ['  - {id: rom, name: Rom, colour: "#aa3300"}   # i klammer']),
        ("rom", "note", "to\nlinjer", ['  - {id: rom, name: Rom, colour: "#aa3300"}   # i klammer']),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_one_value_is_set_and_only_its_lines_change(
    identifier: str, key: str, value: object, gone: list[str], newline: str
) -> None:
    text = BOOK.replace("\n", newline)
    after = set_value(text, identifier, key, value)  # type: ignore[arg-type]
    assert getattr(code(after, identifier), key) == value
    assert [line for line in removed_lines(text, after) if line.strip()] == gone
    assert after.count("\r\n") == (after.count("\n") if newline == "\r\n" else 0)
    for other in ("tid", "press", "ro", "rom"):
        if other != identifier:
            assert code(after, other) == code(text, other)


@given(st.sampled_from(["tid", "press", "ro", "rom"]), st.sampled_from(["name", "brief", "definition", "note"]), values)
def test_any_text_comes_back_as_it_was(identifier: str, key: str, value: str) -> None:
    after = set_value(BOOK, identifier, key, value)
    assert getattr(code(after, identifier), key) == value
    assert replace(code(after, identifier), **{key: ""}) == replace(code(BOOK, identifier), **{key: ""})
    assert all(comment in after for comment in re.findall("#.*", BOOK) if "aa3300" not in comment)


@given(st.sampled_from(["tid", "press", "ro", "rom"]), st.lists(values, min_size=1, max_size=4))
def test_any_list_comes_back_as_it_was(identifier: str, items: list[str]) -> None:
    for text in (BOOK, set_value(BOOK, identifier, "use_when", ("før",))):
        after = set_value(text, identifier, "use_when", tuple(items))
        assert code(after, identifier).use_when == tuple(items)


@given(st.sampled_from(["", "tid", "press", "ro"]), values, values, st.lists(values, max_size=2))
def test_new_codes_come_back_as_they_were(parent: str, name: str, definition: str, uses: list[str]) -> None:
    below = Code("under", name, definition=definition, use_when=tuple(uses))
    new = Code("ny", name, definition=definition, codable=False, colour="#123", guid=GUID, children=(below,))
    after = add_codes(BOOK, [new, Code("to", "To")], parent=parent)
    found = book(after)
    path = [one.id for one in found.paths()["under"]]
    assert path[-3:] == [*([parent] if parent else []), "ny", "under"][-3:]
    assert code(after, "under") == below
    assert code(after, "ny") == replace(new, children=())
    assert [line for line in removed_lines(BOOK, after) if line.strip() != "- Ro"] == []


@pytest.mark.parametrize("text", ["", "# bare en kommentar\n", "codes:\n", "title: T\n", "- A\n", "codes: []\n"])
def test_codes_are_added_to_any_beginning_of_a_codebook(text: str) -> None:
    after = add_codes(text, [Code("ny", "Ny")])
    assert "ny" in book(after).paths()
    assert after.startswith(text.partition("codes")[0])


def test_a_code_is_taken_out_with_its_lines_and_no_others() -> None:
    after = remove_code(BOOK, "press")
    assert list(book(after).paths()) == ["tid", "ro", "rom"]
    assert "# om jaget" in after
    assert remove_code(remove_code(BOOK, "press"), "ro").count("children") == 0
    assert list(book(remove_code(BOOK, "rom")).paths()) == ["tid", "press", "ro"]
    assert list(book("codes: [A, {name: B}, C]\n").paths()) == ["a", "b", "c"]
    for gone, left in (("a", ["b", "c"]), ("b", ["a", "c"]), ("c", ["a", "b"])):
        assert list(book(remove_code("codes: [A, {name: B}, C]\n", gone)).paths()) == left


def test_what_cannot_be_taken_out_is_said() -> None:
    with pytest.raises(CannotEdit, match="the only code there is"):
        remove_code("codes:\n- A\n", "a")
    with pytest.raises(CannotEdit, match="a code below it that is to stay"):
        remove_code(BOOK, "tid", expected={"tid", "press"})


@pytest.mark.parametrize(
    ("identifier", "parent", "path"),
    [
        ("press", "", ["press"]),
        ("press", "ro", ["tid", "ro", "press"]),
        ("ro", "press", ["tid", "press", "ro"]),
        ("rom", "tid", ["tid", "rom"]),
        ("rom", "press", ["tid", "press", "rom"]),
    ],
)
def test_a_code_is_moved_as_it_was_written(identifier: str, parent: str, path: list[str]) -> None:
    after = move_code(BOOK, identifier, parent)
    assert [one.id for one in book(after).paths()[identifier]] == path
    for other in ("tid", "press", "ro", "rom"):
        assert code(after, other) == code(BOOK, other)
    if identifier == "press":
        assert "- en ting   # viktig" in after
        assert book(after).paths()["press"][-1].rules[0].any == ("lemma:jage",)


def test_sets_are_added_and_changed() -> None:
    one = CodeSet("A: b", "om", ("tid", "rom"), GUID)
    after = put_set(BOOK, "A: b", one)
    assert [replace(found, line=0) for found in book(after).sets] == [one]
    two = CodeSet("C", "", ("ro",))
    after = put_set(put_set(after, "A: b", replace(one, description="", members=("ro", "tid"))), "C", two)
    assert [replace(found, line=0) for found in book(after).sets] == [
        CodeSet("A: b", "", ("ro", "tid"), GUID),
        two,
    ]
    assert removed_lines(BOOK, after) == []


def test_guids_are_written_near_the_name_and_nowhere_else() -> None:
    guids = {name: f"{number:08X}-0000-0000-0000-000000000000" for number, name in enumerate(book(BOOK).paths())}
    after = set_guids(BOOK, guids)
    assert {found.id: found.guid for found in book(after).walk()} == guids
    assert removed_lines(BOOK, after) == ["      - Ro", '  - {id: rom, name: Rom, colour: "#aa3300"}   # i klammer']
    lines = after.splitlines()
    assert lines[lines.index("    name: Tid") + 1].strip() == f'refi: {{guid: "{guids["tid"]}"}}'
    again = {name: guid.replace("0000-", "1111-", 1) for name, guid in guids.items()}
    assert {found.id: found.guid for found in book(set_guids(after, again)).walk()} == again


@given(st.sets(st.sampled_from(["tid", "press", "ro", "rom"])))
def test_guids_leave_every_code_as_it_was(chosen: set[str]) -> None:
    after = set_guids(BOOK, dict(zip(sorted(chosen), [f"{n:08X}{GUID[8:]}" for n in range(9)], strict=False)))
    for name in ("tid", "press", "ro", "rom"):
        assert replace(code(after, name), guid="") == code(BOOK, name)
        assert bool(code(after, name).guid) == (name in chosen)


def test_what_would_be_no_sound_codebook_is_not_written() -> None:
    change = Change("changed", "tid", "Tid", "level", "gruppe", "finnes ikke")
    with pytest.raises(FaultyFiles, match="nothing was written"):
        apply_changes(BOOK, [change])
