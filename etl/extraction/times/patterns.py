"""The little language in which `languages/<code>/times.toml` writes its patterns, compiled to `re` over token codes.

A pattern reads like the expression: `il y a N UNIT`. Lower case is a word as written, upper case a role (a class of
words) or a macro of the same file; `( | )` choose, `?` and `{0,3}` repeat; `before <` and `> after` must stand next to
the expression without being part of it, and `!` in front of one of them forbids it. Roles' words and what a rule
means do not belong here.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass, field
from typing import NamedTuple

_SYNTAX = re.compile(r"[()|?<>!]|\{\d,\d\}|[^\s()|?<>!{}]+")


class Symbol(NamedTuple):
    """One token: a role by its name, or a word (`=word`)."""

    name: str


class Sequence(NamedTuple):
    """Nodes one after the other; `slot` names the group that captures the whole, if any."""

    nodes: "tuple[Node, ...]"
    slot: str | None = None


class Choice(NamedTuple):
    """One of several nodes."""

    nodes: "tuple[Node, ...]"


class Repeat(NamedTuple):
    """A node at least `low` and at most `high` times."""

    node: "Node"
    low: int
    high: int


Node = Symbol | Sequence | Choice | Repeat
Prefix = tuple[str, ...]


class Side(NamedTuple):
    """What must (or must not) stand right before or after an expression."""

    node: Node
    forbidden: bool


class Pattern(NamedTuple):
    """A parsed pattern: conditions on the left, the expression itself, conditions on the right."""

    before: tuple[Side, ...]
    core: Node
    after: tuple[Side, ...]


@dataclass(slots=True)
class Syntax:
    """What the parser must know: how words are cut into tokens, which roles exist, and the macros' definitions."""

    tokenise: Callable[[str], list[str]]
    roles: Mapping[str, Iterable[str]]
    macros: Mapping[str, str]
    meanings: Set[str]
    """The slots that mean something; a role of another name fills none."""
    slots: dict[str, set[str]] = field(default_factory=dict)
    """Slot → the roles whose words may fill it; known once everything is parsed."""
    _parsed: dict[str, Node] = field(default_factory=dict)

    def parse(self, pattern: str) -> Pattern:
        """Parse a rule's pattern. Raises ValueError, with the pattern, where it is malformed."""
        left, after = pattern.split(">")[0], pattern.split(">")[1:]
        *before, core = left.split("<")
        return Pattern(
            tuple(self._side(part) for part in before), self._node(core), tuple(self._side(part) for part in after)
        )

    def _side(self, text: str) -> Side:
        text = text.strip()
        return Side(self._node(text.removeprefix("!")), text.startswith("!"))

    def _node(self, text: str) -> Node:
        parts = _SYNTAX.findall(text)
        node, position = self._choice(parts, 0, text)
        if position != len(parts):
            raise ValueError(f"unbalanced pattern: {text!r}")
        return node

    def _choice(self, parts: list[str], position: int, text: str) -> tuple[Node, int]:
        options: list[Node] = []
        while True:
            node, position = self._sequence(parts, position, text)
            options.append(node)
            if position == len(parts) or parts[position] != "|":
                return (options[0] if len(options) == 1 else Choice(tuple(options))), position
            position += 1

    def _sequence(self, parts: list[str], position: int, text: str) -> tuple[Node, int]:
        nodes: list[Node] = []
        while position < len(parts) and parts[position] not in ("|", ")"):
            part = parts[position]
            position += 1
            if part == "(":
                node, position = self._choice(parts, position, text)
                if position == len(parts):
                    raise ValueError(f"unbalanced pattern: {text!r}")
                position += 1
                nodes.append(node)
            elif part == "?":
                nodes[-1] = Repeat(nodes[-1], 0, 1)
            elif part.startswith("{"):
                nodes[-1] = Repeat(nodes[-1], int(part[1]), int(part[3]))
            else:
                nodes.append(self._atom(part))
        if not nodes:
            raise ValueError(f"empty alternative in pattern: {text!r}")
        return (nodes[0] if len(nodes) == 1 else Sequence(tuple(nodes))), position

    def _atom(self, part: str) -> Node:
        slot, _, name = part.rpartition(":") if len(part) > 1 and ":" in part else ("", "", part)
        if slot and slot not in self.meanings:
            raise ValueError(f"unknown slot: {slot}")
        if name in self.macros:
            if name not in self._parsed:
                self._parsed[name] = self._node(self.macros[name])
            return Sequence((self._parsed[name],), slot or None)
        if name in self.roles:
            fills = slot or (name.lower() if name.lower() in self.meanings else None)
            if fills is not None:
                self.slots.setdefault(fills, set()).add(name)
            several = [tuple(self.tokenise(word)) for word in self.roles[name]]
            longer = sorted({words for words in several if len(words) > 1}, key=len)
            options: list[Node] = [Symbol(name), *(Sequence(tuple(Symbol("=" + w) for w in words)) for words in longer)]
            # Longer words first, since `re` takes the first that fits.
            return Sequence((Choice(tuple(reversed(options))),), fills)
        if name.isalpha() and name.isupper():
            raise ValueError(f"unknown role: {name}")
        words = tuple(Symbol("=" + word) for word in self.tokenise(part))
        return words[0] if len(words) == 1 else Sequence(words)


def words_of(node: Node) -> Iterable[str]:
    """Every literal word of a node."""
    if isinstance(node, Symbol):
        if node.name.startswith("="):
            yield node.name[1:]
    elif isinstance(node, Repeat):
        yield from words_of(node.node)
    else:
        for inner in node.nodes:
            yield from words_of(inner)


def longest(node: Node) -> int:
    """How many tokens the node matches at most."""
    if isinstance(node, Symbol):
        return 1
    if isinstance(node, Repeat):
        return node.high * longest(node.node)
    lengths = map(longest, node.nodes)
    return max(lengths, default=0) if isinstance(node, Choice) else sum(lengths)


def wide_slots(node: Node) -> set[str]:
    """The slots of a node that more than one token may fill."""
    if isinstance(node, Symbol):
        return set()
    if isinstance(node, Repeat):
        return wide_slots(node.node)
    found = set().union(*map(wide_slots, node.nodes))
    if isinstance(node, Sequence) and node.slot is not None and longest(node) > 1:
        found.add(node.slot)
    return found


def prefixes(node: Node, length: int = 2) -> set[Prefix]:
    """The first symbols of everything that the node matches, cut at `length`; shorter where the node ends sooner."""
    if isinstance(node, Symbol):
        return {(node.name,)}
    if isinstance(node, Choice):
        return set().union(*(prefixes(inner, length) for inner in node.nodes))
    if isinstance(node, Repeat):
        once = prefixes(node.node, length)
        whole: set[Prefix] = {()} if node.low == 0 else set()
        reach: set[Prefix] = {()}
        for count in range(1, min(node.high, length) + 1):
            reach = _followed(reach, once, length)
            if count >= node.low:
                whole |= reach
        return whole
    found: set[Prefix] = {()}
    for inner in node.nodes:
        if all(len(prefix) == length for prefix in found):
            break
        found = _followed(found, prefixes(inner, length), length)
    return found


def _followed(heads: set[Prefix], tails: set[Prefix], length: int) -> set[Prefix]:
    return {head for head in heads if len(head) == length} | {
        (head + tail)[:length] for head in heads if len(head) < length for tail in tails
    }


class Codes(NamedTuple):
    """Role or word → the characters that stand for tokens which have it."""

    of: Mapping[str, str]

    def character_class(self, name: str) -> str:
        """A `re` character class; one that nothing matches for a role without words."""
        characters = self.of.get(name, "")
        return f"[{re.escape(characters)}]" if characters else "(?!)"


def expression(pattern: Pattern, codes: Codes) -> str:
    """The `re` source of a pattern; slots become groups named `slot`, `slot__2`, …"""
    groups: dict[str, int] = {}
    before = "".join(_behind(side, codes) for side in pattern.before)
    core = _emit(pattern.core, codes, groups)
    after = "".join(
        f"(?{'!' if side.forbidden else '='}{_emit(side.node, codes, None if side.forbidden else groups)})"
        for side in pattern.after
    )
    return f"{before}(?P<core>{core}){after}"


def _emit(node: Node, codes: Codes, groups: dict[str, int] | None) -> str:
    if isinstance(node, Symbol):
        return codes.character_class(node.name)
    if isinstance(node, Repeat):
        return f"(?:{_emit(node.node, codes, groups)}){{{node.low},{node.high}}}"
    if isinstance(node, Choice):
        if all(isinstance(inner, Symbol) for inner in node.nodes):
            joined = "".join(codes.of.get(inner.name, "") for inner in node.nodes if isinstance(inner, Symbol))
            return f"[{re.escape(joined)}]" if joined else "(?!)"
        return f"(?:{'|'.join(_emit(inner, codes, groups) for inner in node.nodes)})"
    body = "".join(_emit(inner, codes, groups) for inner in node.nodes)
    if node.slot is None or groups is None:
        return f"(?:{body})" if len(node.nodes) > 1 else body
    groups[node.slot] = groups.get(node.slot, 0) + 1
    count = groups[node.slot]
    return f"(?P<{node.slot}{f'__{count}' if count > 1 else ''}>{body})"


def _behind(side: Side, codes: Codes) -> str:
    # Look-behinds of `re` have one width each, so every way to read the side gets its own.
    ways = sorted(prefixes(side.node, 8))
    by_shape = ["".join(codes.character_class(name) for name in way) for way in ways]
    singles = "".join(codes.of.get(way[0], "") for way in ways if len(way) == 1)
    longer = [shape for way, shape in zip(ways, by_shape, strict=True) if len(way) > 1]
    options = ([f"[{re.escape(singles)}]"] if singles else []) + longer
    if side.forbidden:
        return "".join(f"(?<!{option})" for option in options)
    return f"(?:{'|'.join(f'(?<={option})' for option in options)})"
