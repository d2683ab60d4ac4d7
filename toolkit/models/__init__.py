"""The pages of the toolkit, a module for each kind of thing."""

from toolkit.models.changes import PageChange
from toolkit.models.easy_read import EasyRead
from toolkit.models.glossary import Glossary, Term
from toolkit.models.guides import Guide
from toolkit.models.home import Home
from toolkit.models.lake import Idea, IdeaCredit, Lake
from toolkit.models.marks import Mark
from toolkit.models.stages import Stage
from toolkit.models.translations import Dismissal, Language, Proposal, SourceChange, ThingStanding, Wording
from toolkit.models.voices import Quote, Voices
from toolkit.models.withdrawals import Erasure, Withdrawal, WithdrawnPassage

__all__ = [
    "Dismissal",
    "EasyRead",
    "Erasure",
    "Glossary",
    "Guide",
    "Home",
    "Idea",
    "IdeaCredit",
    "Lake",
    "Language",
    "Mark",
    "PageChange",
    "Proposal",
    "Quote",
    "SourceChange",
    "Stage",
    "Term",
    "ThingStanding",
    "Voices",
    "Withdrawal",
    "WithdrawnPassage",
    "Wording",
]
