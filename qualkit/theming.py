"""Themes in a study: added, renamed, written, placed, joined, parted and dropped, and the trail is told.

Every change is planned first and carried out after, so that it can be looked at, by a person or on a page, before
anything is written.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff

from qualkit import study as studies
from qualkit.coding.codebook import find_code
from qualkit.errors import FaultyFiles, Problem, QualkitError
from qualkit.material import Material
from qualkit.model import Decision, Study, Theme, ThemeStatus
from qualkit.text import nfc
from qualkit.themes.mapfile import parse_announced, parse_map
from qualkit.themes.structure import codes_of_theme, walk_themes
from qualkit.themes.theme_changes import (
    add_theme,
    announce,
    merge_themes,
    move_theme,
    put,
    rename_theme,
    set_status,
    split_theme,
    take,
    write_theme,
)
from qualkit.themes.theme_nodes import NoSuchTheme
from qualkit.themes.themesfile import parse_themes
from qualkit.undoing import carry_out


class NotUnder(QualkitError):
    """A code is to be moved or taken out of a theme under which it does not stand."""

    def __init__(self, code: str, theme: str) -> None:
        super().__init__(f"“{code}” is no code of the theme “{theme}”", f"See its codes: qualkit themes show {theme}")


@dataclass(frozen=True, slots=True)
class ThemeChange:
    """A change of themes.yaml that nobody has made yet.

    Attributes:
        before: Of themes.yaml.
        after: What it would be.
        told: What else there is to know, in sentences.
        decision: The line of the trail.
        ids: Of themes that come to be.
    """

    before: str
    after: str
    decision: Decision
    told: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def lines(self) -> list[str]:
        """Return the lines that go and come, as a list of differences."""
        found = unified_diff(
            self.before.splitlines(), self.after.splitlines(), "themes.yaml", "themes.yaml", "", "", 1, ""
        )
        return list(found)[2:]


def carry_theme_change(study: Study, change: ThemeChange) -> bool:
    """Write a change, whole or, after a crash, with the next command; return whether anything was written.

    Args:
        study: Locked by the caller's process since the change was planned.
        change: What a `plan_…` returned.
    """
    if change.after == change.before:
        return False
    carry_out(study, change.decision, {studies.THEMES: change.after.encode()})
    return True


def find_theme(material: Material, name: str) -> Theme:
    """Return a theme or subtheme by id or heading, dropped ones among them.

    Raises:
        NoSuchTheme: If there is none.
    """
    themes = [*walk_themes(material.themes), *material.dropped]
    wanted = nfc(name).strip()
    for theme in themes:
        if theme.id == wanted:
            return theme
    alike = [theme for theme in themes if theme.heading.casefold() == wanted.casefold()]
    if len(alike) == 1:
        return alike[0]
    raise NoSuchTheme(name, [theme.id for theme in themes])


def plan_add(
    material: Material, who: str, heading: str, *, identifier: str = "", under: str = "", codes: Sequence[str] = ()
) -> ThemeChange:
    """Plan a candidate theme.

    Raises:
        UnknownCode: If the codebook does not have a code.
        CannotPlace: If the id is taken, or the theme above is itself a subtheme.
        NoSuchTheme: If there is no theme above.
    """
    chosen = _codes(material, codes)
    before = _text(material)
    above = find_theme(material, under).id if under else ""
    after, new = add_theme(before, heading, identifier=identifier, under=above, codes=chosen, by=who, date=_today())
    told = {"heading": heading, "under": above or None, "codes": chosen}
    return theme_change(before, after, who, "add", new, None, told, ids=(new,))


def plan_rename(material: Material, who: str, name: str, heading: str, *, why: str = "") -> ThemeChange:
    """Plan another heading; the earlier one is kept."""
    theme = find_theme(material, name)
    before = _text(material)
    after = rename_theme(before, theme.id, heading, by=who, date=_today(), why=why)
    return theme_change(before, after, who, "rename", theme.id, {"heading": theme.heading}, {"heading": heading}, why)


def plan_status(material: Material, who: str, name: str, status: ThemeStatus, *, why: str = "") -> ThemeChange:
    """Plan another status; a dropped theme keeps all it has, and stands again with another status."""
    theme = find_theme(material, name)
    before = _text(material)
    after = set_status(before, theme.id, status, why=why)
    told = _alone(material, theme) if status == "dropped" else ()
    return theme_change(
        before, after, who, "status", theme.id, {"status": theme.status}, {"status": status}, why, told=told
    )


def plan_writing(material: Material, who: str, name: str, said: Mapping[str, str], *, why: str = "") -> ThemeChange:
    """Plan what is written of a theme; earlier wordings are kept.

    Args:
        material: Of the study.
        who: Writes it.
        name: Of the theme.
        said: Words by what they are: "text", "concept", "definition", "test", "in" or "out".
        why: Why it is written otherwise.
    """
    theme = find_theme(material, name)
    before = after = _text(material)
    for what, words in said.items():
        after = write_theme(after, theme.id, what, words, by=who, date=_today(), why=why)
    told = {what: len(words.split()) for what, words in said.items()}
    return theme_change(before, after, who, "write", theme.id, None, {"words": told}, why)


def write_on(material: Material, who: str, name: str, said: Mapping[str, str]) -> None:
    """Write on what was begun in the same sitting: no earlier wording is kept, and the trail is not told again.

    What is saved while it is written would else have a wording for every pause. The first writing of the sitting goes
    through `plan_writing`.

    Args:
        material: Of the study, which is locked by the caller's process.
        who: Writes it.
        name: Of the theme.
        said: As for `plan_writing`.
    """
    theme = find_theme(material, name)
    text = _text(material)
    for what, words in said.items():
        text = write_theme(text, theme.id, what, words, by=who, date=_today(), keep=False)
    studies.save_themes_text(material.study, text)


def plan_put(
    material: Material, who: str, codes: Sequence[str], name: str, *, move: bool = False, why: str = ""
) -> ThemeChange:
    """Plan codes under a theme; with `move` they leave every other theme.

    Raises:
        UnknownCode: If the codebook does not have one.
        NoSuchTheme: If there is no such theme.
    """
    theme = find_theme(material, name)
    chosen = _codes(material, codes)
    before = _text(material)
    after = put(before, theme.id, "codes", chosen)
    left: dict[str, list[str]] = {}
    told = []
    for other in walk_themes(material.themes) if move else ():
        going = [code for code in chosen if code in other.codes and other.id != theme.id]
        if going:
            left[other.id] = going
            after = take(after, other.id, "codes", going)
            told += _quotations_left(material, other, going)
    what = {"codes": chosen, "from": left or None}
    return theme_change(before, after, who, "put", theme.id, {"codes": list(theme.codes)}, what, why, told=told)


def plan_take(material: Material, who: str, codes: Sequence[str], name: str, *, why: str = "") -> ThemeChange:
    """Plan codes out of a theme; their codings stay as they are.

    Raises:
        NotUnder: If one does not stand under it.
    """
    theme = find_theme(material, name)
    chosen = [nfc(code) if nfc(code) in theme.codes else find_code(material.codebook, code).id for code in codes]
    for code in chosen:
        if code not in theme.codes:
            raise NotUnder(code, theme.id)
    before = _text(material)
    after = take(before, theme.id, "codes", chosen)
    told = _quotations_left(material, theme, chosen)
    return theme_change(
        before, after, who, "take", theme.id, {"codes": list(theme.codes)}, {"out": chosen}, why, told=told
    )


def plan_move(material: Material, who: str, name: str, under: str, *, why: str = "") -> ThemeChange:
    """Plan a theme under another, or, with "", among the themes."""
    theme = find_theme(material, name)
    above = find_theme(material, under).id if under else ""
    before = _text(material)
    was = next((one.id for one in material.themes if theme.id in {sub.id for sub in one.subthemes}), None)
    after = move_theme(before, theme.id, above)
    return theme_change(before, after, who, "move", theme.id, {"under": was}, {"under": above or None}, why)


def plan_merge(material: Material, who: str, names: Sequence[str], into: str, *, why: str) -> ThemeChange:
    """Plan one theme of several: codes and quotations come to stand in it, the others are dropped."""
    target = find_theme(material, into)
    others = [find_theme(material, name) for name in names]
    before = _text(material)
    after = merge_themes(before, [theme.id for theme in others], target.id, why=why)
    told = [
        f"what is written of “{theme.id}” stays with it: take from it what “{target.id}” needs"
        for theme in others
        if theme.text or theme.concept or theme.definition
    ]
    was = {theme.id: list(theme.codes) for theme in (target, *others)}
    return theme_change(before, after, who, "merge", target.id, was, {"of": [one.id for one in others]}, why, told=told)


def plan_split(
    material: Material, who: str, name: str, parts: Sequence[tuple[str, Sequence[str]]], *, why: str
) -> ThemeChange:
    """Plan a theme parted into new ones; chosen quotations go where their code goes.

    Args:
        material: Of the study.
        who: Does it.
        name: Of the theme.
        parts: Heading and codes of each new theme.
        why: The reason.

    Raises:
        NotUnder: If a code does not stand under the theme.
    """
    theme = find_theme(material, name)
    code_of = {coding: extract.coding.code for coding, extract in material.by_id().items()}
    ready = []
    for heading, codes in parts:
        chosen = _codes(material, codes)
        for code in chosen:
            if code not in theme.codes:
                raise NotUnder(code, theme.id)
        ready.append((heading, chosen, [one for one in theme.quotations if code_of.get(one) in chosen]))
    before = _text(material)
    after, ids = split_theme(before, theme.id, ready, by=who, date=_today(), why=why)
    given = {code for _, codes, _ in ready for code in codes}
    left = [code for code in theme.codes if code not in given]
    told = [f"no new theme has: {', '.join(left)}"] if left else []
    new = dict(zip(ids, [list(codes) for _, codes, _ in ready], strict=True))
    return theme_change(
        before, after, who, "split", theme.id, {"codes": list(theme.codes)}, new, why, told=told, ids=tuple(ids)
    )


def plan_announcement(material: Material, who: str, where: str, headings: Sequence[str] = ()) -> ThemeChange:
    """Plan a list of themes as they are announced somewhere: those that stand, or headings that are given."""
    themes = [(theme.id, theme.heading) for theme in material.themes] if not headings else []
    for heading in headings:
        try:
            theme = find_theme(material, heading)
            themes.append((theme.id, theme.heading))
        except NoSuchTheme:
            themes.append(("", heading))
    before = _text(material)
    told = [(identifier or "", heading) for identifier, heading in themes]
    after = announce(before, where, told, by=who, date=_today())
    return theme_change(before, after, who, "announce", "", None, {"where": where, "themes": [h for _, h in told]})


# --- pieces -------------------------------------------------------------------------------------------------


def _text(material: Material) -> str:
    return studies.themes_text(material.study)


def _today() -> str:
    return studies.now()[:10]


def _codes(material: Material, codes: Sequence[str]) -> list[str]:
    return list(dict.fromkeys(find_code(material.codebook, code).id for code in codes))


def _alone(material: Material, theme: Theme) -> list[str]:
    """Return what to tell of codes that would stand under no theme any more."""
    gone = {one.id for one in theme.walk()}
    placed = {code for one in walk_themes(material.themes) if one.id not in gone for code in one.codes}
    left = [code for code in codes_of_theme(theme) if code not in placed]
    return [f"then under no theme: {', '.join(left)}"] if left else []


def _quotations_left(material: Material, theme: Theme, codes: Sequence[str]) -> list[str]:
    code_of = {coding: extract.coding.code for coding, extract in material.by_id().items()}
    left = [one for one in theme.quotations if code_of.get(one) in codes]
    return [f"chosen under “{theme.id}”, whose code goes: {', '.join(left)}"] if left else []


def theme_change(
    before: str,
    after: str,
    who: str,
    what: str,
    about: str,
    was: object,
    becomes: object,
    why: str = "",
    *,
    told: Sequence[str] = (),
    ids: tuple[str, ...] = (),
) -> ThemeChange:
    """Return a change of themes.yaml, whose result can be read.

    Args:
        before: Of themes.yaml.
        after: What it becomes.
        who: Does it.
        what: As the trail says it, as "rename".
        about: Id of the theme; "" for all.
        was: For the trail.
        becomes: For the trail.
        why: The reason.
        told: What else there is to know.
        ids: Of themes that come to be.

    Raises:
        FaultyFiles: If the file would have faults that it did not have.
    """
    had = {problem.message for problem in _faults(before)}
    new = [problem for problem in _faults(after) if problem.message not in had]
    if new:
        raise FaultyFiles(new, "themes.yaml would have faults; nothing was done")
    kind = "map" if what in ("map", "link") else "theme"
    about = f"{kind} {about}" if about else "themes"
    return ThemeChange(
        before, after, Decision(studies.now(), who, f"themes {what}", about, was, becomes, why), tuple(told), ids
    )


def _faults(text: str) -> list[Problem]:
    return [*parse_themes(text)[1], *parse_map(text)[1], *parse_announced(text)[1]]
