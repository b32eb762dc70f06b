"""Objects: the head of what a figure counts or measures, as written.

After the number (120 missiles), past its unit (tonnes de blé), before it (une portée de 300 km), the subject of the
verb that gives it (l'inflation atteint 6 %), or what the figure before counted (contre 700 en juin). How phrases are
read belongs in `phrases`.
"""

from etl.extraction.quantities.figure import Figure
from etl.extraction.quantities.page import DETERMINER, NOUN, SUBORDINATE, VERB, Page
from etl.extraction.quantities.phrases import (
    NOMINAL,
    NONE,
    Head,
    first_noun,
    group_start,
    looks_plural,
    noun_after,
    object_of_verb,
    past_bound,
    past_determiners,
    past_empty,
    phrase_start,
    subject_in,
)
from etl.extraction.quantities.units import COUNT, PERCENT, POINTS, PURE

_FAR = 30
"""How many tokens before a figure its subject may stand."""

_CLAUSE = 12
"""How many tokens before a figure its verb may stand."""

_OPENING = 5
"""Tokens into a sentence up to which "of them" means the sentence before."""

_MONEY_MEMORY = 6
"""How many sentences back a large bare number may take its currency from."""

_MEMORY = 3
"""How many sentences back a bare number may refer to."""


def find_object(page: Page, figure: Figure, before: list[Figure]) -> None:
    """Give the figure its head, where the text gives it one; `before` holds the figures before it, in order."""
    previous = before[-1] if before else None
    if figure.ratio:
        figure.head = (
            figure.head
            if figure.head != NONE
            else noun_after(page, figure.after, counted=True, singular=False, sure=False)
        )
        return
    if figure.change is not None:
        figure.head = _multiplied(page, figure, previous)
        return
    if figure.unit.code == PURE:
        at = figure.number.first - 1 - (page.tokens[figure.number.first - 1] in page.words.linkers)
        if page.tokens[at] not in page.words.pure:
            at = figure.after
        figure.head = at, at + 1
        return
    if figure.unit.code == COUNT:
        figure.head = _after(page, figure)
        if figure.head != NONE:
            figure.own = True
        elif not _takes_unit(page, figure, before):
            figure.head = _counted_elsewhere(page, figure, before)
            return
        else:
            figure.head = _measured(page, figure, previous)
        return
    figure.head = _after(page, figure)
    if figure.head == NONE:
        figure.head = _measured(page, figure, previous)
        return
    figure.own = True
    if figure.unit.code == PERCENT:
        subject = _governed(page, figure)
        verb = _level_verb(page, figure, figure.floor)
        shares = verb >= 0 and page.words.share_verbs[page.tokens[verb]] is not None
        shares = shares and subject != NONE and not page.document.capitalised(subject[0])
        if subject != NONE and (shares or page.tokens[subject[0]] in page.words.rates):
            figure.head, figure.own = subject, False


def _after(page: Page, figure: Figure) -> Head:
    """What follows the number: a noun directly for counts, after a linker for parts and for measures of stuff."""
    tokens, words, document = page.tokens, page.words, page.document
    unit, at, linked = figure.unit, figure.after, figure.linked
    counted, money = unit.code == COUNT, unit.money
    share = unit.code in (PERCENT, POINTS)
    if not words.head_first:
        while tokens[at] == "-" and document.glued(at):
            at += 2  # "40-centimetre-wide"
    while tokens[at] in words.additional.by_first and (found := words.additional.at(tokens, at)) is not None:
        at = found[0]
    if tokens[at] == "(" and not counted and ")" in tokens[at : at + 8]:
        at = tokens.index(")", at) + 1  # "20 billion euros ($21 billion) in aid"
    if tokens[at] in words.linkers:
        linked, at = True, at + 1
    elif money and tokens[at] in words.stuff and (not words.head_first or _tied(page, figure) is None):
        linked, at = True, at + 1
        stuff = page.kinds[at] in "wAV" and not document.capitalised(at) and not words.change[tokens[at]]
        if not stuff or page.units.after.at(tokens, at) is not None:
            return NONE
    if linked and tokens[at] in words.anaphora and page.kinds[at + 1] == NOUN and looks_plural(page, tokens[at + 1]):
        at += 1  # "half of them children"
    if at >= page.length or tokens[at] in words.anaphora or at in page.timed:
        return NONE
    if linked and tokens[at] in words.dimensions:
        return NONE  # "12 mètres de haut"
    if counted or share:
        if linked:
            at = past_determiners(page, past_bound(page, at))
        elif share and words.head_first:
            return NONE
        elif share and page.kinds[at] == DETERMINER:
            at = past_determiners(page, at)
    elif linked:
        if page.kinds[at] == DETERMINER:
            if words.head_first or figure.unit.code in words.lengths:
                return NONE
            at += 1
        elif (
            (words.head_first or figure.unit.code in words.lengths)
            and document.capitalised(at)
            and not _is_acronym(page, at)
        ) or (tokens[at - 1] not in words.bare_linkers and tokens[at - 1] not in words.stuff):
            return NONE
    elif words.head_first or page.tokens[at] in words.no_nouns:
        return NONE
    attached = tokens[at - 1] == "-" and document.glued(at)
    if attached:
        if counted and not words.head_first and tokens[at] not in words.no_nouns:
            return (at, at + 1) if page.kinds[at] in NOMINAL else NONE
        if tokens[at] in words.no_nouns:
            at += 1  # "a 1,800-strong workforce"
    if share and not linked and not words.head_first and words.copulas[page.tokens[_left(page, figure) - 1]]:
        return NONE  # "is 15% contained"
    singular = figure.value == 1 or not counted or linked
    head = noun_after(page, at, counted=counted, singular=singular, sure=False)
    if head != NONE and page.is_verb(head[0]) and tokens[head[0]] not in words.irregular_plurals:
        return NONE
    if linked and tokens[head[0]] in words.empty and tokens[head[0] - 1] not in words.bare_linkers:
        named = past_empty(page, head, page.length)  # "4 300 du nombre de postes"
        return named if named != NONE else head
    return head


def _is_acronym(page: Page, at: int) -> bool:
    """Whether the token is in capitals throughout: an acronym, or a word of a headline, but not a name."""
    return len(page.tokens[at]) > 1 and page.document.slice(at, at + 1).isupper()


def _takes_unit(page: Page, figure: Figure, before: list[Figure]) -> bool:
    """Whether a bare number is of a unit said before (a loan of 300 million after euros, gusts of up to 250).

    Gives it that unit.
    """
    number, document = figure.number, page.document
    here = figure.sentence
    if number.scale >= 1e6 or (figure.value >= 1e5 and not number.words):
        for other in reversed(before):
            if here - other.sentence > _MONEY_MEMORY:
                return False
            if other.unit.money:
                figure.unit = other.unit._replace(per=1)
                return True
            if other.unit.code == COUNT and other.number.scale >= 1e6 and other.own:
                return False
        return False
    if not before or number.words or before[-1].unit.money or before[-1].unit.code in (COUNT, PERCENT, POINTS):
        return False
    if document.sentence_of_token(before[-1].first) != here or _tied(page, figure) in (None, NONE):
        return False
    figure.unit = before[-1].unit
    return True


def _counted_elsewhere(page: Page, figure: Figure, before: list[Figure]) -> Head:
    """What a number without a noun counts: the object or the subject of its verb, or what a figure before counted."""
    previous = before[-1] if before else None
    tied = _tied(page, figure)
    if tied is not None and tied != NONE:
        return tied
    if page.tokens[figure.after] in page.words.anaphora and figure.linked:
        subject = _last_subject(page, figure)
        if subject != NONE:
            return subject
    left = _left(page, figure)
    if page.tokens[left - 1] in page.words.factors:
        clause = page.clauses.at(left - 1)
        return subject_in(page, clause.first, clause.group) if clause.passive and clause.verb == left - 2 else NONE
    if page.tokens[left - 1] in page.words.ties and page.kinds[left - 2] == VERB:
        governed = _governed(page, figure)
        inserted = previous is not None and previous.own and figure.floor <= governed[0] < previous.first
        if governed != NONE and not inserted:  # but "output, 900 barrels last May, fell to 300"
            return governed  # "le nombre de demandeurs augmente de 93 500"
    here, earlier = _antecedents(page, figure, before)
    if here != NONE:
        return here
    governed = _governed(page, figure)
    return governed if governed != NONE else earlier


def _last_subject(page: Page, figure: Figure) -> Head:
    """The plural subject of the sentence before, for `deux d'entre eux` at the start of the next; else none."""
    document = page.document
    ordinal = figure.sentence
    if not ordinal or figure.first - document.sentence_tokens[ordinal] > _OPENING:
        return NONE
    clause = next((c for c in page.clauses.of_sentence(ordinal - 1) if c.verb >= 0), None)
    if clause is None:
        return NONE
    page.read_sentence(ordinal - 1)
    head = subject_in(page, max(document.sentence_tokens[ordinal - 1], clause.verb - _FAR), clause.verb)
    return head if head != NONE and looks_plural(page, page.tokens[head[1] - 1]) else NONE


def _antecedents(page: Page, figure: Figure, before: list[Figure]) -> tuple[Head, Head]:
    """The heads of counts before that the figure may repeat: the latest of its sentence, the first of another."""
    here, found, sentence = figure.sentence, NONE, -1
    for other in reversed(before):
        there = other.sentence
        if here - there > _MEMORY or (sentence >= 0 and there != sentence):
            break
        if other.head == NONE or other.unit.code not in (COUNT, PERCENT) or _is_part(page, other):
            continue
        if there == here:
            return other.head, NONE
        found, sentence = other.head, there
    return NONE, found


def _is_part(page: Page, figure: Figure) -> bool:
    """Whether the figure is part of the one before it, and so no antecedent (`dont deux enfants`)."""
    return any(
        page.words.subsets.before(page.tokens, at) is not None for at in range(figure.first - 2, figure.first + 1)
    )


def _measured(page: Page, figure: Figure, previous: Figure | None) -> Head:
    """What a measure is of: the noun tied to it on the left, the subject of its verb, or that of the figure before."""
    tied = _tied(page, figure)
    if tied is not None:
        return tied
    if figure.unit.code == PERCENT and page.tokens[figure.first - 1] == "(":
        at = figure.first - 2
        if page.kinds[at] != NOUN or page.document.capitalised(at):
            return NONE
        if page.words.change[page.tokens[at]] is not None:
            return at, at + 1  # "la meilleure hausse (3 %)"
        return first_noun(page, phrase_start(page, at, figure.floor)) if page.words.head_first else (at, at + 1)
    compared = _compared(page, figure, previous)
    if compared != NONE or _is_place(page, figure):
        return compared
    return _governed(page, figure, previous)


def _compared(page: Page, figure: Figure, previous: Figure | None) -> Head:
    """The head of the figure that this one is compared with: `6,3 %, contre 5,6 %`, `to $3 from $2`."""
    if previous is None or previous.head == NONE:
        return NONE
    between = page.tokens[previous.after : figure.first]
    if figure.unit.code == PERCENT and page.words.change[page.tokens[figure.after]] and figure.floor <= previous.first:
        return previous.head  # "14 million passengers, 6% more than last year"
    apart = ";" in between or ":" in between or "." in between
    moved = len(between) <= 5 and not apart and any(page.words.change[token] for token in between)
    if moved and previous.unit.code != COUNT:
        return previous.head  # "revenue of $14 billion, up 9%"
    relative = (previous.unit.money or previous.unit.code == PERCENT) and (
        figure.unit.money or figure.unit.code == PERCENT
    )
    alike = previous.unit.code == figure.unit.code or relative
    if not alike or figure.floor > previous.first or figure.first - previous.after > _CLAUSE:
        return NONE
    if between and previous.unit.code == figure.unit.code:
        listed = between[-1] == "," and VERB not in page.kinds[previous.after : figure.first]
        if listed or between[-1] in page.words.coordinations:
            return previous.head
    near = len(between) <= 2 and (between == ["("] or not page.words.ties.isdisjoint(between))
    return previous.head if near or not page.words.comparisons.isdisjoint(between) else NONE


def _is_place(page: Page, figure: Figure) -> bool:
    """Whether a length tells where something is (à 22 km au large, 250 km from the front)."""
    if figure.unit.code not in page.words.lengths:
        return False
    first = figure.first if figure.bound_first < 0 else figure.bound_first
    before = page.tokens[first - 1]
    teller = page.tokens[first - 2]
    if before in page.words.place_before and (not page.words.levels[teller] or teller in page.words.empty):
        return True
    return page.tokens[figure.after] in page.words.place_after


def _tied(page: Page, figure: Figure) -> Head | None:
    """The noun that a linker or a participle ties the measure to; None if nothing is, (0, 0) if an empty one is."""
    tokens, words = page.tokens, page.words
    floor = figure.floor
    at, tie = figure.first - 1, False
    if floor <= figure.bound_first <= at:
        at = figure.bound_first - 1
        tie = tokens[figure.bound_first] in words.linkers
    if figure.high is not None and at >= floor and tokens[at] in page.numbers.between:
        tie = tokens[at] in words.ties
        at -= 1
    lowest = max(floor, at - _CLAUSE)
    while at >= lowest and (tokens[at] in words.links or page.kinds[at] in "qx"):
        noun = page.kinds[at - 1] == DETERMINER if words.head_first else page.tokens[at + 1] in words.linkers
        if len(tokens[at]) > 3 and noun and page.kinds[at] not in "lx":
            break
        participle = tokens[at] not in words.ties and len(tokens[at]) > 3 and page.kinds[at] not in "lxcR"
        tie = tie or tokens[at] in words.linkers or participle
        at -= 1
    if at >= lowest and tokens[at] == "," and page.tokens[figure.after] in words.dimensions:
        return _apposed(page, at, floor)
    if not tie and at >= lowest and page.tokens[at + 1] in words.ties and not figure.unit.money:
        tie = figure.unit.code not in words.lengths and page.kinds[at] == NOUN and not words.levels[tokens[at]]
        tie = tie and page.clauses.at(at).verb != at and not words.copulas[page.tokens[at - 1]]
    if not tie or at < lowest or (page.codes[at - 1] in "dcm" and tokens[at] in page.units.openers):
        return None  # also "to 6 percent from 5.5"
    if tokens[at] in ",(" and at > lowest:
        return _apposed(page, at, floor) if at + 1 < figure.first and tokens[at + 1] not in words.ties else None
    governed = page.kinds[at] in "VPt" and page.kinds[at - 1] == DETERMINER and not words.copulas[tokens[at]]
    nominal = page.kinds[at] in NOMINAL or governed
    if page.tokens[at - 1] in words.per and at - 2 >= lowest:
        at -= 2  # "earnings per share of $1.45"
    nominal = nominal or (not words.head_first and page.kinds[at] == "V" and page.tokens[at + 1] in words.linkers)
    if (
        not nominal
        or len(tokens[at]) < 2
        or at in page.timed
        or tokens[at] in words.no_nouns
        or not tokens[at][0].isalpha()
        or (words.levels[tokens[at]] and not _is_noun(page, at, floor))
    ):
        return None
    if tokens[at] in words.empty and page.kinds[at - 1] != DETERMINER:
        return NONE
    first = phrase_start(page, at, floor)
    if first > floor and tokens[first - 1] in words.adverbial and words.change[tokens[at]]:
        return _described(page, first - 2, floor)
    if not words.head_first:
        return at, at + 1
    head = first_noun(page, first if figure.unit.code in words.lengths else _governing(page, first, floor), sure=True)
    if head != NONE and tokens[head[0]] in words.empty:
        named = past_empty(page, head, at + 1)  # "en raison de vents de 110 km/h"
        return named if named != NONE or page.kinds[head[0] - 1] != DETERMINER else head
    return head


def _governing(page: Page, first: int, floor: int) -> int:
    """Start of the phrase of a change or a rate that the phrase at the token completes: `la hausse des prix de 3 %`."""
    kinds, words = page.kinds, page.words
    linker = first - 1
    if kinds[linker] == DETERMINER:
        linker -= 1
    if linker <= floor or kinds[linker] != "d" or kinds[linker - 1] != NOUN:
        return first
    word = page.tokens[linker - 1]
    if words.change[word] is None and word not in words.rates:
        return first
    start = phrase_start(page, linker - 1, floor)
    return first if page.tokens[start - 1] in words.adverbial else start


def _apposed(page: Page, comma: int, floor: int) -> Head | None:
    """The noun that an apposition after a comma describes: `…, longue de 174 km`."""
    start = comma
    while start > floor and page.tokens[start - 1] not in ",;:()–—":
        start -= 1
    head = subject_in(page, start, comma)
    return head if head != NONE else None


def _described(page: Page, at: int, floor: int) -> Head | None:
    """The noun that an adverbial of change describes: `des ventes en hausse de 3 %`; None after a verb."""
    if at < floor or page.kinds[at] not in NOMINAL or page.words.levels[page.tokens[at]]:
        return None
    return first_noun(page, phrase_start(page, at, floor)) if page.words.head_first else (at, at + 1)


def _is_noun(page: Page, at: int, floor: int) -> bool:
    """Whether a word that may be a verb has an article or a preposition before it."""
    if not page.words.head_first and page.tokens[at + 1] in page.words.linkers:
        return True  # "costs of $5m"
    before = page.kinds[at - 1] if at > floor else ""
    if not page.words.head_first:
        return before in ("D", "A")
    return before == DETERMINER or (page.kinds[at] != VERB and before in ("d", "l", "A"))


def _governed(page: Page, figure: Figure, previous: Figure | None = None) -> Head:
    """The object or the subject of the verb that gives the figure, where that verb tells a level or a change."""
    words = page.words
    floor = max(figure.floor, figure.first - _FAR)
    verb = _level_verb(page, figure, floor)
    if verb < 0:
        return NONE
    limit = _left(page, figure)
    if page.tokens[limit - 1] in words.ties:
        found = object_of_verb(page, verb, limit - 1)
        if found != NONE:
            return found
    return _subject(page, figure, verb, previous)


def _multiplied(page: Page, figure: Figure, previous: Figure | None) -> Head:
    """What a verb of multiples is of: its object or its subject; none where it takes a name (overtakes it)."""
    clause = page.clauses.at(figure.first)
    if clause.verb == figure.first and not clause.passive:
        done = object_of_verb(page, clause.verb, clause.end)
        if done != NONE:
            return NONE if page.document.capitalised(done[0]) else done
    return _subject(page, figure, group_start(page, clause.verb), previous)


def _subject(page: Page, figure: Figure, verb: int, previous: Figure | None) -> Head:
    """The subject of the verb at the token: the last phrase before it, or what a pronoun stands for."""
    tokens, words = page.tokens, page.words
    floor = max(figure.floor, figure.first - _FAR)
    segment, pronoun = verb, False
    while segment > floor:
        start = segment
        while start > floor and tokens[start - 1] not in ',;:()–—"«»“”' and page.kinds[start - 1] != SUBORDINATE:
            start -= 1
        head = subject_in(page, start, segment)
        if head == NONE:
            head = _antecedent(page, start, floor)
        if head != NONE:
            return head
        pronoun = pronoun or any(tokens[i] in words.subject_pronouns for i in range(start, segment))
        if pronoun:
            break
        if start <= floor or tokens[start - 1] in ";:(":
            return NONE
        segment = start - 1
    return _meant(page, figure, start if segment > floor else floor, previous) if pronoun else NONE


def _antecedent(page: Page, start: int, floor: int) -> Head:
    """The noun before the relative pronoun that opens, or stands before, the stretch at the token; else none."""
    tokens, relatives = page.tokens, page.words.relatives
    at = start if tokens[start] in relatives else start - 1
    if tokens[at] not in relatives:
        return NONE
    at -= 2 if tokens[at - 1] == "," else 1
    if at < floor or page.kinds[at] not in NOMINAL or page.document.capitalised(at):
        return NONE
    return first_noun(page, phrase_start(page, at, floor)) if page.words.head_first else (at, at + 1)


def _meant(page: Page, figure: Figure, clause: int, previous: Figure | None) -> Head:
    """What a subject pronoun stands for: what was measured before, else the subject of the sentence so far."""
    document = page.document
    if previous is not None and previous.head != NONE and previous.unit.code == figure.unit.code:
        apart = figure.sentence - previous.sentence
        if apart <= 1:
            return previous.head
    floor = figure.floor
    if clause - floor > 3:
        return subject_in(page, max(floor, clause - _FAR), clause)
    ordinal = figure.sentence
    if not ordinal:
        return NONE
    page.read_sentence(ordinal - 1)
    return subject_in(page, max(document.sentence_tokens[ordinal - 1], floor - _FAR), floor)


def _left(page: Page, figure: Figure) -> int:
    """First token of the figure with its currency, its bound and what opens its range."""
    first = figure.first if figure.bound_first < 0 else figure.bound_first
    opens = figure.high is not None and page.tokens[first - 1] in page.numbers.between
    return first - opens


def _level_verb(page: Page, figure: Figure, floor: int) -> int:
    """The nearest verb of level or change before the figure in its clause; -1 for none."""
    tokens, words = page.tokens, page.words
    share = figure.unit.code in (PERCENT, POINTS, COUNT)
    loose = True
    for at in range(figure.first - 1, max(floor, figure.first - _CLAUSE) - 1, -1):
        token = tokens[at]
        if token in ';:.!?«»“”"' or (token == "," and not share):
            return -1
        if words.copulas[token]:
            if loose:
                return at
        elif words.levels[token] and not _is_noun(page, at, floor):
            found = figure.unit.money or figure.unit.code == "Cel"
            hidden = found and words.money_objects[token] and page.tokens[_left(page, figure) - 1] not in words.ties
            return -1 if hidden else at
        kind = page.kinds[at]
        if kind == SUBORDINATE and at < _left(page, figure) - 2:
            return -1  # but "ne progresse que de 1,3 %"
        loose = loose and (
            words.change[token] is not None
            or token in words.adverbial
            or token in words.links
            or token in words.skipped
            or kind in "xD"
            or _in_bound(figure, at)
        )
    return -1


def _in_bound(figure: Figure, at: int) -> bool:
    return figure.bound_first >= 0 and at >= figure.bound_first
