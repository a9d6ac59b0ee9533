"""Publishing: once, again, edited, with things taken out and put back."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import config
from coach.assessments.models import Quiz
from coach.content.problems import ContentErrors
from coach.db import Base, session, unit_of_work
from coach.items.models import Item, ItemRevision
from coach.publishing.folder import read_folder
from coach.publishing.plan import Change, Changes, How, Kind
from coach.publishing.queries import published_files
from coach.publishing.services import plan, publish
from coach.skills import queries as skills
from coach.skills.models import Criterion, FrameworkRevision, Skill, Target
from coach.training.models import Lesson, LessonPart, LessonRevision, Module
from tests.statements import count_statements
from tests.unit.content.small_library import EN, GOOD, KO


@pytest.fixture
def small(app: Flask) -> Flask:
    """Publish the small library in place of the shipped one."""
    _publish(GOOD)
    return app


def _publish(sources: dict[str, str]) -> Changes:
    with unit_of_work():
        return publish(sources, by=None)


def _count(model: type[Base]) -> int:
    return session().scalar(sa.select(sa.func.count()).select_from(model)) or 0


def _edited(path: str, old: str, new: str) -> dict[str, str]:
    assert old in GOOD[path]
    return {**GOOD, path: GOOD[path].replace(old, new)}


def test_publishing_again_changes_nothing(small: Flask) -> None:
    before = {model: _count(model) for model in (Item, ItemRevision, Lesson, LessonRevision, LessonPart, Quiz, Module)}
    assert not _publish(GOOD)
    assert before == {model: _count(model) for model in before}


def test_publishing_the_same_takes_one_statement(small: Flask) -> None:
    with count_statements(small) as seen:
        _publish(GOOD)
    assert len(seen) == 1


def test_a_publish_that_finds_a_mistake_writes_nothing(small: Flask) -> None:
    broken = _edited("modules/trade/module.yml", "skill: negotiate", "skill: juggle")
    with pytest.raises(ContentErrors, match="no skill “juggle”"), unit_of_work():
        publish(broken, by=None)
    assert published_files() == GOOD


def test_the_framework_alone_can_be_published(app: Flask) -> None:
    _publish({"framework.yml": GOOD["framework.yml"]})
    assert [skill.id for skill in skills.skills()] == ["negotiate"]
    assert [role.id for role in skills.roles()] == ["account-manager"]
    assert session().scalar(sa.select(sa.func.count()).select_from(Lesson).where(Lesson.retired_at.is_(None))) == 0


def test_a_target_begins_half_a_level_below_its_level(small: Flask) -> None:
    (target,) = skills.targets_of("account-manager")
    assert (target.skill.id, target.level, target.threshold, target.weight) == ("negotiate", 3, 2.5, 4)
    assert skills.levels_of(["negotiate"])["negotiate"][3].en == "trades."
    in_use = sa.select(Criterion.id).where(Criterion.skill_id == "negotiate", Criterion.retired_at.is_(None))
    assert session().scalars(in_use.order_by(Criterion.position)).all() == ["trades", "waits", "writes"]


def test_an_edited_text_is_a_new_revision_and_the_old_one_stands(small: Flask) -> None:
    old = session().get_one(Lesson, "ne-trade-once").revision_id
    changes = _publish(_edited(EN, "asked for again.", "asked for twice."))
    assert changes.of(Kind.LESSON) == ["ne-trade-once"]
    assert changes.of(Kind.ITEM) == []
    new = session().get_one(Lesson, "ne-trade-once").revision_id
    texts = {
        part.revision_id: part.html.en
        for part in session().scalars(sa.select(LessonPart).where(LessonPart.part_id == "why"))
    }
    assert "asked for again." in texts[old]
    assert "asked for twice." in texts[new]
    assert session().get_one(LessonRevision, new).number == 2


def test_an_edited_item_is_a_new_revision_and_its_neighbours_stay(small: Flask) -> None:
    old = session().get_one(Item, "ne-c-number").revision_id
    changes = _publish(_edited("items/negotiate.yml", "answer: 20", "answer: 25"))
    assert [row for row in changes.rows if row.kind != Kind.FILE] == [Change(Kind.ITEM, "ne-c-number", How.CHANGED)]
    revision = session().get_one(ItemRevision, session().get_one(Item, "ne-c-number").revision_id)
    assert (revision.number, revision.body["answer"], revision.difficulty, revision.slope) == (2, 25.0, 2.5, 1.85)
    assert session().get_one(ItemRevision, old).body["answer"] == 20.0


def test_what_vanished_is_retired_and_what_returned_is_in_use_again(small: Flask) -> None:
    framework = {"framework.yml": GOOD["framework.yml"]}
    gone = _publish(framework)
    assert gone.of(Kind.LESSON, How.RETIRED) == ["ne-trade-once"]
    assert gone.of(Kind.CRITERION, How.RETIRED) == ["negotiate/trades", "negotiate/waits", "negotiate/writes"]
    assert session().get_one(Quiz, "ne-trade-once-check").retired_at is not None
    back = _publish(GOOD)
    assert back.of(Kind.LESSON, How.RETURNED) == ["ne-trade-once"]
    assert back.of(Kind.MODULE, How.RETURNED) == ["trade"]
    for model in (Lesson, Module, Item, Quiz, Criterion):
        assert session().scalar(sa.select(sa.func.count()).where(model.retired_at.is_(None)).select_from(model))
    assert session().get_one(Lesson, "ne-trade-once").retired_at is None
    assert (
        session().scalar(
            sa.select(sa.func.max(LessonRevision.number)).where(LessonRevision.lesson_id == "ne-trade-once")
        )
        == 1
    )


def test_a_changed_target_tells_the_role_and_replaces_its_targets(small: Flask) -> None:
    changes = _publish(_edited("framework.yml", "level: 3, weight: 4", "level: 4, weight: 5"))
    assert changes.of(Kind.ROLE) == ["account-manager"]
    assert changes.of(Kind.SKILL) == []
    target = session().scalars(sa.select(Target).where(Target.job_role_id == "account-manager")).one()
    assert (target.level, target.threshold, target.weight) == (4, 3.5, 5)
    assert session().scalar(sa.select(sa.func.max(FrameworkRevision.number))) == 3


def test_a_changed_anchor_tells_the_skill(small: Flask) -> None:
    changes = _publish(_edited("framework.yml", "asks back.", "asks for something."))
    assert changes.of(Kind.SKILL) == ["negotiate"]
    assert skills.levels_of(["negotiate"])["negotiate"][2].en == "asks for something."


def test_every_lesson_skill_and_module_has_its_checks(small: Flask) -> None:
    quizzes = {quiz.id: quiz for quiz in session().scalars(sa.select(Quiz).where(Quiz.retired_at.is_(None)))}
    assert set(quizzes) == {"ne-trade-once-check", "skill-negotiate", "before-trade", "after-trade"}
    assert {quizzes[f"{kind}-trade"].module_id for kind in ("before", "after")} == {"trade"}
    assert quizzes["ne-trade-once-check"].items == ["ne-c-many", "ne-c-order", "ne-c-match", "ne-c-number", "ne-c-word"]
    assert (quizzes["skill-negotiate"].kind, quizzes["skill-negotiate"].items) == ("skill", [])


def test_the_limits_of_a_check_are_published_with_it(small: Flask) -> None:
    limits = "ne-c-word], minutes: 10, attempts: {most: 2, days: 30}}"
    _publish(_edited("modules/trade/module.yml", "ne-c-word]}", limits))
    quiz = session().get_one(Quiz, "ne-trade-once-check", populate_existing=True)
    assert (quiz.minutes, quiz.most_attempts, quiz.window_days) == (10, 2, 30)
    assert "attempts: {most: 2, days: 30}" in published_files()["modules/trade/module.yml"]


def test_a_plan_says_what_publish_then_does(small: Flask) -> None:
    edited = _edited(KO, "한 번 주고받기", "한 번만 주고받기")
    foreseen = Changes(plan(edited).changes)
    assert foreseen.of(Kind.LESSON) == ["ne-trade-once"]
    assert _publish(edited) == foreseen


def test_what_was_published_comes_back_byte_for_byte(small: Flask) -> None:
    assert published_files() == GOOD


def test_the_commands_check_publish_compare_and_export(app: Flask, tmp_path: Path) -> None:
    run = app.test_cli_runner().invoke
    shipped = tmp_path / "in"
    for path, text in GOOD.items():
        (shipped / path).parent.mkdir(parents=True, exist_ok=True)
        (shipped / path).write_text(text, encoding="utf-8")
    checked = run(args=["content", "check", "--from", str(shipped)])
    assert "Nothing to mend: 8 files, 1 modules, 1 lessons, 7 items." in checked.output
    assert "+ lesson added: 1 (ne-trade-once)" in run(args=["content", "diff", "--from", str(shipped)]).output
    assert "+ lesson added: 1 (ne-trade-once)" in run(args=["content", "publish", "--from", str(shipped)]).output
    assert "Nothing changed" in run(args=["content", "publish", "--from", str(shipped)]).output
    assert "Publishing would change nothing." in run(args=["content", "diff", "--from", str(shipped)]).output
    assert run(args=["content", "export", str(tmp_path / "out")]).exit_code == 0
    assert read_folder(tmp_path / "out") == read_folder(shipped)
    assert run(args=["content", "export", str(tmp_path / "out")]).exit_code == 1


def test_check_prints_every_problem_with_file_and_line(app: Flask, tmp_path: Path) -> None:
    (tmp_path / "framework.yml").write_text(GOOD["framework.yml"].replace("level: 3, weight", "level: 7, weight"))
    (tmp_path / "notes.txt").write_text("not content")
    found = app.test_cli_runner().invoke(args=["content", "check", "--from", str(tmp_path)])
    assert found.exit_code == 1
    assert "framework.yml:25: “level” must be 4 or less." in found.output
    assert "notes.txt: No content file has this name" in found.output


def test_check_tells_a_writer_what_is_no_mistake_but_wants_a_second_look(app: Flask, tmp_path: Path) -> None:
    for path, text in GOOD.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, encoding="utf-8")
    wordy = tmp_path / KO
    wordy.write_text(wordy.read_text("utf-8").replace("요.", "요. " + "길게 쓴 말이에요. " * 60), encoding="utf-8")
    found = app.test_cli_runner().invoke(args=["content", "check", "--from", str(tmp_path)])
    assert (found.exit_code, "Nothing to mend" in found.output) == (0, True), found.output
    assert f"{KO}: The Korean is" in found.output


def test_the_shipped_library_comes_back_byte_for_byte_and_publishes_once(app: Flask) -> None:
    shipped = dict(read_folder(config.HERE / "content"))
    _publish(shipped)
    assert published_files() == shipped
    assert not _publish(shipped)
    assert session().scalar(sa.select(sa.func.count()).select_from(Skill).where(Skill.retired_at.is_(None))) == 19
