"""pydantic's complaints in plain sentences, each at its line."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from coach.content.documents import Document, Key
from coach.content.kinds import ItemKind
from coach.content.problems import Problem, Unfit
from coach.words import Message

_BLOCKS = frozenset({"model_type", "model_attributes_type", "dict_type", "mapping_type"})
_LISTS = frozenset({"tuple_type", "list_type"})
_WHOLE = frozenset({"int_parsing", "int_type", "int_from_float", "int_parsing_size"})
_DECIMAL = frozenset({"float_parsing", "float_type", "finite_number"})
_CHOICES = frozenset({"enum", "literal_error"})


def problems_of(error: ValidationError, document: Document, place: tuple[Key, ...] = ()) -> list[Problem]:
    """Turn every complaint about the value at `place` into a problem."""
    complaints = error.errors(include_url=False, include_input=False)
    inner = {each["loc"][:length] for each in complaints for length in range(len(each["loc"]))}
    return [
        Problem(document.path, document.line(*place, *_place(each)), _sentence(each))
        for each in complaints
        # pydantic also calls a tuple too short for the entries that it has refused already
        if not (each["type"] == "too_short" and each["loc"] in inner)
    ]


def _place(each: Mapping[str, Any]) -> tuple[Key, ...]:
    """Find what a complaint is about; a wrong kind is told of the whole item, but stands in one line of it."""
    place: tuple[Key, ...] = each["loc"]
    return (*place, "kind") if each["type"] == "union_tag_invalid" else place


def _sentence(each: Mapping[str, Any]) -> Message:
    kind: str = each["type"]
    context: Mapping[str, Any] = each.get("ctx", {})
    field = _field(each["loc"])
    if kind == "value_error" and isinstance(context.get("error"), Unfit):
        unfit: Unfit = context["error"]
        return unfit.message
    return (
        _about_the_key(kind, field)
        or _about_the_shape(kind, field)
        or _about_the_size(kind, field, context)
        or _about_the_choice(kind, field, context)
        or Message("“%(field)s” cannot be used: %(reason)s.", field=field, reason=each["msg"])
    )


def _field(place: tuple[Key, ...]) -> str:
    """Name the place as its writer would: `why` or `why.ko`, without positions."""
    names = [key for key in place if isinstance(key, str) and key != "[key]"]
    short = names[-2:] if names and names[-1] in ("en", "ko") else names[-1:]
    return ".".join(short) or "entry"


def _about_the_key(kind: str, field: str) -> Message | None:
    if kind == "missing":
        return Message("“%(field)s” is missing. Add it.", field=field)
    if kind == "extra_forbidden":
        return Message("“%(field)s” is not known here. Correct its name or take it out.", field=field)
    return None


def _about_the_shape(kind: str, field: str) -> Message | None:
    if kind in _BLOCKS:
        return Message("“%(field)s” must be a block of “name: value” lines.", field=field)
    if kind in _LISTS:
        return Message("“%(field)s” must be a list. Begin each entry with a dash.", field=field)
    if kind in _WHOLE:
        return Message("“%(field)s” must be a whole number.", field=field)
    if kind in _DECIMAL:
        return Message("“%(field)s” must be a number.", field=field)
    if kind == "string_type":
        return Message("“%(field)s” must be text. Write it after the colon.", field=field)
    if kind == "string_pattern_mismatch":
        return Message("“%(field)s” takes lower-case letters, digits and single hyphens only.", field=field)
    return None


def _about_the_size(kind: str, field: str, context: Mapping[str, Any]) -> Message | None:
    if kind == "string_too_short":
        return Message("“%(field)s” is empty. Write it.", field=field)
    if kind == "string_too_long":
        return Message(
            "“%(field)s” is too long. Use at most %(most)s characters.", field=field, most=context["max_length"]
        )
    if kind == "too_short":
        return Message("“%(field)s” needs at least %(least)s entries.", field=field, least=context["min_length"])
    if kind == "too_long":
        return Message("“%(field)s” takes at most %(most)s entries.", field=field, most=context["max_length"])
    if kind == "greater_than_equal":
        return Message("“%(field)s” must be %(least)s or more.", field=field, least=context["ge"])
    if kind == "less_than_equal":
        return Message("“%(field)s” must be %(most)s or less.", field=field, most=context["le"])
    return None


def _about_the_choice(kind: str, field: str, context: Mapping[str, Any]) -> Message | None:
    if kind in _CHOICES:
        return Message("“%(field)s” must be %(choices)s.", field=field, choices=context["expected"])
    if kind == "union_tag_invalid":
        return Message("“kind” must be one of these: %(kinds)s.", kinds=", ".join(ItemKind))
    if kind == "union_tag_not_found":
        return Message("“kind” is missing. Add one of these: %(kinds)s.", kinds=", ".join(ItemKind))
    return None
