from django.db import migrations

from community.members import groups


def make(apps, schema_editor):
    for name in groups.ALL:
        groups.grant(apps, name, [])


class Migration(migrations.Migration):
    dependencies = [("members", "0001_initial"), ("contenttypes", "0002_remove_content_type_name")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
