"""Print strings: the words the tool itself puts on paper, in bokmål, nynorsk and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final, NamedTuple

from qualkit.language.appendix import DOMAINS, ITEMS, STRINGS


class Phrase(NamedTuple):
    """One print string in the three languages; `{name}` is filled in by `printed`."""

    nb: str
    nn: str
    en: str


PHRASES: Final[Mapping[str, Phrase]] = MappingProxyType(
    {
        # captions
        "table": Phrase("Tabell", "Tabell", "Table"),
        "figure": Phrase("Figur", "Figur", "Figure"),
        "note": Phrase("Merk.", "Merk.", "Note."),
        "and": Phrase("og", "og", "and"),
        "see-tables": Phrase("Se {tables}.", "Sjå {tables}.", "See {tables}."),
        "shown-in": Phrase(
            "{tables} viser kodene i temaet og hvem de kommer fra.",
            "{tables} viser kodane i temaet og kven dei kjem frå.",
            "{tables} shows the codes of this theme and whom they come from.",
        ),
        "overview-in": Phrase(
            "{tables} gir en oversikt over resultatene.",
            "{tables} gjev eit oversyn over resultata.",
            "{tables} gives an overview of the results.",
        ),
        "across-in": Phrase(
            "Hvordan kodene fordeler seg, står i {tables}.",
            "Korleis kodane fordeler seg, står i {tables}.",
            "How the codes are spread stands in {tables}.",
        ),
        "across": Phrase("På tvers av deltakerne", "På tvers av deltakarane", "Across participants"),
        "results-overview": Phrase("Oversikt over resultatene", "Oversyn over resultata", "Overview of the results"),
        "concept": Phrase("Bærende idé", "Berande idé", "Central organising concept"),
        "code-group": Phrase("Kodegruppe", "Kodegruppe", "Code group"),
        "subgroups": Phrase("Subgrupper", "Subgrupper", "Subgroups"),
        "theme-spread": Phrase("Hvem som forteller om {theme}", "Kven som fortel om {theme}", "Who tells of {theme}"),
        "continued": Phrase("forts.", "framh.", "continued"),
        # pages
        "list-of-tables": Phrase("Tabeller", "Tabellar", "Tables"),
        "page": Phrase("Side {page} av {pages}", "Side {page} av {pages}", "Page {page} of {pages}"),
        # tables
        "empty-table": Phrase("(ingen)", "(ingen)", "(none)"),
        "table-description": Phrase(
            "Tabell med {rows} rader og disse kolonnene: {columns}.",
            "Tabell med {rows} rader og desse kolonnane: {columns}.",
            "Table with {rows} rows and these columns: {columns}.",
        ),
        # balance of quotations
        "balance-people": Phrase("Sitater per deltaker", "Sitat per deltakar", "Quotations by participant"),
        "balance-groups": Phrase("Sitater etter {attribute}", "Sitat etter {attribute}", "Quotations by {attribute}"),
        "balance-sections": Phrase("Sitater per tema", "Sitat per tema", "Quotations by theme"),
        "balance-alike": Phrase("Sitater som ligner hverandre", "Sitat som liknar kvarandre", "Quotations alike"),
        "balance-note": Phrase(
            "Tallene er for deg: et tema er ikke viktigere fordi det er sitert oftere.",
            "Tala er for deg: eit tema er ikkje viktigare fordi det er sitert oftare.",
            "The numbers are for you: a theme is not more important because it is quoted more often.",
        ),
        "chosen-quotations": Phrase("Valgte sitater", "Valde sitat", "Chosen quotations"),
        "choice": Phrase("Valg", "Val", "Choice"),
        "chosen": Phrase("valgt", "vald", "chosen"),
        "golden": Phrase("gullsitat", "gullsitat", "golden quotation"),
        "reserve": Phrase("reserve", "reserve", "reserve"),
        "passages": Phrase("Meningsenheter", "Meiningseiningar", "Passages"),
        "quotations": Phrase("Sitater", "Sitat", "Quotations"),
        "quoted-people": Phrase("Siterte", "Siterte", "Quoted"),
        "participants": Phrase("Deltakere", "Deltakarar", "Participants"),
        "remark": Phrase("Merknad", "Merknad", "Remark"),
        "nobody-quotes": Phrase("ikke sitert", "ikkje sitert", "not quoted"),
        "may-not-be-quoted": Phrase("skal ikke siteres", "skal ikkje siterast", "may not be quoted"),
        "section-empty": Phrase("uten sitat", "utan sitat", "no quotation"),
        "one-voice-of": Phrase(
            "bare {person}, av {people} som snakker om det",
            "berre {person}, av {people} som snakkar om det",
            "{person} alone, of {people} who speak of it",
        ),
        "alike": Phrase("Likhet", "Likskap", "Likeness"),
        "alike-same": Phrase("samme ord", "same ord", "the same words"),
        "alike-overlap": Phrase("overlapper", "overlappar", "overlapping"),
        "alike-near": Phrase("nesten like", "nesten like", "nearly alike"),
        "quotations-from": Phrase("Sitatene er fra {whose}.", "Sitata er frå {whose}.", "Quotations are from {whose}."),
        # framework
        "framework": Phrase("Rammematrise", "Rammematrise", "Framework matrix"),
        "framework-passages": Phrase(
            "Sammendragene og det de hviler på", "Samandraga og det dei kviler på", "Summaries and what they rest on"
        ),
        "framework-note": Phrase(
            "Skriv i rutene. Rader og kolonner hører til studien og endres der.",
            "Skriv i rutene. Rader og kolonnar høyrer til studien og blir endra der.",
            "Write in the cells. Rows and columns belong to the study and are changed there.",
        ),
        "case": Phrase("Deltaker", "Deltakar", "Case"),
        "summary": Phrase("Sammendrag", "Samandrag", "Summary"),
        "became": Phrase("Siden da", "Sidan då", "Since then"),
        "not-linked": Phrase("ikke knyttet til", "ikkje knytt til", "not linked"),
        # results
        "theme": Phrase("Tema", "Tema", "Theme"),
        "subtheme": Phrase("Undertema", "Undertema", "Subtheme"),
        "code": Phrase("Kode", "Kode", "Code"),
        "theme-and-code": Phrase("Tema og kode", "Tema og kode", "Theme and code"),
        "quotation": Phrase("Sitat", "Sitat", "Quotation"),
        "choose-quotation": Phrase("[velg sitat]", "[vel sitat]", "[choose a quotation]"),
        "not-quoted": Phrase("[skal ikke siteres]", "[skal ikkje siterast]", "[not to be quoted]"),
        "quotations-verbatim": Phrase(
            "Sitatene er gjengitt slik de ble sagt.",
            "Sitata er gjevne att slik dei vart sagde.",
            "Quotations are printed as they were said.",
        ),
        "quotations-hesitations-removed": Phrase(
            "Sitatene er lett redigert: nølelyder, pauser og gjentatte ord er tatt ut. Hver endring er godkjent av en "
            "forsker med ordene slik de ble sagt ved siden av.",
            "Sitata er lett redigerte: nølelydar, pausar og ord som er tekne opp att, er tekne ut. Kvar endring er "
            "godkjend av ein forskar med orda slik dei vart sagde ved sida av.",
            "Quotations were lightly edited: hesitations, pauses and repeated words were taken out. Each edit was "
            "approved by a researcher beside the words as they were said.",
        ),
        "quotations-normalised": Phrase(
            "Sitatene er lett redigert: nølelyder, pauser og gjentatte ord er tatt ut, og dialekt er skrevet i "
            "standardspråk. Hver endring er godkjent av en forsker med ordene slik de ble sagt ved siden av.",
            "Sitata er lett redigerte: nølelydar, pausar og ord som er tekne opp att, er tekne ut, og dialekt er "
            "skriven i standardspråk. Kvar endring er godkjend av ein forskar med orda slik dei vart sagde ved sida "
            "av.",
            "Quotations were lightly edited: hesitations, pauses and repeated words were taken out, and dialect was "
            "written in the standard. Each edit was approved by a researcher beside the words as they were said.",
        ),
        "withdrawn": Phrase("[trukket]", "[trekt]", "[withdrawn]"),
        "withdrawn-speaker": Phrase("Trukket", "Trekt", "Withdrawn"),
        "id": Phrase("Id", "Id", "Id"),
        "participant": Phrase("Deltaker", "Deltakar", "Participant"),
        "place": Phrase("Sted i transkripsjonen", "Stad i transkripsjonen", "Place in the transcript"),
        "status": Phrase("Status", "Status", "Status"),
        "accepted": Phrase("godtatt", "godteken", "accepted"),
        "proposed": Phrase("foreslått", "føreslått", "proposed"),
        "coder": Phrase("Koder", "Kodar", "Coder"),
        "not-given": Phrase("ikke oppgitt", "ikkje oppgitt", "not given"),
        "theme-table": Phrase("Temaer, koder og sitater", "Tema, kodar og sitat", "Themes, codes and quotations"),
        "matrix-participants": Phrase(
            "Temaer og koder hos hver deltaker", "Tema og kodar hos kvar deltakar", "Themes and codes by participant"
        ),
        "matrix-attribute": Phrase(
            "Temaer og koder etter {attribute}", "Tema og kodar etter {attribute}", "Themes and codes by {attribute}"
        ),
        "matrix-marks": Phrase(
            "● betyr at minst én meningsbærende enhet er gitt koden.",
            "● tyder at minst éi meiningsberande eining har fått koden.",
            "● means that at least one meaning unit was given the code.",
        ),
        "matrix-counts": Phrase(
            "Tallene er antall meningsbærende enheter som er gitt koden.",
            "Tala er kor mange meiningsberande einingar som har fått koden.",
            "Numbers are meaning units given the code.",
        ),
        "matrix-counts-people": Phrase(
            "Tallene er antall meningsbærende enheter som er gitt koden, og i parentes antall deltakere de kommer fra.",
            "Tala er kor mange meiningsberande einingar som har fått koden, og i parentes kor mange deltakarar dei "
            "kjem frå.",
            "Numbers are meaning units given the code and, in brackets, the participants they come from.",
        ),
        "with-proposals": Phrase(
            "Med forslag fra kodebokens regler, som ingen har tatt stilling til.",
            "Med forslag frå reglane i kodeboka, som ingen har teke stilling til.",
            "With proposals made by rules of the codebook, on which nobody has decided.",
        ),
        "quotation-list": Phrase(
            "Meningsbærende enheter etter kode", "Meiningsberande einingar etter kode", "Meaning units by code"
        ),
        # what was looked for, and groups side by side
        "found": Phrase("Funn i transkripsjonene", "Funn i transkripsjonane", "Found in the transcripts"),
        "found-speaker": Phrase("Hvem", "Kven", "Who speaks"),
        "found-codes": Phrase("Koder der", "Kodar der", "Codes there"),
        "found-words": Phrase("Ord", "Ord", "Words"),
        "found-context": Phrase("I sammenheng", "I samanheng", "In context"),
        "words-attribute": Phrase("Ord etter {attribute}", "Ord etter {attribute}", "Words by {attribute}"),
        "words-marks": Phrase(
            "● betyr at minst én deltaker i gruppen sier det.",
            "● tyder at minst éin deltakar i gruppa seier det.",
            "● means that at least one participant of the group says it.",
        ),
        "words-counts": Phrase(
            "Tallene er antall steder, og i parentes antall deltakere som sier det.",
            "Tala er kor mange stader, og i parentes kor mange deltakarar som seier det.",
            "Numbers are places and, in brackets, the participants who say it.",
        ),
        "in-context-attribute": Phrase(
            "Ord i sammenheng etter {attribute}", "Ord i samanheng etter {attribute}", "Words in context by {attribute}"
        ),
        "outside": Phrase(
            "Deltakere uten koder fra «{theme}»",
            "Deltakarar utan kodar frå «{theme}»",
            "Participants outside “{theme}”",
        ),
        "outside-codes": Phrase("Kodene er: {codes}.", "Kodane er: {codes}.", "The codes are: {codes}."),
        "outside-note": Phrase(
            "At en kode ikke er gitt, sier ikke at erfaringen mangler: les intervjuene om igjen.",
            "At ein kode ikkje er gjeven, seier ikkje at erfaringa manglar: les intervjua om att.",
            "That a code was not given does not say that the experience is missing: read the interviews again.",
        ),
        "codes-instead": Phrase("Kodet med i stedet", "Koda med i staden", "Coded with instead"),
        "coding-count": Phrase("Kodinger", "Kodingar", "Codings"),
        "not-coded": Phrase("[ikke kodet]", "[ikkje koda]", "[not coded]"),
        "transcript": Phrase("Transkripsjon", "Transkripsjon", "Transcript"),
        "results": Phrase("Resultater", "Resultat", "Results"),
        "not-anonymised": Phrase(
            "IKKE ANONYMISERT – inneholder informantenes egne ord; skal ikke spres",
            "IKKJE ANONYMISERT – inneheld det informantane sa; skal ikkje spreiast",
            "NOT ANONYMISED – contains informants' own words; do not pass on",
        ),
        "pseudonymised": Phrase(
            "PSEUDONYMISERT – navn og kjennetegn er byttet ut og vurdert; dette er fortsatt personopplysninger",
            "PSEUDONYMISERT – namn og kjenneteikn er bytte ut og vurderte; dette er framleis personopplysningar",
            "PSEUDONYMISED – names and traits were replaced and looked at; this is still personal data",
        ),
        # kinds of source, and who speaks
        "kind-interview": Phrase("intervju", "intervju", "interview"),
        "kind-group-interview": Phrase("gruppeintervju", "gruppeintervju", "group interview"),
        "kind-notes": Phrase("notater", "notat", "notes"),
        "kind-field-note": Phrase("feltnotat", "feltnotat", "field note"),
        "kind-off-the-record": Phrase("utenfor opptak", "utanfor opptak", "off the record"),
        "kind-minutes": Phrase("referat", "referat", "minutes"),
        "kind-document": Phrase("dokument", "dokument", "document"),
        "on-page": Phrase("s. {page}", "s. {page}", "p. {page}"),
        "role-interviewer": Phrase("Intervjuer", "Intervjuar", "Interviewer"),
        "role-participant": Phrase("Deltaker", "Deltakar", "Participant"),
        "role-other": Phrase("En annen", "Ein annan", "Somebody else"),
        # the page
        "skip-to-text": Phrase("Gå til innholdet", "Gå til innhaldet", "Skip to the text"),
        "contents": Phrase("Innhold", "Innhald", "Contents"),
        "surroundings": Phrase("Vis sammenhengen", "Vis samanhengen", "Show the surroundings"),
        "place-line": Phrase("{transcript}, linje {line}", "{transcript}, linje {line}", "{transcript}, line {line}"),
        "coded-begins": Phrase("kodet:", "koda:", "coded:"),
        "coded-ends": Phrase("slutt på kodet", "slutt på koda", "end of coded"),
        "to-quotations": Phrase(
            "{value} – til sitatene for {row}, {column}",
            "{value} – til sitata for {row}, {column}",
            "{value} – to the quotations for {row}, {column}",
        ),
        "back-to-top": Phrase("Til toppen", "Til toppen", "Back to top"),
        "wide-table": Phrase("Tabell som kan rulles", "Tabell som kan rullast", "Table that can be scrolled"),
        # transcripts on paper
        "line": Phrase("Linje", "Linje", "Line"),
        "codes-and-notes": Phrase("Koder og egne notater", "Kodar og eigne notat", "Codes and your own notes"),
        "confidential": Phrase(
            "KONFIDENSIELT – arbeidspapir med informantenes egne ord; skal ikke forlate skrivebordet",
            "KONFIDENSIELT – arbeidspapir med det informantane sa; skal ikkje forlate skrivebordet",
            "CONFIDENTIAL – a working paper with informants' own words; not to leave the desk",
        ),
        "paper-facts": Phrase(
            "{kind} · {lines} linjer · {codings} kodinger",
            "{kind} · {lines} linjer · {codings} kodingar",
            "{kind} · {lines} lines · {codings} codings",
        ),
        "paper-lines": Phrase(
            "Linjenumrene følger transkripsjonen, ikke arket: en linje er høyst {width} tegn av teksten. De er de "
            "samme i alle utskrifter og tabeller. En bokstav viser hvor en kodet passasje begynner og slutter; streken "
            "med samme bokstav øverst løper langs den, og koden står i margen.",
            "Linjenummera følgjer transkripsjonen, ikkje arket: ei linje er høgst {width} teikn av teksten. Dei er dei "
            "same i alle utskrifter og tabellar. Ein bokstav viser kvar ein koda passasje byrjar og sluttar; streken "
            "med same bokstaven øvst løper langs han, og koden står i margen.",
            "Line numbers follow the transcript, not the sheet: a line is at most {width} characters of the text. They "
            "are the same in every print and table. A letter shows where a coded passage begins and ends; the bar with "
            "the same letter at its top runs along it, and the code stands in the margin.",
        ),
        # the codings as data, and the codebook
        "codings": Phrase("Kodinger med herkomst", "Kodingar med opphav", "Codings with provenance"),
        "codings-note": Phrase(
            "En rad er én koding. Posisjoner er tegn (Unicode) i den kanoniske teksten, fra 0, slutten ikke medregnet; "
            "linje er den første linja i utskriften av transkripsjonen.",
            "Ei rad er éi koding. Posisjonar er teikn (Unicode) i den kanoniske teksten, frå 0, slutten ikkje "
            "medrekna; linje er den første linja i utskrifta av transkripsjonen.",
            "A row is one coding. Positions are characters (Unicode) of the canonical text, from 0, the end not "
            "included; line is the first line in the transcript as printed.",
        ),
        "codebook": Phrase("Kodebok", "Kodebok", "Codebook"),
        "definition": Phrase("Definisjon", "Definisjon", "Definition"),
        "use-when": Phrase("Brukes når", "Brukast når", "Use when"),
        "not-when": Phrase("Brukes ikke når", "Brukast ikkje når", "Do not use when"),
        "examples": Phrase("Eksempler", "Døme", "Examples"),
        "brief": Phrase("Kort", "Kort", "Brief"),
        "example": Phrase("Eksempel", "Døme", "Example"),
        "codebook-mark": Phrase(
            "IKKE ANONYMISERT – les gjennom før den deles",
            "IKKJE ANONYMISERT – les gjennom før ho blir delt",
            "NOT ANONYMISED – read it through before you pass it on",
        ),
        # what stands for names in a transcript
        "masked-name": Phrase("navn", "namn", "name"),
        "masked-number": Phrase("nummer", "nummer", "number"),
        "masked-contact": Phrase("telefon eller e-post", "telefon eller e-post", "phone or email"),
        "masked-interviewer": Phrase("intervjuer", "intervjuer", "interviewer"),
        "masked-reason": Phrase("pseudonym", "pseudonym", "pseudonym"),
        # a study handed on
        "shared-pseudonymised": Phrase(
            "Pseudonymisert, ikke anonymt: navn er byttet ut, men det folk forteller om seg selv, står der ennå. "
            "Del det bare med dem det var ment for.",
            "Pseudonymisert, ikkje anonymt: namn er bytte ut, men det folk fortel om seg sjølve, står der enno. "
            "Del det berre med dei det var meint for.",
            "Pseudonymised, not anonymous: names were replaced, but what people tell about themselves is still there. "
            "Pass it on to nobody it was not meant for.",
        ),
        "shared-unreviewed": Phrase(
            "IKKE ANONYMISERT: ikke alt som kan vise hvem noen er, er vurdert. Et utkast, ikke til å dele videre.",
            "IKKJE ANONYMISERT: ikkje alt som kan vise kven nokon er, er vurdert. Eit utkast, ikkje til å dele vidare.",
            "NOT ANONYMISED: not everything that can tell who somebody is was decided. A draft, not to be passed on.",
        ),
        "shared-counts": Phrase(
            "Transkripsjoner: {transcripts}. Kodinger: {codings}.",
            "Transkripsjonar: {transcripts}. Kodingar: {codings}.",
            "Transcripts: {transcripts}. Codings: {codings}.",
        ),
        "shared-people": Phrase(
            "Deltakere som ikke skal siteres, og hvis ord er tatt ut: {number}.",
            "Deltakarar som ikkje skal siterast, og som orda er tekne ut for: {number}.",
            "Participants who may not be quoted, and whose words were taken out: {number}.",
        ),
        "shared-sources": Phrase(
            "Kilder som ikke er med: {number}.", "Kjelder som ikkje er med: {number}.", "Sources left out: {number}."
        ),
        "shared-codings": Phrase(
            "Kodinger som ikke er med: {number}.",
            "Kodingar som ikkje er med: {number}.",
            "Codings left out: {number}.",
        ),
        "shared-open": Phrase(
            "Mappa er en studie i qualkit: `qualkit check --study MAPPE`, `qualkit themes table --study MAPPE`. "
            "Den inneholder verken originaler, memoer, tidligere tekster eller logg.",
            "Mappa er ein studie i qualkit: `qualkit check --study MAPPE`, `qualkit themes table --study MAPPE`. "
            "Ho inneheld verken originalar, memo, tidlegare tekstar eller logg.",
            "The folder is a qualkit study: `qualkit check --study FOLDER`, `qualkit themes table --study FOLDER`. "
            "It holds no originals, memos, earlier texts or trail.",
        ),
        # workbooks
        "readme": Phrase("Les meg", "Les meg", "Read me"),
        "readme-sheet": Phrase("Ark", "Ark", "Sheet"),
        "readme-shows": Phrase("Hva arket viser", "Kva arket viser", "What the sheet shows"),
        "readme-rows": Phrase("Rader", "Rader", "Rows"),
        "audit-table": Phrase(
            "Fra meningsbærende enheter til analytisk tekst",
            "Frå meiningsberande einingar til analytisk tekst",
            "From meaning units to analytic text",
        ),
        "sheet-facts": Phrase(
            "{units} meningsbærende enheter fra {people} deltakere",
            "{units} meiningsberande einingar frå {people} deltakarar",
            "{units} meaning units of {people} participants",
        ),
        "sheet-note": Phrase(
            "Skriv kondensatet i feltet under, i jeg-form. Les det inn igjen: qualkit condense read FIL",
            "Skriv kondensatet i feltet under, i eg-form. Les det inn att: qualkit condense read FIL",
            "Write the condensate in the field below, in the first person. Read it back: qualkit condense read FILE",
        ),
        "sheet-prompt": Phrase("[Skriv kondensatet her]", "[Skriv kondensatet her]", "[Write the condensate here]"),
        "golden-quotation": Phrase("gullsitat", "gullsitat", "golden quotation"),
        "starting-unit": Phrase("utgangspunkt", "utgangspunkt", "starting unit"),
        "number": Phrase("Nr.", "Nr.", "No."),
        "whose": Phrase("Hvem og hvor", "Kven og kvar", "Whose, and where"),
        "subgroup": Phrase("Subgruppe", "Subgruppe", "Subgroup"),
        "meaning-units": Phrase("Meningsbærende enheter", "Meiningsberande einingar", "Meaning units"),
        "condensate": Phrase("Kondensat", "Kondensat", "Condensate"),
        "analytic-text": Phrase("Analytisk tekst", "Analytisk tekst", "Analytic text"),
        "condensate-note": Phrase(
            "Et kondensat er skrevet av forskeren i jeg-form ut fra alle enhetene i subgruppen. Det er ikke et sitat.",
            "Eit kondensat er skrive av forskaren i eg-form ut frå alle einingane i subgruppa. Det er ikkje eit sitat.",
            "A condensate is written by the researcher in the first person from all units of the subgroup. "
            "It is no quotation.",
        ),
        "meaning-unit": Phrase("Meningsbærende enhet", "Meiningsberande eining", "Meaning unit"),
        "condensed-unit": Phrase("Kondensert enhet", "Kondensert eining", "Condensed unit"),
        "subcategory": Phrase("Underkategori", "Underkategori", "Subcategory"),
        "category": Phrase("Kategori", "Kategori", "Category"),
        "ladder": Phrase(
            "Fra meningsbærende enhet til tema", "Frå meiningsberande eining til tema", "From meaning unit to theme"
        ),
        # what analysts noted, and the interview guide
        "date": Phrase("Dato", "Dato", "Date"),
        "text": Phrase("Tekst", "Tekst", "Text"),
        "analyst": Phrase("Forsker", "Forskar", "Analyst"),
        "preliminary-theme": Phrase("Foreløpig tema", "Førebels tema", "Preliminary theme"),
        "given-up": Phrase(
            "Gitt opp: {name} ({analyst}): {why}",
            "Gitt opp: {name} ({analyst}): {why}",
            "Given up: {name} ({analyst}): {why}",
        ),
        "dimension": Phrase("Dimensjon", "Dimensjon", "Dimension"),
        "read-impression": Phrase("Helhetsinntrykk", "Heilskapsinntrykk", "Total impressions"),
        "read-preconceptions": Phrase("Forforståelse", "Forforståing", "Preconceptions"),
        "read-theme": Phrase("Foreløpige temaer", "Førebelse tema", "Preliminary themes"),
        "read-note": Phrase("Notater fra lesingen", "Notat frå lesinga", "Familiarisation notes"),
        "read-journal": Phrase("Refleksiv journal", "Refleksiv journal", "Reflexive journal"),
        "read-power": Phrase("Informasjonsstyrke", "Informasjonsstyrke", "Information power"),
        "read-verdict": Phrase(
            "Gjenlesing av intervjuene mot resultatet",
            "Gjenlesing av intervjua mot resultatet",
            "Transcripts read again against the result",
        ),
        "power-aim": Phrase("Studiens mål", "Målet for studien", "Study aim"),
        "power-specificity": Phrase("Utvalgets spesifisitet", "Spesifisiteten til utvalet", "Sample specificity"),
        "power-theory": Phrase("Bruk av etablert teori", "Bruk av etablert teori", "Use of established theory"),
        "power-dialogue": Phrase("Kvaliteten på dialogen", "Kvaliteten på dialogen", "Quality of dialogue"),
        "power-strategy": Phrase("Analysestrategi", "Analysestrategi", "Analysis strategy"),
        "power-note": Phrase(
            "Informasjonsstyrke er en begrunnet vurdering (Malterud, Siersma og Guassora, 2016), ikke et tall.",
            "Informasjonsstyrke er ei grunngjeven vurdering (Malterud, Siersma og Guassora, 2016), ikkje eit tal.",
            "Information power is a judgement with reasons (Malterud, Siersma & Guassora, 2016), not a number.",
        ),
        "verdict": Phrase("Hva det sier om resultatet", "Kva det seier om resultatet", "What it says of the result"),
        "verdict-supports": Phrase("støtter", "støttar", "supports"),
        "verdict-nuances": Phrase("nyanserer", "nyanserer", "nuances"),
        "verdict-contradicts": Phrase("taler imot", "talar imot", "contradicts"),
        "not-read-again": Phrase("(ikke lest på nytt)", "(ikkje lese på nytt)", "(not read again)"),
        "changed": Phrase("Hva som ble endret", "Kva som vart endra", "What was changed"),
        "uncoded-turns": Phrase("Ytringer uten koding", "Ytringar utan koding", "Turns without coding"),
        "verdicts-older": Phrase(
            "Eldre enn siste endring av resultatet ({date}): {number}.",
            "Eldre enn siste endring av resultatet ({date}): {number}.",
            "Older than the last change of the result ({date}): {number}.",
        ),
        "nothing-against": Phrase(
            "Alle er lest på nytt. Det ble ikke funnet noe som taler imot resultatet eller nyanserer det.",
            "Alle er lesne på nytt. Det vart ikkje funne noko som talar imot resultatet eller nyanserer det.",
            "All were read again. Nothing was found that contradicts the result or nuances it.",
        ),
        "guide-coverage": Phrase(
            "Spørsmålene i intervjuguiden hos hver deltaker",
            "Spørsmåla i intervjuguiden hos kvar deltakar",
            "Questions of the interview guide by participant",
        ),
        "guide-note": Phrase(
            "●: stilt og besvart. ○: stilt i intervjuet, men deltakeren sa ikke noe før neste spørsmål. Et svar går "
            "til intervjueren stiller et annet spørsmål fra guiden.",
            "●: stilt og svara på. ○: stilt i intervjuet, men deltakaren sa ikkje noko før neste spørsmål. Eit svar "
            "går til intervjuaren stiller eit anna spørsmål frå guiden.",
            "●: asked and answered. ○: asked in the interview, but the participant said nothing before the next one. "
            "An answer runs until the interviewer asks another question of the guide.",
        ),
        "guide-note-words": Phrase(
            "Tallet er ordene deltakeren svarte med.",
            "Talet er orda deltakaren svara med.",
            "The number is the words the participant answered with.",
        ),
        "guide-parts": Phrase(
            "Hva delene av intervjuguiden ga", "Kva delane av intervjuguiden gav", "What the parts of the guide gave"
        ),
        "guide-parts-note": Phrase(
            "Kodet: godtatte kodinger i svarene. At en del ikke ga noe, kan være et funn.",
            "Koda: godtekne kodingar i svara. At ein del ikkje gav noko, kan vere eit funn.",
            "Coded: accepted codings in the answers. That a part gave nothing can be a finding.",
        ),
        "guide-turns": Phrase(
            "Intervjuerens ytringer og spørsmålene i guiden",
            "Ytringane til intervjuaren og spørsmåla i guiden",
            "The interviewer's turns and the questions of the guide",
        ),
        "part": Phrase("Del", "Del", "Part"),
        "question": Phrase("Spørsmål", "Spørsmål", "Question"),
        "asked-of": Phrase("Stilt til", "Stilt til", "Asked of"),
        "coded": Phrase("Kodet", "Koda", "Coded"),
        "gave": Phrase("Merknad", "Merknad", "Remark"),
        "gave-nothing": Phrase("stilt, ingenting kodet", "stilt, ingenting koda", "asked, nothing coded"),
        "never-asked": Phrase("aldri stilt", "aldri stilt", "never asked"),
        "never-asked-some": Phrase("aldri stilt: {questions}", "aldri stilt: {questions}", "never asked: {questions}"),
        "asks": Phrase("Spørsmål i guiden", "Spørsmål i guiden", "Question of the guide"),
        "turn-said": Phrase("Ytring", "Ytring", "Turn"),
        # review of themes
        "codes": Phrase("Koder", "Kodar", "Codes"),
        "participant-count": Phrase("Deltakere", "Deltakarar", "Participants"),
        "reason": Phrase("Begrunnelse", "Grunngiving", "Reason"),
        "theme-extracts": Phrase("Utdrag under hvert tema", "Utdrag under kvart tema", "Extracts under each theme"),
        "theme-overlap": Phrase("Hva temaene deler", "Kva temaa deler", "What themes share"),
        "other-theme": Phrase("Annet tema", "Anna tema", "Other theme"),
        "shared-codes": Phrase("Felles koder", "Felles kodar", "Shared codes"),
        "shared-passages": Phrase("Felles utdrag", "Felles utdrag", "Shared extracts"),
        "overlap-note": Phrase(
            "Et utdrag er felles når kodingene av to temaer dekker de samme ordene, om så bare delvis.",
            "Eit utdrag er felles når kodingane av to tema dekkjer dei same orda, om så berre delvis.",
            "An extract is shared where codings of two themes cover the same words, if only in part.",
        ),
        "theme-people": Phrase("Stemmer i hvert tema", "Røyster i kvart tema", "Voices in each theme"),
        "voices": Phrase("Høres her", "Høyrest her", "Heard here"),
        "silent": Phrase("Høres ikke her", "Høyrest ikkje her", "Not heard here"),
        "one-voice": Phrase("Én stemme", "Éi røyst", "One voice"),
        "theme-announced": Phrase("Temaer, varslet og nå", "Tema, varsla og no", "Themes, announced and now"),
        "announced-where": Phrase("Hvor", "Kvar", "Where"),
        "announced-as": Phrase("Varslet som", "Varsla som", "Announced as"),
        "theme-now": Phrase("Nå", "No", "Now"),
        "theme-change": Phrase("Endring", "Endring", "Change"),
        "theme-same": Phrase("står", "står", "stands"),
        "theme-renamed": Phrase("nytt navn", "nytt namn", "renamed"),
        "theme-merged": Phrase("slått sammen med et annet", "slått saman med eit anna", "merged with another"),
        "theme-split": Phrase("delt", "delt", "split"),
        "theme-dropped": Phrase("forkastet", "forkasta", "dropped"),
        "theme-new": Phrase("kommet til", "kome til", "added since"),
        "theme-unknown": Phrase("ikke blant temaene", "ikkje blant temaa", "not among the themes"),
        "theme-definitions": Phrase("Temaene definert", "Temaa definerte", "Themes defined"),
        "theme-concept": Phrase(
            "Sentralt organiserende begrep", "Sentralt organiserande omgrep", "Central organising concept"
        ),
        "theme-definition": Phrase("Definisjon", "Definisjon", "Definition"),
        "theme-test": Phrase("I en setning eller to", "I ei setning eller to", "In a sentence or two"),
        "theme-includes": Phrase("Hører med", "Høyrer med", "Included"),
        "theme-excludes": Phrase("Hører ikke med", "Høyrer ikkje med", "Not included"),
        "theme-origin": Phrase("Opphav", "Opphav", "Origin"),
        # thematic map
        "thematic-map": Phrase("Temakart", "Temakart", "Thematic map"),
        "map-theme": Phrase("Tema", "Tema", "Theme"),
        "map-subtheme": Phrase("Undertema", "Undertema", "Subtheme"),
        "map-code": Phrase("Kode", "Kode", "Code"),
        "map-belongs": Phrase("hører til", "høyrer til", "belongs to"),
        "map-together": Phrase("felles utdrag", "felles utdrag", "shared extracts"),
        "readme-notes": Phrase("Merknader", "Merknader", "Notes"),
        "cell-continues": Phrase(
            "[… fortsettelse i neste rad]", "[… framhald i neste rad]", "[… continued in the next row]"
        ),
        "cell-continued": Phrase(
            "[fortsatt fra raden over …]", "[framhald frå rada over …]", "[continued from above …]"
        ),
        **{key: Phrase(*words) for key, words in STRINGS.items()},
        **{f"coreq-item-{number}": Phrase(*words) for number, words in enumerate(ITEMS, 1)},
        **{f"coreq-domain-{number}": Phrase(*words) for number, words in DOMAINS},
    }
)
"""Key to phrase."""

_PLACE: Final[Mapping[str, int]] = MappingProxyType({language: place for place, language in enumerate(Phrase._fields)})


def printed(key: str, language: str, **values: object) -> str:
    """Return a print string in the language of the document.

    Args:
        key: What is said, a key of `PHRASES`.
        language: nb, nn or en.
        **values: What stands in the string's braces.

    Raises:
        KeyError: If the key or the language is unknown, or a value is missing.

    Example:
        >>> printed("table", "nb"), printed("page", "en", page=1, pages=3)
        ('Tabell', 'Page 1 of 3')
    """
    return PHRASES[key][_PLACE[language]].format(**values)
