import pytest

from qualkit.anonymisation.redactor import Open, Register, leaks, read_register, redact, rendered
from qualkit.identity import Identities, Identity, Passed
from qualkit.model import Participant, Span

INGRID = {"*": "Ingrid"}
HALDEN = {"nb": "by i Østfold", "nn": "by i Austfold", "en": "a town"}


def one(*forms: str, action: str = "pseudonym", shown: dict[str, str] | None = None, **rest: object) -> Identity:
    given = {"*": "Ingrid"} if shown is None else shown
    return Identity(forms[0], forms, action=action, shown=given, **{"by": "kari", **rest})  # type: ignore[arg-type]


def register(*identities: Identity, passed: tuple[Passed, ...] = (), language: str = "nb") -> Register:
    return Register(identities=Identities(identities, passed), language=language)


@pytest.mark.parametrize(
    ("identity", "language", "text", "printed"),
    [
        (one("Astrid"), "nb", "Astrids idé", "[Ingrid]s idé"),
        (one("Astrid", shown={"*": "Jens"}), "nb", "Astrids idé", "[Jens]’ idé"),
        (one("Anne"), "en", "Anne's idea, Annes", "[Ingrid]’s idea, [Ingrid]’s"),
        (one("Halden", type="place", action="generalise", shown=HALDEN), "nb", "i Halden.", "i [by i Østfold]."),
        (one("Halden", type="place", action="generalise", shown=HALDEN), "nn", "i Halden.", "i [by i Austfold]."),
        (
            one("Halden", type="place", action="generalise", shown=HALDEN),
            "nb",
            "Halden-mannen og haldenmannen",
            "[by i Østfold]-mannen og [by i Østfold]-mannen",
        ),
        (one("Astrid", action="redact", shown={}), "nb", "Astrid og Astrids", "[…] og […]s"),
        (one("Norge", action="keep", shown={}), "nb", "i Norge", "i Norge"),
        (one("46", type="age", action="band", shown={"nb": "i 40-årene"}), "nb", "er 46 år", "er [i 40-årene] år"),
        (one("Astrid"), "nb", "Astrid [ler]", "[[Ingrid]] [ler]"),
        (one("Astrid"), "nb", "Astird", "[Ingrid]"),
    ],
)
def test_an_identity_is_printed_as_was_decided(identity: Identity, language: str, text: str, printed: str) -> None:
    names = register(identity, language=language)
    assert redact(text, names) == printed
    assert rendered(text, names).open == ()
    assert leaks(printed, names) == []


def test_what_nobody_decided_is_hidden_and_told() -> None:
    names = register(one("Astrid", shown={}, by=""))
    whole = rendered("Hei, Astrid!", names)
    assert (whole.text, whole.open) == ("Hei, […]!", (Open(5, 11, "register@1"),))


def test_two_of_one_name_are_hidden_until_a_place_is_decided() -> None:
    first, second = one("Kari"), one("Kari", shown={"*": "Marit"})
    whole = rendered("Ja, Kari.", register(first, second))
    assert (whole.text, whole.open) == ("Ja, […].", (Open(4, 8),))
    decided = one("Kari", shown={"*": "Marit"}, only=(Span("I1", 4, 8),))
    whole = rendered("Ja, Kari.", register(first, decided), transcript="I1")
    assert (whole.text, whole.open) == ("Ja, [Marit].", ())
    assert rendered("Ja, Kari.", register(first, decided), transcript="I2").text == "Ja, [Ingrid]."
    assert leaks("Kari", register(first, second)) == ["Ingrid"]


def test_the_beginning_of_a_sentence_asks_where_a_name_is_a_word() -> None:
    names = register(one("Dag"))
    whole = rendered("Dag etter dag kom Dag.", names)
    assert (whole.text, whole.open) == ("[Ingrid] etter dag kom [Ingrid].", (Open(0, 3),))
    assert leaks("Dag etter dag", names) == []
    passed = register(one("Dag"), passed=(Passed("Dag", (Span("I1", 0, 3),)),))
    whole = rendered("Dag etter dag kom Dag.", passed, transcript="I1")
    assert (whole.text, whole.open) == ("Dag etter dag kom [Ingrid].", ())


def test_what_was_let_through_somewhere_is_no_leak() -> None:
    names = register(one("Kari", only=(Span("I1", 0, 4),)), passed=(Passed("Kari", (Span("I2", 0, 4),)),))
    assert rendered("Kari", names, transcript="I2").text == "Kari"
    assert leaks("Kari", names) == []


def test_a_participant_in_the_register_has_one_print_form_whatever_the_label() -> None:
    labels = read_register([Participant("P1", ("Kari Nes",))], [])
    names = labels.with_identities(Identities((one("Kari", participant="P1"),)), "nb")
    assert redact("Kari Nes: Jeg, Kari, og Nes.", names) == "[Ingrid]: Jeg, [Ingrid], og [Ingrid]."


def test_a_name_that_two_labels_share_is_both_until_it_is_decided() -> None:
    names = read_register([Participant("P1", ("Kari Nes",)), Participant("P2", ("Kari Moe",))], [])
    whole = rendered("Kari Nes og Kari", names)
    assert (whole.text, whole.open) == ("[P1] og [P1/P2]", (Open(12, 16),))


def test_a_coder_may_be_called_as_an_informant_is() -> None:
    names = Register({"kari": "P1"}, ours=frozenset({"kari"}))
    assert leaks("kari", names) == []
    assert leaks("Kari", names) == ["P1"]


def test_the_way_back_leads_to_where_a_name_begins() -> None:
    text = "Det sa Ast\u00adrids mor i Halden."
    names = register(one("Astrid"), one("Halden", type="place", action="generalise", shown=HALDEN))
    whole = rendered(text, names)
    assert whole.text == "Det sa [Ingrid]s mor i [by i Østfold]."
    assert len(whole.origins) == len(whole.text)
    assert whole.between(text.index("mor"), text.index("Halden") + 6) == "mor i [by i Østfold]"
    assert text[whole.origins[whole.text.index("[by")]] == "H"
