import os
import sys

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
    application = get_wsgi_application()
except ImproperlyConfigured as reason:
    refuse(reason)

for problem in run_checks(tags=[Tags.database], databases=["default"]):
    if problem.is_serious():
        refuse(f"{problem.msg} {problem.hint or ''}")
connections.close_all()
