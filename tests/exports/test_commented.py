import re
from io import BytesIO

import docx
from docx.oxml.ns import qn

from qualkit.document import Commented, Remark
from qualkit.exports.commented import render_commented
from qualkit.exports.package import unpack

TEXT = "I: Hva skjedde?\n\nP1: Jeg måtte ringe & vente.\nDet var natt.\n\nI: Ja.\n"


NOON = "2026-03-01T12:00:00Z"


def remark(words: str, text: str = "Å ringe", author: str = "kari-nes", created: str = NOON) -> Remark:
    start = TEXT.index(words)
    return Remark(start, start + len(words), text, author, created)


def rendered(*remarks: Remark, mark: str = "UTKAST") -> bytes:
    labels = tuple((found.start(), found.end() - 1) for found in re.finditer(r"^\w+:", TEXT, re.MULTILINE))
    return render_commented(Commented("P1", "nb", mark, TEXT, labels, remarks))


def covered(data: bytes) -> dict[str, tuple[str, str, str]]:
    """Return, by comment id, the words it stands on, its author and its text."""
    word = docx.Document(BytesIO(data))
    words: dict[str, str] = {}
    open_: set[str] = set()
    for element in word.element.body.iter():
        identifier = element.get(qn("w:id")) or ""
        if element.tag == qn("w:commentRangeStart"):
            open_.add(identifier)
        elif element.tag == qn("w:commentRangeEnd"):
            open_.remove(identifier)
        elif element.tag == qn("w:t"):
            for one in open_:
                words[one] = words.get(one, "") + element.text
    assert not open_
    return {str(one.comment_id): (words[str(one.comment_id)], one.author, one.text) for one in word.comments}


def test_the_file_holds_the_transcript_and_nothing_else() -> None:
    word = docx.Document(BytesIO(rendered()))
    assert [one.text for one in word.paragraphs] == [line for line in TEXT.split("\n") if line]
    bold = ["".join(run.text for run in one.runs if run.bold) for one in word.paragraphs]
    assert bold == ["I", "P1", "", "I"]
    assert "UTKAST" in [one.text for one in word.sections[0].header.paragraphs]
    assert "word/comments.xml" not in unpack(rendered())


def test_comments_stand_on_their_passages() -> None:
    found = covered(
        rendered(
            remark("måtte ringe & vente"),
            remark("ringe & vente.\nDet var", "Natt <og> «dag»", "ola"),
            remark("Hva skjedde?\n\nP1: Jeg"),
            remark("Ja.\n"),
        )
    )
    assert found == {
        "0": ("måtte ringe & vente", "kari-nes", "Å ringe"),
        "1": ("ringe & vente.Det var", "ola", "Natt <og> «dag»"),
        "2": ("Hva skjedde?P1: Jeg", "kari-nes", "Å ringe"),
        "3": ("Ja.", "kari-nes", "Å ringe"),
    }


def test_comments_tell_when_and_by_whom() -> None:
    comments = unpack(rendered(remark("ringe"), remark("vente", created="")))["word/comments.xml"].decode()
    assert re.findall(r'w:date="([^"]*)"', comments) == [NOON]
    assert re.findall(r'w:initials="([^"]*)"', comments) == ["kn", "kn"]


def test_white_space_alone_is_commented_on_nowhere_it_could_break_the_file() -> None:
    found = covered(rendered(Remark(15, 18, "x", "k"), Remark(3, 3, "y", "k")))
    assert list(found.values()) == [("P", "k", "x")]


def test_the_same_text_gives_the_same_bytes() -> None:
    assert rendered(remark("ringe")) == rendered(remark("ringe"))
