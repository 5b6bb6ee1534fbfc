import json

from hypothesis import given
from hypothesis import strategies as st

from qualkit.coding.coding_lines import edit_lines, line_place, place_lines, recode_lines


def line(identifier: str, code: str, start: int = 0, **more: object) -> bytes:
    record = {"id": identifier, "transcript": "K1", "start": start, "end": start + 5, "text": "Å gå.", "code": code}
    return json.dumps({**record, "status": "accepted", **more}, ensure_ascii=False).encode()


def read(data: bytes) -> list[dict[str, object]]:
    return [json.loads(each) for each in data.split(b"\n") if each.strip()]


def test_only_the_lines_that_change_are_written_anew() -> None:
    lines = [line("1", "a", mine={"x": 1}), b"<<<<<<< half a li", line("2", "b"), b"", line("3", "a", 9)]
    done = recode_lines(b"\n".join(lines), {"a": "c"})
    after = done.data.split(b"\n")
    assert (after[1], after[2], after[3]) == (lines[1], lines[2], lines[3])
    assert json.loads(after[0]) == {**json.loads(lines[0]), "code": "c"}
    assert (done.changed, dict(done.dropped)) == (2, {})


def test_windows_line_ends_and_a_byte_order_mark_stay() -> None:
    before = b"\xef\xbb\xbf" + line("1", "a") + b"\r\n" + line("2", "b") + b"\r\n"
    after = recode_lines(before, {"a": "c"}).data
    assert after.startswith(b"\xef\xbb\xbf{")
    assert after.count(b"\r\n") == 2
    assert after.endswith(line("2", "b") + b"\r\n")


def test_of_two_equal_codings_the_earlier_is_kept_with_both_memos() -> None:
    lines = [
        line("1", "a", created="2026-02-02", memo="Sist."),
        line("2", "b", created="2026-01-01", memo="Først.", mine=1),
        line("3", "b", 20),
    ]
    done = recode_lines(b"\n".join(lines), {"a": "b"}, one_of_two=True)
    assert [(one["id"], one["memo"], one.get("mine")) for one in read(done.data)[:1]] == [("2", "Først.\n\nSist.", 1)]
    assert [one["id"] for one in read(done.data)] == ["2", "3"]
    assert dict(done.dropped) == {"1": "2"}


def test_an_accepted_coding_is_kept_before_a_rejected_one() -> None:
    lines = [line("1", "a", status="rejected", created="1"), line("2", "b", created="2")]
    assert [one["id"] for one in read(recode_lines(b"\n".join(lines), {"a": "b"}, one_of_two=True).data)] == ["2"]


def test_equal_codings_that_stood_there_before_are_left() -> None:
    lines = b"\n".join([line("1", "b"), line("2", "b"), line("3", "a", 9)])
    assert [one["id"] for one in read(recode_lines(lines, {"a": "b"}, one_of_two=True).data)] == ["1", "2", "3"]


def test_codings_of_a_code_are_taken_out() -> None:
    lines = b"\n".join([line("1", "a"), line("2", "b"), b""])
    done = recode_lines(lines, {"a": None})
    assert (done.data, dict(done.dropped)) == (line("2", "b") + b"\n", {"1": ""})
    assert recode_lines(line("1", "a") + b"\n", {"a": None}).data == b""


def test_codes_a_coding_waits_for_are_renamed_too() -> None:
    done = recode_lines(line("1", "z", split=["a", "c"]), {"a": "b"})
    assert read(done.data)[0]["split"] == ["b", "c"]


def test_keys_are_set_and_taken_out() -> None:
    data = line("1", "a", split=["b"]) + b"\n" + line("2", "a") + b"\n"
    after = edit_lines(data, {"1": {"code": "b", "split": None}})
    assert [(one["code"], "split" in one) for one in read(after)] == [("b", False), ("a", False)]
    assert after.endswith(line("2", "a") + b"\n")


@given(
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from("abc")), max_size=25),
    st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9), st.sampled_from("abc")), max_size=4),
    st.sets(st.integers(0, 24), max_size=5),
)
def test_lines_come_and_go_as_if_everything_had_been_written_anew(
    there: list[tuple[int, int, str]], new: list[tuple[int, int, str]], gone: set[int]
) -> None:
    def line(identifier: str, place: tuple[int, int, str]) -> bytes:
        start, length, code = place
        return b'{"id":"%s","start":%d,"end":%d,"code":"%s"}' % (
            identifier.encode(),
            start,
            start + length,
            code.encode(),
        )

    def file(lines: dict[str, bytes]) -> bytes:
        return b"".join(each + b"\n" for each in sorted(lines.values(), key=line_place))

    before = {f"id{number:02}": line(f"id{number:02}", place) for number, place in enumerate(there)}
    came = {f"id{number * 3:02}": line(f"id{number * 3:02}", place) for number, place in enumerate(new)}
    going = [f"id{number:02}" for number in sorted(gone) if f"id{number:02}" not in came]
    after = {key: value for key, value in before.items() if key not in going} | came
    assert place_lines(file(before), came, going) == file(after)
    unreadable = file(before) + b"<<<<<<< mine\n"
    assert place_lines(unreadable, came, going) == file(after) + b"<<<<<<< mine\n"
