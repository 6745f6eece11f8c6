import os
import sys

from django.conf import settings
from django.contrib.staticfiles.storage import staticfiles_storage
from django.core.checks import Tags, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application
from django.db import connections

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "community.settings")


def refuse(sentence):
    sys.stderr.write(f"{sentence}\n")
    # gunicorn stops for good when a worker ends with 3, and tries again otherwise.
    sys.exit(3)


try:
    if not settings.DEBUG and not staticfiles_storage.hashed_files:
        refuse("What pages look like is not here yet. Run 'manage.py collectstatic'.")
    application = get_wsgi_application()
except ImproperlyConfigured as reason:
    refuse(reason)

for problem in run_checks(tags=[Tags.database], databases=["default"]):
    if problem.is_serious():
        refuse(f"{problem.msg} {problem.hint or ''}")
connections.close_all()
