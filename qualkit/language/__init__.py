"""Words, lemmas, sentences, languages, print strings."""
