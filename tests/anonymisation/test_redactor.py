from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qualkit.anonymisation.form_index import is_everyday_name
from qualkit.anonymisation.forms import find_forms
from qualkit.anonymisation.redactor import (
    MayNotBeQuoted,
    NotVerbatim,
    Register,
    everything_known,
    leaks,
    quote,
    read_register,
    redact,
    rendered,
)
from qualkit.identity import Identities, Identity, Passed
from qualkit.model import Coding, MeaningUnit, Participant, Span, Transcript


def register(*labels: str, shown: str = "K1") -> Register:
    return read_register([Participant(shown, labels)], [])


@pytest.mark.parametrize(
    ("label", "text", "printed"),
    [
        ("Kari", "Kari, KARI og kari gikk.", "[K1], [K1] og [K1] gikk."),
        ("Kari", "Karis, Kari's, Kari’s, KARIS.", "[K1]s, [K1]s, [K1]s, [K1]s."),
        ("Hans", "Hans' bil", "[K1]s bil"),
        ("Kari", "Ka\u00adri, Ka\u200bri og \u2060Kari\ufeff", "[K1], [K1] og [K1]"),
        ("A\u030ase", "Åse og A\u030ase", "[K1] og [K1]"),
        ("Åse", "A\u030ases hus", "[K1]s hus"),
        ("Kari Nes", "Kari\nNes, kari \u00a0nes", "[K1], [K1]"),
        ("Kari Nes", "Kari kom. Så kom Nes. KARI! NES!", "[K1] kom. Så kom [K1]. [K1]! [K1]!"),
        ("kari nes", "Kari kom. Så kom Nes.", "[K1] kom. Så kom [K1]."),
        ("KARI NES", "Kari kom. Så kom Nes.", "[K1] kom. Så kom [K1]."),
        ("Kari_Nes", "Kari kom. Kari_Nes kom.", "[K1] kom. [K1] kom."),
        ("Kari (mor)", "Kari (mor) kom. Kari gikk.", "[K1] kom. [K1] gikk."),
        ("Kari2", "Kari kom med Kari2.", "[K1] kom med [K1]."),
        ("Anne-Lise", "Anne‑Lise og anne-lise", "[K1] og [K1]"),
        ("O'Brien", "O’Brien og o'brien", "[K1] og [K1]"),
        ("Kari", "_Kari_, *Kari*, «Kari» og Kari1", "_[K1]_, *[K1]*, «[K1]» og [K1]1"),
        ("Strauß", "strauß, STRAUß", "[K1], [K1]"),
        ("Kari", "KARİ og kari", "[K1] og [K1]"),
        ("Lisa", "Liſa", "[K1]"),
        ("Per", "Perspektiv i Perstorp, person, super, Per.", "Perspektiv i Perstorp, person, super, [K1]."),
        ("Nes", "Nesten på Neset? Nesodden!", "Nesten på Neset? Nesodden!"),
        ("Ola .*", "alt mulig og Ola .* her", "alt mulig og [K1] her"),
        ("Kari (", "Kari ( sa", "[K1] sa"),
        ("Ola [x]", "Ola sa [x]", "[[K1]] sa [x]"),
        ("von Berg", "von Berg, den Berg, von", "[K1], den [K1], von"),
    ],
)
def test_a_name_is_printed_as_an_id(label: str, text: str, printed: str) -> None:
    names = register(label)

    assert redact(text, names) == printed
    assert leaks(text, names) == (["K1"] if "[K1]" in printed else [])
    assert leaks(redact(text, names), names) == []


@pytest.mark.parametrize(
    "label", ["I", "K", "K1", "KN", "Informant 2", "Intervjuer", "Moderator", "SPEAKER_00", "R1", "S01", "Deltaker"]
)
def test_labels_that_name_nobody_are_never_redacted(label: str) -> None:
    text = f"{label} sa at i og k og informant 2 er deltaker, intervjuer og moderator."

    assert redact(text, register(label, shown="P9")) == text


def test_a_label_that_is_the_id_stays() -> None:
    assert redact("Kari sa", register("Kari", shown="kari")) == "Kari sa"


def test_a_label_of_one_transcript_is_the_name_behind_the_stroke() -> None:
    assert redact("I3 og Kari", register("I3/Kari")) == "I3 og [K1]"


def test_speakers_who_are_no_participants_get_their_role() -> None:
    names = read_register([], [("Tone Vik", "interviewer")])

    assert redact("Takk, Tone.", names) == "Takk, [interviewer]."


def test_the_longest_name_wins_and_each_gets_its_own_id() -> None:
    names = read_register(
        [Participant("K1", ("Kari",)), Participant("K2", ("Kari Nes",)), Participant("K3", ("Nes",))], []
    )

    assert redact("Kari Nes, Kari og Nes", names) == "[K2], [K1] og [K3]"
    assert leaks("Kari Nes og Nes", names) == ["K2", "K3"]


NAMES = st.lists(
    st.sampled_from(
        ["Kari", "kari nes", "PER", "Anne-Lise Moe", "O'Brien", "Åse", "Nes", "(Ola)", "Li.*", "İda", "Strauß"]
    ),
    min_size=1,
    max_size=4,
)
WORDS = st.lists(
    st.sampled_from(
        [
            "Kari",
            "KARI",
            "karis",
            "nes",
            "Nes",
            "\n",
            "Per",
            "perspektiv",
            "Anne‑Lise",
            "Ka\u00adri",
            "A\u030ase",
            "o’brien",
            "Ola",
            "(Ola)",
            "Li.*",
            "İDA",
            "ida",
            "strauss",
            "STRAUSS",
            "ſ",
            "[",
            "]",
            "s",
            "'",
            " ",
            "_",
            "1",
        ]
    ),
    max_size=12,
)


@given(NAMES, WORDS, st.sampled_from(["", " "]))
@settings(max_examples=500)
def test_what_is_replaced_is_what_leaks_and_nothing_is_left(names: list[str], words: list[str], space: str) -> None:
    names_register = read_register([Participant(f"P{n}", (name,)) for n, name in enumerate(names)], [])
    text = space.join(words)
    printed = redact(text, names_register)

    found = find_forms(text, everything_known(names_register))

    assert bool(found) == (printed != redact(text, Register({}, {})))
    assert len(leaks(text, names_register)) <= len(found)
    assert leaks(printed, names_register) == []
    assert all(f"[{shown}]" in printed for shown in leaks(text, names_register) if "/" not in shown)


@given(st.text(max_size=40), st.text(max_size=60))
@settings(max_examples=300)
def test_no_label_and_no_text_is_too_odd(label: str, text: str) -> None:
    names = register(label)

    assert leaks(redact(text, names), names) == []
    # A single letter stands for somebody only where it was decided to, and an everyday word with a capital.
    if any(sum(c.isalnum() for c in form) > 1 and not is_everyday_name(form.strip("\x1b")) for form in names.whole):
        assert "K1" in leaks(f" {label.strip()} ", names)


# Quotations


TEXT = "Kari: Vi ringer\nOla i morgen.\n"


def quoted(participant: Participant | None, *, words: str = "Vi ringer\nOla", style: str = "id") -> tuple[str, str]:
    transcript = Transcript("T1", TEXT, (), (), "nb", "")
    unit = MeaningUnit(Span("T1", 6, 6 + len(words)), words)
    coding = Coding("c1", unit, "tid", "kari", "accepted", "manual", "")
    made = quote(coding, transcript, participant, register("Kari", "Ola"), attribution=style)
    assert made.span == unit.span
    return made.text, made.attribution


def test_a_quotation_is_verbatim_but_for_names_and_line_breaks() -> None:
    assert quoted(Participant("K1")) == ("Vi ringer [K1]", "(K1)")
    assert quoted(None) == ("Vi ringer [K1]", "")


def test_the_attribution_is_what_the_study_says_without_names() -> None:
    person = Participant("K1", attributes={"role": "sjukepleiar", "unit": "Karis avdeling", "empty": ""})

    assert quoted(person, style="id, role")[1] == "(K1, sjukepleiar)"
    assert quoted(person, style="role,empty,borte")[1] == "(sjukepleiar)"
    assert quoted(person, style="unit")[1] == "([K1]s avdeling)"


def test_words_that_do_not_stand_there_are_not_printed() -> None:
    with pytest.raises(NotVerbatim) as error:
        quoted(Participant("K1"), words="Vi ringer\nEva")
    assert "Eva" not in str(error.value)


def test_who_may_not_be_quoted_is_not() -> None:
    with pytest.raises(MayNotBeQuoted):
        quoted(Participant("K1", may_quote=False))


@given(st.text(alphabet=st.sampled_from("KariNes ol.ÅåA\u030a\u200d\n"), max_size=60))
def test_the_way_back_is_as_long_as_the_text_and_never_turns(text: str) -> None:
    whole = rendered(text, Register({"kari nes": "K1"}, {"Kari": "K1", "Nes": "K1"}))
    assert whole.text == redact(text, Register({"kari nes": "K1"}, {"Kari": "K1", "Nes": "K1"}))
    assert len(whole.origins) == len(whole.text)
    assert list(whole.origins) == sorted(whole.origins)
    cuts = sorted({0, len(text) // 3, len(text) // 2, len(text)})
    pieces = [whole.between(start, end) for start, end in pairwise(cuts)]
    assert "".join(pieces) == whole.text


def test_a_name_over_the_edge_of_a_passage_belongs_to_where_it_begins() -> None:
    text = "Det sa Kari Nes også."
    whole = rendered(text, Register({"kari nes": "K1"}, {"Kari": "K1"}))
    middle = text.index("Nes")
    assert (whole.between(0, middle), whole.between(middle, len(text))) == ("Det sa [K1]", " også.")


def test_a_first_name_is_printed_as_a_first_name() -> None:
    kari = Identity("p1", ("Kari Nes", "Kari", "Nes"), shown={"*": "Anne Berge"}, gender="f", by="ida")
    register = Register(identities=Identities((kari,)))

    assert rendered("Kari Nes kom. Karis bil, og doktor Nes.", register).text == (
        "[Anne Berge] kom. [Anne]s bil, og doktor [Berge]."
    )


def test_a_name_inside_words_that_were_let_through_is_replaced() -> None:
    known = Identities(
        (Identity("p1", ("Asbjørn",), shown={"*": "Jon"}, by="ida"),), (Passed("Asbjørn heite", by="ida"),)
    )

    assert rendered("Han Asbjørn heite det.", Register(identities=known)).text == "Han [Jon] heite det."
