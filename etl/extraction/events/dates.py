"""Dates of events: the time in the same clause, else the sentence's, else the one that the narrative holds, else none.

Chooses among the times that `timings` holds and the days that the story so far has set; what is an event belongs in
`triggers`. Words that bind times are data.
"""

import datetime as dt
import re
from bisect import bisect_left

from etl.extraction.clauses import Clause, Clauses, Kind, Tense
from etl.extraction.events.lexis import AFTER, SINCE, Lexis, tokens_of
from etl.extraction.events.timings import CONTEXT, NEVER, SHORT, TEXT, Timing, Timings, When, between
from etl.extraction.events.triggers import Trigger
from etl.extraction.mentions import TimeMention
from etl.extraction.text import Document

_PAST, _PRESENT = Tense.PAST, Tense.PRESENT
_FINITE, _INFINITIVE, _PARTICIPLE, _GERUND, _ = Kind

_DAY = dt.timedelta(days=1)
_ANY = dt.timedelta.max
_YEAR = dt.timedelta(days=365)
_QUARTER = dt.timedelta(days=93)
"""How long a time may be for figures to be told of it, which go by quarters."""
_ASSERTED = "asserted"
_REAL = frozenset(("asserted", "negated"))
_INCIDENT = "INCIDENT"
_GROUPS = dict.fromkeys(
    ("ASSAULT", "ACCIDENT", "DISASTER", "LIFE", "HEALTH", "CRIME", "MOVE", "COERCE", "PROTEST", "MOBILIZE"), _INCIDENT
)
"""Types that one story tells of one day: what happens, whom it hurts, who flees or is arrested, who is called."""
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
        "SANCTION",
        "COOPERATE",
        "RETREAT",
        "SCIENCE",
    )
)
"""Types whose tellings are background from many days rather than one story: no day goes on to them."""
_ECONOMY, _FIGURES, _MARKET = "ECONOMY", "FIGURES", "MARKET"
"""Deals are of a day, figures of a quarter, prices of the day that the article is about."""
_BUSINESS = frozenset((_ECONOMY, _FIGURES, _MARKET))
_SETTLED = _BUSINESS | {"SPORT"}
"""Types that an article tells of one match or one quarter: the first day named is the one, others are beside it."""
_HARM = frozenset(("ASSAULT", "ACCIDENT", "DISASTER"))
"""Types of what has its consequences on the same day."""
_STORIES = frozenset((_INCIDENT, "SPORT"))
"""Groups that share the day on which the article began."""


class Dates:
    """Dates the triggers of a document, in text order; `marks` are the document's, by `Lexis.marks`.

    `repeated`: where times stand that recur.
    """

    def __init__(
        self,
        document: Document,
        clauses: Clauses,
        lexis: Lexis,
        times: list[TimeMention],
        triggers: list[Trigger],
        marks: str,
    ) -> None:
        self._document = document
        self._clauses = clauses
        self._codes = clauses.codes
        self._words = lexis.words
        self._saying = lexis.forms["saying"]
        self._lexis = lexis
        self._after, self._since = tokens_of(marks, AFTER), tokens_of(marks, SINCE)
        self._off = {token for at in self._after for token in range(at + 1, at + _OFF)}
        published = document.published_on
        self._tomorrow = None if published is None else dt.datetime.combine(published, dt.time()) + _DAY
        self._today = NEVER
        if self._tomorrow is not None:
            self._today = When(self._tomorrow - _DAY, self._tomorrow, CONTEXT, None)
        timings = Timings(document, clauses, lexis, times, triggers)
        self.repeated, self._offsets, self._dateline = timings.repeated, timings.offsets, timings.dateline
        self._inside, self._bound = timings.inside, timings.bound
        self._told: dict[str, When] = {}
        self._held: dict[str, When] = {}
        self._opened: tuple[str, When] | None = None
        self._before: tuple[Trigger, When] | None = None
        self._scene = self._set_scene()

    def _set_scene(self) -> list[When]:
        """The short times of the first two sentences: days on which they may set their scene."""
        found = []
        for time in (*self._inside.get(0, ()), *self._inside.get(1, ())):
            verb = self._clauses.at(time.first).verb
            said = verb >= 0 and self._document.tokens[verb] in self._saying
            free = time.first not in self._bound and not time.since
            if free and not said and self._past(time.stop) and time.stop - time.start <= SHORT:
                found.append(When(time.start, time.stop, CONTEXT, time.position))
        return found

    def of(self, trigger: Trigger, event_type: str, modality: str) -> When:
        """The date of a trigger; called in text order, since the narrative's day goes on from one to the next."""
        group = _GROUPS.get(event_type, event_type)
        if group == _ECONOMY and trigger.entry.lemma in self._words["moving"]:
            group = _MARKET if self._is_priced(trigger) else _FIGURES
        times = self._inside.get(trigger.clause.sentence)
        time = None if times is None else self._told_with(trigger, times, modality)
        own = time is not None and trigger.token < time.first <= trigger.token + _OWN
        if trigger.token in self._off and not own and self._lies_off(trigger, event_type):
            return NEVER
        if time is None:
            when = self._from_context(trigger, group, modality)
            self._before = (trigger, when)
            if when.start is not None and modality == _ASSERTED:
                self._told[trigger.entry.lemma] = when
                if self._scene:
                    self._leave_scene(when)
            return when
        stop = self._stop(time, trigger)
        when = When(time.start, stop, TEXT, time.position)
        carried_on = When(time.start, stop, CONTEXT, time.position)
        self._before = (trigger, carried_on)
        if modality == _ASSERTED:
            self._told[trigger.entry.lemma] = carried_on
            length = stop - time.start
            if group in _BUSINESS:
                group = _ECONOMY if length <= SHORT else _FIGURES
            if self._past(stop) and length <= (_QUARTER if group == _FIGURES else SHORT):
                if group not in _SETTLED or group not in self._held:
                    self._held[group] = carried_on
                self._opened = self._opened or (group, carried_on)
            if self._scene:
                self._leave_scene(when)
        return when

    def _is_priced(self, trigger: Trigger) -> bool:
        """Whether what rises or falls has its price every day, unlike a firm's sales."""
        return not self._words["traded"].isdisjoint(self._document.tokens[trigger.clause.first : trigger.clause.end])

    def _leave_scene(self, when: When) -> None:
        """A day of the first sentences that an event has taken is no longer the next one's."""
        self._scene = [scene for scene in self._scene if scene.time != when.time]

    def _lies_off(self, trigger: Trigger, event_type: str) -> bool:
        """Whether the trigger is what another event comes after: some time after, or at once but for harm done."""
        clause, token, tokens = trigger.clause, trigger.token, self._document.tokens
        for at in reversed(self._after[: bisect_left(self._after, token)]):
            if at <= token - _OFF or _BREAK.search(self._codes, at, token):
                return False
            if at in self._offsets or (at and tokens[at - 1] in self._words["lengths"]):
                return True
            opens = clause.subordinate and clause.first - 1 <= at <= clause.first + 1
            if opens and not trigger.entry.nominal and event_type not in _HARM:
                return True
        return False

    def _leads(self, trigger: Trigger) -> bool:
        """Whether the trigger is the main verb of what the dateline opens: its first sentence, the news of the day."""
        clause = trigger.clause
        if trigger.entry.nominal or clause.kind is not _FINITE or clause.subordinate:
            return False
        if self._document.starts[trigger.token] >= self._dateline[1]:
            return False
        return clause.tense is _PRESENT or (clause.tense is _PAST and clause.sentence <= self._dateline[2] + 1)

    def _is_recent(self, trigger: Trigger) -> bool:
        """Whether the verb's group says that it happened just now (*vient de démissionner*)."""
        group = self._document.tokens[trigger.clause.head : trigger.clause.verb]
        return not self._words["recent"].isdisjoint(group) and not self._earlier(trigger)

    def habitual(self, trigger: Trigger) -> bool:
        """Whether a present tense tells what recurs (*every year*) rather than what happens."""
        repeated, clause = self.repeated, trigger.clause
        if clause.tense is not _PRESENT:
            return False
        return bisect_left(repeated, clause.first) < bisect_left(repeated, clause.end)

    def ahead(self, start: dt.datetime) -> bool:
        """Whether what starts then lies wholly after the day of publication."""
        return self._tomorrow is not None and start >= self._tomorrow

    def _past(self, end: dt.datetime) -> bool:
        return self._tomorrow is not None and end <= self._tomorrow

    def _stop(self, time: Timing, trigger: Trigger) -> dt.datetime:
        """The end of the time; one that is open to the right goes on to the day of publication."""
        if time.since and self._tomorrow is not None and trigger.clause.kind is not _PARTICIPLE:
            return max(time.stop, self._tomorrow)
        return time.stop

    def _told_with(self, trigger: Trigger, times: list[Timing], modality: str) -> Timing | None:
        """The time of its sentence that dates the trigger, if any: its own, its clause's, another clause's."""
        nominal = trigger.entry.nominal
        time = self._attached(trigger, times) if nominal else None
        if time is None:
            time = self._in_clause(trigger, times, modality)
            if not nominal and modality in _REAL:
                time = self._going_on(trigger, times, time)
        if time is None and (modality in _REAL if nominal else not self._earlier(trigger)):
            time = self._in_sentence(trigger, times, modality)
        return time

    def _earlier(self, trigger: Trigger) -> bool:
        """Whether the verb's tense puts it before what is being told (*had won*), not only what somebody said."""
        clause = trigger.clause
        if not self._pluperfect(clause):
            return False
        before = self._clauses.of_sentence(clause.sentence)[max(0, clause.place - _BACK) : clause.place]
        verb = next((other.verb for other in reversed(before) if other.verb >= 0 and not self._pluperfect(other)), -1)
        return verb < 0 or self._document.tokens[verb] not in self._saying

    def _pluperfect(self, clause: Clause) -> bool:
        if clause.tense is not _PAST or clause.kind is not _FINITE or clause.head == clause.verb:
            return False
        return self._lexis.pluperfect(self._codes[clause.head], passive=clause.passive)

    def _fits(self, time: Timing, trigger: Trigger, modality: str) -> bool:
        """Whether a trigger may have happened, or may be going to happen, at the time."""
        if self._tomorrow is None:
            return True
        if modality == "planned":
            return time.stop >= self._tomorrow - _DAY
        if trigger.clause.tense is _PAST and modality in _REAL and not trigger.entry.nominal:
            return time.start < self._tomorrow
        return True

    def _attached(self, trigger: Trigger, times: list[Timing]) -> Timing | None:
        """A time bound to a noun: behind it (the attack of Sunday), before it (Sunday's), in a participle's clause."""
        clause, token = trigger.clause, trigger.token
        end = token + 1 + len(trigger.entry.tail)
        for time in between(times, end, min(end + 5, clause.end)):
            bound = self._bound.get(time.first)
            if not time.since and (bound == token or (bound is None and time.first <= end + 1)):
                if not trigger.carrier:
                    return time
                around = between(times, max(clause.first, end - _FAR), min(clause.end, end + _FAR))
                finer = self._nearest(around, clause.verb)
                return finer if finer is not None and _finer(finer, time) else time
        if not trigger.carrier:
            before = between(times, max(clause.first, token - 4), token)
            if before and token - before[-1].end <= 1:
                return before[-1]
        if clause.end - end <= _REACH:
            following = self._clauses.of_sentence(clause.sentence)[clause.place + 1 : clause.place + 2]
            if following and following[0].kind is _PARTICIPLE:
                inside = between(times, following[0].first, following[0].end)
                return inside[0] if inside else None
        return None

    def _going_on(self, trigger: Trigger, times: list[Timing], time: Timing | None) -> Timing | None:
        """The time of a verb, or the one since which its event has gone on: what began then is told before the time.

        *Thousands have fled since the war broke out in May; 40 ont péri depuis le début des pluies, le 3 mai.*
        """
        clause, openers = trigger.clause, self._since
        if not openers or clause.tense is not _PAST or clause.kind is not _FINITE:
            return time
        if time is not None:
            low, high = max(clause.verb, time.first - _NEAR), time.first
        else:
            low = clause.verb + 1
            high = self._clauses.of_sentence(clause.sentence)[clause.place : clause.place + 3][-1].first + 1
        index = bisect_left(openers, low)
        since = openers[index] if index < len(openers) else -1
        if not low <= since < max(high, clause.end) or self._parted(clause.verb, since):
            return time
        if time is None:
            began = between(times, since + 1, since + _NEAR + _NEAR)
            time = began[0] if began and not self._parted(since, began[0].first) else None
        elif time.first < since:
            return time
        return time._replace(since=True) if time is not None and self._past(time.stop) else time

    def _nearest(self, times: list[Timing], centre: int) -> Timing | None:
        """The time nearest to a verb; one that is open to the right only if no mark parts them."""
        if len(times) < 2:
            return times[0] if times else None

        def far(time: Timing) -> tuple[bool, int]:
            return time.since and self._parted(centre, time.first), abs(time.first - centre)

        return min(times, key=far)

    def _parted(self, first: int, end: int) -> bool:
        """Whether a mark other than that of a number stands between the tokens."""
        return _MARK.search(self._codes, first, end) is not None

    def _in_clause(self, trigger: Trigger, times: list[Timing], modality: str) -> Timing | None:
        """A time in the trigger's clause, in the words just before it, or in the clause that it goes on with."""
        clause = trigger.clause
        own = trigger.token if trigger.entry.nominal else -1
        centre = clause.verb if clause.verb >= 0 and (trigger.carrier or own < 0) else trigger.token
        inside: list[Timing] = []
        for time in between(times, max(clause.first, centre - _FAR), min(clause.end, centre + _FAR)):
            if (
                self._fits(time, trigger, modality)
                and self._holds(time, own)
                and not self._says_when(time, trigger)
                and not (time.since and time.first > centre and self._parted(centre, time.first))
            ):
                inside.append(time)
        if clause.kind is _FINITE and not clause.subordinate:
            for time in between(times, clause.first - _NEAR, clause.first)[-1:]:
                beside = clause.first - time.end <= 1 and time.first not in self._bound
                if beside and self._separated(time) and self._fits(time, trigger, modality):
                    inside.append(time)
        elif self._document.tokens[clause.first] in self._words["when"]:
            for time in between(times, clause.first - _NEAR, clause.first)[-1:]:
                if clause.first - time.end <= 1:  # *on Monday, when the senate votes*
                    inside.append(time)
        if not inside and clause.resumes >= 0:
            whole = between(times, clause.resumes, min(self._clauses.at(clause.resumes).end, clause.resumes + _FAR))
            inside = [time for time in whole if self._fits(time, trigger, modality)]
        if not inside:
            return None
        if own < 0 and len(inside) > 1 and any(time.stop - time.start <= _DAY for time in inside):
            # A year beside a day tells whose, not when (*passed the 2031 budget on Friday*).
            inside = [time for time in inside if time.stop - time.start < _YEAR] or inside
        # What has gone on since some day is background to a day of its own.
        return self._nearest([time for time in inside if not time.since] or inside, centre)

    def _says_when(self, time: Timing, trigger: Trigger) -> bool:
        """Whether the time dates a saying that the clause goes on from (*said on Monday it would close*)."""
        clause = trigger.clause
        return (
            clause.place > 0
            and clause.first <= time.first <= clause.first + 1
            and time.first < clause.group
            and self._document.tokens[clause.first - 1] in self._saying
        )

    def _holds(self, time: Timing, own: int) -> bool:
        """Whether a time dates more than the noun that it is bound to: that noun itself, or what went on during it."""
        noun = self._bound.get(time.first, own)
        return noun == own or not self._words["during"].isdisjoint(self._document.tokens[max(0, noun - 4) : noun])

    def _separated(self, time: Timing) -> bool:
        """Whether a mark stands before the time, so that it opens what follows."""
        return not _MARKS.isdisjoint(self._codes[max(0, time.first - 3) : time.first])

    def _in_sentence(self, trigger: Trigger, times: list[Timing], modality: str) -> Timing | None:
        """A time in another clause of the sentence that holds for this one as well."""
        clauses, here = self._clauses.of_sentence(trigger.clause.sentence), trigger.clause.place
        own = trigger.clause
        if self._perfect(own):
            return None
        if not self._words["purpose"].isdisjoint(self._document.tokens[own.first : own.first + 1]):
            modality = _ASSERTED  # what one does something for is of the same day
        real = modality in _REAL and own.tense is not Tense.FUTURE
        places = [self._clauses.at(time.first).place for time in times]
        near = {place for place in places if here - _CLAUSES <= place < here + _CLAUSES and place != here}
        for at in sorted(near, key=lambda place: (place > here, abs(place - here))) if len(near) > 1 else near:
            clause = clauses[at]
            if not (self._lends_back(clauses, at, trigger, modality) if at > here else self._lends(clauses, at, here)):
                continue
            if not (real or at >= here - 1):
                continue
            onward = own.kind is _INFINITIVE and not trigger.entry.nominal
            limit = SHORT if onward or clause.kind is _PARTICIPLE else _ANY
            past = modality == _ASSERTED and clause.resumes != own.first
            inside = [
                time
                for time, place in zip(times, places, strict=True)
                if place == at
                and time.first < clause.first + _FAR
                and (at < here or clause.resumes == own.first or time.first > clause.verb)
                and not (time.since or (past and self.ahead(time.start)))
                and (real or at > here or self.ahead(time.start))
                and time.first not in self._bound
                and time.stop - time.start <= limit
                and self._fits(time, trigger, modality)
            ]
            if inside:
                return self._nearest(inside, clause.verb if clause.verb >= 0 else trigger.token)
        return None

    def _lends(self, clauses: list[Clause], at: int, here: int) -> bool:
        """Whether the times of an earlier clause of the sentence hold for what a later one tells."""
        clause, own = clauses[at], clauses[here]
        if (clause.kind is _PARTICIPLE and at) or (clause.subordinate and own.resumes >= 0):
            return False
        said = clause.verb >= 0 and self._document.tokens[clause.verb] in self._saying
        return not said or (at == here - 1 and own.kind is _GERUND)

    def _lends_back(self, clauses: list[Clause], at: int, trigger: Trigger, modality: str) -> bool:
        """Whether the times of a later clause hold for the trigger: it goes on with its clause, or ends what it began.

        Without a mark between them, two verbs share what stands behind the second (*fell and died on Monday*).
        """
        clause, own = clauses[at], trigger.clause
        if clause.subordinate or clause.kind is _INFINITIVE or (clause.kind is _PARTICIPLE and at):
            return False
        if clause.verb >= 0 and self._document.tokens[clause.verb] in self._saying:
            return False
        if clause.resumes == own.first or (trigger.entry.nominal and own.verb < 0):
            return True
        return (
            at == own.place + 1
            and modality == _ASSERTED
            and clause.kind is _FINITE
            and clause.tense is _PAST
            and (own.kind is _PARTICIPLE or (own.tense is _PAST and own.kind is _FINITE and not own.subordinate))
            and not self._parted(own.verb, clause.verb)
        )

    def _from_context(self, trigger: Trigger, group: str, modality: str) -> When:
        """The day that the narrative holds, for what is told as having happened."""
        if modality not in _REAL:
            return NEVER
        nominal, clause = trigger.entry.nominal, trigger.clause
        if nominal:
            told = self._told.get(trigger.entry.lemma)
            if told is not None:
                return told
            if group in _BUSINESS:
                return NEVER
        else:
            if clause.head != clause.verb:
                if self._is_recent(trigger):
                    return self._today
                if self._earlier(trigger):
                    return NEVER
            if (clause.kind is _GERUND or clause.kind is _INFINITIVE) and self._before is not None:
                before, when = self._before
                if before.clause.sentence == clause.sentence and not before.entry.nominal and when.start is not None:
                    return when if _is_short(when) else NEVER
        if group in _SCATTERED or (not nominal and self._goes_back(trigger)):
            return self._dateline[0] if self._leads(trigger) else NEVER
        held = self._held_for(trigger, group)
        if nominal or clause.tense is _PAST:
            return held
        if clause.tense is _PRESENT:
            fresh = held.end is not None and self._tomorrow is not None and held.end >= self._tomorrow - _DAY
            return held if fresh else NEVER
        if clause.kind is _INFINITIVE and self._enabled(trigger):
            return NEVER
        return held if clause.kind in (_GERUND, _PARTICIPLE, _INFINITIVE) else NEVER

    def _enabled(self, trigger: Trigger) -> bool:
        """Whether an infinitive tells what something let happen, at whatever time."""
        clauses = self._clauses.of_sentence(trigger.clause.sentence)
        governor = clauses[trigger.clause.place - 1].verb if trigger.clause.place else -1
        return governor >= 0 and self._document.tokens[governor] in self._lexis.forms["enabling"]

    def _goes_back(self, trigger: Trigger) -> bool:
        """Whether the verb tells what had happened by then, on whatever day (*has won*, *who had been*)."""
        clause = trigger.clause
        if clause.tense is not _PAST or clause.kind is not _FINITE:
            return False
        if self._perfect(clause):
            return True
        return clause.subordinate and self._document.tokens[clause.first] in self._words["recalling"]

    def _perfect(self, clause: Clause) -> bool:
        """Whether the verb is in a perfect that the language keeps apart from the tense of stories (*has won*)."""
        return clause.tense is _PAST and clause.head != clause.verb and self._lexis.perfect(self._codes[clause.head])

    def _news_day(self) -> When:
        """The day that the article is about: that of its first event, of its dateline, of its scene, or its own."""
        opened = self._opened[1] if self._opened is not None else NEVER
        for day in (opened, self._dateline[0], *self._scene[:1]):
            if _is_short(day):
                return day
        return self._today

    def _mentions(self, trigger: Trigger, group: str) -> bool:
        """Whether a noun or a participle behind the dateline only names what a sentence is about, not the day's news.

        In a headline, they are the news; so is what the clause says that it came to (*died in a fire*).
        """
        clause = trigger.clause
        if clause.sentence < self._dateline[2] or trigger.carrier:
            return False
        if trigger.entry.nominal:
            return group != _INCIDENT or clause.tense is not _PAST or clause.kind is not _FINITE
        before = self._clauses.of_sentence(clause.sentence)[max(0, clause.place - 1)]
        joined = before.kind is _FINITE and _AND in self._codes[before.verb : clause.verb]
        return clause.kind is _PARTICIPLE and not joined

    def _held_for(self, trigger: Trigger, group: str) -> When:
        """The day that the narrative holds for a group of types."""
        if group == _MARKET:
            return self._news_day()
        held = self._held.get(group)
        if (
            held is None
            and self._document.starts[trigger.token] < self._dateline[1]
            and not self._mentions(trigger, group)
        ):
            held = self._dateline[0]
        if held is None and self._scene:
            held = self._scene[0]
        if held is None and self._opened is not None and {group, self._opened[0]} <= _STORIES:
            held = self._opened[1]
        return held or NEVER


_REACH, _FAR = 8, 80
"""How many tokens away a participle's clause may start behind its noun, and a time of its clause stand."""
_OWN = 5
"""How many tokens behind a noun or verb a time is its own."""
_OFF = 12
"""How many tokens behind *a week after* what happened before may stand."""
_NEAR = 8
"""How many tokens behind the word that opens it the time stands since which something goes on."""
_CLAUSES = 12
"""How many clauses away in its sentence a time may date a trigger."""
_BACK = 3
"""How many clauses back, parts without a verb among them, the verb of saying may stand."""
_AND = "C"
_MARKS = frozenset(',;:"')
_BREAK = re.compile('[,;:"]')
_MARK = re.compile('[;:"]|(?<!0),|,(?!0)')


def _is_short(when: When) -> bool:
    return when.start is not None and when.end is not None and when.end - when.start <= SHORT


def _finer(one: Timing, other: Timing) -> bool:
    return one.stop - one.start < other.stop - other.start
