import pytest

from qualkit.transcripts.hyphens import verdict


@pytest.mark.parametrize(
    ("above", "below", "decided"),
    [
        ("i kom-", "munen", "join"),
        ("på samarbeids-", "møtet", "join"),
        ("en tverr-", "faglig gruppe", "join"),
        ("opp\u00ad", "følging", "join"),
        ("opp\u00ad", "og ned", "join"),
        ("bolig-", "og sosialkontoret", "part"),
        ("sosial-", "eller helsesektoren", "part"),
        ("jeg t-", "tenkte", "part"),
        ("jeg ten-", "tenkte", "part"),
        ("de ville-", "ikke", "part"),
        ("jeg-", "tenkte", "part"),
        ("på-", "gå", "part"),
        ("de me-", "darbeiderne", "join"),
        ("Kari Nordmann-", "Berg", "keep"),
        ("NAV-", "kontoret", "keep"),
        ("en 17-", "åring", "keep"),
        ("2020-", "2021", "keep"),
        ("en e-", "post", "keep"),
        ("norsk-", "svensk", "keep"),
        ("xq-", "zq", "part"),
        ("bolig-", "/ og", None),
        ("slik -", "og så", None),
        ("slik", "og så", None),
        ("", "", None),
    ],
)
def test_which_hyphens_are_the_lines_own(above: str, below: str, decided: str | None) -> None:
    assert verdict(above, below, "nb") == decided


def test_what_the_text_writes_elsewhere_wins() -> None:
    assert verdict("på xq-", "zq", "nb", {"xqzq"}) == "join"
    assert verdict("på xq-", "zq", "nb", {"xq-zq"}) == "keep"
    assert verdict("i kom-", "munen", "nb", {"kom-munen"}) == "keep"
