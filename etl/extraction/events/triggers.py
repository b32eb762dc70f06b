"""Triggers: the words of a text that name an occurrence, look-alikes left out, each told once.

Decides what is an event; its type, modality, date, participants and figures are read by the modules beside this one.
"""

from typing import NamedTuple

from etl.extraction.clauses import Clause, Clauses, Kind, Tense
from etl.extraction.events.lexis import Entry, Lexis
from etl.extraction.text import Document


class Trigger(NamedTuple):
    """A token that names an event. `carrier`: the noun's clause only carries it (*mener une attaque*)."""

    token: int
    entry: Entry
    clause: Clause
    carrier: bool


def find_triggers(document: Document, clauses: Clauses, lexis: Lexis) -> list[Trigger]:
    """The triggers in text order."""
    tokens, entries = document.tokens, lexis.entries
    candidates = [token for token, word in enumerate(tokens) if word in entries]
    if not candidates:
        return []
    codes = clauses.codes
    barred: set[int] = set()
    told: dict[int, Trigger] = {}
    nouns: list[Trigger] = []
    verbs: list[Trigger] = []
    for token in candidates:
        if token in barred or lexis.looks_alike(tokens, token):
            continue
        clause = clauses.at(token)
        entry = _entry(document, codes, lexis, token, clause)
        if entry is None:
            continue
        if not entry.nominal:
            if not _happens(document, clauses, lexis, clause):
                continue
            verbs.append(Trigger(token, entry, clause, False))
            told.update(dict.fromkeys(range(token + 1, token + 2 + 2 * len(entry.tail)), verbs[-1]))
        elif _is_noun(document, codes, lexis, token, entry):
            idiom = told.get(token)
            retold = idiom is not None and _retells(entry, idiom.entry)
            if retold and entry.tail:
                continue
            if retold and verbs[-1:] == [idiom]:
                verbs.pop()
            if nouns and nouns[-1].token == token - 1 and not entry.tail:
                continue
            nouns.append(Trigger(token + entry.offset, entry, clause, retold))
            barred.update(range(token + 1, token + 1 + len(entry.tail)))
    return _once(document, codes, lexis, nouns, verbs)


def _entry(document: Document, codes: str, lexis: Lexis, token: int, clause: Clause) -> Entry | None:
    """The reading of the word in its place, the longest idiom first: a verb where it is the clause's verb."""
    tokens = document.tokens
    verbal = clause.verb == token
    for entry in lexis.entries[tokens[token]]:
        if entry.nominal == verbal:
            continue
        if entry.reflexive and lexis.words("reflexives").isdisjoint(tokens[clause.group : token]):
            continue
        if entry.lemma in lexis.passive and not clause.passive:
            continue
        if entry.tail and not lexis.follows(tokens, codes, token, entry):
            continue
        return entry
    return None


def _retells(noun: Entry, idiom: Entry) -> bool:
    """Whether a noun is a word of the idiom before it: the same event, which the noun names best if it is one word."""
    return bool(idiom.tail) and not set(noun.types).isdisjoint(idiom.types) and noun.lemma.split()[0] in idiom.tail


def _happens(document: Document, clauses: Clauses, lexis: Lexis, clause: Clause) -> bool:
    """Whether a verb reports something that happens: no adjective, habit, mere talk or idle aim."""
    tokens, codes, verb = document.tokens, clauses.codes, clause.verb
    bare = clause.group == verb
    if clause.kind is Kind.PARTICIPLE:
        return not bare or tokens[verb] not in lexis.words("adjectives")
    if clause.kind is Kind.INFINITIVE and clause.tense is Tense.INFINITIVE:
        return _aimed(document, clauses, lexis, clause)
    if clause.kind is not Kind.FINITE:
        return True
    if bare and verb > 0 and codes[verb - 1] in _OPEN and lexis.is_(tokens[verb], "beside_quotes"):
        return False
    if clause.tense is Tense.PRESENT and not clause.passive:
        subject = tokens[max(clause.first, clause.group - 2) : clause.head]
        return not clause.negated and lexis.words("generic_subjects").isdisjoint(subject)
    return True


def _aimed(document: Document, clauses: Clauses, lexis: Lexis, clause: Clause) -> bool:
    """Whether an infinitive hangs on a verb that plans it, makes it possible or brings it about, or tells a purpose."""
    tokens = document.tokens
    if not (lexis.words("purpose") | lexis.words("without")).isdisjoint(tokens[clause.first : clause.verb]):
        return True
    if clause.first == document.sentence_tokens[document.sentence_of_token(clause.verb)]:
        return False
    governor = clauses.at(clause.first - 1)
    verb = tokens[governor.verb] if governor.verb >= 0 else ""
    return any(lexis.is_(verb, name) for name in ("planned", "possible", "asserted"))


_PLAIN = frozenset(".Su")
"""Codes of words that are, more often than not, common nouns."""
_HYPHEN = "-"
_OPEN = frozenset(';:",')
_QUOTING = frozenset(';:"')


def _is_noun(document: Document, codes: str, lexis: Lexis, token: int, entry: Entry) -> bool:
    """Whether the noun names an occurrence here, not a proper name's part nor another noun's modifier."""
    tokens = document.tokens
    first = document.sentence_tokens[document.sentence_of_token(token)]
    if document.capitalised(token) and token > first and codes[token - 1] not in _QUOTING:
        return False
    if codes[token - 1 : token] == _HYPHEN and document.glued(token):
        return False
    if token > first + 1 and codes[token - 1] == "%" and codes[token - 2] in _PLAIN:
        owner = tokens[token - 2]
        if (
            tokens[token - 1] in lexis.words("linkers")
            and owner not in lexis.words("carriers")
            and not document.capitalised(token - 2)
            and not any(other.nominal for other in lexis.entries.get(owner, ()))
        ):
            return False
    after = token + 1 + len(entry.tail)
    if after < len(tokens) and tokens[after].isdecimal():
        return False
    if lexis.compounds and document.capitalised(token) and after < len(tokens) and document.capitalised(after):
        return document.slice(token, after + 1).isupper()
    if after >= len(tokens) or not tokens[after].isalpha() or document.capitalised(after):
        return True
    singular = tokens[token] == entry.lemma and codes[after] in lexis.singular_compounds
    return not (singular or codes[after] in lexis.compounds)


_REACH = 10
"""How many tokens may stand between a verb and the noun that it carries."""


def _once(document: Document, codes: str, lexis: Lexis, nouns: list[Trigger], verbs: list[Trigger]) -> list[Trigger]:
    """Nouns and verbs together, without the verbs that only carry a noun; such nouns are marked."""
    by_clause: dict[int, list[int]] = {}
    for at, noun in enumerate(nouns):
        by_clause.setdefault(noun.clause.first, []).append(at)
    carried: set[int] = set()
    for inside in by_clause.values():
        clause = nouns[inside[0]].clause
        if clause.verb < 0 or not lexis.is_(document.tokens[clause.verb], "light"):
            continue
        after = [at for at in inside if clause.verb < nouns[at].token <= clause.verb + _REACH]
        before = [at for at in inside if nouns[at].token < clause.verb]
        if after:
            carried.add(after[0])
        elif before:
            carried.add(before[0])
    carrying = {nouns[at].clause.verb for at in carried}
    kept = [verb for verb in verbs if verb.token not in carrying or verb.entry.tail or verb.entry.reflexive]
    marked = [noun._replace(carrier=noun.carrier or at in carried) for at, noun in enumerate(nouns)]
    return sorted([*marked, *kept], key=lambda trigger: trigger.token)
