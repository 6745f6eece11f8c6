"""What was agreed to ends with what it was for: once something stands before nobody else."""

from django.db import transaction

from community.members.models import Consent


class Agreed:
    """Mix into what is sent, before Moderated; it brings ``AGREED_TO``, every purpose under which
    its author's consent can stand.
    """

    @transaction.atomic
    def take_back(self):
        """From its moderator; what was read before still stands."""
        decision = super().take_back()
        self._agreed_no_more()
        return decision

    @transaction.atomic
    def withdraw(self):
        decision = super().withdraw()
        self._agreed_no_more()
        return decision

    def _agreed_no_more(self):
        if not self.shown_id:
            for purpose in self.AGREED_TO:
                Consent.withdraw(self.author, purpose, about=f"{self.REPORTED_AS} {self.pk}")
