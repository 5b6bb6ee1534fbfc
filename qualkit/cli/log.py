from __future__ import annotations

import json
from pathlib import Path

import click

from qualkit.cli.options import json_option, open_study, study_option


@click.command("log")
@study_option
@click.option("--what", help="Only this kind: init, add, code, accept, reject, change-code, undo, read …")
@click.option("--who", help="Only this coder.")
@json_option
def command(study_path: Path, what: str | None, who: str | None, as_json: bool) -> None:
    """Show the trail: who decided what, when and why."""
    from qualkit import study as studies
    from qualkit.cli.faults import tell_problems
    from qualkit.cli.shown import show_table
    from qualkit.table import Column, Table

    decisions, problems = studies.read_trail(open_study(study_path))
    tell_problems(problems)
    keys = ("when", "who", "what", "object", "before", "after", "why")

    def text(value: object) -> str:
        return "" if value is None else value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)

    rows = tuple(
        tuple(text(getattr(decision, key)) for key in keys)
        for decision in decisions
        if (what is None or decision.what == what) and (who is None or decision.who == who)
    )
    show_table(Table("trail", "Trail", tuple(Column(key, key.capitalize()) for key in keys), rows), as_json=as_json)
