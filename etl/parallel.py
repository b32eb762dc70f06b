"""Extraction over many batches: in this process for little work, over a pool of processes for much.

The work unit is the same either way (`extract_batch`); what it does belongs in `etl.extraction`.
"""

import multiprocessing
import os
import threading
import time
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ProcessPoolExecutor

import polars as pl

from etl.extraction import Mentions, extract_batch

WORTH_A_POOL = 1_000
"""Articles from which starting processes (about a second each) pays."""


def extract_batches(
    work: Iterable[pl.DataFrame], articles: int, workers: int
) -> Iterator[tuple[pl.DataFrame, Mentions]]:
    """Each batch with its mentions, in the order of the batches; `articles` is how many there are in all.

    At most `2 * workers` batches are in memory at a time.
    """
    if workers < 2 or articles < WORTH_A_POOL:
        for batch in work:
            yield batch, extract_batch(batch)
        return
    # Spawned, not forked: polars and DuckDB hold threads that a fork would break.
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(
        workers, mp_context=context, initializer=_leave_with_parent, initargs=(os.getpid(),)
    ) as pool:
        running: deque[tuple[pl.DataFrame, Future[Mentions]]] = deque()
        for batch in work:
            running.append((batch, pool.submit(extract_batch, batch)))
            if len(running) >= 2 * workers:
                first, future = running.popleft()
                yield first, future.result()
        for batch, future in running:
            yield batch, future.result()


def _leave_with_parent(parent: int) -> None:
    """A worker whose refresh was killed must not stay behind."""

    def watch() -> None:
        while os.getppid() == parent:
            time.sleep(1.0)
        os._exit(1)

    threading.Thread(target=watch, daemon=True).start()
