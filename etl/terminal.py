"""Progress of a refresh on a terminal (a bar) or in a log (a line per stage). What to count is up to the assets."""

import contextlib
from collections.abc import Iterator
from typing import TextIO

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from etl import progress


class BarProgress:
    """One bar per stage; a stage of unknown length shows its count."""

    def __init__(self, bars: Progress) -> None:
        self._bars = bars
        self._task: TaskID | None = None

    def stage(self, name: str, total: int | None) -> None:
        """Finish the present bar and begin another."""
        self._finish()
        self._task = self._bars.add_task(name, total=total)

    def advance(self, n: int = 1) -> None:
        """Move the present bar."""
        if self._task is not None:
            self._bars.advance(self._task, n)

    def message(self, text: str) -> None:
        """Print above the bars."""
        self._bars.console.print(text, style="yellow", highlight=False, markup=False)

    def _finish(self) -> None:
        for task in self._bars.tasks:
            if task.id == self._task and task.total is None:
                self._bars.update(task.id, total=task.completed)


class LineProgress:
    """A line per stage and message."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def stage(self, name: str, total: int | None) -> None:
        """Print the stage."""
        self.message(name)

    def advance(self, n: int = 1) -> None:
        """Print nothing: a log has no use for ticks."""

    def message(self, text: str) -> None:
        """Print the message at once."""
        print(text, file=self._stream, flush=True)


@contextlib.contextmanager
def progress_on(stream: TextIO) -> Iterator[progress.Progress]:
    """Bars where the stream is a terminal, which vanish at the end; lines elsewhere."""
    if not stream.isatty():
        yield LineProgress(stream)
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(file=stream), transient=True) as bars:
        yield BarProgress(bars)
