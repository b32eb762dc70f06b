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


_DAY = dt.timedelta(days=1)
_ANY = dt.timedelta.max
_SHORT = dt.timedelta(days=3)
"""How long a time may be for what follows to be told of it."""
_QUARTER = dt.timedelta(days=93)
"""The same for figures of the economy, which go by quarters."""
_REAL = frozenset(("asserted", "negated"))
_INCIDENT = "INCIDENT"
_GROUPS = dict.fromkeys(
    ("ASSAULT", "ACCIDENT", "DISASTER", "LIFE", "HEALTH", "CRIME", "MOVE", "COERCE", "PROTEST"), _INCIDENT
)
"""Types that one story tells of one day: what happens, whom it hurts, who flees or is arrested."""
_SCATTERED = frozenset(
    (
        "ACCUSE",
        "REJECT",
        "REQUEST",
        "SUPPORT",
        "THREATEN",
        "CONCEDE",
        "DECIDE",
        "AID",
        "AGREE",
        "APPOINT",
        "SANCTION",
        "MOBILIZE",
        "COOPERATE",
        "RETREAT",
    )
)
"""Types whose tellings are background from many days rather than one story: no day goes on to them."""
_STORIES = frozenset((_INCIDENT, "SPORT"))
"""Groups that share the day on which the article began."""


class Dates:
    """Dates the triggers of a document, in text order."""

    def __init__(
        self, document: Document, clauses: Clauses, lexis: Lexis, times: list[TimeMention], triggers: list[Trigger]
    ) -> None:
        self._document = document
        self._clauses = clauses
        self._lexis = lexis
        published = document.published_on
        self._tomorrow = None if published is None else dt.datetime.combine(published, dt.time()) + _DAY
        self._times = self._dating(times)
        self._firsts = [time.first for time in self._times]
        self._bound = self._bind(triggers)
        self._repeated = [document.token_at(time.start_char) for time in times if time.timex_type == "SET"]
        self._told: dict[str, When] = {}
        self._held: dict[str, When] = {}
        self._opened: tuple[str, When] | None = None
        self._used: set[int | None] = set()
        self._dateline = self._take_dateline()

    # ---- the times of the text -------------------------------------------------------------------------------------

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
        return any(
            word in lexis.words("comparing") and any(token.isdecimal() for token in before[at + 1 : at + 4])
            for at, word in enumerate(before)
        )

    def _joined(self, last: _Time, first: int, start: dt.datetime) -> bool:
        """Whether a time that starts at token `first` ends the range, or goes on with the days, that `last` began."""
        tokens, lexis = self._document.tokens, self._lexis
        between = tokens[last.end : first]
        if not 0 < len(between) <= 3 or lexis.words("range_joiners").isdisjoint(between):
            return False
        opened = not lexis.words("range_openers").isdisjoint(tokens[max(0, last.first - 2) : last.first])
        return (opened and last.start < start) or last.stop == start

    def _take_dateline(self) -> tuple[When, int]:
        """The day that opens the article's first lines, before any verb, and where the paragraph that it opens ends."""
        document, tokens = self._document, self._document.tokens
        for at, time in enumerate(self._times[:3]):
            if time.first > _OPENING:
                break
            clause = self._clauses.at(time.first)
            line = document.text.rfind("\n", 0, document.starts[time.first]) + 1
            heads = time.first - document.token_at(line) <= _HEAD
            closed = not self._lexis.words("dateline_ends").isdisjoint(tokens[time.end : time.end + 6])
            if (
                heads
                and time.stop - time.start <= _SHORT
                and (clause.verb < 0 or (closed and time.first < clause.group))
            ):
                del self._times[at], self._firsts[at]
                end = document.ends[time.end - 1]
                while 0 <= end < document.ends[time.end - 1] + _LEAD:
                    end = document.text.find("\n", end + 1)
                return When(time.start, time.stop, CONTEXT, time.position), end if end >= 0 else len(document.text)
        return NEVER, 0

    def _bind(self, triggers: list[Trigger]) -> dict[int, int]:
        """First token of a time → the noun that it is bound to (*the attack of Sunday*), if any."""
        lexis, tokens, codes = self._lexis, self._document.tokens, self._clauses.codes
        found: dict[int, int] = {}
        for trigger in triggers:
            if not trigger.entry.nominal:
                continue
            end = trigger.token + 1 + len(trigger.entry.tail)
            for time in self._between(end, min(end + 5, trigger.clause.end)):
                linked = tokens[time.first - 1] in lexis.words("binders")
                if linked and _BREAKS.isdisjoint(codes[end : time.first]):
                    found[time.first] = trigger.token
        return found

    def _between(self, first: int, end: int) -> list[_Time]:
        low, high = bisect_left(self._firsts, first), bisect_left(self._firsts, end)
        return self._times[low:high]

    # ---- one trigger -----------------------------------------------------------------------------------------------

    def of(self, trigger: Trigger, event_type: str, modality: str) -> When:
        """The date of a trigger; called in text order, since the narrative's day goes on from one to the next."""
        group = _GROUPS.get(event_type, event_type)
        time = self._attached(trigger) or self._in_clause(trigger, modality)
        if time is None and (modality in _REAL or not trigger.entry.nominal):
            time = self._in_sentence(trigger, modality)
        if time is not None:
            when = When(time.start, self._stop(time, trigger), TEXT, time.position)
        else:
            when = self._from_context(trigger, group, modality)
        if when.start is not None and when.end is not None and modality == "asserted":
            self._told[trigger.entry.lemma] = when
            long = _QUARTER if group == "ECONOMY" else _SHORT
            if when.source == TEXT and self._past(when.end) and when.end - when.start <= long:
                self._held[group] = when
                self._opened = self._opened or (group, when)
            self._used.add(when.time)
        return when

    def habitual(self, trigger: Trigger) -> bool:
        """Whether a present tense tells what recurs (*every year*) rather than what happens."""
        clause = trigger.clause
        low, high = bisect_left(self._repeated, clause.first), bisect_left(self._repeated, clause.end)
        return low < high and clause.tense is Tense.PRESENT

    def ahead(self, when: When) -> bool:
        """Whether the date lies wholly after the day of publication."""
        return when.start is not None and self._tomorrow is not None and when.start >= self._tomorrow

    def _past(self, end: dt.datetime) -> bool:
        return self._tomorrow is not None and end <= self._tomorrow

    def _stop(self, time: _Time, trigger: Trigger) -> dt.datetime:
        """The end of the time; one that is open to the right goes on to the day of publication."""
        if time.since and self._tomorrow is not None and trigger.clause.kind is not Kind.PARTICIPLE:
            return max(time.stop, self._tomorrow)
        return time.stop

    def _fits(self, time: _Time, trigger: Trigger, modality: str) -> bool:
        """Whether a trigger may have happened, or may be going to happen, at the time."""
        if self._tomorrow is None:
            return True
        if modality == "planned":
            return time.stop >= self._tomorrow - _DAY
        if trigger.clause.tense is Tense.PAST and modality in _REAL and not trigger.entry.nominal:
            return time.start < self._tomorrow
        return True

    def _attached(self, trigger: Trigger) -> _Time | None:
        """A time bound to a noun: behind it (the attack of Sunday), before it (Sunday's), in a participle's clause."""
        if not trigger.entry.nominal:
            return None
        clause, end = trigger.clause, trigger.token + 1 + len(trigger.entry.tail)
        for time in self._between(end, min(end + 5, clause.end)):
            bound = self._bound.get(time.first)
            if not time.since and (bound == trigger.token or (bound is None and time.first <= end + 1)):
                finer = self._nearest(
                    self._between(max(clause.first, end - _FAR), min(clause.end, end + _FAR)), clause.verb
                )
                return finer if trigger.carrier and finer is not None and self._finer(finer, time) else time
        before = self._between(max(clause.first, trigger.token - 4), trigger.token)
        if before and trigger.token - before[-1].end <= 1 and not trigger.carrier:
            return before[-1]
        if clause.end - end <= _REACH and clause.end < len(self._document.tokens):
            following = self._clauses.at(clause.end)
            same = self._document.sentence_of_token(clause.end) == self._document.sentence_of_token(trigger.token)
            if same and following.kind is Kind.PARTICIPLE:
                return next(iter(self._between(following.first, following.end)), None)
        return None

    @staticmethod
    def _finer(one: _Time, other: _Time) -> bool:
        return one.stop - one.start < other.stop - other.start

    def _nearest(self, times: list[_Time], centre: int) -> _Time | None:
        """The time nearest to a verb; one that is open to the right only if no mark parts them."""
        codes = self._clauses.codes

        def far(time: _Time) -> tuple[bool, int]:
            parted = time.since and any(code in _MARKS for code in codes[centre : time.first])
            return parted, abs(time.first - centre)

        return min(times, key=far, default=None)

    def _in_clause(self, trigger: Trigger, modality: str) -> _Time | None:
        """A time in the trigger's clause, in the words just before it, or in the clause that it goes on with."""
        clause = trigger.clause
        own = trigger.token if trigger.entry.nominal else -1
        centre = clause.verb if clause.verb >= 0 and (trigger.carrier or own < 0) else trigger.token
        inside = [
            time
            for time in self._between(max(clause.first, centre - _FAR), min(clause.end, centre + _FAR))
            if self._fits(time, trigger, modality) and self._holds(time, own)
        ]
        leading = self._between(max(0, clause.first - 8), clause.first)
        if leading and clause.first - leading[-1].end <= 1 and clause.kind is Kind.FINITE and not clause.subordinate:
            lead = leading[-1]
            if self._separated(lead) and self._fits(lead, trigger, modality) and lead.first not in self._bound:
                inside.append(lead)
        if not inside and clause.resumes >= 0:
            whole = self._between(clause.resumes, min(self._clauses.at(clause.resumes).end, clause.resumes + _FAR))
            inside = [time for time in whole if self._fits(time, trigger, modality)]
        return self._nearest(inside, centre)

    def _holds(self, time: _Time, own: int) -> bool:
        """Whether a time dates more than the noun that it is bound to: that noun itself, or what went on during it."""
        noun = self._bound.get(time.first, own)
        before = self._document.tokens[max(0, noun - 4) : noun]
        return noun == own or not self._lexis.words("during").isdisjoint(before)

    def _separated(self, time: _Time) -> bool:
        """Whether a mark stands before the time, so that it opens what follows."""
        codes = self._clauses.codes
        return any(codes[at] in _MARKS for at in range(max(0, time.first - 3), time.first))

    def _in_sentence(self, trigger: Trigger, modality: str) -> _Time | None:
        """A time in another clause of the sentence that holds for this one as well."""
        document, lexis = self._document, self._lexis
        clauses = self._clauses.of_sentence(document.sentence_of_token(trigger.token))
        here = bisect_left(clauses, trigger.clause.first, key=_first)
        reach = range(max(0, here - _CLAUSES), min(len(clauses), here + _CLAUSES))
        for at in (*reversed(range(reach.start, here)), *range(here + 1, reach.stop)):
            clause = clauses[at]
            if clause.kind is Kind.PARTICIPLE and at:
                continue
            if at > here and (clause.subordinate or clause.kind is Kind.INFINITIVE):
                continue
            if at < here and clause.subordinate and trigger.clause.resumes >= 0:
                continue
            governs = at == here - 1 and trigger.clause.kind is Kind.GERUND
            if clause.verb >= 0 and lexis.is_(document.tokens[clause.verb], "saying") and not governs:
                continue
            limit = _SHORT if clause.kind is Kind.PARTICIPLE else _ANY
            inside = [
                time
                for time in self._between(clause.first, min(clause.end, clause.first + _FAR))
                if time.first not in self._bound
                and time.stop - time.start <= limit
                and self._fits(time, trigger, modality)
                and not time.since
            ]
            if inside:
                return self._nearest(inside, clause.verb if clause.verb >= 0 else trigger.token)
        return None

    def _from_context(self, trigger: Trigger, group: str, modality: str) -> When:
        """The day that the narrative holds, for what is told as having happened."""
        if modality not in _REAL:
            return NEVER
        told = self._told.get(trigger.entry.lemma)
        if trigger.entry.nominal and told is not None:
            return told._replace(source=CONTEXT)
        if group in _SCATTERED:
            return NEVER
        tense, kind = trigger.clause.tense, trigger.clause.kind
        held = self._held.get(group, NEVER)
        if held.end is None and self._document.starts[trigger.token] < self._dateline[1]:
            held = self._dateline[0]
        if held.end is None:
            held = self._opening()
        if held.end is None and self._opened is not None and {group, self._opened[0]} <= _STORIES:
            held = self._opened[1]
        if held.end is None:
            return NEVER
        if tense is Tense.PRESENT and not trigger.entry.nominal:
            fresh = self._tomorrow is not None and held.end >= self._tomorrow - _DAY
            return held._replace(source=CONTEXT) if fresh else NEVER
        if trigger.entry.nominal or tense is Tense.PAST or kind in (Kind.GERUND, Kind.PARTICIPLE):
            return held._replace(source=CONTEXT)
        return NEVER

    def _opening(self) -> When:
        """The day on which the first sentences set their scene, if no event there has taken it."""
        bounds = self._document.sentence_tokens
        for time in self._between(0, bounds[min(2, len(bounds) - 1)]):
            clause = self._clauses.at(time.first)
            said = clause.verb >= 0 and self._lexis.is_(self._document.tokens[clause.verb], "saying")
            free = time.position not in self._used and time.first not in self._bound and not time.since
            if free and not said and self._past(time.stop) and time.stop - time.start <= _SHORT:
                return When(time.start, time.stop, CONTEXT, time.position)
        return NEVER


_OPENING, _HEAD, _LEAD = 60, 9, 150
"""How many tokens into an article, and into its line, a dateline may stand; how many characters a lead has at least."""
_REACH, _FAR = 8, 80
"""How many tokens away a participle's clause may start behind its noun, and a time of its clause stand."""
_CLAUSES = 12
"""How many clauses away in its sentence a time may date a trigger."""
_BREAKS = frozenset(',;:"qRBC')
_MARKS = frozenset(',;:"')


def _first(clause: Clause) -> int:
    return clause.first
