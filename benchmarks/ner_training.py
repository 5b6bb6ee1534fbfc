"""Fits the names model that qualkit ships, from the named entities of the Norwegian Dependency Treebank (NorNE).

    QUALKIT_DATA=… OMP_NUM_THREADS=1 python -m benchmarks.ner_training --out qualkit/anonymisation/ner_model

It stands beside the measurements because it reads and scores the same corpus as they do, and like them it is nothing
that a researcher runs. Only `train` is fitted; `dev` chooses the step whose weights are kept. The order of sentences,
the changes made to them and the first weights come from one seed, so that the same command gives the same model on
the same processor.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.ner_corpus import LABELS, Sentence, dev, train
from benchmarks.ner_names import Names

VERSION = "1.0.0"

CONFIG = """
[nlp]
lang = "nb"
pipeline = ["tok2vec", "ner"]

[components]

[components.tok2vec]
factory = "tok2vec"

[components.tok2vec.model]
@architectures = "spacy.Tok2Vec.v2"

[components.tok2vec.model.embed]
@architectures = "spacy.MultiHashEmbed.v2"
width = 96
attrs = ["NORM", "PREFIX", "SUFFIX", "SHAPE"]
rows = [10000, 500, 3500, 1000]
include_static_vectors = false

[components.tok2vec.model.encode]
@architectures = "spacy.MaxoutWindowEncoder.v2"
width = 96
depth = 4
window_size = 1
maxout_pieces = 3

[components.ner]
factory = "ner"

[components.ner.model]
@architectures = "spacy.TransitionBasedParser.v2"
state_type = "ner"
extra_state_tokens = false
hidden_width = 64
maxout_pieces = 2
use_upper = true

[components.ner.model.tok2vec]
@architectures = "spacy.Tok2VecListener.v1"
width = 96
"""


@dataclass(frozen=True)
class Plan:
    """How much, and how often sentences are changed before they are learnt from.

    Names are swapped so that the model leans on the words around a name and not on the names of one news desk;
    letters are made small because a transcript typed in a hurry has no capitals.
    """

    seed: int = 7
    steps: int = 6_000
    every: int = 300
    drop: float = 0.15
    joined: float = 0.3
    swapped: float = 0.3
    lowered: float = 0.15
    raised: float = 0.03
    unpunctuated: float = 0.08


class Changes:
    """Turns the sentences of the corpus into what is learnt from, anew in every round."""

    def __init__(self, sentences: list[list[Sentence]], names: Names, plan: Plan) -> None:
        self._texts, self._names, self._plan = sentences, names, plan
        self._chance = random.Random(plan.seed)

    def rounds(self) -> Iterator[Sentence]:
        """Yield without end; every sentence comes once before any comes again."""
        while True:
            round_: list[Sentence] = [joined for text in self._texts for joined in self._joined(text)]
            self._chance.shuffle(round_)
            for sentence in round_:
                yield self._changed(sentence)

    def _joined(self, text: list[Sentence]) -> Iterator[Sentence]:
        """Put some neighbours together, as the sentences of a turn stand together."""
        at = 0
        while at < len(text):
            count = self._chance.randint(2, 4) if self._chance.random() < self._plan.joined / 2 else 1
            yield [word for sentence in text[at : at + count] for word in sentence]
            at += count

    def _changed(self, sentence: Sentence) -> Sentence:
        if self._chance.random() < self._plan.swapped:
            sentence = self._names.swapped(sentence, self._chance)
        if self._chance.random() < self._plan.unpunctuated:
            sentence = [(w, tag) for w, tag in sentence if tag != "O" or any(map(str.isalnum, w))] or sentence
        drawn = self._chance.random()
        if drawn < self._plan.lowered:
            return [(word.lower(), tag) for word, tag in sentence]
        if drawn < self._plan.lowered + self._plan.raised:
            return [(word.upper(), tag) for word, tag in sentence]
        return sentence


def fit(data: Path, out: Path, plan: Plan, minutes: float) -> None:
    """Fit, and leave the best weights in `out` whenever they get better."""
    import spacy
    from spacy.training import Example, iob_to_biluo
    from spacy.util import compounding, fix_random_seed, load_model_from_config
    from thinc.api import Adam, Config

    fix_random_seed(plan.seed)
    nlp = load_model_from_config(Config().from_str(CONFIG), auto_fill=True)

    def example(sentence: Sentence) -> Any:
        words = [word for word, _ in sentence]
        doc = spacy.tokens.Doc(nlp.vocab, words=words)
        return Example.from_dict(doc, {"words": words, "entities": iob_to_biluo([tag for _, tag in sentence])})

    texts = [train(data, "nob"), train(data, "nno")]
    changes = Changes(texts, Names(data, texts), plan).rounds()
    some = [s for text in texts for s in text[:400]]
    rare = [s for text in texts for s in text if any(tag.endswith(("EVT", "MISC", "GPE_ORG")) for _, tag in s)][:200]
    nlp.initialize(lambda: [example(sentence) for sentence in some + rare])
    missing = {*LABELS} - {*nlp.get_pipe("ner").labels}
    if missing:
        raise SystemExit(f"labels without an example: {sorted(missing)}")
    adam = Adam(learn_rate=0.001, L2=0.01, grad_clip=1.0, use_averages=True)
    sizes = compounding(100, 1000, 1.001)
    marks = {kind: [_marked(text) for text in dev(data, kind)] for kind in ("nob", "nno")}
    started, best, losses, seen = time.perf_counter(), 0.0, {}, 0
    for step in range(1, plan.steps + 1):
        batch, words, size = [], 0, next(sizes)
        while words < size:
            sentence = next(changes)
            batch.append(example(sentence))
            words += len(sentence)
        nlp.update(batch, drop=plan.drop, sgd=adam, losses=losses)
        seen += words
        if step % plan.every == 0 or step == plan.steps:
            with nlp.use_params(adam.averages):
                scores = {kind: _strict(nlp, sentences) for kind, sentences in marks.items()}
                score = sum(scores.values()) / len(scores)
                spent = (time.perf_counter() - started) / 60
                told = f"{step:6} {seen:9,} words {spent:5.1f} min  loss {losses['ner']:9.0f}"
                print(told, *(f"{kind} {value:.4f}" for kind, value in scores.items()), flush=True)
                losses = {}
                if score > best:
                    best = score
                    _save(nlp, out, step, plan, scores)
            if spent > minutes:
                print(f"stopped after {minutes} minutes", flush=True)
                break


def _marked(text: tuple[str, Sentence]) -> tuple[list[str], set[tuple[int, int, str]]]:
    """Return the words and what is to be found among them: first word, one past the last, label."""
    words, tags = [w for w, _ in text[1]], [tag for _, tag in text[1]]
    spans, start = set(), 0
    for at, tag in enumerate([*tags, "O"]):
        if at and tags[at - 1] != "O" and not tag.startswith("I-"):
            spans.add((start, at, tags[at - 1][2:]))
        if tag.startswith("B-"):
            start = at
    return words, spans


def _strict(nlp: Any, sentences: list[tuple[list[str], set[tuple[int, int, str]]]]) -> float:
    """Return F1 of spans that are right in both ends and in the label, with the corpus's own words."""
    from spacy.tokens import Doc

    docs = nlp.pipe(Doc(nlp.vocab, words=words) for words, _ in sentences)
    right = found = there = 0
    for doc, (_, spans) in zip(docs, sentences, strict=True):
        ents = {(ent.start, ent.end, ent.label_) for ent in doc.ents}
        right, found, there = right + len(ents & spans), found + len(ents), there + len(spans)
    return 2 * right / (found + there) if found else 0.0


def _save(nlp: Any, out: Path, step: int, plan: Plan, scores: dict[str, float]) -> None:
    """Write the weights into a fresh pipeline, whose table of strings holds no word of the corpus."""
    from spacy.util import load_model_from_config

    clean = load_model_from_config(nlp.config, auto_fill=True)
    for name in nlp.pipe_names:
        clean.get_pipe(name).from_bytes(nlp.get_pipe(name).to_bytes(exclude=["vocab"]), exclude=["vocab"])
    clean.meta |= {
        "name": "norne",
        "version": VERSION,
        "spacy_version": ">=3.8.0,<4.0.0",
        "license": "MIT",
        "author": "The qualkit authors",
        "description": "Named entities of Norwegian bokmål and nynorsk, with and without capitals; see README.md.",
        "sources": [{"name": "NorNE", "license": "CC0 (annotations)"}],
        "performance": {},
        "trained": {"step": step, **vars(plan), "gold_words_f1": {k: round(v, 4) for k, v in scores.items()}},
    }
    clean.to_disk(out)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.ner_training", description="Fit the names model.")
    parser.add_argument("--out", type=Path, required=True, metavar="FOLDER", help="where the model is written")
    parser.add_argument("--steps", type=int, default=Plan.steps, metavar="N")
    parser.add_argument("--seed", type=int, default=Plan.seed, metavar="N")
    parser.add_argument("--minutes", type=float, default=1e9, metavar="N", help="stop after so long; default: never")
    chosen = parser.parse_args()
    data = os.environ.get("QUALKIT_DATA")
    if not data:
        print("QUALKIT_DATA names no folder: nothing to learn from", file=sys.stderr)
        return 2
    plan = Plan(seed=chosen.seed, steps=chosen.steps)
    print(json.dumps(vars(plan)), flush=True)
    fit(Path(data), chosen.out, plan, chosen.minutes)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
