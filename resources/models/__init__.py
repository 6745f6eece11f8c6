"""What the site offers, in the words of the Human Services Data Specification (HSDS 3.1).

Everything stored has its HSDS name, or says beside it which HSDS field it becomes.
"""

from resources.models.changes import Change, picture
from resources.models.choices import Assurance, Cost, Kind, Method, Status
from resources.models.directory import Organization, Service
from resources.models.facets import Language, ServiceArea, TaxonomyTerm
from resources.models.links import LinkCheck
from resources.models.phones import Phone
from resources.models.publishers import Publisher
from resources.models.reading import Article, ArticleFact
from resources.models.schedules import Schedule
from resources.models.suggestions import Suggestion
from resources.models.translations import Translation
from resources.models.verification import Verification

__all__ = [
    "Article",
    "ArticleFact",
    "Assurance",
    "Change",
    "Cost",
    "Kind",
    "Language",
    "LinkCheck",
    "Method",
    "Organization",
    "Phone",
    "Publisher",
    "Schedule",
    "Service",
    "ServiceArea",
    "Status",
    "Suggestion",
    "TaxonomyTerm",
    "Translation",
    "Verification",
    "picture",
]
