"""What a moderator does on the review page besides deciding.  All that was typed stays on it."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from community.moderation.models import Decision
from community.moderation.shields import MAY_SHIELD, Shield
from community.moderation.states import Look
from community.moderation.way_back import onward


class Besides:
    """Mix into the admin of a contribution."""

    looks = {"author": Look.AUTHOR, "words": Look.REREAD}

    def look(self, request, contribution):
        """Show what is not on the page unasked: who wrote it, or the words of a closed case."""
        self.must_be_moderator(request)
        look = self.looks.get(request.POST["look"])
        case = contribution.open_case()
        if look != Look.REREAD and not self.may_read(request.user, contribution, case):
            look = None
        if look == Look.REREAD and not self.was_discussed(contribution):
            look = None
        if look is None:
            return redirect(onward(self.address_of(contribution), request))
        Decision.objects.record(contribution, look, by=request.user, case=case)
        return self.page_as_typed(request, contribution, case, looked={look})

    def shield(self, request, contribution):
        """With one press, over this one."""
        if not request.user.has_perm(MAY_SHIELD) or not contribution.IS_WRITTEN_TO:
            raise PermissionDenied
        put_up_over(contribution, request)
        return self.page_as_typed(request, contribution, contribution.open_case())


def put_up_over(contribution, request):
    try:
        Shield.objects.put_up(contribution=contribution, by=request.user, reason="")
    except ValidationError as refusal:
        messages.warning(request, " ".join(refusal.messages))
    else:
        messages.success(request, _("From now on, letters to it need a second reader."))
