"""What people of the demo do, through the same services that the pages call."""

from __future__ import annotations

import math
import random
from collections import Counter
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cached_property

import sqlalchemy as sa

from coach import clock
from coach.access.identity import Identity
from coach.assessments import queries as assessment_reads
from coach.assessments import services as assessments
from coach.assessments.opening import LARGEST_SEED
from coach.assignments import services as assignments
from coach.coaching import queries as coaching_reads
from coach.coaching import services as coaching
from coach.coaching.models import CoachingSession
from coach.coaching.services import Due, Outcome, Setting, Talk
from coach.db import session
from coach.demo.answers import right_answer, wrong_answer
from coach.demo.cast import CAST
from coach.demo.conversations import first_scenario, play
from coach.demo.people import Ids
from coach.demo.script import ABOUT, ACTIONS, AFTER, BEFORE, FORM_SEED, LEVELS, SEVERITY, SOME_ACTION, WEEKS, Lesson
from coach.evidence import calibration, cells
from coach.evidence.models import Cell
from coach.findings.services import open_finding
from coach.items.models import ItemRevision
from coach.skills.models import Target
from coach.training import services as training
from coach.training.models import Lesson as LessonRow
from coach.training.models import LessonPart

SLOPE = 1.85
ZONE = "Asia/Seoul"


class Acts:
    """Let the cast talk, learn and be checked; `first` is the first day of the story."""

    def __init__(self, ids: Ids, first: date) -> None:
        self.ids = ids
        self.first = first
        self.members = {member.key: member for member in CAST}
        self.seen: Counter[tuple[str, str]] = Counter()

    def talk(self, coach: str, key: str, chance: random.Random) -> None:
        """Log a talk about two or three skills of the person's role, the weightier the likelier."""
        targets = self._targets[self.members[key].role or ""]
        chosen = self._pick(key, targets, chance)
        levels = {skill: self._rating(coach, key, skill, chance) for skill in chosen}
        words = self.members[coach].language
        weakest = min(levels, key=lambda skill: levels[skill])
        self._look_back(coach, key, chance)
        talk = Talk(
            setting=chance.choice([Setting.CALL, Setting.CALL, Setting.MEETING, Setting.DEMO, Setting.ROLE_PLAY]),
            held_on=clock.today(ZONE),
            levels=levels,
            about=chance.choice(ABOUT).of(words),
            action=ACTIONS.get(weakest, SOME_ACTION).of(words) if chance.random() < 0.7 else "",
            due=Due.NEXT_CALL,
        )
        log_id = coaching.log(by=self.ids[coach], person_id=self.ids[key], talk=talk, zone=ZONE)
        if chance.random() < 0.8:
            coaching.acknowledge(session().get_one(CoachingSession, log_id), by=self.ids[key])

    def give(self, plan: Lesson) -> None:
        """Assign a lesson for the finding it answers, where there is one."""
        if plan.given_by is None:
            return
        skill = session().get_one(LessonRow, plan.lesson).skill_id
        finding = open_finding(self.ids[plan.person], skill)
        assignments.assign(
            by=Identity(self.ids[plan.given_by]),
            to=[self.ids[plan.person]],
            lesson_id=plan.lesson,
            due=clock.today() + timedelta(days=14),
            because=[finding.id] if finding else [],
        )

    def take(self, plan: Lesson, chance: random.Random) -> None:
        """Go through a lesson to its end and take the check there; first and last, the form of its module."""
        self._form(BEFORE, plan)
        self._read(plan.person, plan.lesson, chance)
        self._check(plan.person, session().get_one(LessonRow, plan.lesson).quiz_id, chance)
        self._form(AFTER, plan)

    def recheck(self, plan: Lesson, chance: random.Random) -> None:
        """Take the skill's check again."""
        self._check(plan.person, f"skill-{session().get_one(LessonRow, plan.lesson).skill_id}", chance)

    def converse(self, key: str, skill: str, slips: tuple[int, ...]) -> None:
        """Play a conversation for practice."""
        play(by=Identity(self.ids[key]), scenario_id=first_scenario(skill), slips=slips)

    def night(self) -> None:
        """Pool what estimates start from, as every night does; the next piece of a skill is read with it."""
        calibration.calibrate()

    def last_morning(self, chance: random.Random) -> None:
        """Leave things as a morning finds them: estimates read overnight, a lesson begun, some due."""
        self.night()
        cells.refresh(session().scalars(sa.select(Cell)))
        self._read("jiwoo", "an-ask-before-you-quote", chance, parts=1)
        for person, lesson, by, days in (
            ("jiwoo", "an-ask-before-you-quote", "sora", 1),
            ("hana", "ho-hear-it-out", "sora", 4),
            ("dohyun", "oc-a-reason-that-fits-only-them", "jaehee", 3),
        ):
            assignments.assign(
                by=Identity(self.ids[by]),
                to=[self.ids[person]],
                lesson_id=lesson,
                due=clock.today() + timedelta(days=days),
            )

    def _read(self, key: str, lesson_id: str, chance: random.Random, *, parts: int | None = None) -> None:
        by, skill = self.ids[key], session().get_one(LessonRow, lesson_id).skill_id
        run = training.open_lesson(by=by, lesson_id=lesson_id)
        rows = session().scalars(
            sa.select(LessonPart).where(LessonPart.revision_id == run.revision_id).order_by(LessonPart.position)
        )
        for part in list(rows)[:parts]:
            if part.item_id is None:
                training.finish_part(by=by, run=run, part_id=part.part_id)
            else:
                answer = self._answer(key, skill, self._revision(part.item_id), chance)
                training.answer_part(by=by, run=run, part_id=part.part_id, answer=answer)

    def _form(self, forms: Mapping[tuple[str, str], str], plan: Lesson) -> None:
        """Take a form where the script has one, by chance of its own: the rest of the story stays as it is."""
        quiz_id = forms.get((plan.person, plan.lesson))
        if quiz_id is not None:
            self._check(plan.person, quiz_id, random.Random(f"{quiz_id} {plan.person} {FORM_SEED}"))

    def _check(self, key: str, quiz_id: str, chance: random.Random) -> None:
        by = Identity(self.ids[key])
        seed = random.Random(f"{key} {quiz_id} {clock.today(ZONE) - self.first}").randrange(LARGEST_SEED)
        attempt = assessments.start(by=by, quiz_id=quiz_id, seed=seed)
        while attempt.submitted_at is None and (row := assessment_reads.next_blank(attempt.id)) is not None:
            position, revision = row
            answer = self._answer(key, attempt.skill_id, revision, chance)
            assessments.save_answer(by=by, attempt=attempt, position=position, answer=answer)
        assessments.submit(by=by, attempt=attempt)

    def _answer(self, key: str, skill: str, revision: ItemRevision, chance: random.Random) -> dict[str, object]:
        """Answer as somebody of this level would: right with the probability that the item says."""
        right = 1.0 / (1.0 + math.exp(-SLOPE * (self._level(key, skill) - revision.difficulty)))
        return right_answer(revision) if chance.random() < right else wrong_answer(revision, chance)

    def _look_back(self, coach: str, key: str, chance: random.Random) -> None:
        last = coaching_reads.last_action(self.ids[coach], self.ids[key])
        if last is not None:
            outcome = chance.choice([Outcome.DID, Outcome.DID, Outcome.PARTLY, Outcome.NOT_YET])
            coaching.look_back(last, by=self.ids[coach], outcome=outcome)

    def _pick(self, key: str, targets: dict[str, tuple[int, int]], chance: random.Random) -> list[str]:
        """Choose what is rated: what matters, what was seen least, and the told weaknesses more often."""
        pool, told = list(targets), 40.0 if self.members[key].weeks < WEEKS else 12.0
        weights = [
            targets[s][1] * (told if (key, s) in LEVELS else 1.0) / (1.0 + self.seen[key, s]) ** 1.5 for s in pool
        ]
        chosen: list[str] = []
        while len(chosen) < min(3, len(pool)):
            pick = chance.choices(pool, weights)[0]
            if pick not in chosen:
                chosen.append(pick)
                self.seen[key, pick] += 1
        return chosen

    def _rating(self, coach: str, key: str, skill: str, chance: random.Random) -> int:
        seen = self._level(key, skill) + SEVERITY.get(coach, 0.0) + chance.gauss(0.0, 0.35)
        return min(max(round(seen), 1), 4)

    def _level(self, key: str, skill: str) -> float:
        if (key, skill) in LEVELS:
            start, end = LEVELS[key, skill]
            weeks = min(self.members[key].weeks + 1.0, WEEKS)
            gone = (clock.today(ZONE) - self.first).days / 7.0 - (WEEKS - weeks)
            return start + (end - start) * min(max(gone / weeks, 0.0), 1.0)
        targets = self._targets.get(self.members[key].role or "", {})
        level, _ = targets.get(skill, (2, 1))
        own = random.Random(f"{key} {skill}").gauss(0.15, 0.2)
        return level + own

    def _revision(self, item_id: str) -> ItemRevision:
        query = sa.select(ItemRevision).where(ItemRevision.item_id == item_id).order_by(ItemRevision.number.desc())
        return session().scalars(query.limit(1)).one()

    @cached_property
    def _targets(self) -> dict[str, dict[str, tuple[int, int]]]:
        found: dict[str, dict[str, tuple[int, int]]] = {}
        for row in session().scalars(sa.select(Target).order_by(Target.job_role_id, Target.skill_id)):
            found.setdefault(row.job_role_id, {})[row.skill_id] = (row.level, row.weight)
        return found
