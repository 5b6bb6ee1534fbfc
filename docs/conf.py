"""How the site is built: `make docs` writes it to build/docs, without a network."""

from __future__ import annotations

import sys
from pathlib import Path

from docutils.nodes import Element, reference
from sphinx.addnodes import pending_xref
from sphinx.application import Sphinx
from sphinx.domains.python import PyObject
from sphinx.environment import BuildEnvironment

HERE = Path(__file__).parent
sys.path[:0] = [str(HERE), str(HERE.parent)]

from qualkit.version import __version__  # noqa: E402  the checkout's, not one that is installed

project = "qualkit"
author = "The qualkit authors"
project_copyright = "The qualkit authors"
version = release = __version__
language = "en"

extensions = ["command_reference", "myst_parser", "sphinx.ext.autodoc", "sphinx.ext.napoleon"]
exclude_patterns = ["_build"]
nitpicky = True
# What other libraries name is not linked: their pages lie on a network.
nitpick_ignore_regex = [
    ("py:class", r"(pandas|spacy|pathlib|collections|datetime)\..*|tuple\[.*"),
    ("py:obj", r"typing\.Literal.*"),
    ("py:class", r"qualkit\.notebook_results\.DrawnMap"),  # it only shows itself
]

myst_enable_extensions = ["colon_fence", "deflist"]
myst_heading_anchors = 4

autodoc_member_order = "bysource"
autodoc_type_aliases = {name: name for name in ("pandas.DataFrame", "spacy.tokens.Doc")}
autodoc_typehints_format = "short"
python_use_unqualified_type_names = True
napoleon_google_docstring = True
napoleon_numpy_docstring = False
napoleon_use_ivar = True
napoleon_use_rtype = False
default_role = "code"

# What a record holds is called what its docstring calls it.
for field in PyObject.doc_field_types:
    if field.name == "variable":
        field.label = "Attributes"

html_theme = "furo"
html_title = "qualkit"
html_static_path = ["_static"]
html_css_files = ["qualkit.css"]
html_copy_source = False
html_show_sourcelink = False
html_theme_options = {
    "footer_icons": [],
    "light_css_variables": {"color-brand-primary": "#2b5d7d", "color-brand-content": "#2b5d7d"},
    "dark_css_variables": {"color-brand-primary": "#8cc3e6", "color-brand-content": "#8cc3e6"},
}


_NORWEGIAN = {"Next": "Neste", "Previous": "Forrige", "On this page": "På denne sida", "Search": "Søk"}


def _tell_language(_app: Sphinx, page: str, _template: str, context: dict[str, object], _doctree: object) -> None:
    """Say in the page itself that those under nb/ are in bokmål, and put the theme's few words into it."""
    if page.startswith("nb/"):
        context["language"] = "nb"
        context["_"] = lambda words: _NORWEGIAN.get(words, words)


def _find_by_last_name(app: Sphinx, env: BuildEnvironment, node: pending_xref, words: Element) -> reference | None:
    """Link a name that a docstring gives as it is imported there, `NoStudy`, to `qualkit.study.NoStudy`."""
    domain = env.domains.python_domain
    found = [name for name in domain.objects if name.endswith(f".{node['reftarget']}")]
    if node.get("refdomain") != "py" or len(found) != 1:
        return None
    return domain.resolve_xref(env, node["refdoc"], app.builder, "obj", found[0], node, words)


def _list_the_rest(_app: Sphinx, page: str, content: list[str]) -> None:
    """Put pages that the start page does not name into its contents, so that a new page is only a new file."""
    if page == "index":
        named = content[0].split()
        rest = [path.stem for path in sorted(HERE.glob("*.md")) if path.stem not in (*named, "index")]
        content[0] = content[0].replace("(the rest)", "\n".join(rest))


def setup(app: Sphinx) -> None:
    """Tell Sphinx about what is our own."""
    app.connect("source-read", _list_the_rest)
    app.connect("html-page-context", _tell_language)
    app.connect("missing-reference", _find_by_last_name)
