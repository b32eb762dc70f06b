"""How long work tells how far it is, whoever looks on. Rendering belongs to the command; here is the interface."""

import logging
from typing import Protocol


class Progress(Protocol):
    """A listener to a refresh."""

    def stage(self, name: str, total: int | None) -> None:
        """A stage begins, with so many units of work where that is known."""

    def advance(self, n: int = 1) -> None:
        """So many more units of the present stage are done."""

    def message(self, text: str) -> None:
        """Something that a person should know now."""


class LogProgress:
    """Messages go to the log; what Dagster shows of a run is enough for the rest."""

    def stage(self, name: str, total: int | None) -> None:
        """Log the stage."""
        logging.getLogger("chronique").info("%s%s", name, f" ({total})" if total is not None else "")

    def advance(self, n: int = 1) -> None:
        """Say nothing: a log line per batch helps no one."""

    def message(self, text: str) -> None:
        """Log the message."""
        logging.getLogger("chronique").warning(text)
