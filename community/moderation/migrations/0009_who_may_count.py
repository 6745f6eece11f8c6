from django.db import migrations
from django.db.models import Count
from django.utils import timezone

from community.members.groups import LEAD_MODERATORS, grant

PERMISSIONS = [
    "moderation.view_numbers",
    "moderation.view_transparencyreport",
    "moderation.publish_transparencyreport",
]


def allow(apps, schema_editor):
    grant(apps, LEAD_MODERATORS, PERMISSIONS)


def count_what_was_answered(apps, schema_editor):
    """The reports that are still there; those forgotten before are in no count."""
    tallies = apps.get_model("moderation", "Tally").objects
    answered = apps.get_model("moderation", "Report").objects.filter(answered_at__isnull=False)
    decisions = apps.get_model("moderation", "Decision").objects
    rows = answered.order_by().values_list("decision_id", "reason").annotate(Count("pk"))
    for decision_id, reason, number in rows:
        decision = decisions.filter(pk=decision_id).first()
        if decision is None:
            continue
        month = timezone.localtime(decision.at).date().replace(day=1)
        tally, _ = tallies.get_or_create(month=month, reason=reason, outcome=decision.action)
        tally.count += number
        tally.save()


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0008_numbers"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]
    operations = [
        migrations.RunPython(allow, migrations.RunPython.noop, elidable=False),
        migrations.RunPython(
            count_what_was_answered, migrations.RunPython.noop, elidable=False
        ),
    ]
