"""Long computations shared between processes, politely: people who open a page come first."""

import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from typing import Final, TypeVar

_POLITELY: Final = 10
Given = TypeVar("Given")
Found = TypeVar("Found")


def mapped(act: Callable[[Given], Found], given: Sequence[Given], workers: int) -> Iterator[Found]:
    """``act`` of each, in order; in this process when one worker is enough.

    New processes rather than forks: whoever asks may hold threads or a database. Who stops listening stops the rest.
    """
    if workers < 2 or len(given) < 2:
        yield from map(act, given)
        return
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, len(given)), context, initializer=os.nice, initargs=(_POLITELY,))
    try:
        yield from pool.map(act, given)
    finally:
        pool.shutdown(cancel_futures=True)
