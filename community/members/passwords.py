"""How passwords are kept, and what is said about a new one."""

from django.contrib.auth import password_validation
from django.contrib.auth.hashers import Argon2PasswordHasher
from django.utils.translation import gettext as _


class Argon2(Argon2PasswordHasher):
    """OWASP's smaller choice: Django's own takes 100 MB, and four people may sign in at once."""

    time_cost = 2
    memory_cost = 19_456  # KiB
    parallelism = 1


class LongEnough(password_validation.MinimumLengthValidator):
    def get_error_message(self):
        return _("Make it longer: ten characters or more.")


class NotCommon(password_validation.CommonPasswordValidator):
    def get_error_message(self):
        return _("Many people use this one, so it is the first to be tried. Choose another.")


class NotYourName(password_validation.UserAttributeSimilarityValidator):
    def get_error_message(self):
        return _("Choose something that is not in your email address or your pen name.")
