"""qualkit: from a folder of interview transcripts to a results chapter."""

from qualkit.notebook import codebook, codings, find, matrix, open_study, spacy_doc, theme_table, transcript, turns
from qualkit.notebook_results import chosen_quotations, subgroups, thematic_map, theme_frame, units
from qualkit.version import __version__

__all__ = [
    "__version__",
    "chosen_quotations",
    "codebook",
    "codings",
    "find",
    "matrix",
    "open_study",
    "spacy_doc",
    "subgroups",
    "thematic_map",
    "theme_frame",
    "theme_table",
    "transcript",
    "turns",
    "units",
]
