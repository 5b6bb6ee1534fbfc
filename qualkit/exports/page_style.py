"""How a page of results looks: on screens of any width, light and dark, and on paper."""

from __future__ import annotations

from typing import Final

STYLE: Final = """
:root { color-scheme: light dark; --paper: #fdfcf9; --ink: #1d1b16; --soft: #5c574c; --line: #d9d4c7; --tint: #f3f0e7;
  --link: #1d4f7c; --warn: #8b0000; --warn-paper: #fff3f1; --mark: #fdeaa8; --mark-ink: #1d1b16; }
@media (prefers-color-scheme: dark) { :root { --paper: #17171a; --ink: #ebe7dd; --soft: #b0aa9c; --line: #3d3c3a;
  --tint: #222226; --link: #9cc7ee; --warn: #ffb3a8; --warn-paper: #34191a; --mark: #5d4a12; --mark-ink: #fff6d8; } }
* { box-sizing: border-box; }
html { scroll-padding-top: 1rem; -webkit-text-size-adjust: 100%; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 1.0625rem/1.6 Charter, "Bitstream Charter",
  "Sitka Text", Cambria, "Liberation Serif", serif; overflow-wrap: break-word; }
a { color: var(--link); text-underline-offset: .15em; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 2px; }
.skip { position: absolute; left: -100vw; padding: .6rem 1rem; background: var(--ink); color: var(--paper);
  z-index: 1; }
.skip:focus { left: 0; top: 0; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.notice { max-width: none; margin: 0; padding: .55rem 1.25rem; background: var(--warn-paper); color: var(--warn);
  font-weight: 700; text-align: center; border-bottom: 2px solid currentColor; }
header, main, footer { max-width: 62rem; margin: 0 auto; padding: 0 1.25rem; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2.2vw, 2.6rem); line-height: 1.15; margin: 2.2rem 0 1rem; text-wrap: balance; }
h2 { font-size: 1.5rem; line-height: 1.25; margin: 3.5rem 0 .8rem; text-wrap: balance; }
h3 { font-size: 1.15rem; margin: 2.4rem 0 .6rem; padding-top: .9rem; border-top: 1px solid var(--line); }
h4 { font-size: 1rem; margin: 1.4rem 0 .3rem; color: var(--soft); }
h3.text, .inside h3 { border-top: 0; padding-top: 0; }
.inside h3 { font-size: 1rem; margin: 1.6rem 0 .5rem; }
.told { margin: 1rem 0 1.2rem; padding-left: 1.4rem; border-left: 3px solid var(--line); max-width: 40rem; }
figure { margin: 1.5rem 0; } figcaption { font-style: italic; padding-bottom: .6rem; }
figcaption b { font-style: normal; display: block; } img { max-width: 100%; height: auto; background: #fff; }
nav h2 { font-size: 1rem; margin: 0 0 .2rem; color: var(--soft); }
nav ul { margin: 0; padding: 0; list-style: none; }
nav li { padding: .15rem 0; }
p, blockquote { max-width: 40rem; }
.scroll { overflow-x: auto; margin: 0 -1.25rem; padding: 0 1.25rem; }
table { border-collapse: collapse; border-top: 2px solid; border-bottom: 2px solid; font-size: .95em;
  line-height: 1.45; }
caption { text-align: left; padding: 0 0 .6rem; font-style: italic; }
caption b { font-style: normal; display: block; }
th, td { text-align: left; vertical-align: top; padding: .45rem .7rem; font-weight: 400; white-space: pre-line; }
thead th { font-weight: 700; vertical-align: bottom; border-bottom: 1px solid; }
tbody th[scope=rowgroup]:first-child { font-weight: 700; }
tbody tr { border-top: 1px solid var(--line); }
tbody:first-of-type tr:first-child { border-top: 0; }
.middle { text-align: center; font-variant-numeric: tabular-nums; }
td.middle a { display: inline-block; min-width: 1.9rem; min-height: 1.6rem; }
.middle span { min-width: 1.9rem; }
.in1 { padding-left: 1.2rem !important; } .in2 { padding-left: 2.4rem !important; } .in0 { font-weight: 700; }
.said { min-width: 17rem; }
.note { color: var(--soft); font-size: .9rem; margin: .6rem 0 0; }
.quotes { list-style: none; margin: 0; padding: 0; }
.quotes > li { margin: 0 0 1.1rem; padding-left: .9rem; border-left: 3px solid var(--line); max-width: 44rem; }
.quotes > li:target { border-left-color: var(--link); background: var(--tint); }
blockquote, blockquote p { margin: 0; unicode-bidi: isolate; }
.facts { color: var(--soft); font-size: .85rem; margin: .1rem 0 0; font-family: "Liberation Sans", Arial, sans-serif; }
details { margin: .25rem 0 0; max-width: 44rem; }
summary { cursor: pointer; color: var(--link); font-size: .85rem; padding: .2rem 0;
  font-family: "Liberation Sans", Arial, sans-serif; }
dl { margin: .4rem 0 .6rem; padding: .8rem 1rem; background: var(--tint); border-radius: 4px; }
dt { font-weight: 700; font-size: .88rem; color: var(--soft); } dd { margin: 0 0 .7rem; white-space: pre-line;
  unicode-bidi: isolate; } dd:last-child { margin-bottom: 0; }
dt span { font-weight: 400; }
mark { background: var(--mark); color: var(--mark-ink); text-decoration: underline; text-decoration-thickness: 2px;
  text-underline-offset: .2em; -webkit-box-decoration-break: clone; box-decoration-break: clone; padding: .05em 0; }
footer { margin-top: 4rem; padding-bottom: 2.5rem; color: var(--soft); font-size: .9rem; }
@media (max-width: 40rem) { body { font-size: 1rem; } th, td { padding: .4rem .45rem; }
  .stack thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .stack, .stack caption, .stack tbody, .stack tr, .stack th, .stack td { display: block;
    width: auto; min-width: 0; padding-left: 0; }
  .stack tr { padding: .3rem 0; } .stack th, .stack td { padding-top: .15rem; padding-bottom: .15rem; } }
@media print { :root { --paper: #fff; --ink: #000; --soft: #333;
  --line: #bbb; --tint: #fff; --link: #000; --warn: #8b0000; --warn-paper: #fff; --mark: #fff; --mark-ink: #000; }
  body { font-size: 10.5pt; line-height: 1.45; } header, main, footer { max-width: none; padding: 0; }
  .notice { border: 1.5pt solid; margin-bottom: 8mm; } a { text-decoration: none; }
  nav, .skip, .top, details:not([open]) { display: none; } .scroll { overflow: visible; margin: 0; padding: 0; }
  h2 { margin-top: 9mm; } h2, h3, h4, caption { break-after: avoid; } tr, .quotes > li { break-inside: avoid; }
  thead { display: table-header-group; } dl { border: .5pt solid #999; }
  .part { break-before: page; } .part:first-of-type, .part.inside { break-before: auto; }
  .told:not(:has(details[open])), .inside table { break-inside: avoid; } .told, .inside h3 { break-before: avoid; } }
"""
"""Says nothing about a study; what stands in it is not searched for names."""


_PAPER: Final = """
@page { size: A4; margin: 22mm 18mm 20mm; @top-center { content: "%s"; font: bold 9pt serif; color: #8b0000; }
  @bottom-center { content: counter(page) " / " counter(pages); font: 9pt serif; } }
"""


def style_of(mark: str) -> str:
    r"""Return the style sheet of a page whose mark stands above every sheet it is printed on.

    Example:
        >>> r'content: "\49 \4b "' in style_of("IK")
        True
    """
    return STYLE + _PAPER % "".join(f"\\{ord(char):x} " for char in mark)
