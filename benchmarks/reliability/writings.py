"""What is written beside codings: themes, summaries, notes, quotations, condensates, the register, and in the page.

Each command writes a word that stands nowhere else, and says in which file it must stand once the command has ended
well. What a command needs (an accepted coding, a theme, a sheet that somebody wrote in) is there before it begins.
"""

from __future__ import annotations

import secrets
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.reliability.worlds import REGISTER, Command, Tell, World, Written

if TYPE_CHECKING:
    from qualkit.material import Material
    from qualkit.model import Coding, Study

_THEMES = "themes.yaml"
_CONDENSATES = "condensates.yaml"
_QUOTATIONS = "quotations.yaml"
_NOTED = "reflections/kari.yaml"


def _study(world: World) -> Study:
    from qualkit import study as studies

    return studies.open_study(world.root)


def _material(world: World) -> Material:
    from qualkit.material import load_material

    return load_material(_study(world))


def _typed(world: World, *arguments: str, writes: tuple[Written, ...] = (), keys: str = "") -> Command:
    return Command((*arguments, "--study", str(world.root)), keys, writes=writes)


# --- themes -----------------------------------------------------------------------------------------------


def themes(world: World) -> Command:
    """Change the themes by a command."""
    rng, known = world.rng, [theme.id for theme in _material(world).themes]
    word = world.word()
    stands = (Written(word, _THEMES),)
    if len(known) < 3:
        return _typed(world, "themes", "add", f"Tema {word}", *rng.sample(world.codes(), 2), writes=stands)
    one, other = rng.sample(known, 2)
    return rng.choice(
        (
            lambda: _typed(world, "themes", "rename", one, f"Tema {word}", writes=stands),
            lambda: _typed(world, "themes", "write", one, "--text", f"De ringer {word}.", writes=stands),
            lambda: _typed(world, "themes", "merge", other, "--into", one, "--why", word, writes=stands),
            lambda: _typed(world, "themes", "drop", one, "--why", word, writes=stands),
            lambda: _typed(world, "themes", "put", rng.choice(world.codes()), one),
            lambda: _typed(world, "themes", "place", one, "0.2", "0.7"),
        )
    )()


def theme_board(world: World) -> Command:
    """Change the themes in the page, and take the last change back."""
    word = world.word()
    codes = world.codes()

    def sit(root: Path, tell: Tell) -> None:
        from qualkit.workbench import thematic_boards, visits
        from qualkit.workbench.answers import Ask
        from qualkit.workbench.desk import Desk

        desk = Desk(root, "kari")

        def ask(path: dict[str, str], **body: object) -> Ask:
            return Ask(path, body={**body, "version": thematic_boards.version(desk.study())}, visit="a")

        made = thematic_boards.new_theme(desk, ask({}, heading=f"Tema {word}", codes=codes[:2]))["made"]
        tell("written", word, _THEMES)
        thematic_boards.put_codes(desk, ask({}, codes=codes[2:3], to=made))
        gone = f"borte{secrets.randbelow(10**9):09}"
        thematic_boards.change_theme(desk, ask({"theme": made}, text=f"Slik {gone}."))
        visits.undo(desk, ask({}))
        tell("gone", gone, _THEMES)

    return Command(("page", "themes"), does=sit)


# --- codings in the page --------------------------------------------------------------------------------------


def page(world: World) -> Command:
    """Code in the page, take it back, and make it again."""
    path, code = world.rng.choice(world.texts()), world.rng.choice(world.codes())
    words = path.read_text(encoding="utf-8").rpartition("---\n")[2]
    start = world.rng.randrange(words.index(f"{path.stem}: ") + 4, len(words) - 12)
    keeps = world.rng.random() < 0.5

    def sit(root: Path, tell: Tell) -> None:
        from qualkit import study as studies
        from qualkit.workbench import passages, visits
        from qualkit.workbench.answers import Ask
        from qualkit.workbench.desk import Desk

        desk = Desk(root, "kari")
        record = desk.laid(desk.study(), path.stem).record
        body = {"sha256": record.sha256, "start": start, "end": start + 9, "words": record.text[start : start + 9]}
        marked = passages.code_passage(desk, Ask({"id": path.stem}, body={**body, "codes": [code]}, visit="a"))
        if not marked["made"]:
            return
        made = marked["made"][0]

        def told() -> None:
            found = studies.codings_by_id(desk.study(), "kari", path.stem, [made])[made]
            tell("decided", found.id, found.status, found.code, path.stem, found.unit.text)

        told()
        tell("taking-back", made)
        visits.undo(desk, Ask(visit="a"))
        tell("taken-back", made)
        if keeps:
            visits.redo(desk, Ask(visit="a"))
            told()

    return Command(("page", "codings"), does=sit)


# --- notes, guide, framework ------------------------------------------------------------------------------------


def noted(world: World) -> Command:
    """Write down what one saw while reading."""
    word, name = world.word(), world.rng.choice(world.texts()).stem
    about = (Written(word, _NOTED, about=name),)
    return world.rng.choice(
        (
            lambda: _typed(world, "read", "impression", name, "--text", f"Uro {word}.", writes=about),
            lambda: _typed(world, "read", "notes", name, "--text", f"Sier «vi» {word}.", writes=about),
            lambda: _typed(world, "read", "journal", "--text", f"I dag {word}.", writes=(Written(word, _NOTED),)),
            lambda: _typed(world, "read", "themes", f"Tema {word}", writes=(Written(word, _NOTED),)),
        )
    )()


def guide(world: World) -> Command:
    """Say by hand what a turn asks, of a guide that got another question."""
    path, word = world.root / "guide.yaml", world.word()
    before = path.read_text() if path.is_file() else "title: Guide\nquestions:\n"
    path.write_text(before + f"  - {{id: {word}, question: Hva skjedde da?, rules: [skje]}}\n")
    name = world.rng.choice(world.texts()).stem
    return _typed(world, "guide", "match", name, "1", word, writes=(Written(word, _NOTED, about=name),))


def framework(world: World) -> Command:
    """Write a summary of a case and a theme: by the command, or in a workbook that is read back."""
    material = _material(world)
    if not material.themes:
        return themes(world)
    case, theme, word = world.rng.choice(world.texts()).stem, world.rng.choice(material.themes).id, world.word()
    if case not in material.people():
        return noted(world)
    stands = (Written(word, "framework.yaml", about=case),)
    if world.rng.random() < 0.5:
        return _typed(world, "framework", "write", case, theme, "--file", "-", keys=f"Ringer {word}.\n", writes=stands)
    from qualkit.framework_workbook import write_working_workbook

    book = write_working_workbook(material, force=True)
    _fill(book, case, theme, f"Venter {word}.")
    return _typed(world, "framework", "read", str(book), writes=stands)


def _fill(path: Path, case: str, theme: str, text: str) -> None:
    """Write in a cell of a framework workbook."""
    from openpyxl import load_workbook

    book = load_workbook(path)
    for sheet in book.worksheets:
        columns = [cell.column for row in sheet.iter_rows() for cell in row if cell.value == theme]
        rows = [cell.row for row in sheet.iter_rows() for cell in row if cell.value == case]
        if columns and rows and sheet.sheet_state == "visible":
            sheet.cell(rows[0], columns[0]).value = text
            break
    book.save(path)


# --- quotations, condensates ---------------------------------------------------------------------------------------


def _standing(world: World) -> list[Coding]:
    """Return acknowledged, accepted codings that stand on their words, of whoever may be quoted."""
    from qualkit.material import stands

    material = _material(world)
    return [
        one.coding
        for one in material.accepted()
        if one.coding.coder == "kari"
        and one.coding.anchor in ("", "kept", "moved")
        and stands(one.coding, material.transcripts[one.coding.unit.span.transcript])
    ]


def quotations(world: World) -> Command:
    """Choose a quotation, keep one in reserve, cut or edit one."""
    from qualkit.framework import codes_of

    material, rng = _material(world), world.rng
    of = codes_of(material)
    found = [(one, theme) for one in _standing(world) for theme in material.themes if one.code in of[theme.id]]
    if not found:
        return themes(world) if not material.themes else _accepting(world)
    settings = world.root / "study.yaml"
    settings.write_text(settings.read_text().replace("quotation_style: verbatim", "quotation_style: normalised"))
    one, theme = rng.choice(found)

    def written(file: str) -> tuple[Written, ...]:
        return (Written(one.id, file, about=one.unit.span.transcript, coding=one.id),)

    words = one.unit.text.split()
    kinds: list[Callable[[], Command]] = [
        lambda: _typed(world, "quotations", "choose", one.id, theme.id, writes=written(_THEMES)),
        lambda: _typed(world, "quotations", "reserve", one.id, theme.id, writes=written(_THEMES)),
    ]
    if len(words) > 3:
        cut = " ".join((words[0], "[…]", *words[2:]))
        kinds.append(lambda: _typed(world, "quotations", "cut", one.id, cut, writes=written(_QUOTATIONS)))
        kinds.append(lambda: _typed(world, "quotations", "edit", one.id, "--approve", writes=written(_QUOTATIONS)))
    return rng.choice(kinds)()


def _accepting(world: World) -> Command:
    return _typed(world, "review", keys="a\na\na\n")


def condensing(world: World) -> Command:
    """Add a subgroup, place units, and read a condensate back from a sheet that was written in."""
    material, word = _material(world), world.word()
    units = _standing(world)
    used = {unit for group in material.groups for sub in group.subgroups for unit in sub.used()}
    codes = {code.id for code in material.codebook.walk()}
    subgroups = [(group.code, sub) for group in material.groups if group.code in codes for sub in group.subgroups]
    filled = [sub for _, sub in subgroups if any(unit in {one.id for one in units} for unit in sub.used())]
    placing = [(one, sub) for code, sub in subgroups for one in units if one.code == code and one.id not in used]
    if filled and world.rng.random() < 0.6:
        from qualkit.sheets import write_sheets

        chosen = world.rng.choice(filled)
        sheet = write_sheets(material, [chosen.id], force=True)[0]
        _write_in(sheet, f"Vi ringer {word}.")
        return _typed(world, "condense", "read", str(sheet), writes=(Written(word, _CONDENSATES),))
    if placing:
        one, sub = world.rng.choice(placing)
        written = (Written(one.id, _CONDENSATES, about=one.unit.span.transcript, coding=one.id),)
        return _typed(world, "condense", "place", one.id, sub.id, writes=written)
    code = world.rng.choice([one.code for one in units if one.code in codes] or world.codes())
    return _typed(world, "condense", "add", code, f"Gruppe {word}", writes=(Written(word, _CONDENSATES),))


def _write_in(path: Path, text: str) -> None:
    """Write a condensate into the field of a working sheet, as Word does."""
    out = BytesIO()
    with zipfile.ZipFile(path) as before, zipfile.ZipFile(out, "w") as after:
        for name in before.namelist():
            data = before.read(name)
            if name == "word/document.xml":
                xml = data.decode()
                field = xml.index('<w:tag w:val="qualkit-condensate"/>')
                begin = xml.index("<w:sdtContent>", field)
                start, end = begin + len("<w:sdtContent>"), xml.index("</w:sdtContent>", field)
                head = xml[:start].replace("<w:showingPlcHdr/>", "")
                data = f"{head}<w:p><w:r><w:t>{text}</w:t></w:r></w:p>{xml[end:]}".encode()
            after.writestr(name, data)
    path.write_bytes(out.getvalue())


# --- the register, the appendix ------------------------------------------------------------------------------------


def deciding(world: World) -> Command:
    """Carry out decisions about what identifies."""
    word, other = (world.word().capitalize() for _ in range(2))
    file = world.base / "decisions.yaml"
    file.write_text(
        f"format: 1\ndecisions:\n- {{form: {word}, action: redact, type: place}}\n"
        f"- {{form: {other}, action: pass, reason: ingen}}\n"
    )
    writes = (Written(word, REGISTER), Written(other, REGISTER))
    return _typed(world, "anonymise", "decide", "--from", str(file), writes=writes)


def sealing(world: World) -> Command:
    """Seal the register with a passphrase, or write it without one again."""
    if (world.root / "private" / "identities.yaml.sealed").exists():
        return _typed(world, "anonymise", "decrypt")
    # Each opening of a sealed register takes its time, as it is meant to.
    begun = (world.root / "private").is_dir() and world.rng.random() < 0.4
    return _typed(world, "anonymise", "encrypt") if begun else deciding(world)


def appendix(world: World) -> Command:
    """Write the methods appendix, or the file of COREQ's questions."""
    if world.rng.random() < 0.3:
        return _typed(world, "export", "appendix", "--ask")
    return _typed(world, "export", "appendix", "--force", "--allow-unreviewed", "a draft")
