"""What a path shows of one person: steps of either kind, week by week, and where the person stands in time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from coach.words import Message, Text


class StepKind(StrEnum):
    """Name what a step asks: to go through a lesson, or to take part in a programme such as a workshop."""

    LESSON = "lesson"
    PROGRAMME = "programme"


@dataclass(frozen=True, slots=True)
class Step:
    """Hold one step of a path; `id` is the lesson's or the programme's, `done_at` when it was done first.

    `skill_name` is None where it teaches no one skill.
    """

    kind: StepKind
    id: str
    title: Text
    skill_name: Text | None
    week: int
    minutes: int
    done_at: datetime | None
    is_begun: bool = False

    @property
    def is_done(self) -> bool:
        """Tell whether it was done once."""
        return self.done_at is not None


@dataclass(frozen=True, slots=True)
class PathWeek:
    """Hold the steps of one week."""

    number: int
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        """Add the minutes of what is not done."""
        return sum(step.minutes for step in self.steps if not step.is_done)


@dataclass(frozen=True, slots=True)
class Path:
    """Hold a role's path as far as one person is; `week` is theirs, from 1, and goes on after the last of the path.

    `week` is None while nobody knows when they began.
    """

    role_name: Text
    since: date | None
    week: int | None
    weeks: tuple[PathWeek, ...]

    @property
    def steps(self) -> tuple[Step, ...]:
        """List all steps in their order."""
        return tuple(step for week in self.weeks for step in week.steps)

    @property
    def length(self) -> int:
        """Count the weeks."""
        return max((week.number for week in self.weeks), default=0)

    @property
    def done(self) -> tuple[Step, ...]:
        """List what is done, in the order of the path."""
        return tuple(step for step in self.steps if step.is_done)

    @property
    def is_done(self) -> bool:
        """Tell whether every step was done once."""
        return len(self.done) == len(self.steps)

    @property
    def is_over(self) -> bool:
        """Tell whether its weeks are over."""
        return self.week is not None and self.week > self.length

    @property
    def now(self) -> PathWeek | None:
        """Give the week that is the person's own now, where the path has one."""
        return next((week for week in self.weeks if week.number == self.week), None)

    @property
    def waiting(self) -> tuple[Step, ...]:
        """List what earlier weeks asked and is still open."""
        return tuple(s for s in self.steps if self.week is not None and s.week < self.week and not s.is_done)

    @property
    def ahead(self) -> tuple[PathWeek, ...]:
        """List the weeks to come; all of them while nobody knows when the person began."""
        return tuple(week for week in self.weeks if self.week is None or week.number > self.week)

    @property
    def next(self) -> Step | None:
        """Give the step to take next: a lesson that is begun, else the first that is open.

        A programme that one signed up for has its day: it is next only where nothing else is left.
        """
        left = [step for step in self.steps if not step.is_done]
        begun = [step for step in left if step.is_begun and step.kind is StepKind.LESSON]
        return next(iter((*begun, *(step for step in left if not step.is_begun), *left)), None)

    @property
    def where(self) -> Message:
        """Say where the person is in time."""
        if self.week is None:
            return Message("%(weeks)s weeks", weeks=self.length)
        if self.is_over:
            return Message("The %(weeks)s weeks are over", weeks=self.length)
        return Message("Week %(week)s of %(weeks)s", week=self.week, weeks=self.length)
