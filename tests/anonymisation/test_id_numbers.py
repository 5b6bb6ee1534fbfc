import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.id_numbers import find_id_numbers, is_account, is_id_number, is_organisation

# Invented: months with 80 or 40 added belong to nobody; the account is the one of textbooks; the organisation is the
# Brønnøysund registers' own.
BIRTH = "15846012378"


def seen(text: str, language: str = "nb") -> list[tuple[str, str]]:
    return [(hit.detector.partition("@")[0], text[hit.start : hit.end]) for hit in find_id_numbers(text, language)]


def with_control_digits(nine: str) -> str:
    """Return the birth number that nine digits begin, reckoned another way than the module does, or ""."""
    first = 11 - sum(int(d) * w for d, w in zip(nine, (3, 7, 6, 1, 8, 9, 4, 5, 2), strict=True)) % 11
    first = 0 if first == 11 else first
    second = 11 - sum(int(d) * w for d, w in zip(f"{nine}{first}", (5, 4, 3, 2, 7, 6, 5, 4, 3, 2), strict=False)) % 11
    second = 0 if second == 11 else second
    return "" if 10 in {first, second} else f"{nine}{first}{second}"


births = (
    st.tuples(
        st.integers(1, 31), st.sampled_from([0, 40]), st.integers(1, 12), st.sampled_from([40, 65, 80]),
        st.integers(0, 99), st.integers(0, 999),
    )
    .map(lambda v: with_control_digits(f"{v[0] + v[1]:02}{v[2] + v[3]:02}{v[4]:02}{v[5]:03}"))
    .filter(bool)
)  # fmt: skip


@given(births, st.sampled_from(["6 5", "2 2 2 3 2", "3 3 3 2", "11", "6-5", "2.2.2 5", "1 1 1 1 1 1 1 1 1 1 1"]))
def test_every_birth_number_is_found_in_every_spacing(number: str, spacing: str) -> None:
    at, written = 0, ""
    for piece in re.findall(r"\d+|\D", spacing):
        if piece.isdigit():
            written += number[at : at + int(piece)]
            at += int(piece)
        else:
            written += piece
    text = f"Nummeret er {written}, altså."

    assert is_id_number(number)
    assert ("id-number", written) in seen(text)
    [hit] = [hit for hit in find_id_numbers(text, "nb") if hit.detector.startswith("id-number")]
    assert (hit.cls, hit.type, hit.note) == ("direct", "number", "birth number: both control digits are right")


@given(births, st.integers(0, 10), st.integers(1, 9))
def test_a_birth_number_with_one_wrong_figure_is_seen_all_the_same(number: str, at: int, more: int) -> None:
    wrong = number[:at] + str((int(number[at]) + more) % 10) + number[at + 1 :]

    assert not is_id_number(wrong)
    assert [written for _, written in seen(f"og det er {wrong} da")] == [wrong]


def test_a_near_miss_says_so() -> None:
    [hit] = find_id_numbers("15846012379", "nb")

    assert hit.note == "begins like a birth number, but the control digits are wrong"
    assert hit.detector == "id-number@2"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("konto 1234 56 78903 i banken", [("account", "1234 56 78903")]),
        ("konto 1234.56.78903.", [("account", "1234.56.78903")]),
        ("12345678903", [("account", "12345678903")]),
        ("org.nr. 974 760 673", [("organisation-number", "974 760 673")]),
        ("974760673", [("organisation-number", "974760673")]),
        ("IBAN NO93 8601 1117 947.", [("iban", "NO93 8601 1117 947"), ("account", "8601 1117 947")]),
        ("GB82 WEST 1234 5698 7654 32", [("iban", "GB82 WEST 1234 5698 7654 32"), ("digits", "1234 5698 7654 32")]),
        ("bilen AB 12345", [("plate", "AB 12345")]),
        ("bilen AB12345 står", [("plate", "AB12345")]),
        ("bilen ab 12345 står", [("plate", "ab 12345")]),
        ("a car, AB12 CDE", [("plate", "AB12 CDE")]),
        ("pass N1234567", [("digits", "N1234567")]),
        ("it is QQ 12 34 56 C", [("digits", "QQ 12 34 56 C")]),
        ("saksnummer 2023/104512", [("digits", "2023/104512")]),
        ("journal 7654321", [("digits", "7654321")]),
        ("siffer 1 2 3 9 8 7", [("digits", "1 2 3 9 8 7")]),
    ],
)
def test_numbers_are_seen(text: str, expected: list[tuple[str, str]]) -> None:
    assert seen(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Det kosta 100 000 kroner.",
        "1.500.000 kr",
        "250000 kroner i gjeld",
        "fra 2019–2021 og 1998-2003",
        "klokka 12.30 til 14.15",
        "side 12, 34 og 56",
        "kr 12345",
        "på 12345",
        "3,14159265",
        "versjon 1.2.3",
        "12 av 15, 3 av 4",
    ],
)
def test_amounts_years_and_times_are_let_be(text: str) -> None:
    assert seen(text) == []


def test_a_row_of_figures_without_end_is_one_find() -> None:
    text = "1 2 3 4 5 6 7 8 9 0 " * 5000

    assert [hit.detector for hit in find_id_numbers(text, "nb")] == ["digits@3"]


@pytest.mark.parametrize("number", ["12345678904", "1234567890", "00000000000"])
def test_a_wrong_control_digit_is_no_account(number: str) -> None:
    assert not is_account(number) or number == "00000000000"


def test_an_organisation_begins_with_eight_or_nine() -> None:
    assert is_organisation("974760673")
    assert not is_organisation("974760674")
