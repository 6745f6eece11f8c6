"""What can be told about: anything visitors see that answers these few questions."""

from django.apps import apps

from community.moderation.reasons import WRITING_REASONS


class Reportable:
    """Something people see, and may tell a moderator about.  Mix into a model."""

    REPORTED_AS = ""  # its kind, as the address of a report says it
    REPORTED_BY = "pk"  # what finds it in that address
    REPORT_REASONS = WRITING_REASONS

    @classmethod
    def reportable_by(cls, person):
        """What ``person`` sees, and so may tell us about."""
        return cls._default_manager.visible_to(person)

    def seen(self, number=None):
        """The number and the words of what readers see, or saw as version ``number``."""
        raise NotImplementedError

    def is_up(self):
        """Whether anybody sees it."""
        return True

    def is_open(self):
        """Whether readers find it: its author may keep them from what could be seen before."""
        return self.is_up()

    def left_up(self, message=""):
        """It was looked at again, and stays.  Returns whether its author is to hear of it."""
        return False

    @classmethod
    def let_go_of_erased(cls):
        """A case about something of this kind that was erased is over: keep nothing for it."""

    def topics(self):
        """Slugs of what it is about: for choosing what to read, and for what to leave out."""
        return []


class ReportableWords(Reportable):
    """Words that come in versions, and can come down."""

    def seen(self, number=None):
        version = self.versions.filter(number=number).first() or self.shown
        return (version.number, version.words) if version else (None, {})

    def is_up(self):
        return self.shown_id is not None


def kinds():
    """The word in the address, and its model."""
    ours = apps.get_models()
    return {model.REPORTED_AS: model for model in ours if getattr(model, "REPORTED_AS", "")}
