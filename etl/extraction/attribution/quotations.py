"""Quotations: where they open and close. Who says them is told by the statements around them (`attribution`)."""

import re
from bisect import bisect_left, bisect_right

from etl.extraction.text import Document

_LONGEST = 600
"""In tokens: a mark without its partner that near was left unclosed."""
_SHORTEST = 3
"""In tokens: fewer are words held at a distance, not speech."""
_PARTNERS = {"«": "»", "“": "”", "„": "“", '"': '"'}
QUOTATION_MARKS = frozenset('«»“”„"')
QUOTE = '"'
"""The code of every quotation mark among those of the words that attribution starts from."""
_MARK = re.compile(QUOTE)


class Quotations:
    """The quotations of a document, as tokens of their opening and closing marks; a line break closes what is open."""

    def __init__(self, document: Document, codes: str) -> None:
        """`codes`: the code of each token (see `cues`)."""
        self.spans: list[tuple[int, int]] = []
        tokens, opened, closer = document.tokens, -1, ""
        for mark in _MARK.finditer(codes):
            at = mark.start()
            if opened >= 0 and (
                at - opened > _LONGEST or "\n" in document.text[document.ends[opened] : document.starts[at]]
            ):
                opened = -1
            before, behind = document.glued(at), at + 1 < len(tokens) and document.glued(at + 1)
            if opened >= 0 and tokens[at] == '"' == closer and behind and not before:
                opened = -1  # one that opens: the one before was never closed
            if opened < 0:
                if tokens[at] in _PARTNERS and (tokens[at] != '"' or behind or not before):
                    opened, closer = at, _PARTNERS[tokens[at]]
            elif tokens[at] == closer:
                if at - opened > _SHORTEST:
                    self.spans.append((opened, at))
                opened = -1
        self._opened = [first for first, _ in self.spans]

    def closing(self, first: int, end: int) -> int:
        """The closing mark of the first quotation that opens at tokens `first` to `end`, exclusive; -1 if none."""
        at = bisect_left(self._opened, first)
        return self.spans[at][1] if at < len(self.spans) and self._opened[at] < end else -1

    def at(self, token: int) -> int:
        """Which quotation holds the token, its marks included; -1 if none does."""
        at = bisect_right(self._opened, token) - 1
        return at if at >= 0 and token <= self.spans[at][1] else -1

    def around(self, token: int) -> bool:
        """Whether the token is quoted."""
        at = bisect_right(self._opened, token) - 1
        return at >= 0 and token < self.spans[at][1]
