"""Which of the five job roles a job title means: by its name, or by what such people are commonly called."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Final

NO_ROLE: Final = "none"
_COMMON: Final[Mapping[str, str]] = {
    "sdr": """
        sdr, bdr, sales development representative, sales development rep,
        business development representative, business development rep, lead development representative,
        outbound sales representative, 영업 개발 담당, 영업 개발
    """,
    "account-manager": """
        account manager, account executive, ae, am, key account manager, sales executive,
        sales representative, sales rep, field sales representative, territory manager, 영업 담당,
        어카운트 매니저, 영업 대표
    """,
    "specialist": """
        sales specialist, product specialist, sales engineer, solutions engineer, solution engineer,
        solutions consultant, solution consultant, presales consultant, industry specialist, 제품 전문가,
        영업 전문가, 솔루션 컨설턴트
    """,
    "customer-success": """
        customer success manager, csm, customer success representative, customer success rep,
        customer success associate, customer success specialist, client success manager, renewals manager,
        고객 성공 매니저, 고객 성공 담당
    """,
    "sales-manager": """
        sales manager, sales director, director of sales, head of sales, vp sales, vp of sales,
        vice president of sales, regional sales manager, sales team lead, sales lead,
        sales development manager, 영업 팀장, 영업 관리자, 영업 매니저, 영업 이사
    """,
}
_KNOWN: Final = {word.strip(): role for role, words in _COMMON.items() for word in words.split(",")}
_GRADE: Final = re.compile(
    r"\b(?:senior|sr|junior|jr|principal|staff|lead|associate|trainee|interim|acting|enterprise|mid-market|smb|strategic|i{1,3}|iv|[1-4])\b\.?"
)
_REGION: Final = re.compile(r"\s*(?:[,(/|]|\s[-–—]\s).*$")


def plain_title(title: str) -> str:
    """Bring a title into the form that titles are compared in."""
    return re.sub(r"\s+", " ", title.strip()).lower()


def role_of(title: str, *, roles: Mapping[str, str], told: Mapping[str, str]) -> str | None:
    """Give the id of the job role that a title means, `none` where told so, None where nothing is known of it.

    `roles` maps the product's own role names and ids to ids; `told` maps titles as somebody said. A grade (Senior, II)
    and what follows a comma or a dash (a region, a segment) do not change the role.
    """
    whole = plain_title(title)
    if whole in told:
        return told[whole]
    names = {plain_title(name): role for name, role in roles.items()}
    short = _REGION.sub("", whole)
    for form in (whole, short, re.sub(r"\s+", " ", _GRADE.sub("", short)).strip()):
        found = names.get(form) or _KNOWN.get(form)
        if found is not None:
            return found
    return None
