import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from qualkit import yamlagain
from qualkit.yamlagain import parse_again
from qualkit.yamltext import parse_yaml

ITEMS = st.sampled_from(
    [
        "- id: a\n  forms: [x, y]\n",
        "- id: b  # the nurse\n  reason: |\n    two\n    lines\n",
        "- {id: c, only: [K1:1-2]}\n",
        "- id: d\n  print:\n    nb: by\n    en: town\n# between\n",
        "- plain words\n  that go on\n",
        "- 'æ\n  ø'\n\n",
        "- id:\n",
        "-\n  id: e\n",
        "- &a x\n- *a\n",
    ]
)
LISTS = st.lists(ITEMS, max_size=5).map("".join)
SLIPS = st.sampled_from(
    ["", "- 'open\n", "  more\n", "---\n", "...\n", "- a: b: c\n", "\tx: y\n", "- x\r\n", "- \u2028\n", "- no end"]
)


@st.composite
def edited(draw: st.DrawFn) -> tuple[str, str]:
    """Return a text with lists, and the same with a stretch of lines written otherwise."""
    head, end = draw(st.sampled_from([("", ""), ("# ours\nformat: 1\n", "# end\n"), ("seed: 7\n", "note: last")]))
    text = f"{head}first:\n{draw(LISTS)}second:\n{draw(LISTS)}{end}"
    lines = text.splitlines(keepends=True)
    begin = draw(st.integers(0, len(lines)))
    stop = draw(st.integers(begin, min(begin + 3, len(lines))))
    new = draw(LISTS) + draw(SLIPS)
    return text, "".join([*lines[:begin], new, *lines[stop:]])


@given(edited())
@settings(max_examples=300)
@example(("a:\n- x\n- y", "a:\n- x\n- y\n- z\n"))
@example(("a:\n- x\nb:\n- y\n", "a:\n- x\n- z\nb:\n- y\n"))
def test_what_is_read_again_is_as_it_is_read_whole(texts: tuple[str, str]) -> None:
    before, after = texts
    yamlagain._kept.clear()
    parse_again(before, "f.yaml", "c")
    assert parse_again(after, "f.yaml", "c") == parse_yaml(after, "f.yaml", "c")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a:\n- x: 1\n- y: 2\nb:\n- z: 3\n", "a:\n- x: 1\n- y: 2\n- w: 4\nb:\n- z: 3\n"),
        ("a:\n- x: 1\n- y: 2\nb:\n- z: 3\n", "a:\n- x: 1\nb:\n- z: 3\n"),
        ("a:\n- x: 1\n- y: 2\nb:\n- z: 3\n", "a:\n- x: 1\n- y: 5\nb:\n- z: 3\n"),
        ("a:\n- x: 1\n- y: 2\nb:\n- z: 3\n", "a:\n- x: 1\n- y: 2\nb:\n- z: 3\n- w: 4\n"),
        ("  # ours\na:\n  - x\n", "  # ours\na:\n  - x\n  - y\n"),
    ],
)
def test_one_item_is_read_and_the_others_are_not(before: str, after: str, monkeypatch: pytest.MonkeyPatch) -> None:
    yamlagain._kept.clear()
    parse_again(before, "", "")
    read: list[str] = []
    monkeypatch.setattr(yamlagain, "parse_yaml", lambda text, *more: (read.append(text), parse_yaml(text, *more))[1])
    assert parse_again(after, "", "") == parse_yaml(after, "", "")
    assert all(len(text) < len(after) - len("a:\n- x\n") for text in read), read


def test_a_faulty_text_is_not_kept() -> None:
    yamlagain._kept.clear()
    assert parse_again("a: b: c\n", "f.yaml", "c")[1]
    assert not yamlagain._kept
