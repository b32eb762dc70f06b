"""Quotations: where they open and close. Who says them is told by the statements around them (`attribution`)."""

import re
from bisect import bisect_left, bisect_right

from etl.extraction.text import Document

_LONGEST = 600
"""In tokens: a mark without its partner that near was left unclosed."""
_SHORTEST = 3
"""In tokens: fewer are words held at a distance, not speech."""
_PARTNERS = {"«": "»", "“": "”", "„": "“", '"': '"'}
_STRAIGHT = '"'
QUOTATION_MARKS = frozenset('«»“”„"')
QUOTE = '"'
"""The code of every quotation mark among those of the words that attribution starts from."""
_MARK = re.compile(QUOTE)


class Quotations:
    """The quotations of a document, as tokens of their opening and closing marks; a line break closes what is open."""

    def __init__(self, document: Document, codes: str) -> None:
        """`codes`: the code of each token (see `cues`)."""
        self.spans: list[tuple[int, int]] = []
        tokens, text, starts, ends = document.tokens, document.text, document.starts, document.ends
        opened, closer = -1, ""
        for mark in _MARK.finditer(codes):
            at = mark.start()
            token = tokens[at]
            if opened >= 0 and (at - opened > _LONGEST or text.find("\n", ends[opened], starts[at]) >= 0):
                opened = -1
            side = 0
            if token == _STRAIGHT:  # which opens (1) or closes (-1) as the blanks around it tell
                side = (at + 1 < len(tokens) and document.glued(at + 1)) - document.glued(at)
                if side > 0 and closer == token:
                    opened = -1  # the one before was never closed
            if opened < 0:
                if side >= 0 and token in _PARTNERS:
                    opened, closer = at, _PARTNERS[token]
            elif token == closer:
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

    def last_before(self, token: int) -> int:
        """Which quotation is the last that opens before the token; -1 if none does."""
        return bisect_left(self._opened, token) - 1

    def around(self, token: int) -> bool:
        """Whether the token is quoted."""
        at = bisect_right(self._opened, token) - 1
        return at >= 0 and token < self.spans[at][1]
