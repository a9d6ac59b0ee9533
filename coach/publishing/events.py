"""Verbs of publishing."""

from typing import Final

PUBLISHED: Final = "content.published"
TARGETS_CHANGED: Final = "framework.targets_changed"
REVIEW_ASKED: Final = "draft.review_asked"
