"""Noun phrases around a figure: where they start, and which word is their head.

A light reading by classes of words (`languages/<code>/names.toml`): no parser, no part-of-speech tagger. What a phrase
means to a figure is decided in `objects`.
"""

from etl.extraction.numbers import read_number
from etl.extraction.quantities.page import ADJECTIVE, ADVERB, CONJUNCTION, DETERMINER, LINKER, NOUN, VERB, Page

Head = tuple[int, int]
"""Tokens of a head, end exclusive; (0, 0) for none."""

NONE: Head = (0, 0)

NOMINAL = "wA"
_HOMOGRAPH = "VPtx"
"""Classes of words that are nouns all the same right after an article or a number, in the plural."""

_LONGEST = 7
"""Tokens that a noun with what stands before it may have."""


def looks_plural(page: Page, word: str) -> bool:
    """Whether the word has the form of a plural."""
    words = page.words
    if word in words.irregular_plurals:
        return True
    regular = len(word) > 3 and word.endswith(page.numbers.plural_endings)
    return regular and not word.endswith(words.singular_endings) and word not in words.singulars


def hyphened(page: Page, at: int) -> int:
    """End of a word with the words that hyphens tie to it."""
    document, tokens, end = page.document, page.tokens, at + 1
    while end + 1 < page.length and tokens[end] == "-" and document.glued(end) and document.glued(end + 1):
        end += 2
    return end


def past_determiners(page: Page, at: int) -> int:
    """Past articles, numbers and possessors: `10 des 17 ministères`, `six of Ghana's 16 regions`."""
    codes = page.codes
    for _ in range(6):
        token = page.tokens[at]
        if not token:
            break
        if codes[at] == "d":
            number = read_number(page.document, at)
            at = number.end if number is not None else at + 1
        elif page.kinds[at] in (DETERMINER, "q") or codes[at] in "cm" or at in page.timed:
            at += 1
        elif page.words.possessives and page.tokens[at + 1] in page.words.possessives:
            at += 2
        else:
            break
    return at


def past_bound(page: Page, at: int) -> int:
    """Past the words that bound a number (`17 of about 20 drones`, `deux des quelque 40 navires`); `at` if none do."""
    codes, bounds = page.codes, page.words.before
    for number in range(at + 1, min(at + _BOUND, page.length)):
        if codes[number] in "dc":
            found = bounds.before(page.tokens, number)
            return number if found is not None and found[0] == at else at
    return at


_BOUND = 4
"""How many tokens the words may have that bound a number."""


def noun_after(page: Page, at: int, *, counted: bool, singular: bool, sure: bool) -> Head:
    """The head of the phrase whose words start at the token, articles left behind.

    `counted`: right after a number; `singular`: a singular noun is as good as a plural; `sure`: a noun is due there.
    """
    if page.words.head_first:
        return first_noun(page, at, counted=counted, sure=sure)
    return last_noun(page, at, singular=singular, sure=sure)


def first_noun(page: Page, at: int, *, counted: bool = False, sure: bool = False) -> Head:
    """The noun of a phrase whose head comes first: the first word that is no adjective, with its hyphens."""
    words = page.words
    for _ in range(4):
        kind, token = page.kinds[at], page.tokens[at]
        if len(token) < 2 or not token[0].isalpha() or token.endswith("'") or words.copulas[token]:
            return NONE
        following, after = page.kinds[at + 1], page.tokens[at + 1]
        if kind == ADJECTIVE and (following in NOMINAL or (following in _HOMOGRAPH and looks_plural(page, after))):
            at += 1
            continue
        if kind == ADVERB and following == ADJECTIVE and counted:
            at += 1  # "les deux plus grandes villes"
            continue
        if kind == ADJECTIVE and following == CONJUNCTION and page.kinds[at + 2] == ADJECTIVE:
            at += 2
            continue
        if (
            counted
            and token.endswith(words.participles)
            and page.codes[at] != "n"
            and not page.document.capitalised(at)
        ):
            return NONE
        homograph = kind in _HOMOGRAPH and (sure or (counted and looks_plural(page, token)) or page.codes[at] in "np")
        return (at, at + 1 if after != "-" else hyphened(page, at)) if kind in NOMINAL or homograph else NONE
    return NONE


def last_noun(page: Page, at: int, *, singular: bool, sure: bool = False) -> Head:
    """The noun of a phrase whose head comes last: the first plural, else the last word before the phrase breaks off."""
    document, tokens, kinds, words = page.document, page.tokens, page.kinds, page.words
    capitalised = document.capitalised
    last = NONE
    for _ in range(_LONGEST):
        token = tokens[at]
        if not token or at in page.timed:
            break
        kind = kinds[at]
        if not token[0].isalpha():
            if token == "." and len(tokens[at - 1]) == 1 and document.glued(at) and capitalised(at - 1):
                at += 1  # "U.S. officials"
                continue
            if token not in words.possessives:
                break
        if at and "\n" in document.text[document.ends[at - 1] : document.starts[at]]:
            break
        if token in words.possessives:
            at += 1
            continue
        end = at + 1 if tokens[at + 1] != "-" else hyphened(page, at)
        following = tokens[end]
        plural = looks_plural(page, tokens[end - 1])
        if kind == VERB:
            modifies = words.gerunds if last != NONE else words.modifying
            if token.endswith(modifies) and looks_plural(page, following):
                at = end  # "handling companies"
                continue
        if kind not in "wA" and (kind != VERB or last != NONE):
            homograph = kind in "tPVxl" and last == NONE and plural
            loose = kind == ADVERB or (kind == "l" and end > at + 1)
            graded = kind == ADVERB and kinds[end] in "wA"  # "two very strong reports"
            if loose and last == NONE and (graded or looks_plural(page, following)):
                at = end
                continue
            if not homograph and token not in words.irregular_plurals:
                break
        elif kind == VERB and not plural and not sure:
            break
        if last != NONE and singular and capitalised(at) and not capitalised(last[0]):
            break
        bare = token in words.no_nouns and not capitalised(at) and not looks_plural(page, following)
        no_noun = bare or (last != NONE and token.endswith(words.past_endings))
        if no_noun and token not in words.irregular_plurals:
            break
        if plural and not (kind == ADJECTIVE and kinds[end] == NOUN):
            last = at, end
            if kinds[end] != NOUN or not looks_plural(page, following) or end in page.timed or page.is_verb(end):
                return last
        elif kind in "wV" or token in words.irregular_plurals:
            last = at, end
        at = end
    if last == NONE or sure:
        return last
    if singular:
        word = tokens[last[0]]
        return NONE if word.endswith(words.past_endings) and word not in words.irregular_plurals else last
    return last if _is_noun_by_itself(page, last) else NONE


def _is_noun_by_itself(page: Page, head: Head) -> bool:
    """Whether a singular word after a number above one can still be a noun: no verb form, no level verb."""
    word, words = page.tokens[head[0]], page.words
    if word in words.irregular_plurals:
        return True
    return not word.endswith(words.past_endings) and page.kinds[head[0]] == "w" and not words.levels[word]


def phrase_start(page: Page, at: int, floor: int) -> int:
    """First word of the phrase that ends at the token, after its nearest article."""
    first = at
    while first > floor:
        kind = page.kinds[first - 1]
        word = page.tokens[first - 2]
        linked = page.kinds[first - 2] in NOMINAL and (
            page.tokens[first - 1] in page.words.bare_linkers
            or (page.tokens[first - 1] in page.words.joining and not word.endswith(page.words.participles))
        )
        if kind in NOMINAL or kind == "-" or (linked and first - 1 > floor):
            first -= 1
        else:
            break
    return first


def subject_in(page: Page, start: int, end: int) -> Head:
    """The head of the last phrase of a stretch that no preposition governs: what stands nearest before its verb."""
    words, tokens, at, opening, governed = page.words, page.tokens, start, -1, False
    while at < end and page.kinds[at] in "cxR-":
        at += 1
    lead = at
    while at < end:
        kind = page.kinds[at]
        if kind == DETERMINER and page.kinds[at - 1] != DETERMINER:
            governed = at > start and page.kinds[at - 1] in "ld"
        opens = (kind == DETERMINER and not governed) or (at == lead and kind in NOMINAL and _is_bare_subject(page, at))
        indefinite = kind == LINKER and tokens[at] in words.indefinites and (at == lead or page.kinds[at - 1] == ".")
        if (opens or indefinite) and at not in page.timed:
            opening = at
        at += 1
    if opening < 0:
        return NONE
    at = past_determiners(page, opening + (page.kinds[opening] == LINKER))
    if at >= end or at in page.timed:
        return NONE
    if words.head_first:
        head = first_noun(page, at, sure=at > opening)
        return past_empty(page, head, end) if head[0] < end else NONE
    found = NONE
    while at < end:
        initial = tokens[at] == "." and len(tokens[at - 1]) == 1 and page.document.glued(at)
        if initial or tokens[at] in words.possessives or (page.kinds[at] in "qt" and page.kinds[at + 1] in "wA"):
            at += 1  # "the U.S. 1987 inflation rate"
        elif page.kinds[at] in "wA":
            last = at, hyphened(page, at)
            found = last if last[1] > at + 1 or len(tokens[at]) > 1 else found
            at = last[1]
        else:
            break
    return past_empty(page, found, end)


def _is_bare_subject(page: Page, at: int) -> bool:
    """Whether a word without an article can open a subject: always where nouns stand bare, else only a name."""
    if not page.words.head_first:
        return True
    document = page.document
    first = document.sentence_tokens[document.sentence_of_token(at)]
    inside = at > first and page.tokens[at - 1] not in '.!?"«“'
    return document.capitalised(at) and (inside or page.kinds[at + 1] not in "Dld")


def past_empty(page: Page, head: Head, end: int) -> Head:
    """The noun itself, or, where it says nothing (the number of …), the noun that a linker ties to it."""
    words = page.words
    if head == NONE or page.tokens[head[0]] not in words.empty:
        return head
    at = head[1]
    while page.kinds[at] == ADJECTIVE or page.tokens[at] in words.links:
        if page.tokens[at] in words.linkers:
            break
        at += 1  # "le nombre total de …"
    if page.tokens[at] not in words.linkers or at + 1 >= end:
        return NONE
    at = past_determiners(page, at + 1)
    found = noun_after(page, at, counted=False, singular=False, sure=True) if at < end else NONE
    return found if found[0] < end else NONE


def object_of_verb(page: Page, verb: int, end: int) -> Head:
    """The head of the phrase right after a verb (`a évalué son préjudice à`), before token `end`."""
    at = verb + 1
    while at < end and page.kinds[at] == ADVERB:
        at += 1
    bare = not page.words.head_first and page.kinds[at] in NOMINAL and at < end
    if not bare and (page.kinds[at] != DETERMINER or at + 1 >= end):
        return NONE
    return subject_in(page, at, end)


def group_start(page: Page, verb: int) -> int:
    """First token of the group of a verb, on beyond a bound inside it (`ont plus que | triplé`)."""
    bound = page.words.before.before(page.tokens, verb)
    if bound is not None and page.kinds[bound[0] - 1] == VERB:
        verb = bound[0] - 1
    group = page.clauses.at(verb).group
    return group if 0 <= group <= verb else verb
