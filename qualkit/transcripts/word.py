"""Word documents (docx): the words a reader of the finished document sees, and the marks on them.

python-docx loses tracked insertions, content controls and moved text, and keeps hidden text. Here the tree
is pruned of what is not read, and then only the elements that hold characters are visited: a wrapper that
nobody thought of keeps its words.
"""

from __future__ import annotations

from collections import Counter
from types import MappingProxyType

from qualkit.transcripts.raw import RawText, UnreadableOriginal, tell
from qualkit.transcripts.word_layout import lay_out
from qualkit.transcripts.word_marks import Comment, marks_on
from qualkit.transcripts.word_names import ALT_CHUNK, AUTHOR, BODY, DATE, DOCUMENT, ENDNOTE, FOOTNOTE, ID, WATCHED, W
from qualkit.transcripts.word_package import SAVE_AS_DOCX, Package, open_package, parsed
from qualkit.transcripts.word_pruning import prune
from qualkit.transcripts.word_styles import Styles, bullets, read_styles
from qualkit.transcripts.word_tables import FACTS, Told, blocks_of, facts_of
from qualkit.transcripts.word_walk import Walker


def read_word(data: bytes) -> RawText:
    """Read a docx file: tracked insertions as accepted, deletions and hidden text left out.

    Headers, footers and footnotes are no speech and are left out; footnotes are told. Comments and
    highlighting become marks on the words they stand on.

    Args:
        data: The whole file.

    Returns:
        Paragraphs, marks, and a sentence on everything that was left out or read as accepted.

    Raises:
        UnreadableOriginal: Not a Word document, protected by a password, damaged, built to exhaust the
            memory, or without a word.
    """
    package = open_package(data)
    try:
        return _read(package)
    except RecursionError:
        raise UnreadableOriginal("the document's tables are nested too deeply to be read", SAVE_AS_DOCX) from None


def _read(package: Package) -> RawText:
    root = parsed(package.main())
    body = root.find(BODY)
    if root.tag != DOCUMENT or body is None:
        raise UnreadableOriginal("the file is a zip file, but not a Word document", SAVE_AS_DOCX)
    tally = Counter(element.tag for element in root.iter(*WATCHED))
    told = package.told
    prune(root, tally, told)
    walker = Walker(tally, read_styles(package, root, tally))
    items = walker.blocks(body)
    _tell_what_is_missing(walker, tally, package)
    tables: Counter[Told] = Counter()
    left: set[int] = set()
    blocks = list(blocks_of(items, walker.texts, tables, left))
    for (one, many), count in tables.items():
        tell(told, count, one, many)
    laid = lay_out(blocks, walker.texts, told, left)
    if not laid.paragraphs:
        what = "speech, only facts about an interview" if tables[FACTS] else "text"
        raise UnreadableOriginal(f"the document holds no {what}", "Look whether the right file was saved.")
    marks = marks_on(walker, laid, _comments(package), told)
    about = MappingProxyType({**laid.about, **facts_of(items, walker.texts)})
    return RawText(laid.paragraphs, marks, tuple(told), laid.labelled, laid.doubts, about, laid.facts)


def _tell_what_is_missing(walker: Walker, tally: Counter[str], package: Package) -> None:
    told = package.told
    hidden, symbols = walker.hidden, walker.symbols
    tell(told, hidden, "passage of hidden text was left out", "passages of hidden text were left out")
    tell(told, tally[FOOTNOTE], "footnote was left out", "footnotes were left out")
    tell(told, tally[ENDNOTE], "endnote was left out", "endnotes were left out")
    tell(told, tally[ALT_CHUNK], "embedded document was left out", "embedded documents were left out")
    tell(told, symbols, "sign of a symbol font was left out", "signs of symbol fonts were left out")
    if walker.numbered:
        signs = bullets(package)
        numbered = sum(count for number, count in walker.numbered.items() if number not in signs)
        missing = "which is not in the text: labels made by numbering are missing"
        one, many = "paragraph has an automatic number", "paragraphs have an automatic number"
        tell(told, numbered, f"{one}, {missing}", f"{many}, {missing}")


def _comments(package: Package) -> dict[str, Comment]:
    root = package.lesser("word/comments.xml", "the comments")
    if root is None:
        return {}
    tally = Counter(element.tag for element in root.iter(*WATCHED))
    prune(root, tally, [])
    walker = Walker(tally, Styles())
    comments = {}
    for comment in root.iter(f"{W}comment"):
        first = len(walker.texts)
        walker.blocks(comment)
        text = "\n".join(text for text in walker.texts[first:] if text.strip()).strip()
        comments[comment.get(ID, "")] = Comment(text, comment.get(AUTHOR, ""), comment.get(DATE, ""))
    return comments
