"""Interviews out of seeded word lists, with a vocabulary that grows as that of real interviews does.

The head of the word list is the shipped corpus `fredag`, as qualkit itself reads it. The tail is made of its
words: further inflected forms that a dictionary knows, compounds, slips of the pen. The commonest words are
drawn as often as in the corpus, the others by two power laws, so that new ones keep coming: some 2,000 in the
first interview, 14,000 in twenty, 130,000 in a thousand. Interview n is the same whatever their number.
"""

from __future__ import annotations

import csv
import io
import zipfile
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING
from xml.sax.saxutils import escape

import numpy as np

from qualkit.language.lemmas import is_known, lemmas
from qualkit.language.words import fold
from qualkit.shipped import corpora
from qualkit.transcripts.formats import SUFFIXES
from qualkit.transcripts.reading import read_original

if TYPE_CHECKING:
    from numpy.random import Generator

SEED = 20_260_301
WORDS = 8_000
LANGUAGE = "nb"

_TYPES = 600_000
# Up to the first bend words are drawn as often as in the corpus; beyond, rank r in proportion to r ** -slope.
_BENDS, _SLOPES = (300, 5_000), (1.27, 1.64)
_ENDINGS = tuple("en et er ene a ar ane s ens ets enes te t de r e ere est este ende ing inga ingen".split())
_LETTERS = "abdefghijklmnoprstuvyøå"


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Words by rank, commonest first, and the sums of their shares of running text up to each."""

    words: list[str]
    cumulated: np.ndarray

    @property
    def shares(self) -> np.ndarray:
        """Share of running text by rank."""
        return np.diff(self.cumulated, prepend=0.0)

    def expected_types(self, running: int) -> float:
        """Return how many distinct words a text of so many words has on average."""
        return float((-np.expm1(running * np.log1p(-self.shares))).sum())


@cache
def lexicon() -> Lexicon:
    """Make the word list; takes some seconds."""
    rng = np.random.default_rng(SEED)
    counted = _corpus_words()
    words = dict.fromkeys(word for word, _ in sorted(counted.items(), key=lambda item: (-item[1], item[0])))
    stems = _stems(words)
    inflected = [form for stem in stems for form in _inflected(stem) if form not in words]
    rng.shuffle(inflected)
    words.update(dict.fromkeys(inflected))
    parts = [stem for stem in stems if 4 <= len(stem) <= 10]
    heads = [word for word in words if word.isalpha() and 4 <= len(word) <= 12]
    known = list(words)
    while len(words) < _TYPES:
        words.update(dict.fromkeys(_rare(rng, parts, heads, known)))
    ranked = list(words)[:_TYPES]
    return Lexicon(ranked, np.cumsum(_shares(sorted(counted.values(), reverse=True))))


def _shares(counts: Sequence[int]) -> np.ndarray:
    """Return by rank how large a share of running text a word is."""
    first, second = _BENDS
    ranks = np.arange(1, _TYPES + 1, dtype=float)
    shares = counts[first] * (ranks / first) ** -_SLOPES[0]
    shares[second:] *= (ranks[second:] / second) ** -(_SLOPES[1] - _SLOPES[0])
    shares[:first] = counts[:first]
    return shares / shares.sum()


def _corpus_words() -> Counter[str]:
    counted: Counter[str] = Counter()
    for path in sorted((corpora() / "fredag" / "originals").iterdir()):
        if path.suffix in SUFFIXES:
            record = read_original(path, transcript_id=path.stem).transcript
            counted.update(fold("\n".join(record.text[turn.start : turn.end] for turn in record.turns)))
    return counted


def _stems(words: dict[str, None]) -> list[str]:
    stems = (lemmas(word, LANGUAGE)[0] for word in words if word.isalpha() and is_known(word, LANGUAGE))
    return [stem for stem in dict.fromkeys(stems) if len(stem) >= 3 and stem.isalpha()]


def _inflected(stem: str) -> list[str]:
    forms = [stem + ending for ending in _ENDINGS]
    if stem.endswith("e"):
        forms += [stem[:-1] + ending for ending in _ENDINGS]
    return [form for form in dict.fromkeys(forms) if is_known(form, LANGUAGE)]


def _rare(rng: Generator, parts: Sequence[str], heads: Sequence[str], known: Sequence[str]) -> list[str]:
    """Return some thousand new words in the order in which they become rarer: compounds, slips, names, numbers."""
    number = 20_000
    first, second = rng.integers(0, len(parts), number), rng.integers(0, len(heads), number)
    kinds, links = rng.random(number), rng.random(number)
    made = []
    for a, b, kind, link in zip(first.tolist(), second.tolist(), kinds.tolist(), links.tolist(), strict=True):
        if kind < 0.86:
            made.append(parts[a] + ("s" if link < 0.3 else "-" if link < 0.33 else "") + heads[b])
        elif kind < 0.97:
            made.append(_slip(known[(a * 7919 + b) % len(known)], link))
        elif kind < 0.985:
            made.append((parts[a][:3] + heads[b][-3:]).strip("-"))
        else:
            made.append(str(int(link * 10_000)))
    return made


def _slip(word: str, where: float) -> str:
    """Return a word with a letter doubled, dropped or changed."""
    at = int(where * len(word))
    way = int(where * 1_000) % 3
    if way == 0:
        return word[:at] + word[at] + word[at:]
    if way == 1 and len(word) > 3:
        return word[:at] + word[at + 1 :]
    return word[:at] + _LETTERS[int(where * 10_000) % len(_LETTERS)] + word[at + 1 :]


# Rules


@dataclass(frozen=True, slots=True)
class Rules:
    """What the codebook looks for: 80 forms of a word, 80 prefixes and compounds, 40 phrases; and 10 regexes.

    Attributes:
        spoken: Phrases as they stand in the interviews, by the phrase rule that finds them.
    """

    lemma: tuple[str, ...]
    prefix: tuple[str, ...]
    compound: tuple[str, ...]
    phrase: tuple[str, ...]
    regex: tuple[str, ...]
    spoken: tuple[tuple[str, ...], ...]

    def texts(self) -> list[str]:
        """Return the patterns of the 200 rules."""
        return [*self.lemma, *self.prefix, *self.compound, *self.phrase]


@cache
def rules() -> Rules:
    """Choose the rules: words of middling frequency, some of them common, as researchers choose them."""
    words = lexicon().words
    stems: dict[str, int] = {}
    for rank, word in enumerate(words[:6_000]):
        if rank >= 90 and len(word) >= 4 and word.isalpha() and is_known(word, LANGUAGE):
            stems.setdefault(lemmas(word, LANGUAGE)[0], rank)
    ordered = [stem for stem in stems if len(stem) >= 4 and stem.isalpha()]
    lemma = _spread(ordered, 80, first=75)
    long = [stem for stem in ordered if 5 <= len(stem) <= 9 and stem not in lemma]
    compound = _spread(long, 40, first=60)
    prefix = _spread([stem for stem in long if stem not in compound], 40, first=40)
    left = [stem for stem in ordered if stem not in {*lemma, *compound, *prefix}]
    phrase, spoken = _phrases(left, words)
    regex = [
        *(f"\\b{stem}(e|en|et|er|ene)?\\b" for stem in _spread(left, 6, first=30)),
        *(f"\\w*{stem}\\w+" for stem in _spread(left, 2, first=90)),
        "\\b\\d+ (dag|uke|måned)\\w*",
        "\\b(jeg|æ|eg) \\w+ (ikke|itj)\\b",
    ]
    return Rules(
        tuple(f"lemma:{stem}" for stem in lemma),
        tuple(f"{stem[: max(4, len(stem) - 2)]}*" for stem in prefix),
        tuple(f"compound:{stem}" for stem in compound),
        phrase,
        tuple(f"re:{expression}" for expression in regex),
        spoken,
    )


def _spread(words: Sequence[str], number: int, *, first: int) -> list[str]:
    """Choose words at ranks that grow by a constant factor."""
    ranks = np.geomspace(first, len(words) - 1, number).astype(int)
    for i in range(1, number):
        ranks[i] = max(ranks[i], ranks[i - 1] + 1)
    return [words[rank] for rank in np.minimum(ranks, len(words) - 1)]


def _phrases(stems: Sequence[str], words: Sequence[str]) -> tuple[tuple[str, ...], tuple[tuple[str, ...], ...]]:
    """Return 40 phrase rules (plain, with a wildcard, with lemma:, of three words), and the words spoken."""
    small = [word for word in words[:60] if word.isalpha() and len(word) <= 4]
    chosen = _spread(stems, 80, first=40)
    found, spoken = [], []
    for number, (one, other) in enumerate(zip(chosen[::2], chosen[1::2], strict=True)):
        little = small[number % len(small)]
        kind = number % 4
        if kind == 0:
            found.append(f"{one} {other}")
            spoken.append((f"{one} {other}",))
        elif kind == 1:
            last = other if number % 8 == 1 else little
            found.append(f"{one[:4]}* {last}")
            spoken.append((f"{one} {last}", f"{one}t {last}"))
        elif kind == 2:
            found.append(f"lemma:{one} {little} {other}")
            spoken.append(tuple(f"{form} {little} {other}" for form in [one, *_inflected(one)][:4]))
        else:
            found.append(f"lemma:{one} {other}")
            spoken.append(tuple(f"{form} {other}" for form in [one, *_inflected(one)][:4]))
    return tuple(found), tuple(spoken)


def codebook(*, regexes: bool = False) -> str:
    """Return a codebook.yaml with 40 codes of five rules each; with the regexes in codes of their own."""
    chosen = rules()
    texts = chosen.texts()
    mixed = [texts[(i * 47) % len(texts)] for i in range(len(texts))]
    lines = [
        "# Made for the benchmarks: the rules say nothing.",
        "qualkit_codebook: 1",
        "title: Målinger",
        "language: nb",
        "levels: [tema, kode]",
        "",
        "codes:",
    ]
    groups = [mixed[at : at + 5] for at in range(0, len(mixed), 5)]
    if regexes:
        groups += [list(chosen.regex[at : at + 5]) for at in range(0, len(chosen.regex), 5)]
    for number, patterns in enumerate(groups):
        if number % 5 == 0:
            theme = number // 5 + 1
            lines += [f"  - id: tema-{theme}", f"    name: Tema {theme}", "    level: tema", "    codable: false"]
            lines.append("    children:")
        lines += [f"      - id: kode-{number + 1}", f"        name: Kode {number + 1}", "        level: kode"]
        lines.append("        rules:")
        for i, pattern in enumerate(patterns):
            written = pattern.replace("\\", "\\\\")
            lines += [f"          - id: regel-{number + 1}-{i + 1}", f'            any: ["{written}"]']
    return "\n".join(lines) + "\n"


# Interviews


def name_of(number: int) -> str:
    """Return the id of interview and participant number n, from 1."""
    return f"D{number:04}"


def interview(number: int) -> list[tuple[str, str]]:
    """Return label and speech of every turn of an interview of about 8,000 words; number counts from 1."""
    rng = np.random.default_rng([SEED, number])
    words, cumulated = lexicon().words, lexicon().cumulated
    running = int(np.clip(rng.normal(WORDS, 700), 5_500, 10_500))
    drawn = np.minimum(np.searchsorted(cumulated, rng.random(running + 400)), len(words) - 1)
    speech = _Speech([words[rank] for rank in drawn.tolist()], rng)
    turns: list[tuple[str, str]] = []
    while speech.at < running:
        asked = int(rng.integers(6, 26))
        turns.append(("I", speech.say(asked, asking=True)))
        answered = int(np.clip(rng.lognormal(4.4, 0.8), 4, 600))
        turns.append((name_of(number), speech.say(answered, asking=False)))
    return turns


class _Speech:
    """Words said one after another, in sentences."""

    def __init__(self, words: list[str], rng: Generator) -> None:
        self.words = words
        self.at = 0
        self._lengths = (3 + rng.negative_binomial(2, 0.18, len(words) // 3)).tolist()
        self._chances = rng.random(len(words)).tolist()
        self._sentence = 0
        self._spoken = rules().spoken
        self._which = rng.zipf(1.3, len(words) // 3).tolist()

    def say(self, number: int, *, asking: bool) -> str:
        """Return so many words or a few more, in sentences."""
        sentences = []
        stop = min(self.at + number, len(self.words))
        while self.at < stop:
            length = min(self._lengths[self._sentence % len(self._lengths)], stop - self.at)
            sentences.append(self._one(length, asking=asking and self.at + length >= stop))
        return " ".join(sentences)

    def _one(self, length: int, *, asking: bool) -> str:
        words = self.words[self.at : self.at + length]
        chance = self._chances[self._sentence % len(self._chances)]
        which = self._which[self._sentence % len(self._which)]
        self._sentence += 1
        self.at += length
        if chance < 0.05:
            forms = self._spoken[which % len(self._spoken)]
            words[length // 2 : length // 2] = [forms[which % len(forms)]]
        if length > 6:
            words[length // 2 - 1] += ","
        if 0.5 < chance < 0.53:
            words.insert(1, "eh,")
        words[0] = words[0][:1].upper() + words[0][1:]
        end = "?" if asking else "." if chance < 0.9 else "!" if chance < 0.93 else "…" if chance < 0.96 else ". (ler)"
        return " ".join(words) + end


# Files


@dataclass(frozen=True)
class Material:
    """Generated files in a folder, written when they are first asked for and kept.

    Attributes:
        folder: Below it: `txt-20/`, `docx-20/` and so on, codebooks and the participants beside the texts.
    """

    folder: Path

    def texts(self, number: int) -> Path:
        """Return a folder with so many interviews as .txt and a participants.csv."""
        return self._written(f"txt-{number}", number)

    def documents(self, number: int) -> Path:
        """Return a folder with so many interviews as .docx."""
        return self._written(f"docx-{number}", number)

    @cached_property
    def codebook(self) -> Path:
        """Path of the codebook with 200 rules."""
        return self._codebook("codebook.yaml", regexes=False)

    @cached_property
    def codebook_with_regexes(self) -> Path:
        """Path of the codebook with 200 rules and 10 regular expressions."""
        return self._codebook("codebook-regexes.yaml", regexes=True)

    def _codebook(self, name: str, *, regexes: bool) -> Path:
        path = self.folder / name
        path.write_text(codebook(regexes=regexes), encoding="utf-8")
        return path

    def _written(self, name: str, number: int) -> Path:
        folder = self.folder / name
        done = self.folder / f"{name}.done"
        if done.is_file():
            return folder
        folder.mkdir(parents=True, exist_ok=True)
        for i in range(1, number + 1):
            turns = interview(i)
            if name.startswith("txt"):
                (folder / f"{name_of(i)}.txt").write_text(_as_text(turns), encoding="utf-8", newline="\n")
            else:
                (folder / f"{name_of(i)}.docx").write_bytes(as_docx(turns))
        if name.startswith("txt"):
            (folder / "participants.csv").write_text(_participants(number), encoding="utf-8")
        done.write_text("")
        return folder


def _as_text(turns: Sequence[tuple[str, str]]) -> str:
    return "".join(f"{label}: {speech}\n\n" for label, speech in turns)


def _participants(number: int) -> str:
    out = io.StringIO()
    writer = csv.writer(out, delimiter=";", lineterminator="\n")
    writer.writerow(("id", "labels", "etat", "rolle", "may_quote", "notes"))
    for i in range(1, number + 1):
        writer.writerow(
            (name_of(i), "", ("kommune", "sykehus")[i % 2], ("sykepleier", "leder", "lege")[i % 3], "ja", "")
        )
    return out.getvalue()


_W = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:w14="http://schemas.microsoft.com/office/word/2010/wordml" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" mc:Ignorable="w14"'
)


def as_docx(turns: Sequence[tuple[str, str]]) -> bytes:
    """Return a Word file as Word writes it: the label a bold run, every sentence or two a run, with revision ids."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in _other_parts():
            archive.writestr(name, data)
        archive.writestr("word/document.xml", "".join(_document(turns)).encode())
    return out.getvalue()


@cache
def _other_parts() -> list[tuple[str, bytes]]:
    """Return what a Word file holds beside its text: styles, fonts, settings."""
    import docx

    empty = io.BytesIO()
    docx.Document().save(empty)
    with zipfile.ZipFile(empty) as archive:
        return [(name, archive.read(name)) for name in archive.namelist() if name != "word/document.xml"]


def _document(turns: Sequence[tuple[str, str]]) -> Iterator[str]:
    yield f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<w:document {_W}><w:body>'
    properties = '<w:rPr><w:rFonts w:cstheme="minorHAnsi"/><w:sz w:val="24"/><w:lang w:val="nb-NO"/></w:rPr>'
    bold = properties.replace("<w:sz ", "<w:b/><w:sz ")
    for number, (label, speech) in enumerate(turns):
        revision = f"00{number * 2654435761 % 0xFFFFFF:06X}"
        yield f'<w:p w14:paraId="{number + 0x10000000:08X}" w14:textId="77777777" w:rsidR="{revision}" '
        yield f'w:rsidRDefault="{revision}" w:rsidP="00A77B3E"><w:pPr><w:spacing w:line="360" w:lineRule="auto"/>'
        yield f"{properties}</w:pPr><w:r>{bold}<w:t>{label}:</w:t></w:r>"
        for i, sentence in enumerate(speech.split(". ")):
            joint = "" if i == 0 else "."
            yield f'<w:r w:rsidR="{revision}">{properties}<w:t xml:space="preserve">{joint} '
            yield f"{escape(sentence)}</w:t></w:r>"
            if i % 7 == 3:
                yield '<w:proofErr w:type="spellStart"/><w:proofErr w:type="spellEnd"/>'
        yield "</w:p>"
    yield '<w:sectPr w:rsidR="00A77B3E"><w:pgSz w:w="11906" w:h="16838"/></w:sectPr></w:body></w:document>'
