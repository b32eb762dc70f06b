"""Objects: the head of what a figure counts or measures, as written.

After the number (120 missiles), past its unit (tonnes de blé), before it (une portée de 300 km), the subject of the
verb that gives it (l'inflation atteint 6 %), or what the figure before counted (contre 700 en juin). A light reading
by classes of words: nothing here parses a sentence.
"""

from bisect import bisect_right

from etl.extraction.numbers import number_words
from etl.extraction.quantities.find import Figure
from etl.extraction.quantities.units import COUNT, PERCENT, POINTS, Page

Head = tuple[int, int]
"""Tokens of a head, end exclusive; (0, 0) for none."""

NONE: Head = (0, 0)
_FAR = 30
"""How many tokens before a figure its subject may stand."""

DETERMINER, LINKER, PREPOSITION, CONJUNCTION, SUBORDINATE = "Ddlc" + "R"
_NOUN, _NAME, _ADJECTIVE, _VERB = "w", "C", "A", "V"


def find_object(page: Page, figure: Figure, previous: Figure | None) -> None:
    """Give the figure its head, where the text gives it one; `previous` is the figure before it."""
    figure.head = _head(page, figure, previous)


def _head(page: Page, figure: Figure, previous: Figure | None) -> Head:
    counted = figure.unit.code == COUNT
    before = _token(page, figure.number.first - 1)
    if counted and before in page.words.pure:
        return figure.number.first - 1, figure.number.first
    own = _after(page, figure)
    if own != NONE:
        figure.own = True
        return own
    if counted:
        return _antecedent(page, figure, previous)
    return _measured(page, figure, previous)


def _token(page: Page, index: int) -> str:
    return page.tokens[index] if 0 <= index < len(page.tokens) else ""


def _class(page: Page, index: int) -> str:
    token = _token(page, index)
    return page.words.classes[token] if token else "."


def _after(page: Page, figure: Figure) -> Head:
    """What follows the number: a noun directly for counts, after a linker for parts and for measures of stuff."""
    tokens, words = page.tokens, page.words
    at, counted, share = figure.after, figure.unit.code == COUNT, figure.unit.code in (PERCENT, POINTS)
    linked = figure.linked
    while (found := words.additional.at(tokens, at)) is not None:
        at = found[0]
    if _token(page, at) in words.linkers:
        linked, at = True, at + 1
    if linked or not words.head_first:
        if linked and (counted or share):
            at = _past_determiners(page, at)
        elif linked and _class(page, at) == DETERMINER:
            at = at + 1 if not words.head_first and figure.unit.money else len(tokens)
        elif linked and tokens[at - 1] not in words.linkers:
            return NONE
    elif not counted:
        return NONE
    if linked and not counted and not share and words.head_first and at < len(tokens) and page.document.capitalised(at):
        return NONE
    if at >= len(tokens) or _token(page, at) in words.anaphora or _in_time(page, at):
        return NONE
    return _noun_after(page, figure, at, linked=linked)


def _past_determiners(page: Page, at: int) -> int:
    """Past articles and numbers: `10 des 17 ministères`, `26 of the drones`."""
    kinds = page.words.kinds
    for _ in range(4):
        token = _token(page, at)
        if not token or not (_class(page, at) == DETERMINER or _class(page, at) == "q" or kinds[token] in "dcm"):
            break
        at += 1
    return at


def _in_time(page: Page, token: int) -> bool:
    index = bisect_right(page.times, (token, len(page.tokens) + 1)) - 1
    return index >= 0 and page.times[index][0] <= token < page.times[index][1]


def _noun_after(page: Page, figure: Figure, at: int, *, linked: bool) -> Head:
    if page.words.head_first:
        return _first_noun(page, at, counted=figure.unit.code == COUNT)
    return _last_noun(page, figure, at, linked=linked)


def _first_noun(page: Page, at: int, *, counted: bool) -> Head:
    """The noun of a phrase whose head comes first: the first word that is no adjective, with its hyphens."""
    for _ in range(4):
        kind = _class(page, at)
        token = _token(page, at)
        following = _class(page, at + 1)
        if kind == _ADJECTIVE and (following in "wAC" or (following in "VPt" and _token(page, at + 1).endswith("s"))):
            at += 1
            continue
        if (
            kind in "wCA"
            or (counted and kind in "VPt" and _looks_plural(page, token))
            or token in page.words.irregular_plurals
        ):
            if not token[0].isalpha() or (token.endswith("'")):
                return NONE
            return at, _hyphened(page, at)
        break
    return NONE


def _looks_plural(page: Page, word: str) -> bool:
    words = page.words
    if word in words.irregular_plurals:
        return True
    endings = number_words(page.document.language).plural_endings
    return (
        len(word) > 3
        and bool(endings)
        and word.endswith(endings)
        and not word.endswith("ss")
        and word not in words.singulars
    )


def _hyphened(page: Page, at: int) -> int:
    """End of a word with the words that hyphens tie to it."""
    document, tokens, end = page.document, page.tokens, at + 1
    while end + 1 < len(tokens) and tokens[end] == "-" and document.glued(end) and document.glued(end + 1):
        end += 2
    return end


def _last_noun(page: Page, figure: Figure, at: int, *, linked: bool) -> Head:
    """The noun of a phrase whose head comes last: the first plural, else the last word before the phrase breaks off."""
    document, tokens, words = page.document, page.tokens, page.words
    singular = figure.value == 1 or figure.unit.code != COUNT
    attached = at > 0 and tokens[at - 1] == "-" and document.glued(at)
    last = NONE
    for _ in range(7):
        if at >= len(tokens) or _in_time(page, at):
            break
        kind, token = _class(page, at), tokens[at]
        plural = _looks_plural(page, token)
        if kind == "." and len(token) == 1 and token == "." and at and len(tokens[at - 1]) == 1 and document.glued(at):
            at += 1  # "U.S."
            continue
        if not token[0].isalpha() or "\n" in document.text[document.ends[at - 1] : document.starts[at]]:
            break
        if kind == _VERB and not (plural and last == NONE):
            break
        if (
            kind not in "wACV"
            and not (kind in "tP" and plural and last == NONE)
            and token not in words.irregular_plurals
        ):
            break
        end = _hyphened(page, at)
        if attached and last == NONE:
            return at, at + 1
        if plural and not (kind == _ADJECTIVE and _class(page, end) in "wC"):
            last = at, end
            if not (_class(page, end) == _NOUN and _looks_plural(page, _token(page, end))):
                return last
        elif kind in "wC" or (kind == _ADJECTIVE and token in words.irregular_plurals):
            if last != NONE and token.endswith("ed") and not singular:
                break
            last = at, end
            if (
                singular
                and figure.value == 1
                and figure.unit.code == COUNT
                and end == at + 1
                and document.capitalised(at)
                and last != NONE
            ):
                pass
        at = end
    if last != NONE and not singular and not attached and not linked:
        # No plural: a verb is no object ("46 failed"), an irregular noun is.
        return last if _token(page, last[0]) in words.irregular_plurals or _is_noun_by_place(page, last) else NONE
    return last


def _is_noun_by_place(page: Page, head: Head) -> bool:
    """Whether a singular word after a number above one still is a noun: an adjective or a name stands before it."""
    word = page.tokens[head[0]]
    return not word.endswith(("ed", "en")) and _class(page, head[0]) in "wC" and not page.words.levels[word]


def _antecedent(page: Page, figure: Figure, previous: Figure | None) -> Head:
    """What the figure before counted, when it is in the same sentence or the one before, or this one refers to it."""
    if previous is None or previous.unit.code not in (COUNT, PERCENT):
        return NONE
    document = page.document
    here, there = document.sentence_of_token(figure.first), document.sentence_of_token(previous.first)
    return previous.head if here - there <= 1 else NONE


def _measured(page: Page, figure: Figure, previous: Figure | None) -> Head:
    """What a measure is of: the noun tied to it on the left, the subject of its verb, or that of the figure before."""
    tied = _tied(page, figure)
    if tied is not None:
        return tied
    subject = _subject(page, figure)
    if subject != NONE:
        return subject
    if previous is not None and previous.unit.code == figure.unit.code and previous.head != NONE:
        document = page.document
        between = page.tokens[previous.after : figure.first]
        same = document.sentence_of_token(figure.first) == document.sentence_of_token(previous.first)
        if same and len(between) < 12 and not page.words.comparisons.isdisjoint(between):
            return previous.head
    return NONE


def _tied(page: Page, figure: Figure) -> Head | None:
    """The noun that a linker or a participle ties the measure to; None where nothing is tied, (0, 0) for an empty one."""
    tokens, words = page.tokens, page.words
    floor = page.document.sentence_tokens[page.document.sentence_of_token(figure.first)]
    at, tie = figure.first - 1, False
    if figure.bound_first >= 0:
        at = min(at, figure.bound_first - 1)
    if figure.high is not None and at >= floor and tokens[at] in number_words(page.document.language).between:
        tie = tie or tokens[at] in words.ties
        at -= 1
    while at >= floor and (tokens[at] in words.links or _class(page, at) == "q"):
        tie = tie or tokens[at] in words.linkers or (tokens[at] not in words.ties and len(tokens[at]) > 3)
        at -= 1
    if (
        not tie
        or at < floor
        or _class(page, at) not in "wCA"
        or words.levels[tokens[at]]
        and not _is_noun(page, at, floor)
    ):
        return None
    first = _phrase_start(page, at, floor)
    if _token(page, first - 1) in words.adverbial and first > floor and words.change[tokens[at]]:
        return None
    head = _first_noun(page, first, counted=False) if words.head_first else (at, at + 1)
    if head != NONE and tokens[head[0]] in words.empty:
        return None
    return head


def _is_noun(page: Page, at: int, floor: int) -> bool:
    """Whether a word that may be a verb has an article or a preposition before it."""
    return at > floor and (_class(page, at - 1) in "DdlA")


def _phrase_start(page: Page, at: int, floor: int) -> int:
    """First word of the phrase that ends at the token, after its article."""
    first = at
    while first > floor:
        kind = _class(page, first - 1)
        if kind in "wAC-":
            first -= 1
        elif kind == LINKER and first - 1 > floor and _class(page, first - 2) in "wAC":
            first -= 1
        elif (
            kind == DETERMINER
            and first - 2 > floor
            and _class(page, first - 2) == LINKER
            and _class(page, first - 3) in "wC"
        ):
            first -= 2
        else:
            break
    return first


def _subject(page: Page, figure: Figure) -> Head:
    """The head of the subject of the verb that gives the figure, where that verb tells a level or a change."""
    tokens, words = page.tokens, page.words
    floor = max(page.document.sentence_tokens[page.document.sentence_of_token(figure.first)], figure.first - _FAR)
    verb = _level_verb(page, figure, floor)
    if verb < 0:
        return NONE
    segment = verb
    while segment > floor:
        start = segment
        while start > floor and tokens[start - 1] not in ',;:()–—"«»“”':
            start -= 1
        head = _subject_in(page, start, segment)
        if head != NONE:
            return head
        if start <= floor or tokens[start - 1] in ";:(":
            return NONE
        segment = start - 1
    return NONE


def _level_verb(page: Page, figure: Figure, floor: int) -> int:
    """The nearest verb of level or change before the figure in its clause; -1 for none."""
    tokens, words = page.tokens, page.words
    at = figure.first - 1
    for at in range(figure.first - 1, max(floor, figure.first - 12) - 1, -1):
        token = tokens[at]
        if token in ';:.!?«»“”"':
            return -1
        if words.levels[token] and not (words.head_first and _is_noun(page, at, floor)):
            if figure.unit.money and words.money_objects[token] and tokens[figure.first - 1] not in words.ties:
                return -1
            return at
        if _class(page, at) == SUBORDINATE and at < figure.first - 1:
            return -1
    return -1


def _subject_in(page: Page, start: int, end: int) -> Head:
    """The head of the first phrase of a stretch that no preposition governs."""
    words, at = page.words, start
    while at < end and _class(page, at) in "cxR-":
        at += 1
    opened = False
    while at < end:
        kind = _class(page, at)
        governed = at > start and _class(page, at - 1) in "ld"
        if kind == DETERMINER and not governed:
            opened = True
            at += 1
            break
        if at == start and kind in "wCA":
            opened = True
            break
        at += 1
    if not opened or at >= end:
        return NONE
    at = _past_determiners(page, at)
    if words.head_first:
        head = _first_noun(page, at, counted=False)
        return head if head != NONE and head[0] < end else NONE
    last = NONE
    while at < end and _class(page, at) in "wCA-":
        last = at, at + 1
        at += 1
    return last
