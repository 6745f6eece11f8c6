from django.conf import settings
from django.core.checks import Tags, Warning, register


@register(Tags.security, deploy=True)
def limits_are_shared(app_configs, **kwargs):
    """A limit counted in each process's memory is as many limits as there are processes."""
    if "locmem" not in settings.CACHES["default"]["BACKEND"]:
        return []
    return [
        Warning(
            "Limits on signing in are counted in each process by itself.",
            hint="Set CACHE_URL to a Redis or Valkey server, or run one web process.",
            id="members.W001",
        )
    ]
