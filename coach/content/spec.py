"""What all models of content files share: frozen, strict about names, and aware of where they came from."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import StrEnum
from hashlib import sha256
from typing import Annotated, Any, Self

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    GetPydanticSchema,
    PlainSerializer,
    PrivateAttr,
    StringConstraints,
)
from pydantic_core import CoreSchema, core_schema

from coach import words
from coach.content.problems import Unfit
from coach.words import Message


class Lang(StrEnum):
    """Name the two languages in which all content stands."""

    EN = "en"
    KO = "ko"


@dataclass(frozen=True, slots=True)
class Origin:
    """Say where an object was written: file, line, its own source text and the hash that tells whether it changed."""

    path: str
    line: int
    source: str
    fingerprint: str


def fingerprint_of(*sources: str) -> str:
    """Hash source texts into one short name (SHA-256, hex); lengths keep neighbours apart."""
    digest = sha256()
    for source in sources:
        encoded = source.encode("utf-8", "surrogatepass")
        digest.update(b"%d:" % len(encoded))
        digest.update(encoded)
    return digest.hexdigest()


class Spec(BaseModel):
    """Be the parent of all models read from YAML. Unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Sourced(Spec):
    """Be a model that is published by itself and therefore knows its source text and fingerprint."""

    _origin: Origin = PrivateAttr(default=Origin("", 0, "", ""))

    @property
    def origin(self) -> Origin:
        """Say where this was written."""
        return self._origin

    @property
    def fingerprint(self) -> str:
        """Tell one version of this object from another, whatever else its file holds."""
        return self._origin.fingerprint

    def placed_at(self, origin: Origin) -> Self:
        """Copy the model with the place it was read from."""
        placed = self.model_copy()
        placed._origin = origin  # noqa: SLF001 -- our own copy
        return placed


Line = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1)]
Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*\z", max_length=80)]


class _BothLanguages(Spec):
    en: Line
    ko: Line


def _text_schema(_source: Any, handler: Callable[[Any], CoreSchema]) -> CoreSchema:
    """Validate a mapping of both languages, then keep it as the product's one `Text`."""
    checked = core_schema.no_info_after_validator_function(
        lambda both: words.Text(en=both.en, ko=both.ko), handler(_BothLanguages)
    )
    return core_schema.no_info_before_validator_function(_as_mapping, checked)


def _as_mapping(value: Any) -> Any:
    return {"en": value.en, "ko": value.ko} if isinstance(value, words.Text) else value


Text = Annotated[words.Text, GetPydanticSchema(_text_schema), PlainSerializer(_as_mapping)]


def _truth(value: Any) -> Any:
    if isinstance(value, bool):
        return value
    if value in ("true", "false"):
        return value == "true"
    raise Unfit(Message("Write true or false here."))


# All scalars arrive as text (see `documents`), so that `en: No` stays a word; only these two words are a truth value.
Truth = Annotated[bool, BeforeValidator(_truth)]


def distinct(values: Iterable[str]) -> None:
    """Refuse a value that stands twice."""
    seen: set[str] = set()
    for value in values:
        if value in seen:
            raise Unfit(Message("“%(value)s” stands here twice. Give each entry its own.", value=value))
        seen.add(value)
