"""One function over many transcripts: here, or on several cores."""

from __future__ import annotations

import copyreg
import os
from collections.abc import Callable, Iterator, Sequence
from types import MappingProxyType
from typing import Any, TypeVar

Item = TypeVar("Item")
Result = TypeVar("Result")

CHUNK = 25
"""Transcripts a task at least: enough that starting a task costs nothing beside it."""

_LARGEST, _TASKS = 100, 4


def _mapping(items: dict[Any, Any]) -> MappingProxyType[Any, Any]:
    return MappingProxyType(items)


def _reduce_mapping(mapping: MappingProxyType[Any, Any]) -> tuple[Any, ...]:
    return _mapping, (dict(mapping),)


# The records of the model hold read-only mappings, which do not travel between processes by themselves.
copyreg.pickle(MappingProxyType, _reduce_mapping)


def default_jobs() -> int:
    """Return how many processes to use where nobody said: the cores there are, eight at most."""
    affinity = getattr(os, "sched_getaffinity", None)
    cores = len(affinity(0)) if affinity else os.cpu_count() or 1
    return max(1, min(cores, 8))


def chunk_size(items: int, jobs: int, *, least: int = CHUNK) -> int:
    """Return how many items make a task: the more the better, as long as every process gets some tasks.

    Rules are compiled once a task, for the words of all its transcripts.

    Example:
        >>> chunk_size(20, 1), chunk_size(1000, 1), chunk_size(1000, 8), chunk_size(20, 2, least=1)
        (25, 100, 31, 2)
    """
    return min(_LARGEST, max(least, items // (_TASKS * max(1, jobs))))


def over_chunks(
    function: Callable[[Sequence[Item]], Result], items: Sequence[Item], *, jobs: int, least: int = CHUNK
) -> Iterator[tuple[int, Result]]:
    """Yield, for consecutive chunks of items and in their order, the chunk's size and the function's result.

    Args:
        function: Must be picklable if there is more than one job.
        items: Picklable likewise.
        jobs: Processes; with one, or with a single chunk, everything runs in this one.
        least: Items a task at least: few where each of them takes long.
    """
    size = chunk_size(len(items), jobs, least=least)
    chunks = [items[at : at + size] for at in range(0, len(items), size)]
    if jobs <= 1 or len(chunks) <= 1:
        for chunk in chunks:
            yield len(chunk), function(chunk)
        return
    from concurrent.futures import ProcessPoolExecutor

    with ProcessPoolExecutor(max_workers=min(jobs, len(chunks))) as pool:
        try:
            for chunk, result in zip(chunks, pool.map(function, chunks), strict=True):
                yield len(chunk), result
        except BaseException:
            pool.shutdown(cancel_futures=True)
            raise
