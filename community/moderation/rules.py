"""What this place asks of everybody: the sentences of the guidelines, one short name each.

The guidelines page carries them under the same names (``/care/#compare``), so that a decision can
point at the one it rests on.
"""

from django.db import models
from django.utils.translation import pgettext_lazy


class Rule(models.TextChoices):
    SPEAK = "speak", pgettext_lazy("guideline", "Speak from your own life")
    COMPARE = "compare", pgettext_lazy("guideline", "Don’t compare")
    EXPLAIN = "explain", pgettext_lazy("guideline", "Don’t explain it or fix it")
    BODIES = "bodies", pgettext_lazy("guideline", "No advice on bodies")
    FAITH = "faith", pgettext_lazy("guideline", "Faith is welcome, preaching isn’t")
    NAMES = "names", pgettext_lazy("guideline", "Don’t name people or hospitals")
    SAFE = "safe", pgettext_lazy("guideline", "Tell us if someone isn’t safe")
