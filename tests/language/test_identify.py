import pytest

from qualkit.language.identify import identify

SAID = {
    "nb": """Jeg vet ikke hva de mente.
        Vi hadde ikke noe møte.
        Hun sa at hun skulle ringe.
        Det var mye å gjøre.
        Noen ganger kom de ikke.""".splitlines(),
    "nn": """Eg veit ikkje kva dei meinte.
        Me hadde ikkje noko møte.
        Ho sa at ho skulle ringje.
        Det var mykje å gjere.
        Nokre gonger kom dei ikkje.""".splitlines(),
    "en": """I do not know what they meant.
        We had no meeting that week.
        She said she would call.
        There was a lot to do.
        Sometimes they did not come.""".splitlines(),
}


@pytest.mark.parametrize("language", SAID)
def test_five_utterances_tell_the_language(language: str) -> None:
    assert identify(SAID[language]) == language


@pytest.mark.parametrize("utterances", [[], [""], ["Ja."] * 50, SAID["nb"][:4]])
def test_too_little_tells_nothing(utterances: list[str]) -> None:
    assert identify(utterances) is None


def test_one_long_stretch_is_enough() -> None:
    assert identify([" ".join(SAID["nn"] * 5)]) == "nn"


def test_a_first_page_in_another_tongue_does_not_decide() -> None:
    assert identify(SAID["en"] + SAID["nb"] * 20) == "nb"
