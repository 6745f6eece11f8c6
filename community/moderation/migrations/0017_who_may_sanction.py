from django.db import migrations

from community.members.groups import LEAD_MODERATORS, MODERATORS, grant

BOTH = [
    "moderation.view_record",
    "moderation.add_membernote",
    "moderation.view_shield",
]
LEADS = ["moderation.add_sanction", "moderation.add_shield"]
# Ending a pregnancy for medical reasons.
ON_BY_DEFAULT = "tfmr"


def allow(apps, schema_editor):
    for group in (MODERATORS, LEAD_MODERATORS):
        grant(apps, group, BOTH)
    grant(apps, LEAD_MODERATORS, LEADS)


def shield(apps, schema_editor):
    shields = apps.get_model("moderation", "Shield").objects
    shields.get_or_create(topic=ON_BY_DEFAULT, lifted_at=None)


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0016_sanctions_and_shields"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(allow, migrations.RunPython.noop),
        migrations.RunPython(shield, migrations.RunPython.noop),
    ]
