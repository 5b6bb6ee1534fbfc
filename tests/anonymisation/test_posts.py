import pytest

from qualkit.anonymisation.english_institutions import english_institutions
from qualkit.anonymisation.posts import named_posts


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("en", "she's the custodial manager but the manager said no", ["custodial manager"]),
        ("en", "i'm secretary of the bowls club", ["secretary of the bowls club"]),
        ("nb", "han er leder av sorggruppa i bydelen", ["leder av sorggruppa i bydelen"]),
        ("nb", "lederen av møtet var der, og sjefen kom", []),
    ],
)
def test_posts_are_told_by_what_stands_beside_them(language, text, found):
    assert [text[start:end] for start, end in named_posts(text, language)] == found


def test_institutions_stand_by_name_in_small_letters():
    text = "our gp is at the riverside surgery and he went to st aidan's but the local hospital is shut"
    assert [text[start:end] for start, end in english_institutions(text, text)] == [
        "the riverside surgery",
        "st aidan's",
    ]
