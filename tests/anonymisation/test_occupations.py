"""Jobs and what people do are proposed; what only looks like a job is let be."""

import pytest

from qualkit.anonymisation.occupations import find_occupations


def seen(text: str, language: str) -> list[str]:
    return [text[hit.start : hit.end] for hit in find_occupations(text, language)]


@pytest.mark.parametrize(
    ("text", "language", "expected"),
    [
        ("Mora mi er jordmor, og onkel var urmaker.", "nb", ["jordmor", "urmaker"]),
        ("Ho er kjøkensjef på Fjellstova.", "nn", ["kjøkensjef på Fjellstova"]),
        ("Han er skipper på en ringnotbåt.", "nb", ["skipper på en ringnotbåt"]),
        ("Eg er lærar, og bror min er avløysar.", "nn", ["lærar", "avløysar"]),
        ("Hun er miljøterapeut og han ergoterapeut.", "nb", ["miljøterapeut", "ergoterapeut"]),
        ("Han kjører lastebil og hun vasker hotellrom.", "nb", ["kjører lastebil", "vasker hotellrom"]),
        ("Ho spelar hardingfele og syng i blandakoret.", "nn", ["spelar hardingfele", "syng i blandakoret"]),
        ("jeg jobber natt på sykehjem", "nb", ["jobber natt på sykehjem"]),
        ("Vi driv litt med sau.", "nn", ["driv litt med sau"]),
        ("Hun er vara i bystyret.", "nb", ["vara i bystyret"]),
        ("Jeg har vært i renholdet i femten år.", "nb", ["i renholdet i femten år"]),
        (
            "She was a retired signalwoman and he's a lighthouse keeper.",
            "en",
            ["retired signalwoman", "lighthouse keeper"],
        ),
        ("My dad was a lifeboat coxswain.", "en", ["lifeboat coxswain"]),
        ("She ran the post office and played the organ.", "en", ["ran the post office", "played the organ"]),
        ("They were reindeer families, and he played the oud.", "en", ["reindeer families", "played the oud"]),
        ("I taught physics at the academy.", "en", ["taught physics at the academy"]),
    ],
)
def test_jobs_and_doings_are_seen(text, language, expected):
    assert seen(text, language) == expected


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Legen sa det, og læreren kom.", "nb"),
        ("Jeg lærer noe nytt og arbeider med det.", "nb"),
        ("Det var forskjellege og moglege ting.", "nn"),
        ("Vi fekk god øyekontakt.", "nn"),
        ("Jeg leder an og følger etter.", "nb"),
        ("I cook dinner and work on it.", "en"),
    ],
)
def test_what_is_no_job_is_let_be(text, language):
    assert not seen(text, language)
