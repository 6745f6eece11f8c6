from django.apps import AppConfig
from django.contrib.admin import apps as admin

from community import checks  # noqa: F401 (registers them)


class CommunityConfig(AppConfig):
    name = "community"


class AdminConfig(admin.AdminConfig):
    """Django's admin with our doors; named in the settings in its place."""

    default = False
    default_site = "community.admin.Site"
