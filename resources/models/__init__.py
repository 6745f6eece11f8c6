"""What the site offers, in the words of the Human Services Data Specification (HSDS 3.1).

Everything stored has its HSDS name, or says beside it which HSDS field it becomes.
"""

from resources.models.choices import Assurance, Cost, Kind, Status
from resources.models.directory import Organization, Service
from resources.models.facets import Language, ServiceArea, TaxonomyTerm, offered
from resources.models.phones import Phone
from resources.models.reading import Article, ArticleFact

__all__ = [
    "Article",
    "ArticleFact",
    "Assurance",
    "Cost",
    "Kind",
    "Language",
    "Organization",
    "Phone",
    "Service",
    "ServiceArea",
    "Status",
    "TaxonomyTerm",
    "offered",
]
