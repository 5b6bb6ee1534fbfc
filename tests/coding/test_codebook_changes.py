import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.coding.codebook import CodeExists, parse_codebook
from qualkit.coding.codebook_changes import change_members, merge_code, place_code, rename_code, shape, take_out
from qualkit.coding.codebook_edits import CannotEdit
from qualkit.errors import QualkitError

BOOK = """# Kodebok, tredje utgave
title:   Fredag
codes:
- id:   tid      # den første
  name: Tid
  definition: |
    Å ha tid,
    eller ikke.
  children:
      # under tid
      - id: hast
        name: 'Hast'
      - Ro   # bare et navn
- id: sted
  name: Sted
  examples: ["Der: borte"]
sets:
- name: Første
  members: [tid,  "sted"]   # begge
- name: Andre
  members:
  - sted
# slutt
"""


def test_a_renamed_code_is_another_word_in_its_own_places_alone() -> None:
    changed = rename_code(BOOK, "sted", "plass", "Plass: der")
    before, after = BOOK.splitlines(), changed.splitlines()
    assert [(a, b) for a, b in zip(before, after, strict=True) if a != b] == [
        ("- id: sted", "- id: plass"),
        ("  name: Sted", '  name: "Plass: der"'),
        ('  members: [tid,  "sted"]   # begge', '  members: [tid,  "plass"]   # begge'),
        ("  - sted", "  - plass"),
    ]


def test_a_code_that_is_only_a_name_gets_an_id_when_it_is_renamed() -> None:
    assert "      - id: stillhet\n        name: Ro   # bare et navn\n" in rename_code(BOOK, "ro", "stillhet")


def test_an_id_that_is_taken_is_refused() -> None:
    with pytest.raises(CodeExists):
        rename_code(BOOK, "ro", "Sted")
    assert "- id:   Tid      # den første" in rename_code(BOOK, "tid", "Tid")


def test_line_endings_stay() -> None:
    windows = BOOK.replace("\n", "\r\n")
    assert rename_code(windows, "sted", "plass") == rename_code(BOOK, "sted", "plass").replace("\n", "\r\n")
    assert place_code(windows, "sted", None, before="tid") == place_code(BOOK, "sted", None, before="tid").replace(
        "\n", "\r\n"
    )
    assert merge_code(windows, "tid", "sted", "x") == merge_code(BOOK, "tid", "sted", "x").replace("\n", "\r\n")


def test_what_was_thought_about_a_merged_code_stays_as_a_comment() -> None:
    changed = merge_code(BOOK, "sted", "hast", "“sted” went into “hast”:")
    assert (
        "      # “sted” went into “hast”:\n"
        "      #   - id: sted\n"
        "      #     name: Sted\n"
        '      #     examples: ["Der: borte"]\n'
        "      - id: hast\n"
    ) in changed
    assert 'members: [tid,  "hast"]   # begge' in changed


def test_codes_below_a_merged_code_come_below_the_other() -> None:
    assert shape(parse_codebook(merge_code(BOOK, "tid", "sted", "x"))[0]) == {"sted": "", "hast": "sted", "ro": "sted"}
    with pytest.raises(CannotEdit, match="stands under “tid”"):
        merge_code(BOOK, "tid", "hast", "x")


@pytest.mark.parametrize(
    ("to", "order"),
    [
        ({"parent": ""}, ["tid", "ro", "sted", "hast"]),
        ({"parent": "sted"}, ["tid", "ro", "sted", "hast"]),
        ({"parent": None, "before": "tid"}, ["hast", "tid", "ro", "sted"]),
        ({"parent": None, "after": "tid"}, ["tid", "ro", "hast", "sted"]),
        ({"parent": None, "after": "ro"}, ["tid", "ro", "hast", "sted"]),
    ],
)
def test_a_code_moves(to: dict[str, str], order: list[str]) -> None:
    changed = place_code(BOOK, "hast", **to)  # type: ignore[arg-type]
    assert [code.id for code in parse_codebook(changed)[0].walk()] == order
    assert "name: 'Hast'" in changed


def test_a_code_does_not_move_under_itself() -> None:
    for to in ({"parent": "hast"}, {"parent": None, "before": "ro"}):
        with pytest.raises(CannotEdit):
            place_code(BOOK, "tid", **to)  # type: ignore[arg-type]


def test_the_last_member_of_a_set_leaves_an_empty_list() -> None:
    changed = change_members(BOOK, {"sted": None})
    assert "- name: Andre\n  members: []\n# slutt\n" in changed
    assert "members: [tid]   # begge" in changed


# --- every style people write -------------------------------------------------------------------------

IDS = ["tid", "sted", "ro", "støy", "håp", "sorg", "mat"]
COMMENT = st.sampled_from(["", "", "  # en tanke", "   # «sitat»: a", " #"])
LINE = st.sampled_from(["", "", "# mellom", "   # løst innrykk"])


@st.composite
def codebooks(draw: st.DrawFn) -> str:
    """A codebook in one of the styles people write."""
    ids = draw(st.permutations(IDS))[: draw(st.integers(2, 6))]
    step, gap = draw(st.sampled_from(["", "  ", "    "])), draw(st.sampled_from([" ", "   "]))
    lines = ["# topp", f"codes:{draw(COMMENT)}"]
    depth = 0
    indents = [step]
    for number, code in enumerate(ids):
        if number:
            depth = draw(st.integers(0, min(depth + 1, 2)))
        if depth == len(indents):
            lines.append(f"{indents[-1]}  children:{draw(COMMENT)}")
            indents.append(indents[-1] + "  " + step)
        indents = indents[: depth + 1]
        lines += [line for line in [draw(LINE)] if line]
        lead = indents[depth]
        quote = draw(st.sampled_from(["", "'", '"']))
        fields = [f"id:{gap}{quote}{code}{quote}{draw(COMMENT)}"]
        fields += [f"name: {code.title()}{draw(COMMENT)}"] if draw(st.booleans()) else []
        extra = st.sampled_from(["", "definition: |\n{}  to\n{}  linjer", 'examples: ["a: b", c]', "colour: '#aa3300'"])
        fields += [field.format(lead + "  ", lead + "  ") for field in [draw(extra)] if field]
        lines += [f"{lead}- {fields[0]}", *(f"{lead}  {field}" for field in fields[1:])]
    if draw(st.booleans()):
        members = draw(st.lists(st.sampled_from(ids), unique=True, min_size=1))
        lines += ["sets:", f"{step}- name: En{draw(COMMENT)}"]
        if draw(st.booleans()):
            lines.append(f"{step}  members: [{', '.join(members)}]{draw(COMMENT)}")
        else:
            lines += [f"{step}  members:", *(f"{step}  - {member}{draw(COMMENT)}" for member in members)]
    lines += ["# bunn"] * draw(st.integers(0, 1))
    newline = draw(st.sampled_from(["\n", "\r\n"]))
    return newline.join(lines) + newline * draw(st.integers(0, 1))


def facts(text: str) -> dict[str, tuple[str, tuple[str, ...], str]]:
    book, problems = parse_codebook(text)
    assert [str(p) for p in problems if p.severity == "error"] == [], text
    return {code.id: (code.definition, code.examples, code.colour) for code in book.walk()}


def members(text: str) -> list[tuple[str, ...]]:
    return [each.members for each in parse_codebook(text)[0].sets]


@settings(max_examples=300)
@given(codebooks(), st.data())
def test_a_rename_is_what_it_says_in_any_style(text: str, data: st.DataObject) -> None:
    before = facts(text)
    old = data.draw(st.sampled_from(list(before)))
    changed = rename_code(text, old, "nytt")
    assert facts(changed) == {("nytt" if code == old else code): said for code, said in before.items()}
    assert members(changed) == [tuple("nytt" if m == old else m for m in each) for each in members(text)]
    # Put back, every byte is there: nothing else was touched.
    assert re.sub(r"\bnytt\b", old, changed) == text


@settings(max_examples=300)
@given(codebooks(), st.data())
def test_a_move_is_what_it_says_in_any_style(text: str, data: st.DataObject) -> None:
    before, tree = facts(text), shape(parse_codebook(text)[0])
    code, target = data.draw(st.sampled_from(list(before))), data.draw(st.sampled_from(list(before)))
    how = data.draw(st.sampled_from(["under", "before", "after", "top"]))
    arguments = {
        "under": {"parent": target},
        "before": {"parent": None, "before": target},
        "after": {"parent": None, "after": target},
        "top": {"parent": ""},
    }[how]
    try:
        changed = place_code(text, code, **arguments)  # type: ignore[arg-type]
    except CannotEdit:
        return
    assert facts(changed) == before or sorted(facts(changed).items()) == sorted(before.items())
    parent = {"under": target, "top": ""}.get(how, tree[target])
    now = shape(parse_codebook(changed)[0])
    assert now == {**tree, code: parent}
    siblings = [each for each, above in now.items() if above == parent]
    if how in ("before", "after"):
        assert siblings.index(code) - siblings.index(target) == (-1 if how == "before" else 1)
    assert sorted(re.findall(r"#[^\r\n]*", text)) == sorted(re.findall(r"#[^\r\n]*", changed))


@settings(max_examples=300)
@given(codebooks(), st.data())
def test_a_merge_is_what_it_says_in_any_style(text: str, data: st.DataObject) -> None:
    before, tree = facts(text), shape(parse_codebook(text)[0])
    gone, kept = data.draw(st.permutations(list(before)))[:2]
    try:
        changed = merge_code(text, gone, kept, "gikk:")
    except QualkitError:
        return
    assert sorted(facts(changed).items()) == sorted((c, said) for c, said in before.items() if c != gone)
    now = shape(parse_codebook(changed)[0])
    assert now == {c: kept if above == gone else above for c, above in tree.items() if c != gone}
    assert all(gone not in each for each in members(changed))
    # Every line of it can still be read.
    words = [line.strip(" #-\r") for line in changed.splitlines()]
    node_lines = [line.strip(" -\r") for line in text.splitlines() if re.search(rf"\b{gone}\b", line) and "id:" in line]
    assert all(any(line.split("#")[0].strip() in word for word in words) for line in node_lines)


@settings(max_examples=200)
@given(codebooks(), st.data())
def test_a_deletion_takes_its_own_lines_alone(text: str, data: st.DataObject) -> None:
    before = facts(text)
    gone = data.draw(st.sampled_from(list(before)))
    try:
        changed = take_out(text, gone)
    except CannotEdit:
        return
    below = {c.id for top in parse_codebook(text)[0].walk() if top.id == gone for c in top.walk()}
    assert facts(changed) == {c: said for c, said in before.items() if c not in below}
