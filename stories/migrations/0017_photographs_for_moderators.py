from django.db import migrations

from community.members.groups import LEAD_MODERATORS, MODERATORS, grant


def allow(apps, schema_editor):
    for group in (MODERATORS, LEAD_MODERATORS):
        grant(apps, group, ["stories.view_photo"])


class Migration(migrations.Migration):
    dependencies = [
        ("stories", "0016_photographs"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [migrations.RunPython(allow, migrations.RunPython.noop, elidable=False)]
