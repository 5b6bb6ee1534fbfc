"""Print strings of the methods appendix: steps, activities and reporting items, in bokmål, nynorsk and English."""

from __future__ import annotations

from typing import Final, NamedTuple


class Three(NamedTuple):
    """One print string in the three languages."""

    nb: str
    nn: str
    en: str


ITEMS: Final[tuple[Three, ...]] = (
    Three("Intervjuer", "Intervjuar", "Interviewer or facilitator"),
    Three("Intervjuerens grader", "Gradene til intervjuaren", "Credentials of the interviewer"),
    Three("Intervjuerens yrke", "Yrket til intervjuaren", "Occupation of the interviewer"),
    Three("Intervjuerens kjønn", "Kjønnet til intervjuaren", "Gender of the interviewer"),
    Three("Erfaring og opplæring", "Røynsle og opplæring", "Experience and training"),
    Three("Forhold til deltakerne før studien", "Tilhøve til deltakarane før studien", "Relationship before the study"),
    Three(
        "Hva deltakerne visste om intervjueren",
        "Kva deltakarane visste om intervjuaren",
        "What participants knew of the interviewer",
    ),
    Three(
        "Det som ble oppgitt om intervjueren",
        "Det som vart opplyst om intervjuaren",
        "Interviewer characteristics reported",
    ),
    Three("Metodisk orientering", "Metodisk orientering", "Methodological orientation and theory"),
    Three("Utvalg", "Utval", "Sampling"),
    Three("Hvordan deltakerne ble kontaktet", "Korleis deltakarane vart kontakta", "Method of approach"),
    Three("Antall deltakere", "Talet på deltakarar", "Sample size"),
    Three("Frafall", "Fråfall", "Non-participation"),
    Three("Sted for datainnsamling", "Stad for datainnsamling", "Setting of data collection"),
    Three("Andre til stede", "Andre til stades", "Presence of non-participants"),
    Three("Beskrivelse av utvalget", "Skildring av utvalet", "Description of the sample"),
    Three("Intervjuguide", "Intervjuguide", "Interview guide"),
    Three("Gjentatte intervjuer", "Gjentekne intervju", "Repeat interviews"),
    Three("Opptak", "Opptak", "Audio or visual recording"),
    Three("Feltnotater", "Feltnotat", "Field notes"),
    Three("Varighet", "Lengd", "Duration"),
    Three("Metning", "Metting", "Data saturation"),
    Three("Transkripsjoner sendt tilbake", "Transkripsjonar sende tilbake", "Transcripts returned"),
    Three("Antall kodere", "Talet på kodarar", "Number of data coders"),
    Three("Kodetre", "Kodetre", "Description of the coding tree"),
    Three("Hvor temaene kommer fra", "Kvar temaa kjem frå", "Derivation of themes"),
    Three("Programvare", "Programvare", "Software"),
    Three("Deltakernes tilbakemelding", "Tilbakemelding frå deltakarane", "Participant checking"),
    Three("Sitater presentert", "Sitat presenterte", "Quotations presented"),
    Three("Samsvar mellom data og funn", "Samsvar mellom data og funn", "Data and findings consistent"),
    Three("Hovedtemaer", "Hovudtema", "Clarity of major themes"),
    Three("Mindre temaer", "Mindre tema", "Clarity of minor themes"),
)
"""The items of COREQ (Tong, Sainsbury and Craig 2007) by what they ask for, in their order."""

DOMAINS: Final[tuple[tuple[int, Three], ...]] = (
    (1, Three("Forskerteam og refleksivitet", "Forskarteam og refleksivitet", "Research team and reflexivity")),
    (9, Three("Studiens utforming", "Utforminga av studien", "Study design")),
    (24, Three("Analyse og funn", "Analyse og funn", "Analysis and findings")),
)
"""By the first item of each."""

STRINGS: Final[dict[str, Three]] = {
    "appendix": Three("Metodevedlegg", "Metodevedlegg", "Methods appendix"),
    "appendix-made": Three(
        "Tabellene er laget av det som står i studien, med qualkit {version}. Sitater og beskrivelser er "
        "pseudonymisert.",
        "Tabellane er laga av det som står i studien, med qualkit {version}. Sitat og skildringar er pseudonymiserte.",
        "The tables were made from what stands in the study, with qualkit {version}. Quotations and descriptions are "
        "pseudonymised.",
    ),
    "steps": Three("Trinnene i analysen", "Trinna i analysen", "The steps of the analysis"),
    "steps-note": Three(
        "Laget av studiens logg og datoene i filene. Trinnene går fram og tilbake; ingen av dem låses. «Ikke "
        "registrert» betyr at det ikke står i studien, ikke at det ikke ble gjort.",
        "Laga av loggen til studien og datoane i filene. Trinna går fram og tilbake; ingen av dei vert låste. «Ikkje "
        "registrert» tyder at det ikkje står i studien, ikkje at det ikkje vart gjort.",
        "Made from the study's trail and the dates in its files. The steps go back and forth; none is ever "
        "locked. “Not "
        "recorded” means that it does not stand in the study, not that it was not done.",
    ),
    "step": Three("Trinn", "Trinn", "Step"),
    "done": Three("Hva som er gjort", "Kva som er gjort", "What was done"),
    "when": Three("Når", "Når", "When"),
    "by-whom": Three("Av hvem", "Av kven", "By whom"),
    "not-recorded": Three("ikke registrert", "ikkje registrert", "not recorded"),
    # steps
    "step-prepare": Three("Forberedelse", "Førebuing", "Preparation"),
    "step-impression": Three(
        "1 Helhetsinntrykk: fra villnis til foreløpige temaer",
        "1 Heilskapsinntrykk: frå villnis til førebelse tema",
        "1 Total impression: from chaos to preliminary themes",
    ),
    "step-units": Three(
        "2 Meningsbærende enheter: fra foreløpige temaer til koder og sortering",
        "2 Meiningsberande einingar: frå førebelse tema til kodar og sortering",
        "2 Meaning units: from preliminary themes to codes and sorting",
    ),
    "step-condense": Three(
        "3 Kondensering: fra kode til mening",
        "3 Kondensering: frå kode til meining",
        "3 Condensation: from code to meaning",
    ),
    "step-synthesis": Three(
        "4 Sammenfatning: fra kondensering til beskrivelser og begreper",
        "4 Samanfatning: frå kondensering til skildringar og omgrep",
        "4 Synthesis: from condensation to descriptions and concepts",
    ),
    "step-familiar": Three("1 Bli kjent med dataene", "1 Bli kjend med dataa", "1 Familiarisation"),
    "step-coding": Three("2 Koding", "2 Koding", "2 Coding"),
    "step-initial": Three("3 Foreløpige temaer", "3 Førebelse tema", "3 Generating initial themes"),
    "step-review": Three(
        "4 Utvikle og gjennomgå temaer",
        "4 Utvikle og gå gjennom tema",
        "4 Developing and reviewing themes",
    ),
    "step-define": Three(
        "5 Avgrense, definere og navngi temaer",
        "5 Avgrense, definere og namngje tema",
        "5 Refining, defining and naming themes",
    ),
    "step-write": Three("6 Skrive", "6 Skrive", "6 Writing up"),
    "step-frame": Three("2 Rammeverk", "2 Rammeverk", "2 Developing the framework"),
    "step-index": Three("3 Indeksering", "3 Indeksering", "3 Indexing"),
    "step-map": Three(
        "4 Kartlegging og tolkning", "4 Kartlegging og tolking", "4 Charting, mapping and interpretation"
    ),
    "step-mu": Three("2 Meningsbærende enheter", "2 Meiningsberande einingar", "2 Meaning units"),
    "step-cu": Three("3 Kondenserte enheter", "3 Kondenserte einingar", "3 Condensed units"),
    "step-categories": Three("4 Koder og kategorier", "4 Kodar og kategoriar", "4 Codes and categories"),
    "step-themes": Three("5 Temaer", "5 Tema", "5 Themes"),
    # activities
    "did-added": Three("{n} transkripsjoner lest inn", "{n} transkripsjonar lesne inn", "{n} transcripts read in"),
    "did-anonymised": Three(
        "{n} beslutninger om navn og kjennetegn",
        "{n} avgjerder om namn og kjenneteikn",
        "{n} decisions on names and traits",
    ),
    "did-preconceptions": Three(
        "Forforståelse skrevet ned ({n})",
        "Førforståing skriven ned ({n})",
        "Preconceptions written down ({n})",
    ),
    "did-power": Three(
        "Informasjonsstyrke vurdert på {n} dimensjoner",
        "Informasjonsstyrke vurdert på {n} dimensjonar",
        "Information power considered on {n} dimensions",
    ),
    "did-read": Three("{n} transkripsjoner lest", "{n} transkripsjonar lesne", "{n} transcripts read"),
    "did-impression": Three("{n} helhetsinntrykk skrevet", "{n} heilskapsinntrykk skrivne", "{n} impressions written"),
    "did-note": Three("{n} lesenotater skrevet", "{n} lesenotat skrivne", "{n} familiarisation notes written"),
    "did-journal": Three(
        "Refleksiv journal ført ({n} ganger)",
        "Refleksiv journal førd ({n} gonger)",
        "Reflexive journal kept ({n} entries)",
    ),
    "did-theme": Three(
        "{n} foreløpige temaer satt opp",
        "{n} førebelse tema sette opp",
        "{n} preliminary themes set up",
    ),
    "did-coded": Three("{n} passasjer kodet", "{n} passasjar koda", "{n} passages coded"),
    "did-rejected": Three("{n} forslag forkastet", "{n} framlegg forkasta", "{n} proposals rejected"),
    "did-codebook": Three("{n} endringer i kodeboka", "{n} endringar i kodeboka", "{n} changes of the codebook"),
    "did-subgroups": Three(
        "{n} subgrupper av kodegruppene",
        "{n} subgrupper av kodegruppene",
        "{n} subgroups of the code groups",
    ),
    "did-placed": Three("{n} enheter plassert", "{n} einingar plasserte", "{n} units placed"),
    "did-aside": Three(
        "{n} enheter flyttet eller lagt til side, med grunn",
        "{n} einingar flytta eller lagde til side, med grunn",
        "{n} units moved or set aside, with a reason",
    ),
    "did-condensates": Three(
        "{n} kondensater skrevet, tidligere versjoner medregnet",
        "{n} kondensat skrivne, tidlegare versjonar medrekna",
        "{n} condensates written, earlier versions among them",
    ),
    "did-golden": Three("{n} gullsitater valgt", "{n} gullsitat valde", "{n} golden quotations chosen"),
    "did-analytic": Three(
        "{n} analytiske tekster skrevet", "{n} analytiske tekstar skrivne", "{n} analytic texts written"
    ),
    "did-verdict": Three(
        "{n} transkripsjoner lest på nytt mot resultatet",
        "{n} transkripsjonar lesne på nytt mot resultatet",
        "{n} transcripts read again against the result",
    ),
    "did-condensed": Three("{n} enheter kondensert", "{n} einingar kondenserte", "{n} units condensed"),
    "did-themes": Three("{n} temaer", "{n} tema", "{n} themes"),
    "did-changed": Three(
        "{n} endringer i overskrifter, definisjoner og tekster",
        "{n} endringar i overskrifter, definisjonar og tekstar",
        "{n} changes of headings, definitions and texts",
    ),
    "did-dropped": Three("{n} temaer forkastet", "{n} tema forkasta", "{n} themes dropped"),
    "did-defined": Three("{n} temaer definert", "{n} tema definerte", "{n} themes defined"),
    "did-written": Three("{n} temaer skrevet ut", "{n} tema skrivne ut", "{n} themes written up"),
    "did-quotations": Three("{n} sitater valgt", "{n} sitat valde", "{n} quotations chosen"),
    # participants
    "sample": Three("Deltakere", "Deltakarar", "Participants"),
    "trait": Three("Kjennetegn", "Kjenneteikn", "Characteristic"),
    "value": Three("Verdi", "Verdi", "Value"),
    "people": Three("Deltakere", "Deltakarar", "Participants"),
    "in-all": Three("Alle", "Alle", "All"),
    "few": Three("< {k}", "< {k}", "< {k}"),
    "hidden": Three("–", "–", "–"),
    "sample-note": Three(
        "Celler med færre enn {k} deltakere er skjult (< {k}). Der en skjult celle kunne regnes ut av de "
        "andre, er også "
        "den nest minste skjult (–).",
        "Celler med færre enn {k} deltakarar er skjulte (< {k}). Der ei skjult celle kunne reknast ut av "
        "dei andre, er "
        "òg den nest minste skjult (–).",
        "Cells of fewer than {k} participants are hidden (< {k}). Where a hidden cell could be worked out from the "
        "others, the next smallest is hidden too (–).",
    ),
    # codes
    "code-tree": Three("Kodetre", "Kodetre", "Code tree"),
    "tree-theme": Three("Tema i resultatene", "Tema i resultata", "Theme in the results"),
    "analysis": Three("Fra enheter til resultat", "Frå einingar til resultat", "From units to results"),
    "appendix-guide": Three("Intervjuguide", "Intervjuguide", "Interview guide"),
    "appendix-part": Three("Del", "Del", "Part"),
    "appendix-question": Three("Spørsmål", "Spørsmål", "Question"),
    "appendix-version": Three("versjon {version}", "versjon {version}", "version {version}"),
    "appendix-power": Three("Informasjonsstyrke", "Informasjonsstyrke", "Information power"),
    "appendix-preliminary": Three("Foreløpige temaer", "Førebelse tema", "Preliminary themes"),
    "appendix-verdicts": Three(
        "Gjenlesing mot resultatet", "Attlesing mot resultatet", "Read again against the result"
    ),
    # reporting
    "reporting": Three("Rapportering", "Rapportering", "Reporting"),
    "coreq": Three("Rapportering etter COREQ", "Rapportering etter COREQ", "Reporting by COREQ"),
    "coreq-item": Three("Punkt", "Punkt", "Item"),
    "coreq-told": Three("Hva som rapporteres", "Kva som vert rapportert", "What is reported"),
    "coreq-source": Three("Grunnlag", "Grunnlag", "Source"),
    "coreq-page": Three("Side", "Side", "Page"),
    "coreq-computed": Three("studien", "studien", "the study"),
    "coreq-partly": Three("studien, delvis", "studien, delvis", "the study, in part"),
    "coreq-yours": Three("forskeren", "forskaren", "the researcher"),
    "coreq-both": Three("studien og forskeren", "studien og forskaren", "study and researcher"),
    "coreq-missing": Three("[mangler]", "[manglar]", "[missing]"),
    "coreq-note": Three(
        "Punktene er etter Tong, Sainsbury og Craig (2007), med egne ord. Det som mangler, skrives i reporting.yaml.",
        "Punkta er etter Tong, Sainsbury og Craig (2007), med eigne ord. Det som manglar, vert skrive i "
        "reporting.yaml.",
        "Items after Tong, Sainsbury and Craig (2007), in words of our own. What is missing is written in "
        "reporting.yaml.",
    ),
    "rtarg": Three(
        "Sjekklister som COREQ passer dårlig til refleksiv tematisk analyse: Braun og Clarke (2024) skriver "
        "at lister "
        "som ikke henger sammen med metoden, bidrar til svak rapportering, og foreslår i stedet "
        "retningslinjene RTARG. "
        "Spør tidsskriftet før tabellen brukes, og begrunn hva som ikke passer.",
        "Sjekklister som COREQ passar dårleg til refleksiv tematisk analyse: Braun og Clarke (2024) skriv "
        "at lister som "
        "ikkje heng saman med metoden, medverkar til svak rapportering, og føreslår i staden retningslinene "
        "RTARG. Spør "
        "tidsskriftet før tabellen vert brukt, og grunngje kva som ikkje passar.",
        "Checklists such as COREQ fit reflexive thematic analysis poorly: Braun and Clarke (2024) write "
        "that lists which "
        "do not cohere with the method contribute to weak reports, and offer the guidelines RTARG instead. Ask the "
        "journal before you use the table, and say what does not fit.",
    ),
    "coreq-12": Three("{n} deltakere.", "{n} deltakarar.", "{n} participants."),
    "see-table": Three("Se tabell {table}.", "Sjå tabell {table}.", "See Table {table}."),
    "coreq-14": Three("Kilder: {kinds}.", "Kjelder: {kinds}.", "Sources: {kinds}."),
    "coreq-15": Three(
        "Andre enn intervjuer og deltakere snakker i {n} av {all} transkripsjoner.",
        "Andre enn intervjuar og deltakarar snakkar i {n} av {all} transkripsjonar.",
        "People other than interviewer and participants speak in {n} of {all} transcripts.",
    ),
    "coreq-17": Three(
        "Guiden har {n} spørsmål.",
        "Guiden har {n} spørsmål.",
        "The guide has {n} questions.",
    ),
    "coreq-18": Three(
        "{n} deltakere snakker i mer enn én transkripsjon.",
        "{n} deltakarar snakkar i meir enn éin transkripsjon.",
        "{n} participants speak in more than one transcript.",
    ),
    "coreq-20": Three(
        "{n} feltnotater og {m} notater er tatt inn i studien.",
        "{n} feltnotat og {m} notat er tekne inn i studien.",
        "{n} field notes and {m} other notes are part of the study.",
    ),
    "coreq-21": Three(
        "Median {median} minutter, fra {least} til {most}, etter tidene i {n} av {all} transkripsjoner.",
        "Median {median} minutt, frå {least} til {most}, etter tidene i {n} av {all} transkripsjonar.",
        "Median {median} minutes, from {least} to {most}, by the times in {n} of {all} transcripts.",
    ),
    "coreq-21-none": Three(
        "Transkripsjonene har ingen tider å regne av.",
        "Transkripsjonane har ingen tider å rekne av.",
        "The transcripts have no times to count by.",
    ),
    "coreq-24": Three("{n} ({who}).", "{n} ({who}).", "{n} ({who})."),
    "coreq-26": Three(
        "{n} koder i kodeboka; {deductive} av temaene er merket som hentet fra teori. {changes} endringer "
        "av koder og "
        "temaer står i loggen.",
        "{n} kodar i kodeboka; {deductive} av temaa er merkte som henta frå teori. {changes} endringar av "
        "kodar og tema "
        "står i loggen.",
        "{n} codes in the codebook; {deductive} of the themes are marked as taken from theory. The trail "
        "has {changes} "
        "changes of codes and themes.",
    ),
    "coreq-27": Three(
        "qualkit {version}. {manual} av {all} kodinger er gjort for hånd, {rules} begynte som forslag fra "
        "ordregler som en person tok stilling til, {models} kom fra en språkmodell.",
        "qualkit {version}. {manual} av {all} kodingar er gjorde for hand, {rules} byrja som framlegg frå "
        "ordreglar som ein person tok stilling til, {models} kom frå ein språkmodell.",
        "qualkit {version}. {manual} of {all} codings were made by hand, {rules} began as proposals of word "
        "rules that "
        "a person decided on, {models} came from a language model.",
    ),
    "coreq-29": Three(
        "{n} sitater fra {people} deltakere; hvert har deltakerens id og er holdt opp mot transkripsjonen.",
        "{n} sitat frå {people} deltakarar; kvart har id-en til deltakaren og er halde opp mot transkripsjonen.",
        "{n} quotations of {people} participants; each carries the participant's id and was held against "
        "the transcript.",
    ),
    "coreq-30": Three(
        "{n} av {all} temaer har et valgt sitat; {contradicts} gjenlesinger motsier resultatet.",
        "{n} av {all} tema har eit valt sitat; {contradicts} attlesingar motseier resultatet.",
        "{n} of {all} themes have a chosen quotation; {contradicts} re-readings contradict the result.",
    ),
    "coreq-32": Three(
        "Undertemaer: {subthemes}. Koder som hviler på én deltaker: {single}.",
        "Undertema: {subthemes}. Kodar som kviler på éin deltakar: {single}.",
        "Subthemes: {subthemes}. Codes that rest on one participant: {single}.",
    ),
    "trail": Three("Beslutninger", "Avgjerder", "Decisions"),
    "months": Three(
        "jan feb mars april mai juni juli aug sep okt nov des",
        "jan feb mars april mai juni juli aug sep okt nov des",
        "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    ),
    "none": Three("ingen", "ingen", "none"),
}
