"""What the workbench keeps from one request to the next; requests come in threads."""

import sys
from concurrent.futures import ThreadPoolExecutor

from qualkit.workbench.desk import Desk


def test_what_was_made_of_a_version_is_made_once() -> None:
    desk = Desk(None)
    made: list[str] = []

    def make() -> str:
        made.append("made")
        return f"{len(made)}"

    assert [desk.once("text", "K1", version, make) for version in ("a", "a", "b", "b")] == ["1", "1", "2", "2"]
    assert desk.once("text", "K2", "a", make, 1) == "3"
    assert desk.once("text", "K1", "b", make, 1) == "4"


def test_many_requests_at_once_that_keep_few_get_each_their_own() -> None:
    desk = Desk(None)
    between = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    try:
        with ThreadPoolExecutor(8) as threads:
            names = [f"K{number % 7}" for number in range(8_000)]
            got = list(threads.map(lambda name: desk.once("text", name, "a", lambda: name, 2), names))
    finally:
        sys.setswitchinterval(between)
    assert got == names
