"""The times of a text that can date an event: ranges joined, bounds and comparisons left out, the dateline taken out.

Works on what `times` found; which of them dates which event belongs in `dates`.
"""

import datetime as dt
from bisect import bisect_left, bisect_right
from typing import NamedTuple

from etl.extraction.clauses import Clauses
from etl.extraction.events.lexis import Lexis
from etl.extraction.events.triggers import Trigger
from etl.extraction.mentions import TimeMention
from etl.extraction.text import Document

TEXT, CONTEXT = "text", "context"


class When(NamedTuple):
    """An interval with its source and the position of the time mention that gives it."""

    start: dt.datetime | None
    end: dt.datetime | None
    source: str | None
    time: int | None


NEVER = When(None, None, None, None)


class Timing(NamedTuple):
    """A time that can date an event, in tokens."""

    first: int
    end: int
    position: int
    start: dt.datetime
    stop: dt.datetime
    since: bool


SHORT = dt.timedelta(days=3)
"""How long a time may be for what follows to be told of it."""
_NONE: list[Timing] = []
_DATES = ("DATE", "TIME")


class Timings:
    """The times of a document for its triggers.

    `inside`: ordinal of a sentence → its times. `bound`: first token of a time → the noun that it is bound to (*the
    attack of Sunday*). `repeated`: where times stand that recur. `offsets`: tokens behind which stands what lies some
    time before the event that is told (*a week after it fell*). `dateline`: the day that opens the article's first
    lines, where the paragraph that it opens ends, and its sentence; it is none of the times, for it dates no event by
    standing in its clause.
    """

    def __init__(
        self, document: Document, clauses: Clauses, lexis: Lexis, times: list[TimeMention], triggers: list[Trigger]
    ) -> None:
        self._document = document
        self._clauses = clauses
        self._words = lexis.words
        self.repeated: list[int] = []
        self.offsets: set[int] = set()
        dating = self._dating(times)
        self.dateline = self._take_dateline(dating)
        self.inside = self._by_sentence(dating)
        self.bound = self._bind(triggers)

    def _dating(self, times: list[TimeMention]) -> list[Timing]:
        """Times with both ends, the two of a range taken together; none that only bounds or compares."""
        starts, tokens, words = self._document.starts, self._document.tokens, self._words
        bounds, count, first = self._document.sentence_tokens, len(tokens), 0
        bounding, opening, comparing, after = (words[name] for name in ("until", "since", "comparing", "after"))
        telling = bounding | opening | comparing
        found: list[Timing] = []
        for position, time in enumerate(times):
            end_char = time.end_char
            end = first = bisect_right(starts, time.start_char, first) - 1
            while end < count and starts[end] < end_char:
                end += 1
            if tokens[end - 1] in after:
                self.offsets.add(end - 1)
            elif time.timex_type not in _DATES and tokens[end : end + 1] and tokens[end] in after:
                self.offsets.add(end)
            start, stop = time.interval_start, time.interval_end
            if start is None or stop is None or time.timex_type not in _DATES:
                if time.timex_type == "SET":
                    self.repeated.append(first)
                continue
            since, before = False, tokens[max(0, first - 7) : first]
            if not telling.isdisjoint(before):
                near = before[-2:]
                dawns = time.timex_type == "TIME" and end - first > 1 and words["early"].issuperset(near[-1:])
                if not (dawns or bounding.isdisjoint(near)):
                    continue
                begun = bounds[bisect_right(bounds, first) - 1]
                if _compares(tokens[max(begun, first - 7) : first], comparing):
                    continue
                since = not opening.isdisjoint(near)
            last = found[-1] if found else None
            if last is not None and 0 < first - last.end <= 3 and self._joined(last, first, start):
                found[-1] = last._replace(end=end, stop=max(stop, last.stop))
            else:
                found.append(Timing(first, end, position, start, stop, since))
        return found

    def _joined(self, last: Timing, first: int, start: dt.datetime) -> bool:
        """Whether a time that starts at token `first` ends the range, or goes on with the days, that `last` began."""
        tokens, words = self._document.tokens, self._words
        if words["range_joiners"].isdisjoint(tokens[last.end : first]):
            return False
        opened = not words["range_openers"].isdisjoint(tokens[max(0, last.first - 2) : last.first])
        return (opened and last.start < start) or last.stop == start

    def _take_dateline(self, times: list[Timing]) -> tuple[When, int, int]:
        """The day that opens the article's first lines, where the paragraph that it opens ends, and its sentence.

        It is taken out of the times, for it dates no event by standing in its clause.
        """
        document, tokens = self._document, self._document.tokens
        for at, time in enumerate(times[:3]):
            if time.first > _OPENING:
                break
            clause = self._clauses.at(time.first)
            line = document.text.rfind("\n", 0, document.starts[time.first]) + 1
            heads = time.first - document.token_at(line) <= _HEAD
            closed = not self._words["dateline_ends"].isdisjoint(tokens[time.end : time.end + 6])
            if (
                heads
                and time.stop - time.start <= SHORT
                and (clause.verb < 0 or (closed and time.first < clause.group))
            ):
                del times[at]
                end = document.ends[time.end - 1]
                while 0 <= end < document.ends[time.end - 1] + _LEAD:
                    end = document.text.find("\n", end + 1)
                when = When(time.start, time.stop, CONTEXT, time.position)
                return when, end if end >= 0 else len(document.text), document.sentence_of_token(time.first)
        return NEVER, 0, 0

    def _by_sentence(self, times: list[Timing]) -> dict[int, list[Timing]]:
        """Ordinal of a sentence → its times."""
        bounds = self._document.sentence_tokens
        found: dict[int, list[Timing]] = {}
        for time in times:
            found.setdefault(bisect_right(bounds, time.first) - 1, []).append(time)
        return found

    def _bind(self, triggers: list[Trigger]) -> dict[int, int]:
        """First token of a time → the noun that it is bound to (*the attack of Sunday*), if any."""
        tokens, codes, binders = self._document.tokens, self._clauses.codes, self._words["binders"]
        found: dict[int, int] = {}
        for trigger in triggers:
            times = self.inside.get(trigger.clause.sentence)
            if times is None or not trigger.entry.nominal:
                continue
            end = trigger.token + 1 + len(trigger.entry.tail)
            for time in between(times, end, min(end + 5, trigger.clause.end)):
                if tokens[time.first - 1] in binders and _BREAKS.isdisjoint(codes[end : time.first]):
                    found[time.first] = trigger.token
        return found


_OPENING, _HEAD, _LEAD = 60, 9, 150
"""How many tokens into an article, and into its line, a dateline may stand; how many characters a lead has at least."""
_BREAKS = frozenset(',;:"qRBC')


def between(times: list[Timing], low: int, high: int) -> list[Timing]:
    """Those of a sentence's times that start at tokens `low` to `high` (exclusive)."""
    if len(times) == 1:
        return times if low <= times[0].first < high else _NONE
    return times[bisect_left(times, (low,)) : bisect_left(times, (high,))]


def _compares(before: list[str], comparing: frozenset[str]) -> bool:
    """Whether a time dates another figure that this one is compared with (*against 5.6% in September*)."""
    return any(
        word in comparing and any(token.isdecimal() for token in before[at + 1 : at + 4])
        for at, word in enumerate(before)
    )
