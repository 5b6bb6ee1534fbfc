"""qualkit: from a folder of interview transcripts to a results chapter."""

from qualkit.notebook import codebook, codings, find, matrix, open_study, spacy_doc, theme_table, transcript, turns
from qualkit.version import __version__

__all__ = [
    "__version__",
    "codebook",
    "codings",
    "find",
    "matrix",
    "open_study",
    "spacy_doc",
    "theme_table",
    "transcript",
    "turns",
]
