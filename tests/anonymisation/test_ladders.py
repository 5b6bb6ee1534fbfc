from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qualkit.anonymisation import place_ladders
from qualkit.anonymisation.ladders import ladder
from qualkit.anonymisation.lexicon import lines
from qualkit.anonymisation.place_ladders import part_of, place_ladder
from qualkit.identity import TYPES, IdentityType

LANGUAGES = ("nb", "nn", "en")
places = sorted({line.split("\t")[1] for table in ("municipalities.tsv", "postal-places.tsv") for line in lines(table)})
counties = {name: code for code, (name, _) in place_ladders._counties().items()}


# --- places -------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "language", "steps"),
    [
        ("Halden", "nb", ("by i Østfold", "Østfold", "Østlandet", "sted")),
        ("HALDEN", "nn", ("by i Østfold", "Østfold", "Austlandet", "stad")),
        ("Haldens", "en", ("town in Østfold", "Østfold", "Eastern Norway", "place")),
        ("Halden kommune", "nb", ("by i Østfold", "Østfold", "Østlandet", "sted")),
        ("Kárášjohka", "nb", ("kommune i Finnmark", "Finnmark", "Nord-Norge", "sted")),
        ("Karasjok", "nn", ("kommune i Finnmark", "Finnmark", "Nord-Noreg", "stad")),
        ("Mo i Rana", "nb", ("by i Nordland", "Nordland", "Nord-Norge", "sted")),
        ("Abelvær", "nb", ("sted i Trøndelag", "Trøndelag", "Midt-Norge", "sted")),
        ("Oslo", "nb", ("by på Østlandet", "Østlandet", "sted")),
        ("Østfold", "nb", ("Østlandet", "sted")),
        ("Hordaland", "nb", ("Vestlandet", "sted")),
        ("Østlandet", "nb", ("sted",)),
        ("Sri Lanka", "nb", ("et land i Asia", "et annet land")),
        ("Somalia", "en", ("a country in Africa", "another country")),
        ("Nordre Solbakken", "nn", ("stad",)),
    ],
)
def test_places_widen(form: str, language: str, steps: tuple[str, ...]) -> None:
    assert ladder(form, "place", language) == steps


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_step_of_a_place_names_it_or_fewer_than_three_municipalities(language: str) -> None:
    in_county = {name: place_ladders._counted()["municipality", code] for name, code in counties.items()}
    for place in places:
        for step in place_ladder(place, language)[:-1]:
            assert f" {place.casefold()} " not in f" {step.casefold()} ", place
            named = [name for name in counties if step.endswith(f" {name}") or step == name]
            assert all(in_county[name] >= 3 for name in named), (place, step)


def test_every_town_is_a_place_that_is_known() -> None:
    for town in place_ladders._towns():
        assert len(place_ladder(town, "nb")) > 2, town


def test_a_name_of_places_in_several_parts_of_the_country_tells_nothing() -> None:
    several = [name for name, codes in place_ladders._codes().items() if len(codes) > 1]
    assert several
    for name in several:
        steps = place_ladder(name, "nb")
        assert not any(county in step for step in steps for county in counties)


def test_the_part_of_the_country_with_its_preposition() -> None:
    assert [part_of(name, "nb") for name in ("Halden", "Namsos", "Bodø", "Østfold", "Agder", "Mordor")] == [
        "på Østlandet",
        "i Midt-Norge",
        "i Nord-Norge",
        "på Østlandet",
        "på Sørlandet",
        "",
    ]


# --- ages ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "band"),
    [
        ("46", "45–49 år"),
        ("46 år", "45–49 år"),
        ("46-åring", "45–49 år"),
        ("førtiseks", "45–49 år"),
        ("seksogførti år", "45–49 år"),
        ("førti seks", "45–49 år"),
        ("syvogfemti", "55–59 år"),
        ("søttito", "70–74 år"),
        ("kjueåtte", "25–29 år"),
        ("nittitre", "85 år eller eldre"),
        ("fire år", "0–4 år"),
        ("femtenåring", "15–19 år"),
        ("i femtiårene", "50–59 år"),
        ("femtiåra", "50–59 år"),
        ("tenårene", "10–19 år"),
        ("gammal", "en alder"),
    ],
)
def test_ages_become_bands(form: str, band: str) -> None:
    assert ladder(form, "age", "nb")[0] == band


def test_english_ages() -> None:
    assert ladder("forty-six", "age", "en") == ("45–49 years", "40–49 years")
    assert ladder("in her forties", "age", "en") == ("40–49 years",)
    assert ladder("I was twenty three", "age", "en")[0] == "20–24 years"


@given(st.integers(0, 129), st.sampled_from(LANGUAGES))
def test_every_age_lies_in_its_bands_and_none_of_them_names_the_oldest(years: int, language: str) -> None:
    for step in ladder(str(years), "age", language):
        first, _, last = step.partition(" ")[0].partition("–")
        assert int(first) <= years <= int(last or 200)
        assert int(first) <= 85


# --- dates --------------------------------------------------------------------------------------------

MAY = ("våren 2019", "2019", "2015–2019", "2010-tallet")


@pytest.mark.parametrize(
    ("form", "steps"),
    [
        ("14. mai 2019", MAY),
        ("14.05.2019", MAY),
        ("14/5-19", MAY),
        ("2019-05-14", MAY),
        ("140519", MAY),
        ("mai 2019", MAY),
        ("24. desember 2019", ("vinteren 2020", "2019", "2015–2019", "2010-tallet")),
        ("i 1987", ("1985–1989", "1980-tallet")),
        ("nittenåttisju", ("1985–1989", "1980-tallet")),
        ("nittenhundreogsju", ("1905–1909", "1900-tallet")),
        ("totusenogfire", ("2000–2004", "2000-tallet")),
        ("tjue nitten", ("2015–2019", "2010-tallet")),
        ("i nittiåra", ("1990-tallet", "et tidspunkt")),
        ("80-tallet", ("1980-tallet", "et tidspunkt")),
        ("1980-tallet", ("1980-tallet", "et tidspunkt")),
        ("17. mai", ("våren", "et tidspunkt")),
        ("3/9", ("høsten", "et tidspunkt")),
        ("i går", ("et tidspunkt",)),
    ],
)
def test_dates_widen(form: str, steps: tuple[str, ...]) -> None:
    assert ladder(form, "date", "nb") == steps


def test_dates_in_other_languages() -> None:
    assert ladder("3 October 2020", "date", "en")[:2] == ("autumn 2020", "2020")
    assert ladder("3. juli 2020", "date", "nn")[0] == "sommaren 2020"
    assert ladder("nineteen eighty-seven", "date", "en") == ("1985–1989", "the 1980s")


def test_dates_told_from_the_interview() -> None:
    told = {year: ladder(str(year), "date", "nb", interview=date(2026, 3, 1))[0] for year in (2026, 2025, 2023, 1990)}
    assert told == {
        2026: "samme år som intervjuet",
        2025: "året før intervjuet",
        2023: "tre år før intervjuet",
        1990: "36 år før intervjuet",
    }
    assert ladder("2027", "date", "nn", interview=date(2026, 3, 1))[0] == "etter intervjuet"


@given(st.dates(date(1940, 1, 1), date(2039, 12, 31)), st.sampled_from(LANGUAGES))
def test_no_step_of_a_date_tells_the_day(day: date, language: str) -> None:
    for form in (day.isoformat(), f"{day.day}.{day.month}.{day.year}", day.strftime("%d%m%y")):
        steps = ladder(form, "date", language)
        assert steps[1] == str(day.year)
        assert not any(form in step for step in steps)


# --- the rest -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("form", "language", "steps"),
    [
        ("Sykehuset Østfold", "nb", ("et sykehus på Østlandet", "et sykehus", "en institusjon")),
        ("Sykehuset Østfold", "nn", ("eit sjukehus på Austlandet", "eit sjukehus", "ein institusjon")),
        ("Ahus", "en", ("a hospital", "an institution")),
        (
            "DPS Namsos",
            "nb",
            ("et distriktspsykiatrisk senter i Midt-Norge", "et distriktspsykiatrisk senter", "en institusjon"),
        ),
        ("NAV Halden", "nb", ("et NAV-kontor på Østlandet", "et NAV-kontor", "en institusjon")),
        ("Solvang omsorgssenter", "nn", ("ein sjukeheim", "ein institusjon")),
        ("Foreningen X", "nb", ("en organisasjon", "en institusjon")),
        ("Gjensidige", "nb", ("en institusjon",)),
    ],
)
def test_institutions_become_their_kind(form: str, language: str, steps: tuple[str, ...]) -> None:
    assert ladder(form, "institution", language) == steps


def test_roles_illnesses_and_nationalities() -> None:
    assert ladder("ordføreren", "role", "nb") == (
        "en lokalpolitiker",
        "en person med verv",
        "en person med en stilling",
    )
    assert ladder("overlegen", "role", "nn")[:2] == ("ein lege", "ein helsearbeidar")
    assert ladder("lege", "role", "nb")[0] == "en helsearbeider"
    assert ladder("Huntingtons", "health", "en") == ("a neurological illness", "a serious illness", "an illness")
    assert ladder("kreft", "health", "nb")[0] == "en alvorlig sykdom"
    assert ladder("eritreisk", "nationality", "nb") == ("en annen bakgrunn",)
    assert ladder("Eritrea", "nationality", "nb")[0] == "et land i Afrika"


def test_what_has_no_wider_words_is_left_to_a_mark_or_a_pseudonym() -> None:
    for type_ in ("person", "number", "contact", "other"):
        assert ladder("12345678", type_, "nb") == ()


said = st.one_of(
    st.text(),
    st.sampled_from(places),
    st.sampled_from(
        "kreft cancer lege en lege angst Oslo 46 mai Sverige Norge Østlandet fengsel rektor Ahus HIV".split()
    ),
)


@given(said, st.sampled_from(TYPES))
def test_any_words_have_the_same_steps_in_every_language(form: str, type_: IdentityType) -> None:
    every = [ladder(form, type_, language) for language in (*LANGUAGES, "da")]
    for steps in every:
        assert len(set(steps)) == len(steps) == len(every[0])
        assert all(step and not set("[]\n\t|") & set(step) for step in steps)
