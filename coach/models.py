"""Every model, imported once, so that the metadata is whole for migrations and for conventions."""

from coach.accounts import models as accounts
from coach.activity import models as activity
from coach.assessments import models as assessments
from coach.assignments import models as assignments
from coach.certificates import models as certificates
from coach.coaching import models as coaching
from coach.drills import models as drills
from coach.evidence import models as evidence
from coach.findings import models as findings
from coach.items import models as items
from coach.jobs import models as jobs
from coach.media import models as media
from coach.people import models as people
from coach.practice import models as practice
from coach.publishing import models as publishing
from coach.rubrics import models as rubrics
from coach.scenarios import models as scenarios
from coach.skills import models as skills
from coach.training import models as training
from coach.training import workshop_models as workshops
from coach.web import models as web

__all__ = [
    "accounts",
    "activity",
    "assessments",
    "assignments",
    "certificates",
    "coaching",
    "drills",
    "evidence",
    "findings",
    "items",
    "jobs",
    "media",
    "people",
    "practice",
    "publishing",
    "rubrics",
    "scenarios",
    "skills",
    "training",
    "web",
    "workshops",
]
