"""What a reader makes of one record, page or text, before it is checked and dated; and how a reader refuses.

Readers fill drafts; deciding what becomes of them belongs in `assemble`.
"""

from dataclasses import dataclass

from etl.sources.fields import Fields
from etl.sources.opening import Item
from etl.sources.record import Rejection, excerpt


@dataclass(frozen=True, slots=True)
class Draft:
    """An article to be: its text, and all that is said of it, the most trusted first."""

    origin: str
    name: str
    """Path within the source."""
    text: object
    """Whatever stands where the text should be."""
    said: tuple[tuple[str, Fields], ...] = ()
    """Fields with where they were read: `metadata`, `sidecar` or `html`; the first that has a field decides it."""
    line: int | None = None
    alone: bool = True
    """Whether the file holds this one article, so that the file's name speaks of it."""
    language_hint: str | None = None
    """A language that is believed only where identification is unsure (a page's template)."""
    visible: str = ""
    """A page's visible text outside the article too, where a publication date may be announced."""
    fault: str | None = None
    """What was wrong with the text though it could be read, as the end of a sentence, with the remedy."""


def refuse(item: Item, reason: str, *, line: int | None = None, content: object = None) -> Rejection:
    """The rejection of a file, or of one line of it; `reason` is a whole sentence."""
    row: dict[str, object] = {"path": item.origin}
    if line is not None:
        row["line"] = line
    if content is not None:
        row["excerpt"] = excerpt(content)
    return Rejection(item.origin if line is None else f"{item.origin}#{line}", row, (reason,))
