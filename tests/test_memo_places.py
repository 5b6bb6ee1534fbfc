from collections.abc import Callable
from pathlib import Path

import pytest

import qualkit
from qualkit import study as studies
from qualkit.memo_places import follow_memo, memo_following
from qualkit.model import Study, Transcript
from qualkit.reanchoring import read_again, reanchor_study
from qualkit.transcripts.canonical import parse_transcript

TALK = "I: Hva skjedde?\n\nK1: Jeg måtte ringe kommunen. Det regnet hele tiden da.\n\nI: Og så?\n\nK1: Ingen kom.\n"
RING, RAIN = "Jeg måtte ringe kommunen.", "Det regnet hele tiden da."
MEMO = """# Marks in the original of K1\r
\r
origin: import:word\r

## K1:{ring} · comment by Kari · 2026-03-01

> Jeg måtte ringe kommunen.

Hvorfor hun?  \t
## K1:{rain} · highlighted in yellow · undated

> Det regnet hele tiden da.
## Egne tanker

K1:21-46 er viktig. ## K1:21-46 også.
"""


@pytest.fixture
def study(interviews: Callable[..., Path], qualkit: Callable[..., object]) -> Study:
    folder = interviews({"K1.txt": TALK})
    qualkit("code", folder)
    made = qualkit_study(folder)
    memo = MEMO.format(**places(made)).encode()
    studies.memo_path(made, "word-K1").parent.mkdir()
    studies.memo_path(made, "word-K1").write_bytes(memo)
    return made


def qualkit_study(folder: Path) -> Study:
    return qualkit.open_study(folder.with_name(f"{folder.name}-study"))


def places(study: Study, ring: str = RING, rain: str = RAIN) -> dict[str, str]:
    """Return where these words stand now."""
    text = studies.read_transcript(study, "K1")[0].text
    return {
        name: f"{text.index(words)}-{text.index(words) + len(words)}"
        for name, words in (("ring", ring), ("rain", rain))
    }


def edit(study: Study, before: str, after: str) -> None:
    path = studies.transcript_path(study, "K1")
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), encoding="utf-8")


def memo_of(study: Study) -> str:
    return studies.memo_path(study, "word-K1").read_bytes().decode()


def test_places_follow_their_words_and_every_other_byte_stays(study: Study) -> None:
    edit(study, "Hva skjedde?", "Hva var det som skjedde?")
    reanchor_study(study, "kari")
    assert memo_of(study) == MEMO.format(**places(study))
    before = memo_of(study)
    reanchor_study(study, "kari")
    assert memo_of(study) == before


def test_a_heading_says_that_the_words_were_changed_and_follows_them_further(study: Study) -> None:
    edit(study, RAIN, "Det regna hele tida da.")
    edit(study, "skjedde", "hendte")
    reanchor_study(study, "kari")
    told = MEMO.replace("{rain} ·", "{rain} · words changed ·")
    assert memo_of(study) == told.format(**places(study, rain="Det regna hele tida da."))
    edit(study, "I: Hva hendte?", "I: Hva var det som hendte, da?")
    reanchor_study(study, "kari")
    assert memo_of(study) == told.format(**places(study, rain="Det regna hele tida da."))
    edit(study, "Det regna hele tida da.", RAIN)
    reanchor_study(study, "kari")
    assert memo_of(study) == MEMO.format(**places(study))


def test_a_passage_that_is_gone_is_lost_with_its_old_place_until_it_is_put_back(study: Study) -> None:
    was = places(study)
    edit(study, f" {RAIN}", "")
    reanchor_study(study, "kari")
    assert memo_of(study) == MEMO.replace("{rain} ·", "{rain} · lost ·").format(**was)
    edit(study, "Ingen kom.", f"Ingen kom. {RAIN}")
    reanchor_study(study, "kari")
    assert memo_of(study) == MEMO.format(**places(study))


def test_an_original_that_is_read_again_takes_its_marks_along(study: Study) -> None:
    original = study.root.parent / "interviews" / "K1.txt"
    original.write_text(TALK.replace("Hva skjedde?", "Hva var det som skjedde?"), encoding="utf-8")
    read_again(study, original, "kari")
    assert memo_of(study) == MEMO.format(**places(study))


def test_a_run_that_broke_off_after_the_memo_is_gone_on_with(study: Study) -> None:
    _, sha256 = studies.read_header(study, "K1")
    edit(study, RAIN, "Det regna hele tida da.")
    edit(study, "Hva skjedde?", "Hva var det som skjedde?")
    record, _ = studies.read_transcript(study, "K1")
    assert follow_memo(study, record, sha256)
    before = memo_of(study)
    assert not follow_memo(study, record, sha256)
    reanchor_study(study, "kari")
    assert memo_of(study) == before


def test_without_the_earlier_text_the_quoted_words_are_looked_for() -> None:
    record, _ = parse_transcript(f"---\nid: K1\nspeakers: {{K1: participant}}\n---\nJa vel.\n\n{TALK}", "K1.txt")
    assert isinstance(record, Transcript)
    start = record.text.index(RAIN)
    memo = f"## K1:5-30 · comment by Kari\n\n> {RAIN}\n## K1:5-20 · highlighted\n\n> Noe helt annet her.\n"
    told = memo.replace("K1:5-30", f"K1:{start}-{start + len(RAIN)}").replace("K1:5-20", "K1:5-20 · lost")
    assert memo_following(memo, record, None) == told


def test_memos_of_other_transcripts_and_without_quotations_stay() -> None:
    record, _ = parse_transcript(f"---\nid: K1\n---\n{TALK}", "K1.txt")
    assert isinstance(record, Transcript)
    memo = f"## K2:5-30 · comment\n\n> {RAIN}\n## K1:5-30\n\nbare tanker\n"
    assert memo_following(memo, record, f"Nei. {TALK}") == memo
