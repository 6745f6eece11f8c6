import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import community.moderation.log


def address(apps, schema_editor):
    """Give what moderators wrote so far its reader and its page.

    Whoever it was written to is the author of a case about the same contribution.
    """
    Message = apps.get_model("moderation", "Message")
    Case = apps.get_model("moderation", "Case")
    for message in Message.objects.iterator(1000):
        message.key = community.moderation.log.new_key()
        if message.decision_id and not message.from_author:
            about = {"content_type": message.content_type_id, "object_id": message.object_id}
            case = Case.objects.filter(**about, author__isnull=False).first()
            message.to_id = case and case.author_id
        message.save(update_fields=["key", "to"])


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0011_looking_after_moderators"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            "message",
            "to",
            models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            "message", "key", models.CharField(editable=False, max_length=24, null=True, unique=True)
        ),
        migrations.AlterField(
            "message",
            "key",
            models.CharField(
                default=community.moderation.log.new_key,
                editable=False,
                max_length=24,
                null=True,
                unique=True,
            ),
        ),
        # Last: PostgreSQL alters no table that has rows to check at the transaction's end.
        migrations.RunPython(address, migrations.RunPython.noop),
    ]
