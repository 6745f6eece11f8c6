from importlib import import_module

from django.db import migrations, models

AT_ONCE = 1000
AddIndexWhileOpen = import_module(
    "community.moderation.migrations.0015_queue_by_kind"
).AddIndexWhileOpen


def title_in(words):
    first_line = words.get("body", "").strip().split("\n")[0][:80]
    title = words.get("title") or words.get("name") or first_line
    return " ".join(title.casefold().split())[:200]


def fold_titles(apps, schema_editor):
    """A thousand at a time, each in a moment of its own, so that nobody waits for all of them."""
    versions = apps.get_model("moderation", "Version").objects.using(schema_editor.connection.alias)
    last = 0
    while batch := list(versions.filter(pk__gt=last).order_by("pk").only("words")[:AT_ONCE]):
        for version in batch:
            version.folded_title = title_in(version.words)
        versions.bulk_update(batch, ["folded_title"])
        last = batch[-1].pk


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("moderation", "0017_who_may_sanction")]
    operations = [
        migrations.AddField(
            model_name="report",
            name="browser",
            field=models.CharField(blank=True, db_default="", default="", max_length=32),
        ),
        migrations.AddField(
            model_name="version",
            name="folded_title",
            field=models.CharField(db_default="", default="", max_length=200),
        ),
        migrations.RunPython(fold_titles, migrations.RunPython.noop),
        AddIndexWhileOpen(
            model_name="version",
            index=models.Index(
                fields=["content_type", "folded_title", "object_id", "id"],
                name="moderation_version_by_title",
            ),
        ),
    ]
