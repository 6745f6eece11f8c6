import pytest

from community.members.checks import limits_are_shared


@pytest.mark.parametrize(
    "backend, warned", [("locmem.LocMemCache", True), ("redis.RedisCache", False)]
)
def test_t01_limits_in_one_processs_memory_are_noticed(settings, backend, warned):
    settings.CACHES = {"default": {"BACKEND": f"django.core.cache.backends.{backend}"}}
    assert bool(limits_are_shared(None)) is warned
