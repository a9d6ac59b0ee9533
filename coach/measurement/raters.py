"""Know the raters: who writes above or below the common scale, and how far their marks agree at all."""

from coach.measurement.agreement import Icc, Weights, cohen_kappa, fleiss_kappa, icc
from coach.measurement.krippendorff import Agreement, Metric, krippendorff_alpha, percent_agreement
from coach.measurement.severity import RaterOffset, Rating, Severity, rater_severity

__all__ = [
    "Agreement",
    "Icc",
    "Metric",
    "RaterOffset",
    "Rating",
    "Severity",
    "Weights",
    "cohen_kappa",
    "fleiss_kappa",
    "icc",
    "krippendorff_alpha",
    "percent_agreement",
    "rater_severity",
]
