"""Which rules may fit at a place: all patterns walked at once, code by code, as one automaton built as texts need it.

A sieve before the compiled patterns: it lets through every rule that fits, and a few that words further away refuse.
What a rule matches exactly, and which of several wins, is in `read`.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from etl.extraction.times.patterns import Choice, Node, Pattern, Repeat, Symbol, prefixes

_REMEMBERED = 50_000
"""How many steps of the automaton are remembered, so that memory stays flat over any corpus."""


class _Place(NamedTuple):
    """What a pattern still wants: `node` from `low` to `high` times, then what the place `rest` wants."""

    node: Node
    low: int
    high: int
    rest: int


class _Moves(NamedTuple):
    """The ways on from a place: role or word → places, and the rules that are complete there."""

    by_name: dict[str, set[int]]
    complete: set[int]


class State(dict[str, "State"]):
    """Where a walk stands. Maps the next code to the next state.

    `rules`: numbers of the rules that some prefix of the walk completes, ascending. `open`: whether more codes may
    complete more.
    """

    __slots__ = ("_automaton", "open", "places", "rules")

    def __init__(self, automaton: "Automaton", places: frozenset[int], rules: frozenset[int]) -> None:
        super().__init__()
        self._automaton = automaton
        self.places = places
        self.open = bool(places)
        self.rules = tuple(sorted(rules))

    def __missing__(self, code: str) -> "State":
        return self._automaton.step(self, code)


class _Neighbour:
    """What the code before an expression must be, and must not be, as far as that code alone tells."""

    def __init__(self, pattern: Pattern) -> None:
        # Look-behinds are as wide as what they name, so that the last name of each way is the code's own.
        ways = [(side.forbidden, prefixes(side.node, 8)) for side in pattern.before]
        self._wanted = [{way[-1] for way in several} for forbidden, several in ways if not forbidden]
        self._refused = {way[0] for forbidden, several in ways if forbidden for way in several if len(way) == 1}

    def admits(self, names: Iterable[str]) -> bool:
        found = set(names)
        return self._refused.isdisjoint(found) and not any(wanted.isdisjoint(found) for wanted in self._wanted)


class Automaton(dict[str, State]):
    """The patterns of a language: the code before an expression → the state in which the walk over its codes begins.

    `names_of`: code → the roles and words that it stands for; a code without any stands outside the text.
    """

    def __init__(self, patterns: Sequence[Pattern], names_of: Mapping[str, Iterable[str]]) -> None:
        super().__init__()
        self._names_of = names_of
        # The first places are the ends of the patterns: that of rule n wants nothing more.
        self._places = [_Place(Choice(()), 0, 0, rule) for rule in range(len(patterns))]
        self._numbers: dict[tuple[int, int, int, int], int] = {}
        self._moves: dict[int, _Moves] = {rule: _Moves({}, {rule}) for rule in range(len(patterns))}
        self._states: dict[tuple[frozenset[int], frozenset[int]], State] = {}
        self._room = _REMEMBERED
        self._starts: list[tuple[_Neighbour, int]] = []
        for rule, pattern in enumerate(patterns):
            wanted = [side.node for side in pattern.after if not side.forbidden][:1]
            self._starts.append((_Neighbour(pattern), self._sequence((pattern.core, *wanted), rule)))

    def __missing__(self, before: str) -> State:
        names = self._names_of.get(before, ())
        state = self._state((start for neighbour, start in self._starts if neighbour.admits(names)), ())
        self[before] = state
        return state

    def viable(self, size: int) -> npt.NDArray[np.bool_]:
        """Pairs of codes, as numbers below `size`, with which some rule may start; shape (size, size)."""
        codes_of: dict[str, list[int]] = {}
        for code, names in self._names_of.items():
            for name in names:
                codes_of.setdefault(name, []).append(ord(code))
        found = np.zeros((size, size), dtype=np.bool_)
        pairs: dict[str, set[str]] = {}
        for _, start in self._starts:
            for name, reached in self._from(start).by_name.items():
                for place in reached:
                    moves = self._from(place)
                    pairs.setdefault(name, set()).update(moves.by_name)
                    if moves.complete:
                        found[codes_of.get(name, []), :] = True
        for name, following in pairs.items():
            seconds = sorted({code for second in following for code in codes_of.get(second, ())})
            found[np.ix_(codes_of.get(name, []), seconds)] = True
        return found

    def step(self, state: State, code: str) -> State:
        """The state after one more code, remembered in `state`."""
        names = self._names_of.get(code, ())
        reached: set[int] = set()
        for place in state.places:
            by_name = self._from(place).by_name
            for name in names:
                reached |= by_name.get(name, set())
        following = self._state(reached, state.rules)
        if self._room:
            self._room -= 1
            state[code] = following
        return following

    def _state(self, places: Iterable[int], rules: Iterable[int]) -> State:
        complete = set(rules)
        going_on = set()
        for place in places:
            moves = self._from(place)
            complete |= moves.complete
            if moves.by_name:
                going_on.add(place)
        key = frozenset(going_on), frozenset(complete)
        known = self._states.get(key)
        if known is None:
            known = State(self, *key)
            if self._room:
                self._states[key] = known
        return known

    def _from(self, place: int) -> _Moves:
        moves = self._moves.get(place)
        if moves is None:
            moves = self._moves[place] = _Moves({}, set())
            node, low, high, rest = self._places[place]
            if low == 0:
                self._add(moves, rest)
            if high:
                self._enter(moves, node, self._place(node, max(low - 1, 0), high - 1, rest) if high > 1 else rest)
        return moves

    def _enter(self, moves: _Moves, node: Node, after: int) -> None:
        if isinstance(node, Symbol):
            moves.by_name.setdefault(node.name, set()).add(after)
        elif isinstance(node, Choice):
            for option in node.nodes:
                self._add(moves, self._place(option, 1, 1, after))
        elif isinstance(node, Repeat):
            self._add(moves, self._place(node.node, node.low, node.high, after))
        else:
            self._add(moves, self._sequence(node.nodes, after))

    def _add(self, moves: _Moves, place: int) -> None:
        further = self._from(place)
        for name, places in further.by_name.items():
            moves.by_name.setdefault(name, set()).update(places)
        moves.complete.update(further.complete)

    def _sequence(self, nodes: Sequence[Node], rest: int) -> int:
        for node in reversed(nodes):
            rest = self._place(node, 1, 1, rest)
        return rest

    def _place(self, node: Node, low: int, high: int, rest: int) -> int:
        # By identity, since equal nodes are as a rule one object, and hashing a tree of them costs its size.
        key = id(node), low, high, rest
        number = self._numbers.get(key)
        if number is None:
            number = self._numbers[key] = len(self._places)
            self._places.append(_Place(node, low, high, rest))
        return number
