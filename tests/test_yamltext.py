import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.yamltext import Node, insert_lines, newline_of, parse_yaml, quoted, set_scalar

NASTY = st.text(
    st.sampled_from("aå~ :#-,[]{}&*!|>'\"%@`\\\n\r\t\u0085\u2028\u2029\ufeff\u00a0\u200b\x1f😀yN0"), max_size=20
)


def read(text: str) -> Node:
    node, problems = parse_yaml(text, "f.yaml", "c")
    assert [str(problem) for problem in problems] == []
    assert node is not None
    return node


def faults(text: str) -> list[tuple[int | None, int | None, str]]:
    _, problems = parse_yaml(text, "f.yaml", "c")
    return [(problem.line, problem.column, problem.message) for problem in problems]


@given(st.one_of(st.text(), NASTY))
@settings(max_examples=400)
def test_a_written_value_is_read_back_in_block_and_flow(value: str) -> None:
    block = read(f"key: {quoted(value)}\nnext: 1\n")
    flow = read(f"[{quoted(value)}, {{{quoted('k')}: {quoted(value)}}}]")

    assert [node.value for node in block.items] == [value, "1"]
    assert flow.items[0].value == value
    assert flow.items[1].items[0].value == value
    assert not block.items[0].empty


@given(st.one_of(st.text(), st.text(st.sampled_from("a:-? \n\t[]{},'\"#|>&*!%@\ufeff\u2028"), max_size=60)))
@settings(max_examples=300)
def test_no_text_is_too_broken(text: str) -> None:
    node, problems = parse_yaml(text, "f.yaml", "c")

    lines = text.splitlines() or [""]
    assert all(problem.line is None or 1 <= problem.line <= len(lines) + 1 for problem in problems)
    assert node is None or 0 <= node.start <= node.end <= len(text)


@given(st.lists(st.tuples(st.sampled_from("abcå😀"), NASTY), max_size=5))
@settings(max_examples=100)
def test_a_node_knows_its_place(pairs: list[tuple[str, str]]) -> None:
    text = "\ufeff# 😀\n" + "".join(f"{key}: {quoted(value)}\n" for key, value in pairs) + "slutt: ja\n"
    for key, value in read(text).pairs():
        assert text[key.start : key.end] == key.value
        assert text[value.start : value.end] in (quoted(value.value), "ja")
        assert text.split("\n")[value.line - 1][value.column - 1 :].startswith(text[value.start : value.end])


@pytest.mark.parametrize(
    "text",
    [
        "a: &a [" + "x, " * 50 + "]\n" + "".join(f"b{n}: &b{n} [*a, *a]\n" for n in range(30)),
        "[" * 10_000,
        "{a: " * 10_000,
        "- " * 10_000,
        "".join(" " * n + "a:\n" for n in range(200)),
        "a: " + "x" * 1_000_000,
        "a: '" + "x" * 1_000_000,
        "x" * 1_000_000 + ": 1",
        "\x00" * 1000,
        "a: b: " + " " * 100_000 + "c",
        "\t\n" * 1000,
        "%YAML 9.9\n---\na",
        "? [a, b]\n: c",
        "!!python/object:os.system {}",
        "\ud800: \udfff",
    ],
    ids=range(15),
)
def test_hostile_texts_are_read_or_refused(text: str) -> None:
    parse_yaml(text, "f.yaml", "c")


def test_slips_are_all_told_and_the_rest_is_read() -> None:
    text = 'title: Tid: og rom\nnavn: ok\n\tlevel: x\nf: "#fff"\nb: a: c  \r\n'
    node, problems = parse_yaml(text, "f.yaml", "c")

    assert [(p.line, p.column) for p in problems] == [(1, 8), (3, 1), (5, 4)]
    assert all(p.hint for p in problems)
    assert node is not None
    assert node.get("f") is not None


def test_a_control_character_is_told_at_its_place() -> None:
    assert faults("\ufeffa: x\nb: p\x00å\n") == [(2, 5, "a control character (U+0000), which YAML forbids")]
    assert faults("\ufeffa\x07: x")[0][:2] == (1, 2)


def test_a_second_document_is_not_passed_over_in_silence() -> None:
    assert faults("codes: [a]\n---\ncodes: [b]\n") == [(2, 1, "a second document begins here; only the first is read")]
    assert faults("---\ncodes: [a]\n...\n") == []


def test_words_that_yaml_would_turn_stay_words() -> None:
    node = read("a: NO\nb: 12:30\nc: 0123\nd: 1e3\ne: 2024-01-02\n")

    assert [value.value for value in node.items] == ["NO", "12:30", "0123", "1e3", "2024-01-02"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a: 1\nb: 2\n", "a: 1\nb: NY\n"),
        ("b: 'x'  # hvorfor\n", "b: NY  # hvorfor\n"),
        ("b:\n", "b: NY\n"),
        ("b:   # tom\n", "b: NY   # tom\n"),
        ("b: ~  # tom\n", "b: NY  # tom\n"),
        ("b: null\r\na: 1\r\n", "b: NY\r\na: 1\r\n"),
        ("b   :    x\n", "b   :    NY\n"),
        ("b: |\n  to\n  linjer\n\n# kommentar\nc: 3\n", "b: NY\n\n# kommentar\nc: 3\n"),
        ("b: >-\n  x\u00a0\na: 1\n", "b: NY\na: 1\n"),
        ("b: en\n  to\nc: 3", "b: NY\nc: 3"),
        ("{a: 1, b: 2}", "{a: 1, b: NY}"),
        ("{a: 1, b}", "{a: 1, b: NY}"),
        ("{a: 1, b: }", "{a: 1, b: NY }"),
        ("{a: 1,\n # x\n}", "{a: 1, b: NY,\n # x\n}"),
        ("{ # x\n}", "{ # x\nb: NY}"),
        ("a: 1", "a: 1\nb: NY\n"),
        ("a:\n- 1\n# slutt\n", "a:\n- 1\nb: NY\n# slutt\n"),
        ("  a: 1\n  # slutt", "  a: 1\n  b: NY\n  # slutt"),
        ("\ufeffa: 1\r\n", "\ufeffa: 1\r\nb: NY\r\n"),
        ('"b": "x"\n', '"b": NY\n'),
    ],
)
def test_only_the_value_changes(before: str, after: str) -> None:
    assert set_scalar(before, read(before), "b", "NY") == after
    node = read(after).get("b")
    assert node is not None
    assert node.value == "NY"


def test_lines_are_added_after_the_last_item_and_not_into_a_comment() -> None:
    text = "[\n  a, # en\n  b # to\n]\n"

    assert insert_lines(text, read(text), "c") == "[\n  a, # en\n  b, c # to\n]\n"


def test_the_line_break_of_a_text() -> None:
    assert newline_of("a\r\nb") == "\r\n"
    assert newline_of("a") == "\n"
