import pytest

from qualkit.anonymisation.told_ages import told_ages


@pytest.mark.parametrize(
    ("language", "text", "ages"),
    [
        ("nb", "Barna mine er fire, sju og elleve.", ["fire, sju og elleve"]),
        ("nb", "Han er i jobb, og faren min er femtini nå.", ["femtini"]),
        ("nb", "Hvor gammel er du?\nFemtito.", ["Femtito"]),
        ("nn", "Ho er ti år eldre enn meg.", ["ti år eldre enn meg"]),
        ("en", "My lad's nine and I must have been eight or nine.", ["nine", "eight or nine"]),
        ("en", "It was on her eighteenth birthday.", ["eighteenth birthday"]),
        ("en", "At nineteen I left.", ["nineteen"]),
        ("nb", "Klokka er ni, og det er to.", []),
        ("en", "There are nine people and it was ten o'clock.", []),
    ],
)
def test_ages_are_told_by_the_sentence(language, text, ages):
    assert [text[start:end] for start, end, _ in told_ages(text, language)] == ages
