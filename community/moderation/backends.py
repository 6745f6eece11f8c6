"""Whom the site's own permissions are kept from for a time."""

from django.core.exceptions import PermissionDenied

from community.moderation.sanctions import Doing, in_the_way


class NotWhileSuspended:
    """Among the authentication backends: nobody moderates while suspended, whatever their groups
    allow.  It lets nobody in, and gives nobody anything.
    """

    def authenticate(self, request):
        return None

    def has_perm(self, member, permission, thing=None):
        return self._refuse_suspended(member)

    def has_module_perms(self, member, label):
        return self._refuse_suspended(member)

    @staticmethod
    def _refuse_suspended(member):
        """PermissionDenied ends the asking; False leaves it to the next backend."""
        if not hasattr(member, "_is_suspended"):
            # Asked once a request: each loads its member anew.
            member._is_suspended = member.is_staff and in_the_way(member, Doing.MODERATE)
        if member._is_suspended:
            raise PermissionDenied
        return False
