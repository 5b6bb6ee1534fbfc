"""The same 200 rules three ways: qualkit, spaCy's Matcher, and one alternation of `re`.

For spaCy and `re` the forms of a lemma and of a compound are taken from qualkit, over the vocabulary of
the texts, so that all three look for the same words; prefixes are left to their own regular expressions.
Hits are counted as each of them counts: `re` gives one hit where several rules meet.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial
from typing import Any

from benchmarks.generate import LANGUAGE, rules
from benchmarks.measuring import Options, Row, interleaved, show
from qualkit.coding.matching import compile_patterns, find
from qualkit.coding.patterns import Element, Lexicon, Pattern, parse_pattern
from qualkit.language.words import Vocabulary, index_words


def measure(options: Options) -> None:
    from spacy import blank
    from spacy.matcher import Matcher

    size = min(options.sizes)
    paths = sorted(options.material.texts(size).glob("*.txt"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    patterns = [parse_pattern(text) for text in rules().texts()]
    vocabulary = Vocabulary()
    index_words("\n".join(texts), vocabulary)
    lexicon = Lexicon(vocabulary.words())
    nlp = blank(LANGUAGE)
    nlp.max_length = 10**9
    matcher = Matcher(nlp.vocab)
    for number, pattern in enumerate(patterns):
        matcher.add(str(number), [[_for_spacy(element, lexicon) for element in pattern.elements]])
    alternation = re.compile("|".join(f"(?:{_for_re(pattern, lexicon)})" for pattern in patterns))
    docs = list(nlp.pipe(texts))
    steps = {
        "qualkit": partial(_qualkit, texts, patterns),
        "re": partial(_re, texts, alternation),
        "spaCy": partial(_spacy, texts, nlp, matcher),
        "spaCy, texts tokenised": lambda: sum(len(matcher(doc)) for doc in docs),
    }
    hits = {name: step() for name, step in steps.items()}
    found = interleaved(steps, options.times(3))
    label = f"{size:,}"
    rows = [Row("qualkit: index, compile, find", label, found["qualkit"])]
    rows += [
        Row(name, label, found[name], ratio=found[name].median / found["qualkit"].median)
        for name in ("re", "spaCy", "spaCy, texts tokenised")
    ]
    told = ", ".join(f"{name} {count:,}" for name, count in hits.items())
    show("Side by side", rows, [f"Hits: {told}. Here the ratio is to qualkit's time."])


def _qualkit(texts: Sequence[str], patterns: Sequence[Pattern]) -> int:
    vocabulary = Vocabulary()
    words = index_words("\n".join(texts), vocabulary)
    return len(find(words, compile_patterns(patterns, vocabulary.words(), LANGUAGE)).pattern)


def _re(texts: Sequence[str], alternation: re.Pattern[str]) -> int:
    return sum(1 for text in texts for _ in alternation.finditer(text.lower()))


def _spacy(texts: Sequence[str], nlp: Any, matcher: Any) -> int:
    return sum(len(matcher(doc)) for doc in nlp.pipe(texts))


def _forms(element: Element, lexicon: Lexicon) -> list[str]:
    return [lexicon.words[number] for number in lexicon.numbers(element, LANGUAGE)]


def _for_spacy(element: Element, lexicon: Lexicon) -> dict[str, object]:
    if element.kind == "word":
        return {"LOWER": element.word}
    if element.kind == "wildcard":
        return {"LOWER": {"REGEX": "^" + re.escape(element.word).replace("\\*", ".*") + "$"}}
    return {"LOWER": {"IN": _forms(element, lexicon)}}


def _for_re(pattern: Pattern, lexicon: Lexicon) -> str:
    parts = []
    for element in pattern.elements:
        if element.kind == "word":
            parts.append(re.escape(element.word))
        elif element.kind == "wildcard":
            parts.append(re.escape(element.word).replace("\\*", r"[\w'-]*"))
        else:
            # A rule whose word these texts never have must match nothing, not everywhere.
            parts.append("(?:" + ("|".join(map(re.escape, _forms(element, lexicon))) or "(?!)") + ")")
    return r"\b" + r" ".join(parts) + r"\b"
