"""How long what people tell us of a place is kept (``community.ageing``)."""

from django.utils.translation import gettext_lazy as _

from community.ageing import Age
from resources.models import Suggestion
from resources.models.suggestions import KEPT_FOR


def forget_suggestions():
    return Suggestion.objects.settled_long_ago().delete()[0]


AGES = [
    Age(
        _("A place that somebody told us of"),
        KEPT_FOR,
        _("after an editor has decided about it"),
        forget_suggestions,
    ),
]
