import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

from community.members.groups import LEAD_MODERATORS, grant
from community.moderation import guard
from community.moderation.chain import mac_of, seal_of


def chain(apps, schema_editor):
    """Give the rows that are there their place, in the order they were written."""
    Decision = apps.get_model("moderation", "Decision")
    number, mac, batch = 0, "", []
    for number, decision in enumerate(Decision.objects.order_by("pk").iterator(1000), start=1):
        decision.number = number
        decision.mac = mac = mac_of(decision, mac)
        batch.append(decision)
        if len(batch) == 500:
            Decision.objects.bulk_update(batch, ["number", "mac"])
            batch = []
    Decision.objects.bulk_update(batch, ["number", "mac"])
    head = apps.get_model("moderation", "LogHead")
    head.objects.create(pk=1, number=number, mac=mac, seal=seal_of(number, mac))


def put_up(apps, schema_editor):
    if settings.LOG_IS_GUARDED:
        guard.put_up(schema_editor.connection)


def take_down(apps, schema_editor):
    guard.take_down(schema_editor.connection)


def allow(apps, schema_editor):
    grant(apps, LEAD_MODERATORS, ["moderation.export_decision"])


class Migration(migrations.Migration):
    dependencies = [("moderation", "0002_what_moderators_may_do")]

    operations = [
        migrations.AlterModelOptions(
            "decision",
            {
                "ordering": ["-number"],
                "permissions": [("export_decision", "Can download the log")],
                "verbose_name": "decision",
                "verbose_name_plural": "decisions",
            },
        ),
        migrations.AlterField(
            "decision",
            "action",
            models.CharField(
                choices=[
                    ("submit", "sent to be read"),
                    ("take-back", "taken back"),
                    ("accept", "note accepted, published"),
                    ("withdraw", "taken down by its author"),
                    ("publish", "published"),
                    ("offer", "a note before reading offered"),
                    ("return", "the author asked something"),
                    ("decline", "not published"),
                    ("remove", "taken down"),
                    ("open", "opened to be read"),
                    ("hand-back", "handed back"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddField("decision", "number", models.PositiveBigIntegerField(editable=False, null=True)),
        migrations.AddField("decision", "mac", models.CharField(default="", editable=False, max_length=64), preserve_default=False),
        migrations.CreateModel(
            name="LogHead",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveBigIntegerField(default=0)),
                ("mac", models.CharField(blank=True, max_length=64)),
                ("seal", models.CharField(max_length=64)),
            ],
            options={
                "default_permissions": (),
                "constraints": [models.CheckConstraint(condition=models.Q(("pk", 1)), name="moderation_loghead_is_one")],
            },
        ),
        migrations.RunPython(chain, migrations.RunPython.noop),
        migrations.AlterField("decision", "number", models.PositiveBigIntegerField(editable=False, unique=True)),
        migrations.AlterField("decision", "at", models.DateTimeField(db_index=True, default=django.utils.timezone.now, editable=False)),
        migrations.RunPython(put_up, take_down),
        migrations.RunPython(allow, migrations.RunPython.noop, elidable=False),
    ]
