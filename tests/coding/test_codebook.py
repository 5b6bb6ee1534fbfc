import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.coding.codebook import (
    CodeExists,
    UnknownCode,
    add_code,
    find_code,
    parse_codebook,
    rules_of,
    set_code_field,
)
from qualkit.errors import FaultyFiles
from qualkit.model import Code, Codebook


def faults(text: str) -> list[tuple[int | None, int | None, str]]:
    _, problems = parse_codebook(text)
    assert all(problem.hint for problem in problems)
    return [(problem.line, problem.column, problem.message) for problem in problems]


def book(text: str) -> Codebook:
    read, problems = parse_codebook(text)
    assert [str(problem) for problem in problems] == []
    return read


FAULTY = r"""titel: Vakt
language: no
levels: [theme, code]
codes:
  - name: Tid
    colour: #aa3300
    level: themme
    definiton: Mangel på tid
    color: "#fff"
  - name: Tid
  - id: to ord
    name: Rom: og plass
    colour: "red"
    rules: ringe
  - name: Ro
    codable: perhaps
    rules:
      - any: []
        unit: page
        within: 0 words
        language: norsk
      - all: [ringe]
      - any: ["re:(", "re:(a|aa)+\\1$", "lemma:", "lemm:ringe", "*"]
        speakers: [particpant]
      - ringe
	- any: ringe
  -
  - colour: "#fff"
"""


def test_every_fault_is_told_at_once_in_the_order_of_the_file() -> None:
    lines = [line for line, _, _ in faults(FAULTY)]

    assert lines == sorted(line for line in lines if line)
    assert set(lines) == {1, 2, 6, 7, 8, 9, 10, 11, 12, 13, 14, 16, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27, 28}
    assert lines.count(23) == 5


@pytest.mark.parametrize(
    ("text", "place", "message", "hint"),
    [
        ("codes:\n- name: A\n  colour: #aa3300\n", (3, 10), "the colour is lost", '"#aa3300"'),
        ("codes:\n- name: A: b\n", (2, 9), "a value with a colon", "line 2"),
        ("codes:\n- name: A\n\tlevel: x\n", (3, 1), "a tab in the indentation", "spaces"),
        ("codes:\n- name: A\n  color: '#fff'\n", (3, 3), "“color” is no key", "“colour”"),
        ("codes:\n- name: A\n  definiton: x\n", (3, 3), "“definiton” is no key", "“definition”"),
        ("codes:\n- name: A\n- name: a\n", (3, 9), "the id “a” is taken by the code on line 2", "another"),
        ("codes:\n- id: x\n- id: X\n", (3, 7), "the id “X” is taken by the code on line 2", "another"),
        ("levels: [theme]\ncodes:\n- name: A\n  level: them\n", (4, 10), "“them” is none", "“theme”"),
        ("codes:\n- name: A\n  rules:\n  - any: x\n    unit: sentense\n", (5, 11), "unit: “sentense”", "“sentence”"),
        ("language: norsk\ncodes: [A]\n", (1, 11), "language: “norsk”", "nb, nn"),
        ("codes:\n", (1, 7), "the codebook has no codes", "list"),
        ("codes: []\n", (1, 8), "the codebook has no codes", "list"),
        ("codes: {a: b}\n", (1, 8), "codes stand in a list", "“- ”"),
        ("", (1, 1), "the codebook is empty", "codes:"),
        ("codes:\n- name: A\n  rules: ringe\n", (3, 10), "rules stand in a list", "any"),
        (
            "codes:\n- name: A\n  rules:\n  - any: ['re:(']\n",
            (4, 11),
            "any: the regular expression cannot be",
            "smaller",
        ),
        ("codes:\n- name: A\n  rules:\n  - all: [x]\n", (4, 5), "a rule without “any”", "any:"),
        ("codes:\n- name: A\n  rules:\n  - any: []\n", (4, 10), "“any” has no patterns", "one"),
        ("codes:\n- name: A\n  rules:\n  - any: x\n    within: 0\n", (5, 13), "within: “0”", "words"),
        ("codes:\n- name: A\n  rules: ['lemm:x']\n", (3, 11), "any: “lemm:” is no kind", "lemma:"),
        ("codes:\n- name: A\n  rules: ['*']\n", (3, 11), "any: the pattern would match every word", "ta*"),
        ("codes:\n- name: A\n  colour: red\n", (3, 11), "a colour is #", "#aa3300"),
        ("codes:\n- name: A\n  codable: maybe\n", (3, 12), "“maybe” is neither", "true or false"),
        ("codes:\n- id: to ord\n  name: A\n", (2, 7), "“to ord” cannot be an id", "no spaces"),
        ("codes:\n- name: '!!'\n", (2, 9), "no id can be made", "id:"),
        ("codes:\n- name: A\n  name: B\n", (3, 3), "“name” stands twice", "Take one out"),
        ("codes:\n- colour: '#fff'\n", (2, 3), "a code without a name", "name:"),
        (
            "codes:\n- name: A\n  rules:\n  - any: x\n    speakers: [particpant]\n",
            (5, 16),
            "speakers: “particp",
            "“partic",
        ),
        ("codes: [A]\n---\ncodes: [B]\n", (2, 1), "a second document", "---"),
        ("codes:\n- name: &a A\n- name: *a\n", (3, 9), "aliases", "Write"),
    ],
)
def test_a_fault_has_a_place_and_a_hint(text: str, place: tuple[int, int], message: str, hint: str) -> None:
    _, problems = parse_codebook(text)

    told = [p for p in problems if (p.line, p.column) == place and p.message.startswith(message)]
    assert told, [str(problem) for problem in problems]
    assert hint in told[0].hint


EXPLODING = [
    r"(a|aa)+\1$",
    r"(\w+\s*)+\1\1\1!",
    r"(?R)",
    r"(?P<n>a(?&n)?b?)+c",
    r"(a{1,1000}){1,1000}b",
    "(" * 5000 + ")" * 5000,
]


@pytest.mark.parametrize("expression", EXPLODING, ids=range(len(EXPLODING)))
def test_a_regular_expression_that_explodes_is_told_where_it_stands(expression: str) -> None:
    text = f"codes:\n- name: A\n  rules:\n  - any: x\n    unless:\n    - 're:{expression}'\n"
    _, problems = parse_codebook(text)

    if expression.startswith(r"(\w+"):
        assert all((problem.line, problem.column) == (6, 7) for problem in problems)
    else:
        assert [(problem.line, problem.column) for problem in problems] == [(6, 7)]


@given(st.one_of(st.text(), st.text(st.sampled_from("codesrulanyid: -[]{}\n\t'\"#&*|>"), max_size=80)))
@settings(max_examples=200, deadline=None)
def test_no_text_is_too_broken(text: str) -> None:
    parse_codebook(text)
    parse_codebook("codes:\n- name: A\n  rules:\n  - any: " + text)


def test_three_thousand_codes_are_read() -> None:
    text = "codes:\n" + "".join(f'- id: k{n}\n  name: Kode {n}\n  rules: ["lemma:ord{n}"]\n' for n in range(3000))

    assert [code.id for code in book(text).walk()] == [f"k{n}" for n in range(3000)]


def test_what_a_codebook_says_is_read() -> None:
    read = book(
        "title: Vakt\nlevels: [theme, code]\ncodes:\n- id: tid\n  name: 'Tid: og rom'\n  level: theme\n  codable: nei\n"
        "  definition: |\n    Første.\n    Andre.\n  examples: [{quote: Jeg rekker aldri alt, source: K1}]\n"
        "  children:\n  - Ro\n  - name: NO\n    rules:\n    - any: ringe\n      within: 5 words\n      speakers: [K1]\n"
    )
    tid, ro, no = read.walk()

    assert (tid.name, tid.level, tid.codable, tid.definition) == ("Tid: og rom", "theme", False, "Første.\nAndre.")
    assert tid.examples == ("Jeg rekker aldri alt",)
    assert (ro.id, no.id, no.name) == ("ro", "no", "NO")
    assert [(code.id, r.id, r.any, r.within, r.speakers) for code, r in rules_of(read)] == [
        ("no", "no-1", ("ringe",), 5, ("K1",))
    ]


def test_letters_in_two_pieces_are_the_same_code() -> None:
    read = book("codes:\n- id: pa\u030a\n  name: Pa\u030a\n")

    assert find_code(read, "PÅ").name == "På"


def test_an_unknown_code_has_a_near_one() -> None:
    with pytest.raises(UnknownCode) as error:
        find_code(book("codes: [Tidspress, Ro]"), "tidspres")
    assert "tidspress" in error.value.hint


# Edits: what a person wrote stays to the byte.

STYLES = {
    "unindented": "# topp\ncodes:\n- id: tid   # min\n  name: Tid\n- id: ro\n  name: Ro\n# slutt\n",
    "indented": "title: x\n\ncodes:\n\n    - name: Tid\n\n      id: tid\n      # om den\n    - id: ro\n\n# s\n",
    "aligned": "codes:\n- id        : tid\n  name      : Tid\n  definition: gammel   # hm\n- id        : ro\n",
    "crlf": "codes:\r\n- id: tid\r\n  name: Tid\r\n- id: ro\r\n",
    "bom": "\ufeffcodes:\n- id: tid\n- id: ro",
    "flow": "codes: [{id: tid, name: Tid}, # a\n  {id: ro}]\n",
    "flow comments": "codes: [\n  {id: ro}, # en\n  {id: tid}, # to\n]\n",
    "flow names": "codes: [Tid, Ro] # alle\n",
    "names": "codes:\n- Tid # min\n- 'Ro'\n",
    "folded name": "codes:\n- Tid\n- |\n  Ro\n# c\n",
    "literal": "codes:\n- id: tid\n  definition: |\n    En\n\n    To\n\n  # etter\n  note: x\n- id: ro\n",
    "folded": "codes:\n- id: tid\n  definition: >-\n    En\n    to\n- id: ro\n",
    "quoted": "codes:\n- {\"id\": \"tid\", 'name': 'T''d'}\n- id: 'ro'\n",
    "empty": "codes:\n- id: tid\n  definition:   # mangler\n- id: ro\n",
    "null": "codes:\n- id: tid\n  definition: ~\n- id: ro\n",
    "bare list": "- Tid\n- id: ro\n",
    "no newline": "codes:\n- id: ro\n- id: tid\n  name: Tid",
    "children": "codes:\n- id: far\n  children:\n  - id: tid\n    name: Tid\n\n  - ro\n  # c\ntitle: x\n",
    "end mark": "---\ncodes:\n- id: tid\n- id: ro\n...\n",
}


def but(code: Code, identifier: str, definition: str) -> tuple[object, ...]:
    return (
        code.id,
        code.name if code.id != identifier else "",
        definition if code.id == identifier else code.definition,
        code.note,
        tuple(but(child, identifier, definition) for child in code.children),
    )


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("value", ["Ny", "A: b, #c", "æøå 😀 «sitat»", "to\nlinjer", "~", ""])
def test_setting_a_field_changes_that_field_alone(style: str, value: str) -> None:
    text = STYLES[style]
    changed = set_code_field(text, "tid", "definition", value)
    before, after = book(text), book(changed)

    assert [but(code, "tid", value) for code in after.codes] == [but(code, "tid", value) for code in before.codes]
    assert find_code(after, "tid").definition == value
    assert find_code(after, "tid").name == find_code(before, "tid").name
    for comment in (line[line.index("#") :] for line in text.splitlines() if "#" in line):
        assert comment in changed
    assert changed.startswith(text[: text.casefold().index("tid")])
    assert changed.count("\r\n") >= text.count("\r\n")
    assert changed.count("\n") == changed.count("\r\n") or "\r" not in text


@pytest.mark.parametrize("style", STYLES)
@pytest.mark.parametrize("parent", ["", "tid", "ro"])
def test_adding_a_code_leaves_the_others(style: str, parent: str) -> None:
    text = STYLES[style]
    changed = add_code(text, "Ny, kode: to", definition="D #1", parent=parent)
    before, after = book(text), book(changed)
    path = after.paths()["ny-kode-to"]

    assert (path[-1].name, path[-1].definition) == ("Ny, kode: to", "D #1")
    assert (path[-2].id if len(path) > 1 else "") == parent
    old = [code.id for code in before.walk()]
    assert [code.id for code in after.walk() if code.id != "ny-kode-to"] == old
    for line in text.splitlines():
        if line.strip().startswith("#"):
            assert line in changed.splitlines()
    if not parent:
        at = next(i for i, (a, b) in enumerate(zip(text + "\0", changed, strict=False)) if a != b)
        rest = len(changed) - len(text)
        assert text[:at] == changed[:at]
        assert changed[at + rest :] == text[at:]


@pytest.mark.parametrize(
    "text", ["", "# ingenting ennå\n", "title: x", "codes:\n", "codes:  # ingen\n# slutt\n", "codes: ~"]
)
@pytest.mark.parametrize("more", ["", "{}", "codes: []\n"])
def test_a_first_code_is_added(text: str, more: str) -> None:
    text = more or text
    changed = add_code(text, "Ro")

    assert [code.id for code in book(changed).walk()] == ["ro"]
    assert all(line in changed for line in text.replace("{}", "").replace(" ~", "").replace("[]", "").splitlines())


def test_nothing_is_written_into_a_codebook_that_had_to_be_mended() -> None:
    faulty = "codes:\n- id: tid\n  name: Tid: press\n- id: ro\n"

    with pytest.raises(FaultyFiles) as error:
        set_code_field(faulty, "ro", "name", "Ny")
    assert error.value.problems[0].line == 3
    with pytest.raises(FaultyFiles):
        add_code(faulty, "Ny")
    with pytest.raises(FaultyFiles):
        add_code("codes: {a: b}\n", "Ny")


def test_taken_and_missing_ids_are_refused() -> None:
    with pytest.raises(CodeExists):
        add_code("codes: [Tid]", "TID")
    with pytest.raises(UnknownCode):
        add_code("codes: [Tid]", "Ny", parent="borte")
    with pytest.raises(UnknownCode):
        set_code_field("codes: [Tid]", "borte", "name", "x")
