import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation.dates import find_dates


def seen(text: str, language: str = "nb") -> list[str]:
    return [text[hit.start : hit.end] for hit in find_dates(text, language)]


@given(
    st.dates(),
    st.sampled_from(
        [
            "{d}.{m}.{y:04}",
            "{d:02}.{m:02}.{y:04}",
            "{d}/{m}/{y:04}",
            "{d:02}-{m:02}-{y:04}",
            "{y:04}-{m:02}-{d:02}",
            "{d}. {m}. {y:04}",
            "{d:02}{m:02}{y:04}",
        ]
    ),
)
def test_every_day_is_found_in_every_writing(day: object, form: str) -> None:
    written = form.format(d=day.day, m=day.month, y=day.year)  # type: ignore[attr-defined]

    assert written in seen(f"Det var {written}, tror jeg.")


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("12.3.87", "nb", ["12.3.87"]),
        ("12.3.", "nb", ["12.3."]),
        ("den 12/3 kom", "nb", ["12/3"]),
        ("3. mai 1987", "nb", ["3. mai 1987"]),
        ("1 . mai", "nb", ["1 . mai"]),
        ("3 mai", "nb", ["3 mai"]),
        ("17. des. 2011", "nb", ["17. des. 2011"]),
        ("220519", "nb", ["220519"]),
        ("den tolvte i fjerde", "nb", ["den tolvte i fjerde"]),
        ("tolvte i fjerde", "nb", ["tolvte i fjerde"]),
        ("den tolvte fjerde nittisyv", "nb", ["den tolvte fjerde nittisyv"]),
        ("den tolvte april nittenåttisju", "nb", ["den tolvte april nittenåttisju"]),
        ("tjueførste mai", "nb", ["tjueførste mai"]),
        ("den sjuande juni", "nn", ["den sjuande juni"]),
        ("den 12. i 4.", "nb", ["den 12. i 4."]),
        ("fredag den trettande, då", "nn", ["den trettande"]),
        ("i nittiåra", "nb", ["nittiåra"]),
        ("på 90-tallet", "nb", ["90-tallet"]),
        ("på 1980-talet", "nn", ["1980-talet"]),
        ("på nittitallet", "nb", ["nittitallet"]),
        ("på sekstitalet", "nn", ["sekstitalet"]),
        ("våren 2019", "nb", ["våren 2019"]),
        ("hausten 2019", "nn", ["hausten 2019"]),
        ("julen 2004", "nb", ["julen 2004"]),
        ("mai 1987", "nb", ["mai 1987"]),
        ("i mars i fjor", "nb", ["mars"]),
        ("nittenhundreogsju", "nb", ["nittenhundreogsju"]),
        ("nitten hundre og sekstito", "nn", ["nitten hundre og sekstito"]),
        ("nitten sekstito", "nb", ["nitten sekstito"]),
        ("i sekstito", "nb", ["sekstito"]),
        ("hausten nittiseks", "nn", ["hausten nittiseks"]),
        ("i mai totusenogfire", "nb", ["mai totusenogfire"]),
        ("3/5-2019", "nb", ["3/5-2019"]),
        ("on the 5th", "en", ["the 5th"]),
        ("to tusen og fire", "nb", ["to tusen og fire"]),
        ("tjue nitten", "nb", ["tjue nitten"]),
        ("født i 62.", "nb", ["62"]),
        ("i '87", "nb", ["'87"]),
        ("i 1987", "nb", ["1987"]),
        ("1987–91", "nb", ["1987", "91"]),
        ("in the nineties", "en", ["the nineties"]),
        ("in the 1990s", "en", ["the 1990s"]),
        ("back in the '80s", "en", ["the '80s"]),
        ("on 3 May 1987", "en", ["3 May 1987"]),
        ("on the 3rd of May", "en", ["3rd of May"]),
        ("May 3rd, 1987", "en", ["May 3rd, 1987"]),
        ("on the third of May", "en", ["the third of May"]),
        ("the twenty-first of june nineteen sixty", "en", ["the twenty-first of june", "nineteen sixty"]),
        ("summer of 2019", "en", ["summer of 2019"]),
        ("nineteen sixty-two", "en", ["nineteen sixty-two"]),
        ("nineteen oh seven", "en", ["nineteen oh seven"]),
        ("two thousand and four", "en", ["two thousand and four"]),
        ("in April", "en", ["April"]),
        ("since August, really", "en", ["August"]),
    ],
)
def test_dates_are_seen(text: str, language: str, expected: list[str]) -> None:
    assert seen(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("på mandag og i fjor", "nb"),
        ("den tredje gangen", "nb"),
        ("første gang på andre året", "nb"),
        ("de første tre", "nb"),
        ("i 90 minutter", "nb"),
        ("i femti minutter", "nb"),
        ("2000 kroner", "nb"),
        ("12.30 til 14.15", "nb"),
        ("i fem år", "nb"),
        ("ho mai har ingen sagt det", "nb"),
        ("1/2 liter", "nb"),
        ("99.5 prosent", "nb"),
        ("40.50.60", "nb"),
        ("you may go", "en"),
        ("in may ways", "en"),
        ("on the march", "en"),
        ("the second of them", "en"),
        ("24/7", "en"),
    ],
)
def test_what_is_no_date_is_let_be(text: str, language: str) -> None:
    assert seen(text, language) == []


def test_a_day_is_more_dangerous_than_a_year() -> None:
    assert [hit.cls for hit in find_dates("født 3. mai 1987, flyttet i 1999", "nb")] == ["strong-indirect", "indirect"]
