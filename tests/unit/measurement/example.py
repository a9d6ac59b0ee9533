"""The worked example of docs/measurement.md: one behaviour skill of one person, target 3, now day 280."""

from coach.measurement.estimate import Piece, Settings

SETTINGS = Settings(mu0=2.2, s0=0.65, drift=2 * 0.65**2 / 1200, severity={"Oh": 0.2, "Han": -0.1})
PIECES = (
    Piece("quiz", "check", 200, 2.5001, 0.3167),
    Piece("observation", "Oh", 230, 2.0, 0.22),
    Piece("observation", "Oh", 262, 2.25, 0.1525),
    Piece("observation", "Han", 270, 2.0, 0.175),
    Piece("self", "self", 275, 2.8, 0.11),
)
SHARES = (0.0848, 0.1150, 0.1997, 0.2255, 0.0404)
MOVED = (0.0254, -0.0460, -0.0299, -0.0226, 0.0242)
HAN_LATER = Piece("observation", "Han", 300, 3.0, 0.175)
OH_LATER = Piece("observation", "Oh", 312, 3.25, 0.1525)
LESSON = 290.0
