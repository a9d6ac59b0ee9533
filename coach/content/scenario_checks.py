"""What must hold along the ways of a scenario: they end, they differ, and the best one is not given away."""

from __future__ import annotations

import operator
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Final

from coach.content.documents import Key
from coach.content.kinds import Showing
from coach.content.problems import Problem
from coach.content.reading import Reading
from coach.content.scenarios import AnswerSpec, NodeSpec, ScenarioSpec
from coach.content.spec import Lang
from coach.words import Message, Text

FEWEST_ANSWERS, MOST_ANSWERS = 3, 8  # on every way from the first node to an end
FEWEST_CRITERIA: Final = 2  # touched at all, and met on the best way
LONGEST_SHARE: Final = 3  # the best answer may be the longest of its node in one node of so many
SHORTEST_SHARE: Final = 2  # and the shortest in one of so many
SHORTEST_COMPARED: Final = 40  # characters of English below which lengths of languages say little
LEAST_KOREAN, MOST_KOREAN = 0.3, 1.1  # Korean characters per English one


@dataclass(frozen=True, slots=True)
class _Map:
    """Hold a scenario with its nodes by id, each with its place in the file."""

    reading: Reading
    path: str
    scenario: ScenarioSpec
    nodes: Mapping[str, NodeSpec]
    places: Mapping[str, int]

    def problem(self, message: Message, *place: Key) -> Problem:
        return self.reading.problem(self.path, place, message)

    def asking(self) -> list[NodeSpec]:
        """List the nodes that have answers."""
        return [node for node in self.nodes.values() if node.answers]


def scenario_problems(reading: Reading) -> Iterator[Problem]:
    """Find what does not hold in all scenarios; skill and roles are told where all names are."""
    for path, scenario in reading.scenarios.items():
        nodes = {node.id: node for node in scenario.nodes}
        places = {node.id: at for at, node in enumerate(scenario.nodes)}
        found = _Map(reading, path, scenario, nodes, places)
        yield from _file_problems(found)
        loose = list(_loose_ends(found))
        yield from loose or _way_problems(found)
        yield from _rubric_problems(found)
        yield from _telling_lengths(found)
        yield from _same_position(found)
        yield from _language_problems(found)


def _file_problems(found: _Map) -> Iterator[Problem]:
    name = found.scenario.id
    if PurePosixPath(found.path).stem != name:
        message = Message("The file is named after its id. Name it %(name)s.yml or correct the id.", name=name)
        yield found.problem(message, "id")


def _loose_ends(found: _Map) -> Iterator[Problem]:
    if found.scenario.first not in found.nodes:
        yield found.problem(_no_node(found.scenario.first), "first")
    for node in found.nodes.values():
        for nth, answer in enumerate(node.answers):
            if answer.next not in found.nodes:
                yield found.problem(_no_node(answer.next), "nodes", found.places[node.id], "answers", nth, "next")


def _no_node(name: str) -> Message:
    return Message("There is no node “%(name)s”. Correct its id or add the node.", name=name)


def _way_problems(found: _Map) -> Iterator[Problem]:
    order: list[str] = []
    circle = _visit(found, found.scenario.first, order, set())
    if circle:
        message = Message("A way comes back to “%(name)s”. Lead it to another node.", name=circle)
        yield found.problem(message, "nodes", found.places[circle])
        return
    for name in found.nodes:
        if name not in order:
            message = Message("No way leads to “%(name)s”. Lead an answer to it or take it out.", name=name)
            yield found.problem(message, "nodes", found.places[name])
    yield from _length_problems(found, order)
    yield from _end_problems(found)
    yield from _best_way_problems(found)


def _visit(found: _Map, name: str, order: list[str], above: set[str]) -> str | None:
    """Put every node below `name` into `order`, ends first; name a node that is reached from itself."""
    if name in above:
        return name
    if name in order:
        return None
    for answer in found.nodes[name].answers:
        circle = _visit(found, answer.next, order, above | {name})
        if circle:
            return circle
    order.append(name)
    return None


def _length_problems(found: _Map, order: list[str]) -> Iterator[Problem]:
    shortest: dict[str, int] = {}
    longest: dict[str, int] = {}
    for name in order:
        after = {answer.next for answer in found.nodes[name].answers}
        shortest[name] = 1 + min(shortest[each] for each in after) if after else 0
        longest[name] = 1 + max(longest[each] for each in after) if after else 0
    first = found.scenario.first
    if shortest[first] < FEWEST_ANSWERS or longest[first] > MOST_ANSWERS:
        message = Message(
            "Ways have %(shortest)s to %(longest)s answers here. Give each way %(least)s to %(most)s.",
            shortest=shortest[first],
            longest=longest[first],
            least=FEWEST_ANSWERS,
            most=MOST_ANSWERS,
        )
        yield found.problem(message, "first")


def _end_problems(found: _Map) -> Iterator[Problem]:
    ends = {node.end.is_good for node in found.nodes.values() if node.end}
    if ends != {True, False}:
        message = Message("Let it end well in one node (won, next_step) and badly in another (stalled, lost).")
        yield found.problem(message, "nodes")


def _best_way_problems(found: _Map) -> Iterator[Problem]:
    """Follow the best answer of each node."""
    node, met = found.nodes[found.scenario.first], set()
    while node.answers:
        if node.best.shows is Showing.MET:
            met.add(node.best.criterion)
        node = found.nodes[node.best.next]
    if len(met) < FEWEST_CRITERIA:
        message = Message("The best answers meet %(met)s criteria. Let them meet two different ones.", met=len(met))
        yield found.problem(message, "nodes")
    if node.end and not node.end.is_good:
        message = Message("The best answers lead to “%(name)s”, which ends badly. Weigh them again.", name=node.id)
        yield found.problem(message, "nodes", found.places[node.id], "end")


def _rubric_problems(found: _Map) -> Iterator[Problem]:
    reading, skill = found.reading, found.scenario.skill
    paths = [path for path in reading.below("rubrics/") if reading.named(path, "skill") == skill]
    if not paths and f"rubrics/{skill}.yml" not in reading.sources:
        message = Message("The skill “%(skill)s” has no rubric. Add rubrics/%(skill)s.yml.", skill=skill)
        yield found.problem(message, "skill")
    known = {name for path in paths for _, name in reading.written(path, "criteria")}
    for place, answer in _answers(found):
        if known and answer.criterion and answer.criterion not in known:
            message = Message(
                "The rubric has no criterion “%(name)s”. It has: %(known)s.",
                name=answer.criterion,
                known=", ".join(sorted(known)),
            )
            yield found.problem(message, *place, "criterion")
    if len({answer.criterion for _, answer in _answers(found) if answer.criterion}) < FEWEST_CRITERIA:
        yield found.problem(Message("Let the answers show at least two different criteria of the rubric."), "nodes")


def _answers(found: _Map) -> Iterator[tuple[tuple[Key, ...], AnswerSpec]]:
    for node in found.nodes.values():
        for nth, answer in enumerate(node.answers):
            yield ("nodes", found.places[node.id], "answers", nth), answer


def _telling_lengths(found: _Map) -> Iterator[Problem]:
    """Tell the nodes whose best answer is longer, or shorter, than each other one, where they are too many."""
    asking = found.asking()
    for share, is_beside, said in _LENGTHS:
        for lang in Lang:
            names = [node.id for node in asking if _stands_out(node, lang, is_beside)]
            if len(names) * share > len(asking):
                count, listed = len(names), ", ".join(names)
                message = Message(said.id, lang=str(lang), count=count, nodes=len(asking), names=listed)
                yield found.problem(message, "nodes")


_LENGTHS: Final = (
    (
        LONGEST_SHARE,
        operator.lt,
        Message(
            "In %(lang)s the best answer is the longest in %(count)s of %(nodes)s nodes. "
            "Shorten it or lengthen another answer in some of these: %(names)s."
        ),
    ),
    (
        SHORTEST_SHARE,
        operator.gt,
        Message(
            "In %(lang)s the best answer is the shortest in %(count)s of %(nodes)s nodes. "
            "Lengthen it or shorten another answer in some of these: %(names)s."
        ),
    ),
)


def _stands_out(node: NodeSpec, lang: Lang, is_beside: Callable[[int, int], bool]) -> bool:
    best = len(node.best.text.of(lang))
    return all(is_beside(len(other.text.of(lang)), best) for other in node.answers if other.id != node.best.id)


def _same_position(found: _Map) -> Iterator[Problem]:
    """Tell a position that holds the best answer of more than half of the nodes."""
    asking = found.asking()
    positions = Counter(node.answers.index(node.best) for node in asking)
    for position, count in positions.items():
        if count > (len(asking) + 1) // 2:
            message = Message(
                "The best answer stands at position %(position)s in %(count)s of %(nodes)s nodes. Move some.",
                position=position + 1,
                count=count,
                nodes=len(asking),
            )
            yield found.problem(message, "nodes")


def _language_problems(found: _Map) -> Iterator[Problem]:
    for place, text in _texts(found):
        ratio = len(text.ko) / len(text.en)
        if len(text.en) >= SHORTEST_COMPARED and not LEAST_KOREAN <= ratio <= MOST_KOREAN:
            message = Message(
                "The Korean is %(percent).0f %% as long as the English. See whether one of them leaves something out.",
                percent=100 * ratio,
            )
            yield found.problem(message, *place)


def _texts(found: _Map) -> Iterator[tuple[tuple[Key, ...], Text]]:
    scenario = found.scenario
    yield ("title",), scenario.title
    yield ("summary",), scenario.summary
    yield ("brief",), scenario.brief
    for node in found.nodes.values():
        place: tuple[Key, ...] = ("nodes", found.places[node.id])
        yield (*place, "says"), node.says
        if node.lesson:
            yield (*place, "lesson"), node.lesson
    for place, answer in _answers(found):
        yield (*place, "text"), answer.text
        yield (*place, "why"), answer.why
