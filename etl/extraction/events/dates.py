"""Dates of events: the time in the same clause, else the sentence's, else the one that the narrative holds, else none.

Works on the times that `times` found; what is an event belongs in `triggers`. Words that bind times are data.
"""

import datetime as dt
from bisect import bisect_left
from typing import NamedTuple

from etl.extraction.clauses import Clause, Clauses, Kind, Tense
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


class _Time(NamedTuple):
    """A time that can date an event, in tokens."""

    first: int
    end: int
    position: int
    start: dt.datetime
    stop: dt.datetime


class Dates:
    """Dates the triggers of a document, in text order."""

    def __init__(self, document: Document, clauses: Clauses, lexis: Lexis, times: list[TimeMention]) -> None:
        self._document = document
        self._clauses = clauses
        self._lexis = lexis
        self._times = list(self._dating(times))
        self._firsts = [time.first for time in self._times]
        self._told: dict[str, When] = {}
        self._held: tuple[int, When] | None = None

    def _dating(self, times: list[TimeMention]) -> "list[_Time]":
        """Times with both ends, the two of a range taken together."""
        document, lexis, tokens = self._document, self._lexis, self._document.tokens
        published = document.published_on
        found: list[_Time] = []
        for position, time in enumerate(times):
            start, stop = time.interval_start, time.interval_end
            first, end = document.token_at(time.start_char), document.token_at(max(time.start_char, time.end_char - 1)) + 1
            before = tokens[max(0, first - 2) : first]
            if time.timex_type not in ("DATE", "TIME"):
                continue
            if not lexis.words("since").isdisjoint(before) and start is not None and published is not None:
                stop = dt.datetime.combine(published, dt.time()) + dt.timedelta(days=1)
                if stop <= start:
                    continue
            if start is None or stop is None or not lexis.words("until").isdisjoint(before):
                continue
            last = found[-1] if found else None
            if (
                last is not None
                and 0 <= first - last.end <= 3
                and not lexis.words("range_joiners").isdisjoint(tokens[last.end : first])
                and not lexis.words("range_openers").isdisjoint(tokens[max(0, last.first - 2) : last.first])
                and last.start < stop
            ):
                found[-1] = last._replace(end=end, stop=max(stop, last.stop))
                continue
            found.append(_Time(first, end, position, start, stop))
        return found

    def of(self, trigger: Trigger, event_type: str) -> When:
        """The date of a trigger."""
        time = self._attached(trigger) or self._in_clause(trigger) or self._in_sentence(trigger)
        if time is not None:
            when = When(time.start, time.stop, TEXT, time.position)
        else:
            when = self._from_context(trigger, event_type)
        if when.start is not None:
            self._told[trigger.entry.lemma] = when
            self._told[event_type] = when
            self._held = (self._document.sentence_of_token(trigger.token), when)
        return when

    def _between(self, first: int, end: int) -> list[_Time]:
        low, high = bisect_left(self._firsts, first), bisect_left(self._firsts, end)
        return self._times[low:high]

    def _attached(self, trigger: Trigger) -> _Time | None:
        """A time that follows a noun at once (the attack of Sunday) or stands before it (Sunday's attack)."""
        if not trigger.entry.nominal:
            return None
        end = trigger.token + 1 + len(trigger.entry.tail)
        return next((time for time in self._between(end, end + 3)), None)

    def _in_clause(self, trigger: Trigger) -> _Time | None:
        clause = trigger.clause
        inside = self._between(clause.first, clause.end)
        if not inside and clause.resumes >= 0:
            inside = self._between(clause.resumes, self._clauses.at(clause.resumes).end)
        if not inside:
            return None
        return min(inside, key=lambda time: (abs(time.first - trigger.token)))

    def _in_sentence(self, trigger: Trigger) -> _Time | None:
        document = self._document
        ordinal = document.sentence_of_token(trigger.token)
        clauses = self._clauses.of_sentence(ordinal)
        here = next(at for at, clause in enumerate(clauses) if clause.first == trigger.clause.first)
        order = [*range(here - 1, -1, -1), *range(here + 1, len(clauses))]
        for at in order:
            clause = clauses[at]
            if at < here and clause.kind is Kind.PARTICIPLE:
                continue
            if at > here and (clause.subordinate or clause.kind in (Kind.PARTICIPLE, Kind.INFINITIVE)):
                continue
            if clause.verb >= 0 and self._lexis.is_(document.tokens[clause.verb], "saying"):
                continue
            inside = self._between(clause.first, clause.end)
            if inside:
                return inside[-1] if at < here else inside[0]
        return None

    def _from_context(self, trigger: Trigger, event_type: str) -> When:
        held = self._told.get(trigger.entry.lemma)
        if held is not None and trigger.entry.nominal:
            return held._replace(source=CONTEXT)
        return NEVER
