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
    since: bool


class Dates:
    """Dates the triggers of a document, in text order."""

    def __init__(self, document: Document, clauses: Clauses, lexis: Lexis, times: list[TimeMention]) -> None:
        self._document = document
        self._clauses = clauses
        self._lexis = lexis
        self._times = self._dating(times)
        self._firsts = [time.first for time in self._times]
        self._told: dict[str, When] = {}
        self._held: When | None = None
        self._held_at = 0
        self._today = None if document.published_on is None else dt.datetime.combine(document.published_on, dt.time())

    def _dating(self, times: list[TimeMention]) -> list[_Time]:
        """Times with both ends, the two of a range taken together; none that only bounds or compares."""
        document, lexis, tokens = self._document, self._lexis, self._document.tokens
        found: list[_Time] = []
        for position, time in enumerate(times):
            if time.timex_type not in ("DATE", "TIME"):
                continue
            start, stop = time.interval_start, time.interval_end
            first = document.token_at(time.start_char)
            end = document.token_at(max(time.start_char, time.end_char - 1)) + 1
            before = tokens[max(0, first - 2) : first]
            since = not lexis.words("since").isdisjoint(before)
            if start is None or stop is None or not lexis.words("until").isdisjoint(before) or self._compares(first):
                continue
            last = found[-1] if found else None
            if last is not None and self._joined(last, first, start):
                found[-1] = last._replace(end=end, stop=max(stop, last.stop))
            else:
                found.append(_Time(first, end, position, start, stop, since))
        return found

    def _compares(self, first: int) -> bool:
        """Whether the time dates another figure that this one is compared with (*against 5.6% in September*)."""
        tokens, lexis = self._document.tokens, self._lexis
        before = tokens[max(0, first - 7) : first]
        for at, word in enumerate(before):
            if word in lexis.words("comparing") and any(token.isdecimal() for token in before[at + 1 : at + 4]):
                return True
        return False

    def _joined(self, last: _Time, first: int, start: dt.datetime) -> bool:
        """Whether a time that starts at token `first` ends the range, or goes on with the days, that `last` began."""
        tokens, lexis = self._document.tokens, self._lexis
        between = tokens[last.end : first]
        if not 0 < len(between) <= 3 or lexis.words("range_joiners").isdisjoint(between):
            return False
        opened = not lexis.words("range_openers").isdisjoint(tokens[max(0, last.first - 2) : last.first])
        return (opened and last.start < start) or last.stop == start

    def of(self, trigger: Trigger, event_type: str, modality: str) -> When:
        """The date of a trigger; called in text order, since the narrative's day goes on from one to the next."""
        time = self._attached(trigger) or self._in_clause(trigger)
        if time is None and (modality in _REAL or not trigger.entry.nominal):
            time = self._in_sentence(trigger)
        if time is not None:
            when = When(time.start, self._stop(time, trigger), TEXT, time.position)
        else:
            when = self._from_context(trigger, event_type, modality)
        if when.start is not None and modality == "asserted":
            self._told[trigger.entry.lemma] = when
            if when.source == TEXT and self._is_narrative(trigger, when):
                self._held, self._held_at = when, trigger.token
        return when

    def _stop(self, time: _Time, trigger: Trigger) -> dt.datetime:
        """The end of the time; one that is open to the right goes on to the day of publication."""
        if time.since and self._today is not None and trigger.clause.kind is not Kind.PARTICIPLE:
            return max(time.stop, self._today + _DAY)
        return time.stop

    def _is_narrative(self, trigger: Trigger, when: When) -> bool:
        """Whether the date is one that what follows may be told on: past, short, of a main clause."""
        if when.start is None or when.end is None or self._today is None:
            return False
        return when.end <= self._today + _DAY and when.end - when.start <= _SHORT

    def _between(self, first: int, end: int) -> list[_Time]:
        low, high = bisect_left(self._firsts, first), bisect_left(self._firsts, end)
        return self._times[low:high]

    def _attached(self, trigger: Trigger) -> _Time | None:
        """A time that follows a noun at once (the attack of Sunday) or stands before it (Sunday's attack)."""
        if not trigger.entry.nominal or trigger.carrier:
            return None
        end = trigger.token + 1 + len(trigger.entry.tail)
        after = next(iter(self._between(end, end + 3)), None)
        if after is not None and after.first < trigger.clause.end:
            return after
        before = self._between(max(0, trigger.token - 4), trigger.token)
        return before[-1] if before and trigger.token - before[-1].end <= 2 else None

    def _in_clause(self, trigger: Trigger) -> _Time | None:
        clause = trigger.clause
        inside = self._between(clause.first, clause.end)
        if not inside and clause.resumes >= 0:
            inside = self._between(clause.resumes, self._clauses.at(clause.resumes).end)
        centre = clause.verb if trigger.carrier or not trigger.entry.nominal else trigger.token
        return min(inside, key=lambda time: abs(time.first - centre), default=None)

    def _in_sentence(self, trigger: Trigger) -> _Time | None:
        document, lexis = self._document, self._lexis
        clauses = self._clauses.of_sentence(document.sentence_of_token(trigger.token))
        here = bisect_left(clauses, trigger.clause.first, key=_first)
        for at in (*range(here - 1, -1, -1), *range(here + 1, len(clauses))):
            clause = clauses[at]
            if clause.kind is Kind.PARTICIPLE or (at > here and (clause.subordinate or clause.kind is Kind.INFINITIVE)):
                continue
            if at < here and clause.subordinate and trigger.clause.resumes >= 0:
                continue
            if clause.verb >= 0 and lexis.is_(document.tokens[clause.verb], "saying"):
                continue
            inside = self._between(clause.first, clause.end)
            if inside:
                centre = clause.verb if clause.verb >= 0 else trigger.token
                return min(inside, key=lambda time: abs(time.first - centre))
        return None

    def _from_context(self, trigger: Trigger, event_type: str, modality: str) -> When:
        """The day that the narrative holds, for what is told as having happened."""
        if modality not in _REAL:
            return NEVER
        told = self._told.get(trigger.entry.lemma)
        if trigger.entry.nominal and told is not None:
            return told._replace(source=CONTEXT)
        if self._held is None or not self._goes_on(trigger):
            return NEVER
        return self._held._replace(source=CONTEXT)

    def _goes_on(self, trigger: Trigger) -> bool:
        import os
        V=os.environ.get("V","1")
        clause = trigger.clause
        text = self._document.text
        same = "\n" not in text[self._document.starts[self._held_at]:self._document.starts[trigger.token]]
        past = clause.tense is Tense.PAST and clause.kind is Kind.FINITE
        if trigger.entry.nominal:
            if V in ("1","2"): return False
            if V=="3": return trigger.carrier and same
            if V=="4": return same
            if V=="5": return True
        if clause.kind is Kind.GERUND: return V in "2345" and same
        if clause.kind is Kind.PARTICIPLE: return V in "5" and same
        if V=="5": return past
        return past and same


def _first(clause: Clause) -> int:
    return clause.first


_REAL = frozenset(("asserted", "negated"))
_DAY = dt.timedelta(days=1)
_SHORT = dt.timedelta(days=8)
"""How long a time may be for what follows to be told of it."""
