import re

from qualkit.anonymisation.candidates import Candidate, Source, candidates
from qualkit.identity import Hit, Identities, Identity, IdentityClass, IdentityType, Passed
from qualkit.model import Span


def source(
    name: str, text: str, *found: tuple[str, IdentityType, IdentityClass], where: str = ""
) -> tuple[Source, list[Hit]]:
    hits = [
        Hit(match.start(), match.end(), "names@2", kind, cls)
        for words, kind, cls in found
        for match in re.finditer(rf"\b{re.escape(words)}\b", text)
    ]
    return Source(name, text, where, ((0, "K1"),)), hits


def one(found: list[Candidate], form: str) -> Candidate:
    return next(each for each in found if each.form == form)


def test_a_word_is_one_candidate_over_the_whole_study() -> None:
    found = candidates(
        [
            source("I1", "Kari kom. Karis bil.", ("Kari", "person", "direct"), ("Karis", "person", "direct")),
            source("I2", "KARI ropte.", ("KARI", "person", "direct")),
        ],
        Identities(),
    )
    assert [(each.form, each.forms) for each in found] == [("Kari", ("Kari", "KARI", "Karis"))]
    kari = found[0]
    assert [str(span) for span in kari.spans] == ["I1:0-4", "I2:0-4", "I1:10-15"]
    assert (kari.count, kari.transcripts, kari.participants) == (3, 2, ("K1",))
    assert [(place.where, place.before, place.words, place.after) for place in kari.places] == [
        ("I1, line 1", "", "Kari", " kom. Karis bil."),
        ("I2, line 1", "", "KARI", " ropte."),
        ("I1, line 1", "Kari kom. ", "Karis", " bil."),
    ]


def test_a_name_that_ends_in_s_is_no_genitive_of_nobody() -> None:
    found = candidates([source("I1", "Lars kom.", ("Lars", "person", "direct"))], Identities())
    assert [each.form for each in found] == ["Lars"]


def test_the_most_dangerous_comes_first_and_a_full_name_before_its_parts() -> None:
    text = "Kari Nes, Kari, Kari og Ola bor i Halden i Norge. Bo er sjef."
    found = candidates(
        [
            source(
                "I1",
                text,
                ("Norge", "place", "public"),
                ("Halden", "place", "indirect"),
                ("Ola", "person", "direct"),
                ("Bo", "person", "direct"),
                ("Kari", "person", "direct"),
                ("Nes", "person", "direct"),
                ("sjef", "role", "strong-indirect"),
            )
        ],
        Identities(),
    )
    assert [each.form for each in found] == ["Kari Nes", "Kari", "Bo", "Ola", "sjef", "Halden", "Norge"]
    assert [each.proposed for each in found] == [
        "pseudonym",
        "pseudonym",
        "pseudonym",
        "pseudonym",
        "generalise",
        "generalise",
        "keep",
    ]


def test_nothing_is_proposed_for_what_is_only_unknown() -> None:
    found = candidates([source("I1", "Vi tok Gerica.", ("Gerica", "other", "direct"))], Identities())
    assert found[0].proposed is None


def test_what_was_decided_is_not_asked_again() -> None:
    text = "Kari og Ola i NAV."
    hits = source(
        "I1", text, ("Kari", "person", "direct"), ("Ola", "person", "direct"), ("NAV", "institution", "public")
    )
    known = Identities((Identity("p1", ("Kari",), shown={"*": "Anne"}, by="siri"),), (Passed("NAV"),))
    assert [each.form for each in candidates([hits], known)] == ["Ola"]


def test_a_letter_off_a_known_form_needs_no_detector() -> None:
    known = Identities((Identity("p1", ("Ingebrigt",), shown={"*": "Anne"}),))
    found = candidates([source("I1", "Så kom Ingebrikt hit.")], known)
    assert [(each.form, each.detectors) for each in found] == [("Ingebrikt", ("register@1",))]


def test_only_the_first_places_are_kept_with_their_context() -> None:
    text = "\n".join(f"Kari sa {number}." for number in range(10))
    found = candidates([source("I1", text, ("Kari", "person", "direct"))], Identities(), places=2)
    assert found[0].count == 10
    assert [place.where for place in found[0].places] == ["I1, line 1", "I1, line 2"]
    assert found[0].places[1].after == " sa 1."


def test_the_researchers_own_words_are_places_too() -> None:
    own = source("themes.yaml/heading/t1", "Hos Kari", ("Kari", "person", "direct"), where="themes.yaml: heading of t1")
    found = candidates([own], Identities())
    assert [(place.where, place.span) for place in found[0].places] == [
        ("themes.yaml: heading of t1", Span("themes.yaml/heading/t1", 4, 8))
    ]
    assert (found[0].transcripts, found[0].participants) == (0, ())


def test_only_wanted_places_are_counted() -> None:
    hits = source("I1", "Kari kom. Kari gikk.", ("Kari", "person", "direct"))
    found = candidates([hits], Identities(), wanted=lambda span: span.start > 5)
    assert [str(span) for span in found[0].spans] == ["I1:10-14"]


def test_a_number_is_no_name_and_a_name_no_number() -> None:
    hits = source("I1", "Mai kom i mai.", ("Mai", "person", "direct"), ("mai", "date", "indirect"))
    found = candidates([hits], Identities())
    assert {(each.form, each.type) for each in found} == {("Mai", "person"), ("mai", "date")}
    assert one(found, "mai").count == 1
