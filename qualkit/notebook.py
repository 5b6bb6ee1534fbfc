"""What a notebook asks of a study: frames, matrices, transcripts to look at.

In the examples `my-study` is a copy of the corpus *Hjem på en fredag*, after `qualkit code`.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

from qualkit.model import Codebook, CodedTranscript, Study
from qualkit.table import Table

if TYPE_CHECKING:
    import pandas
    import spacy


def open_study(path: str | Path = ".") -> Study:
    """Open the study at or above a path.

    Raises:
        NoStudy: If there is none.
        NewerStudy: If a later version of qualkit wrote it.
        FaultyFiles: If study.yaml cannot be read.

    Example:
        >>> study = qualkit.open_study("my-study")
        >>> study.settings.method
        'stc'
    """
    from qualkit import study as studies

    return studies.open_study(path)


def codebook(study: Study) -> Codebook:
    """Return the study's codebook; it shows itself as a tree.

    Raises:
        FaultyFiles: If it has faults.

    Example:
        >>> [code.name for code in qualkit.codebook(study).codes][:2]
        ['Når beskjeden ikke når fram', 'Ansvaret ingen har']
    """
    from qualkit import study as studies

    return studies.good_codebook(study)


def turns(study: Study) -> pandas.DataFrame:
    """Return one row a turn: transcript, number, speaker, role, participant, language, start, end, begin, words, text.

    Offsets are code points, half-open; `begin` is in seconds where the source gives times. Texts are
    the informants' own words.

    Example:
        >>> speech = qualkit.turns(study).query("role == 'participant'")
        >>> int(speech.groupby("participant").words.sum()["K1"])
        1622
    """
    import pandas

    from qualkit.language.words import Vocabulary, index_words
    from qualkit.material import load_material, speaker_ids

    columns = "transcript turn speaker role participant language start end begin words text".split()
    material = load_material(study)
    vocabulary = Vocabulary()
    rows = []
    for record in material.transcripts.values():
        owners = speaker_ids(record, material.participants)
        for turn in record.turns:
            speaker = record.speaker(turn.speaker)
            text = record.text[turn.start : turn.end]
            rows.append(
                {
                    "transcript": record.id,
                    "turn": turn.number,
                    "speaker": turn.speaker or "",
                    "role": speaker.role if speaker else "",
                    "participant": owners.get(turn.speaker or "", ""),
                    "language": (speaker.language if speaker else None) or record.language,
                    "start": turn.start,
                    "end": turn.end,
                    "begin": turn.time[0] if turn.time else None,
                    "words": len(index_words(text, vocabulary)),
                    "text": text,
                }
            )
    return pandas.DataFrame(rows, columns=columns)


def codings(study: Study, *, with_proposals: bool = False) -> pandas.DataFrame:
    """Return one row a coding, with the participants' attributes beside it.

    Args:
        study: An open study.
        with_proposals: Also what rules propose and nobody has decided on; never in STC and reflexive
            studies for transcripts that nobody has read.

    Returns:
        Columns id, transcript, start, end, code, name, status, coder, origin, participant, text, then
        one a column of participants.csv. Code, transcript, participant and status are categories.

    Example:
        >>> frame = qualkit.codings(study)
        >>> frame.name.value_counts().head(2).to_dict()
        {'Å stå alene med det': 31, 'Når vurderingen ikke stoles på': 24}
    """
    import pandas

    from qualkit import study as studies
    from qualkit.material import load_material
    from qualkit.model import READ_FIRST

    material = load_material(study)
    names = {code.id: code.name for code in material.codebook.walk()}
    people = {person.id: person.attributes for person in material.participants}
    attributes = dict.fromkeys(name for values in people.values() for name in values)
    read = studies.transcripts_read(study) if study.settings.method in READ_FIRST else set(material.transcripts)
    rows: list[dict[str, Any]] = []
    for extract in material.shown(with_proposals=with_proposals):
        coding = extract.coding
        span = coding.unit.span
        if coding.status == "proposed" and span.transcript not in read:
            continue
        row: dict[str, Any] = {
            "id": coding.id,
            "transcript": span.transcript,
            "start": span.start,
            "end": span.end,
            "code": coding.code,
            "name": names.get(coding.code, coding.code),
            "status": coding.status,
            "coder": coding.coder,
            "origin": coding.origin,
            "participant": extract.participant,
            "text": coding.unit.text,
        }
        own = people.get(extract.participant, {})
        rows.append({**row, **{name: own.get(name, "") for name in attributes if name not in row}})
    columns = ["id", "transcript", "start", "end", "code", "name", "status", "coder", "origin", "participant", "text"]
    frame = pandas.DataFrame(rows, columns=[*columns, *(name for name in attributes if name not in columns)])
    return frame.astype(dict.fromkeys(["transcript", "code", "participant", "status"], "category"))


def matrix(study: Study, *, by: str | None = None, counts: bool | None = None, with_proposals: bool = False) -> Table:
    """Return themes and codes against participants, or against the values of an attribute.

    Args:
        study: An open study.
        by: A column of participants.csv; None for the participants themselves.
        counts: Numbers instead of marks; None for what the method does.
        with_proposals: Count what rules propose too; never in STC and reflexive studies.

    Raises:
        NoSuchAttribute: If participants.csv has no such column.

    Example:
        >>> table = qualkit.matrix(study, by="etat", counts=True)
        >>> [column.key for column in table.columns], table.rows[1][1:]
        (['code', 'kommune', 'sykehus'], ('14 (5)', '5 (2)'))
    """
    from qualkit.material import load_material
    from qualkit.publishing import results_tables

    tables = results_tables(
        load_material(study), by=[] if by is None else [by], counts=counts, with_proposals=with_proposals
    )
    return tables[1] if by is None else tables[2]


def find(
    study: Study,
    query: str,
    *,
    within: Literal["turn", "sentence", "paragraph"] = "turn",
    context: int = 8,
    with_proposals: bool = False,
) -> Table:
    """Return every place where a query is answered, as `qualkit find` shows it, in the words that were said.

    Args:
        study: An open study.
        query: Words, codes and people, in the language of `qualkit find`.
        within: Where words that are asked for together must stand together.
        context: Words on each side of what was found.
        with_proposals: Take what rules propose for coded too; never in STC and reflexive studies.

    Raises:
        QueryError: If the query cannot be read, or names what is not there.

    Example:
        >>> table = qualkit.find(study, "code:varsel lemma:tirsdag")
        >>> [(row[0], row[5].unit.text) for row in table.rows]
        [('H6:1432-1439', 'tirsdag'), ('K1:8441-8448', 'tirsdag'), ('K1:8482-8489', 'Tirsdag')]
    """
    from qualkit.coding.query_parser import parse_query
    from qualkit.finding import ask, found_table
    from qualkit.finding import find as places_of
    from qualkit.language.printed import printed
    from qualkit.material import load_material

    material, asked_for = load_material(study), parse_query(query)
    asked = ask(material, asked_for, with_proposals=with_proposals)
    places = places_of(asked, asked_for, within=within)
    return found_table(material, asked, places, printed("found", study.settings.language), context=context)


def theme_table(study: Study) -> Table:
    """Return theme, subtheme, code and chosen quotation, in the words that were coded.

    Example:
        >>> qualkit.theme_table(study).rows[0][:2]
        ('Beskjeden var sendt, men ingen hadde fått den', 'Varselet om utskriving')
    """
    from qualkit.material import load_material
    from qualkit.publishing import results_tables

    return results_tables(load_material(study), by=[])[0]


def transcript(study: Study, name: str, *, with_proposals: bool = False) -> CodedTranscript:
    """Return a transcript with its accepted codings; in a notebook they are underlined, overlaps side by side.

    Codings that no longer stand on their words, since the transcript was changed, are left out: qualkit anchor.

    Raises:
        NoTranscript: If there is none of this id.

    Example:
        >>> coded = qualkit.transcript(study, "K1")
        >>> len(coded.codings), str(coded.codings[0].unit.span)
        (24, 'K1:1081-1202')
    """
    from qualkit import study as studies
    from qualkit.material import stands
    from qualkit.model import READ_FIRST

    record, _ = studies.read_transcript(study, name)
    found, _ = studies.read_all_codings(study, name)
    hidden = study.settings.method in READ_FIRST and name not in studies.transcripts_read(study)
    wanted = {"accepted", "proposed"} if with_proposals and not hidden else {"accepted"}
    book, _ = studies.read_codebook(study)
    names = {code.id: (code.name, code.colour) for code in book.walk()}
    return CodedTranscript(record, tuple(c for c in found if c.status in wanted and stands(c, record)), names)


def spacy_doc(coded: CodedTranscript) -> spacy.tokens.Doc:
    """Return a spaCy Doc of a transcript, its codings as the span group "codings", for spaCy's own tools.

    The Doc's text is the canonical text, so character offsets are the study's. Tokens are those of
    spaCy's blank pipeline of the language; a passage that ends inside a token is widened to it.

    Example:
        >>> doc = qualkit.spacy_doc(qualkit.transcript(study, "K1"))
        >>> doc.spans["codings"][0].label_
        'varsel'
    """
    import spacy

    record = coded.transcript
    language = record.language if record.language in ("nb", "nn", "en", "da", "sv") else "xx"
    pipeline = spacy.blank(language)
    pipeline.max_length = max(pipeline.max_length, len(record.text) + 1)
    doc = pipeline(record.text)
    spans = [
        doc.char_span(c.unit.span.start, c.unit.span.end, label=c.code, alignment_mode="expand") for c in coded.codings
    ]
    doc.spans["codings"] = [span for span in spans if span is not None]
    return doc
