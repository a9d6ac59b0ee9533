"""What a role's certificate asks, as a path file may say it; each line has a default that suits a sales role."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from coach.content.spec import Spec, Text


class CertificateSpec(Spec):
    """Say how long a certificate is valid and which targets it asks: those of at least this weight.

    A year, since what is not used fades within one; weight 3, since lighter targets are good to have in a role, no
    part of doing its work alone. Without a name it carries the role's.
    """

    name: Text | None = None
    valid_months: Annotated[int, Field(ge=1, le=60)] = 12
    weight: Annotated[int, Field(ge=1, le=5)] = 3
