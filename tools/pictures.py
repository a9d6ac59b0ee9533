"""Draw the pictures of docs/measurement.md from the numbers that the code computes: `python tools/pictures.py`.

`pictures()` gives every file by its name, so that a test can compare what is committed with what would be drawn.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from coach.measurement.convert import quiz_evidence, rubric_evidence  # noqa: E402 -- the path is set above
from coach.measurement.estimate import Estimate, Piece, Settings, posterior  # noqa: E402
from coach.measurement.findings import Thresholds, target_of  # noqa: E402
from tests.unit.measurement.example import HAN_LATER, LESSON, OH_LATER, PIECES, SETTINGS  # noqa: E402

INK, SOFT, LINE, PINE, PALE, OCHRE, PAPER = "#1c1f1b", "#666b63", "#d5d2c8", "#0b5f4d", "#b3d7c8", "#b0690f", "#fcfbf8"
WIDTH, NINE_IN_TEN, TARGET, NOW = 640, 1.6448536269514722, 3.0, 280.0
LEVELS = {
    "en": ("1 Not yet", "2 With help", "3 Alone", "4 Could teach"),
    "ko": ("1 아직", "2 도움받아", "3 혼자서", "4 가르칠 만큼"),
}
Point = tuple[float, float]


class Sheet:
    """Collect the marks of one picture; x and y are mapped from what they mean to pixels."""

    def __init__(self, title: str, height: int, x: tuple[float, float], y: tuple[float, float], left: int = 60) -> None:
        self.title, self.height, self.marks = title, height, list[str]()
        self.x, self.y, self.left = x, y, left

    def at(self, x: float, y: float) -> Point:
        """Give the pixel of a point."""
        across = self.left + (x - self.x[0]) / (self.x[1] - self.x[0]) * (WIDTH - self.left - 20)
        down = self.height - 40 - (y - self.y[0]) / (self.y[1] - self.y[0]) * (self.height - 70)
        return round(across, 1), round(down, 1)

    def line(self, points: Sequence[Point], colour: str = PINE, width: float = 2, dash: str = "") -> None:
        """Draw a line through points."""
        path = " ".join(f"{a:g},{b:g}" for a, b in (self.at(*p) for p in points))
        dashed = f' stroke-dasharray="{dash}"' if dash else ""
        self.marks.append(f'<polyline points="{path}" fill="none" stroke="{colour}" stroke-width="{width:g}"{dashed}/>')

    def area(self, points: Sequence[Point], colour: str = PALE) -> None:
        """Fill between points."""
        path = " ".join(f"{a:g},{b:g}" for a, b in (self.at(*p) for p in points))
        self.marks.append(f'<polygon points="{path}" fill="{colour}"/>')

    def dot(self, x: float, y: float, colour: str = PINE) -> None:
        """Draw a point."""
        a, b = self.at(x, y)
        self.marks.append(f'<circle cx="{a:g}" cy="{b:g}" r="4.5" fill="{colour}"/>')

    def say(self, x: float, y: float, words: str, *, anchor: str = "middle", up: int = 0, colour: str = INK) -> None:
        """Write words at a point, some pixels above it."""
        a, b = self.at(x, y)
        self.marks.append(f'<text x="{a:g}" y="{b - up:g}" text-anchor="{anchor}" fill="{colour}">{words}</text>')

    def svg(self) -> str:
        """Give the whole file."""
        head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {self.height}" role="img">'
        paper = f'<rect width="{WIDTH}" height="{self.height}" fill="{PAPER}"/>'
        font = '<g font-family="system-ui, sans-serif" font-size="14">'
        return "\n".join([head, f"<title>{self.title}</title>", paper, font, *self.marks, "</g>", "</svg>", ""])


def pictures() -> dict[str, str]:
    """Draw every picture in both languages, by file name."""
    drawings = {"range": level_range, "shares": shares, "fading": fading, "days": days, "finding": finding}
    return {
        f"measure-{name}.{language}.svg": draw(language) for name, draw in drawings.items() for language in ("en", "ko")
    }


def example(*later: Piece, day: float = NOW, lessons: tuple[float, ...] = ()) -> Estimate:
    """Read the worked example on a day."""
    seen = [piece for piece in (*PIECES, *later) if piece.t <= day]
    return posterior(SETTINGS, seen, [lesson for lesson in lessons if lesson <= day], day, TARGET)


def loop() -> list[tuple[float, Estimate]]:
    """Read a finding from its opening to its close: a check half right, two logs, a lesson, a recheck, a log."""
    steps = [1.5, 1.5, 2.5, 2.5, 3.5, 3.5]
    pieces = [
        Piece("quiz", "check", 0, *quiz_evidence([1.85] * 6, steps, [1, 1, 1, 0, 0, 0])),
        Piece("observation", "Oh", 3, *rubric_evidence([2.0])),
        Piece("observation", "Han", 6, *rubric_evidence([2.0])),
        Piece("quiz", "lesson", 20, *quiz_evidence([1.85] * 6, steps, [1] * 6)),
        Piece("observation", "Oh", 27, *rubric_evidence([3.0])),
    ]
    read = []
    for day in (0.0, 3.0, 6.0, 13.0, 20.0, 27.0):
        seen = [piece for piece in pieces if piece.t <= day]
        read.append((day, posterior(Settings(), seen, [13.0] if day >= 13 else [], day, target_of(3))))
    return read


def level_range(language: str) -> str:
    """Draw where people of the role are assumed to be, and the level of one of them after five pieces."""
    words = {
        "en": ("How sure after five pieces", "before: people in the role", "after five pieces", "target"),
        "ko": ("다섯 번 본 뒤의 범위", "보기 전: 같은 역할의 사람들", "다섯 번 본 뒤", "목표"),
    }[language]
    read = example()
    sheet = Sheet(words[0], 300, (0.4, 4.4), (0.0, 1.12), left=20)
    grid = [0.4 + 0.02 * i for i in range(201)]
    after = [(x, _density(x, read.mean, read.sd)) for x in grid]
    below = [point for point in after if point[0] <= TARGET]
    sheet.area([(grid[0], 0.0), *below, (TARGET, 0.0)])
    sheet.line([(x, _density(x, SETTINGS.mu0, SETTINGS.s0)) for x in grid], SOFT, 2, "5 4")
    sheet.line(after)
    sheet.line([(TARGET, 0.0), (TARGET, 1.0)], OCHRE, 2)
    sheet.line([(grid[0], 0.0), (grid[-1], 0.0)], LINE)
    sheet.say(TARGET, 1.0, f"{words[3]} {TARGET:g}", up=6, colour=OCHRE)
    sheet.say(0.45, 0.42, words[1], anchor="start", up=4, colour=SOFT)
    sheet.say(1.72, 0.86, words[2], anchor="end", colour=PINE)
    sheet.say(1.95, 0.32, f"{100 * (read.p_below or 0):.1f} %", colour=PINE)
    for level, name in enumerate(LEVELS[language], 1):
        sheet.say(level, 0.0, name, up=-22)
    return sheet.svg()


def shares(language: str) -> str:
    """Draw how much of the estimate each piece is."""
    title, names = {
        "en": (
            "How much each piece counts",
            ("Check, day 200", "Oh, day 230", "Oh, day 262", "Han, day 270", "Self, day 275", "What the role suggests"),
        ),
        "ko": (
            "근거마다 차지하는 몫",
            ("확인 문제, 200일", "Oh, 230일", "Oh, 262일", "Han, 270일", "스스로, 275일", "역할에서 짐작한 값"),
        ),
    }[language]
    read = example()
    sheet = Sheet(title, 290, (0.0, 0.4), (-5.5, 0.5), left=180)
    for row, (name, share) in enumerate(zip(names, (*read.shares, read.prior_share), strict=True)):
        colour = PALE if row == len(read.shares) else PINE
        sheet.area([(0, -row - 0.3), (share, -row - 0.3), (share, -row + 0.3), (0, -row + 0.3)], colour)
        sheet.say(-0.008, -row, name, anchor="end", up=-5)
        sheet.say(share + 0.006, -row, f"{100 * share:.1f} %", anchor="start", up=-5, colour=SOFT)
    return sheet.svg()


def fading(language: str) -> str:
    """Draw the weight of a piece as it gets older, alone and where a lesson of the skill was finished on day 60."""
    words = {
        "en": ("How evidence fades", "weight", "days since it was seen", "a lesson is finished on day 60"),
        "ko": ("오래된 근거는 흐려진다", "무게", "본 뒤 지난 날", "60일에 학습 자료를 마친 경우"),
    }[language]
    sheet = Sheet(words[0], 300, (0, 480), (0.0, 1.0))
    settings = Settings()
    weights = [(float(day), 2 ** -settings.clock(day, 0)) for day in range(481)]
    lesson = [(day, 2 ** -settings.clock(day, int(day >= 60))) for day, _ in weights]
    sheet.line([(0, 0), (480, 0)], LINE)
    sheet.line(lesson, OCHRE, 2, "5 4")
    sheet.line(weights)
    for day in (0, 120, 240, 360, 480):
        sheet.dot(day, weights[day][1])
        sheet.say(day, 0, str(day), up=-18)
        sheet.say(day, weights[day][1], f"{weights[day][1]:.2f}", up=10, anchor="end" if day == 480 else "start")
    sheet.say(240, 0, words[2], up=-34, colour=SOFT)
    sheet.say(66, 0.04, words[3], anchor="start", up=0, colour=OCHRE)
    return sheet.svg()


def days(language: str) -> str:
    """Draw the estimate of the worked example day by day, with the range that holds the level nine times in ten."""
    words = {
        "en": ("The example day by day", "target 3", "lesson", "day"),
        "ko": ("보기를 하루씩 따라가면", "목표 3", "학습 자료", "일"),
    }[language]
    later = (HAN_LATER, OH_LATER)
    read = [(float(day), example(*later, day=float(day), lessons=(LESSON,))) for day in range(195, 331)]
    sheet = Sheet(words[0], 320, (195, 330), (1.0, 3.4))
    high = [(day, e.mean + NINE_IN_TEN * e.sd) for day, e in read]
    low = [(day, e.mean - NINE_IN_TEN * e.sd) for day, e in read]
    sheet.area([*high, *reversed(low)])
    sheet.line([(195, TARGET), (330, TARGET)], OCHRE)
    sheet.line([(day, e.mean) for day, e in read])
    sheet.line([(LESSON, 1.0), (LESSON, 3.4)], SOFT, 1.5, "4 4")
    for piece in (*PIECES, *later):
        sheet.dot(piece.t, dict(read)[piece.t].mean)
    sheet.say(197, TARGET, words[1], anchor="start", up=6, colour=OCHRE)
    sheet.say(LESSON - 1, 3.4, words[2], anchor="end", up=-12, colour=SOFT)
    for level in (1, 2, 3):
        sheet.say(193, level, str(level), anchor="end", up=-5, colour=SOFT)
    for day in (200, 230, 262, 280, 300, 312):
        sheet.say(day, 1.0, str(day), up=-22, colour=SOFT)
    return sheet.svg()


def finding(language: str) -> str:
    """Draw the chance of being below the target from a finding's opening to its close."""
    words = {
        "en": (
            "How a finding opens and closes",
            ("check 3/6", "With help", "With help", "lesson", "check 6/6", "Alone"),
            "opens at",
            "closes at",
        ),
        "ko": (
            "미달이 열리고 닫히기까지",
            ("확인 3/6", "도움받아", "도움받아", "학습 자료", "확인 6/6", "혼자서"),
            "열림",
            "닫힘",
        ),
    }[language]
    limits, read = Thresholds(), loop()
    sheet = Sheet(words[0], 320, (-0.3, 5.4), (0.0, 1.0))
    for word, height in zip(words[2:], (limits.open_at, limits.close_at), strict=True):
        sheet.line([(-0.3, height), (5.4, height)], OCHRE, 1.5, "5 4")
        high = height > limits.close_at
        words_at = (5.4, "end", 6) if high else (-0.3, "start", -18)
        sheet.say(words_at[0], height, f"{word} {100 * height:.0f} %", anchor=words_at[1], up=words_at[2], colour=OCHRE)
    sheet.line([(-0.3, 0), (5.4, 0)], LINE)
    odds = [(float(step), e.p_below or 0.0) for step, (_, e) in enumerate(read)]
    sheet.line(odds)
    for (step, p), what in zip(odds, words[1], strict=True):
        sheet.dot(step, p)
        sheet.say(step, p, f"{100 * p:.0f} %", up=12 if step in (1, 2) else -22)
        sheet.say(step, 0, what, up=-22)
    return sheet.svg()


def _density(x: float, mean: float, sd: float) -> float:
    return math.exp(-0.5 * ((x - mean) / sd) ** 2) / (sd * math.sqrt(2 * math.pi))


def main() -> None:
    """Write every picture into docs/pictures."""
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(parents=True, exist_ok=True)
    for name, svg in pictures().items():
        (folder / name).write_text(svg, encoding="utf-8")
        print(f"docs/pictures/{name}")


if __name__ == "__main__":
    main()
