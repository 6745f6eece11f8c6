from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _

from community.moderation import guard


class ModerationConfig(AppConfig):
    name = "community.moderation"
    verbose_name = _("Moderation")

    def ready(self):
        post_migrate.connect(guard.after_migrate, sender=self)
