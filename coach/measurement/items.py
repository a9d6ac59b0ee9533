"""Know the questions: calibrate them, watch how they behave, place a person with them, choose the next, stop."""

from coach.measurement.abilities import Ability, Method, ability, information, level_posterior
from coach.measurement.adaptive import Candidate, Choice, ChoiceRules, Stop, Verdict, choose_item, stop
from coach.measurement.calibration import Calibration, ItemFit, Model, fit_items
from coach.measurement.item_analysis import Flag, FlagRules, ItemAnalysis, ItemStatistics, OptionShare, analyse_items

__all__ = [
    "Ability",
    "Calibration",
    "Candidate",
    "Choice",
    "ChoiceRules",
    "Flag",
    "FlagRules",
    "ItemAnalysis",
    "ItemFit",
    "ItemStatistics",
    "Method",
    "Model",
    "OptionShare",
    "Stop",
    "Verdict",
    "ability",
    "analyse_items",
    "choose_item",
    "fit_items",
    "information",
    "level_posterior",
    "stop",
]
