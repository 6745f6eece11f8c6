from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from . import checks  # noqa: F401 (registers itself)


class MembersConfig(AppConfig):
    name = "community.members"
    verbose_name = _("Members")
