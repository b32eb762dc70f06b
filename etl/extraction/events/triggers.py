"""Triggers: the words of a text that name an occurrence, look-alikes left out, each told once.

Decides what is an event; its type, modality, date, participants and figures are read by the modules beside this one.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from operator import attrgetter

from etl.extraction.clauses import Clause, Clauses, Kind, Tense
from etl.extraction.events.lexis import EVENT, Entry, Lexis, Word, tokens_of
from etl.extraction.text import Document

_PRESENT, _PLAIN_INFINITIVE = Tense.PRESENT, Tense.INFINITIVE
_FINITE, _INFINITIVE, _PARTICIPLE, _, _ = Kind


@dataclass(slots=True, eq=False)
class Trigger:
    """A token that names an event, in its clause.

    `carrier`: the noun's clause only carries it (*mener une attaque*). Not frozen, which would make it dearer to make.
    """

    token: int
    entry: Entry
    clause: Clause
    carrier: bool


def find_triggers(document: Document, clauses: Clauses, lexis: Lexis, marks: str) -> list[Trigger]:
    """The triggers in text order; `marks` are the document's, by `Lexis.marks`."""
    tokens, bounds, codes, entries = document.tokens, document.sentence_tokens, clauses.codes, lexis.entries
    acts: list[Trigger] = []
    things: list[Trigger] = []
    spoken_for: dict[int, Trigger] = {}  # tokens that may be words of an idiom before them
    carried: list[Trigger] = []  # things that a light verb may carry
    free = end = stop = sentence = place = 0
    last, light = len(tokens) - 1, lexis.forms["light"]
    for token in tokens_of(marks, EVENT):
        if token < free:
            continue
        if token >= stop:
            if token >= end:
                sentence = bisect_right(bounds, token) - 1
                end, place = bounds[sentence + 1], 0
                inside = clauses.of_sentence(sentence)
                clause = inside[0]
            while clause.end <= token:
                place += 1
                clause = inside[place]
            stop, verb = clause.end, clause.verb
            carries = verb >= 0 and tokens[verb] in light
        word = entries[tokens[token]]
        entry = None
        if token == verb:
            # As a rule neither an idiom's word nor what may part them stands behind the verb: seen at a glance.
            idioms = word.verb_idioms
            if idioms and token < last and (tokens[token + 1] in idioms or codes[token + 1] in _NAMING):
                entry = _idiom(tokens, codes, lexis, token, clause, word)
            if entry is None and word.particles:
                entry = _parted(tokens, codes, token, word.particles)
            if entry is None:
                for alone in word.verbs:
                    if not (alone.reflexive or alone.passive) or _stands(tokens, lexis, token, clause, alone):
                        entry = alone
                        break
                else:
                    continue
            if word.lookalikes and _looks_alike(tokens, token, word.lookalikes):
                continue
            if _happens(tokens, codes, lexis, inside, clause):
                act = Trigger(token, entry, clause, False)
                acts.append(act)
                if entry.tail:
                    spoken_for.update(dict.fromkeys(range(token + 1, token + 2 + 2 * len(entry.tail)), act))
                elif spoken_for:
                    spoken_for.pop(token + 1, None)
        elif word.nominal:
            if token < last and word.noun_idioms:
                phrases = word.noun_idioms.get(tokens[token + 1])
                if phrases is not None:
                    entry = _phrase(tokens, token, phrases)
            if entry is None:
                if not word.nouns:
                    continue
                entry = word.nouns[0]
            if word.lookalikes and _looks_alike(tokens, token, word.lookalikes):
                continue
            if not _is_noun(document, codes, lexis, token, bounds[sentence], entry):
                continue
            idiom = spoken_for.get(token)
            if idiom is not None and tokens[token] in lexis.words["bound"] and tokens[token] in idiom.entry.tail:
                continue
            retold = idiom is not None and _retells(entry, idiom.entry)
            if retold and entry.tail:
                free = token + 1 + len(entry.tail)
                continue
            if retold and acts and acts[-1] is idiom:
                acts.pop()
            if things and things[-1].token == token - 1 and not entry.tail:
                continue
            thing = Trigger(token + entry.offset, entry, clause, retold)
            things.append(thing)
            if carries:
                carried.append(thing)
            free = token + 1 + len(entry.tail)
    if carried:
        acts = _carry(carried, acts)
    return sorted([*things, *acts], key=attrgetter("token"))


def _looks_alike(tokens: list[str], at: int, lookalikes: Mapping[str, list[tuple[int, list[str]]]]) -> bool:
    """Whether token `at` stands in a phrase that looks like an event and is none."""
    for beside in tokens[max(0, at - 1) : at + 2 : 2] if at else tokens[1:2]:
        for offset, words in lookalikes.get(beside, ()):
            if offset <= at and tokens[at - offset : at - offset + len(words)] == words:
                return True
    return False


_IDIOM = 14
"""How many tokens behind a verb the first of its idiom's words may stand."""
_SKIPPED = frozenset("ADLJX0")
"""Codes of `clauses.toml` that an idiom's words may be parted by: adverbs, determiners, adjectives, negation."""
_NAMING = _SKIPPED | frozenset(".S")
"""And those that an object may consist of: take *52 diplomats* hostage."""
_PARTED, _CLOSING = 9, ',;:"~%tRBCE'
"""How far behind its verb a particle may stand, and the codes of words that end the object between them: marks,
prepositions, conjunctions."""


def _idiom(tokens: list[str], codes: str, lexis: Lexis, token: int, clause: Clause, word: Word) -> Entry | None:
    """The longest idiom that a clause's verb opens."""
    found: Entry | None = None
    idioms, parting = word.verb_idioms, _NAMING if word.linked else _SKIPPED
    for at in range(token + 1, min(token + _IDIOM, len(tokens))):
        entries = idioms.get(tokens[at])
        if entries is not None:
            straight = _SKIPPED.issuperset(codes[token + 1 : at])
            for entry in entries:
                if (
                    (straight or entry.linked)
                    and (found is None or (len(found.tail), found.reflexive) < (len(entry.tail), entry.reflexive))
                    and not (entry.particle and at > token + 1)
                    and (not (entry.reflexive or entry.passive) or _stands(tokens, lexis, token, clause, entry))
                    and _follows(tokens, codes, token, at, entry.tail)
                ):
                    found = entry
        if codes[at] not in parting:
            break
    return found


def _follows(tokens: list[str], codes: str, token: int, at: int, tail: tuple[str, ...]) -> bool:
    """Whether the words of an idiom that token `token` opens follow, the first at `at`, words skipped between."""
    end = min(len(tokens), token + 4 + 3 * len(tail))
    for word in tail:
        while at < end and tokens[at] != word and codes[at] in _SKIPPED:
            at += 1
        if at >= end or tokens[at] != word:
            return False
        at += 1
    return True


def _parted(tokens: list[str], codes: str, token: int, particles: Mapping[str, Entry]) -> Entry | None:
    """The idiom of a verb that has its particle behind its object: turn *two coaches* away."""
    for at in range(token + 2, min(len(tokens), token + _PARTED)):
        entry = particles.get(tokens[at])
        if entry is not None and (at + 1 == len(tokens) or codes[at + 1] in _CLOSING):
            return entry
        if codes[at - 1] in _CLOSING:
            return None
    return None


def _stands(tokens: list[str], lexis: Lexis, token: int, clause: Clause, entry: Entry) -> bool:
    """Whether the verb has the pronoun and the voice that the entry asks for."""
    if entry.reflexive and lexis.words["reflexives"].isdisjoint(tokens[clause.group : token]):
        return False
    return clause.passive or not entry.passive


def _phrase(tokens: list[str], token: int, phrases: Iterable[Entry]) -> Entry | None:
    """The longest phrase that a noun opens."""
    for entry in phrases:
        if tuple(tokens[token + 1 : token + 1 + len(entry.tail)]) == entry.tail:
            return entry
    return None


def _retells(noun: Entry, idiom: Entry) -> bool:
    """Whether a noun is a word of the idiom before it: the same event, which the noun names best if it is one word."""
    return bool(idiom.tail) and not set(noun.types).isdisjoint(idiom.types) and noun.lemma.split()[0] in idiom.tail


def _happens(tokens: list[str], codes: str, lexis: Lexis, clauses: list[Clause], clause: Clause) -> bool:
    """Whether a clause's verb reports something that happens: no adjective, habit, mere talk or idle aim."""
    verb, kind = clause.verb, clause.kind
    if kind is _FINITE:
        if verb and codes[verb - 1] in _OPEN and clause.group == verb and tokens[verb] in lexis.forms["beside_quotes"]:
            return False
        if clause.tense is _PRESENT and not clause.passive:
            subject = tokens[max(clause.first, clause.group - 2) : clause.head]
            return not clause.negated and lexis.words["generic_subjects"].isdisjoint(subject)
        return True
    before = _before(clauses, clause)
    if kind is _PARTICIPLE:
        if clause.group != verb or tokens[verb] not in lexis.words["adjectives"]:
            return True
        return before is not None and goes_on(codes, clause, before)
    if kind is not _INFINITIVE or clause.tense is not _PLAIN_INFINITIVE:
        return True
    while before is not None and goes_on(codes, clause, before):
        if before.kind is _FINITE:
            return True
        clause, before = before, _before(clauses, before)
    if _aimed(tokens, lexis, clause, before):
        return True
    if before is None or not joined(codes, clause, before):
        return False
    return _aimed(tokens, lexis, before, _before(clauses, before))


def _before(clauses: list[Clause], clause: Clause) -> Clause | None:
    return clauses[clause.place - 1] if clause.place else None


def goes_on(codes: str, clause: Clause, before: Clause) -> bool:
    """Whether a clause is joined to the one before it and takes up its auxiliary: will build, *paint* and *sell*."""
    joint = codes[clause.first - 1]
    return (joint == _AND or (joint == _COMMA and _bare(clause))) and (before.head != before.verb or _bare(before))


def _bare(clause: Clause) -> bool:
    """Whether a clause begins with an infinitive."""
    return clause.kind is _INFINITIVE and clause.first == clause.verb


_JOINING = _AND, _COMMA = "C,"
"""The codes of the words that join clauses."""


def joined(codes: str, clause: Clause, before: Clause) -> bool:
    """Whether an infinitive is joined to the one before it: to seize and *search*."""
    return before.kind is _INFINITIVE and codes[clause.first - 1] in _JOINING


def _aimed(tokens: list[str], lexis: Lexis, clause: Clause, governing: Clause | None) -> bool:
    """Whether an infinitive hangs on a word that plans it, makes it possible or brings it about, or tells a purpose.

    `governing`: the clause before its own.
    """
    if clause.passive:  # a satellite to be launched
        return True
    words, forms, first, group = lexis.words, lexis.forms, clause.first, clause.group
    before = tokens[max(first - 1, 0) : clause.verb]
    if not (
        words["purpose"].isdisjoint(before)
        and words["without"].isdisjoint(before)
        and words["onward"].isdisjoint(before)
    ):
        return True
    if group:
        for word in (tokens[first - 1], tokens[group - 1]):
            if word in words["aims"] or word in words["possible_marks"]:
                return True
    if governing is None or governing.verb < 0:
        return False
    verb = tokens[governing.verb]
    if verb in forms["planned"] or verb in forms["possible"] or verb in forms["asserted"]:
        return True
    if first == group:
        return verb in forms["causative"]
    return tokens[first] in words["singling"] and not words["singled"].isdisjoint(tokens[governing.verb + 1 : first])


_PLAIN = frozenset(".Su")
"""Codes of words that are, more often than not, common nouns."""
_HYPHEN = "-"
_OPEN = frozenset(';:",')
_QUOTING = frozenset(';:"')


def _is_noun(document: Document, codes: str, lexis: Lexis, token: int, first: int, entry: Entry) -> bool:
    """Whether the noun names an occurrence here, not a proper name's part nor another noun's modifier.

    `first`: the first token of its sentence.
    """
    tokens = document.tokens
    before = codes[token - 1] if token else ""
    # The word that names it counts: *an Israeli strike* is no name.
    capital = document.text[document.starts[token + entry.offset]].isupper()
    if capital and token + entry.offset > first and before not in _QUOTING:
        return False
    if before == _HYPHEN and document.glued(token):
        return False
    if before == "%" and token > first + 1 and codes[token - 2] in _PLAIN:
        owner = tokens[token - 2]
        if (
            tokens[token - 1] in lexis.words["linkers"]
            and owner not in lexis.words["carriers"]
            and not document.capitalised(token - 2)
            and not (owner in lexis.entries and lexis.entries[owner].nouns)
        ):
            return False
    after = token + 1 + len(entry.tail)
    if after >= len(tokens):
        return True
    following = tokens[after]
    if not following.isalpha():
        return not following.isdecimal()
    if document.capitalised(after):
        return not (capital and lexis.compounds) or document.slice(token, after + 1).isupper()
    if codes[after] in lexis.compounds:
        return False
    return codes[after] not in lexis.singular_compounds or tokens[token] != entry.lemma


_REACH = 14
"""How many tokens may stand between a verb and the noun that it carries."""


def _carry(nouns: list[Trigger], verbs: list[Trigger]) -> list[Trigger]:
    """Marks those of the nouns that their light verb only carries, the first behind it, else before it.

    Returns the verbs without such light ones.
    """
    before: dict[int, Trigger] = {}
    behind: dict[int, Trigger] = {}
    for noun in nouns:
        verb = noun.clause.verb
        if noun.token < verb:
            before.setdefault(verb, noun)
        elif verb < noun.token <= verb + _REACH:
            behind.setdefault(verb, noun)
    carried = before | behind
    for noun in carried.values():
        noun.carrier = True
    return [verb for verb in verbs if verb.token not in carried or verb.entry.tail or verb.entry.reflexive]
