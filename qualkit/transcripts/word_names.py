"""What a docx calls its elements and attributes."""

from __future__ import annotations

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
JOINED = "joined"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
DOCUMENT, BODY, P, R, T = f"{W}document", f"{W}body", f"{W}p", f"{W}r", f"{W}t"
PPR, RPR, TRPR, TCPR = f"{W}pPr", f"{W}rPr", f"{W}trPr", f"{W}tcPr"
TBL, TR, TC, TXBX = f"{W}tbl", f"{W}tr", f"{W}tc", f"{W}txbxContent"
TAB, PTAB, BR, CR = f"{W}tab", f"{W}ptab", f"{W}br", f"{W}cr"
HYPHEN, SYM, FLDCHAR = f"{W}noBreakHyphen", f"{W}sym", f"{W}fldChar"
INS, DEL, MOVE_FROM, MOVE_TO = f"{W}ins", f"{W}del", f"{W}moveFrom", f"{W}moveTo"
CELL_DEL = f"{W}cellDel"
VANISH, HIGHLIGHT, SHD = f"{W}vanish", f"{W}highlight", f"{W}shd"
PSTYLE, RSTYLE, NUMPR = f"{W}pStyle", f"{W}rStyle", f"{W}numPr"
NUMID, ILVL, VAL, TYPE, ID = f"{W}numId", f"{W}ilvl", f"{W}val", f"{W}type", f"{W}id"
COMMENT_START, COMMENT_END = f"{W}commentRangeStart", f"{W}commentRangeEnd"
COMMENT_REF = f"{W}commentReference"
ABSTRACT, AUTHOR, DATE = f"{W}abstractNumId", f"{W}author", f"{W}date"
FOOTNOTE, ENDNOTE, ALT_CHUNK = f"{W}footnoteReference", f"{W}endnoteReference", f"{W}altChunk"
ALTERNATE, CHOICE, FALLBACK = f"{MC}AlternateContent", f"{MC}Choice", f"{MC}Fallback"

COMMENT_MARKS = (COMMENT_START, COMMENT_END, COMMENT_REF)
# What holds no words of the finished text: old formatting, tab stops (named as tabs are), readings above signs.
UNREAD = tuple(f"{W}{name}" for name in ("rPrChange", "pPrChange", "tabs", "rt"))
WATCHED = (
    *(INS, DEL, MOVE_FROM, MOVE_TO, CELL_DEL, TXBX, ALTERNATE, FLDCHAR, SYM, VANISH, HIGHLIGHT, SHD),
    *(TBL, PSTYLE, RSTYLE, NUMPR, FOOTNOTE, ENDNOTE, ALT_CHUNK, *COMMENT_MARKS, *UNREAD),
)
