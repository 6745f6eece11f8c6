from django.db import migrations

from community.members.groups import DIRECTORY_EDITORS, grant

PARTS = ["schedule", "translation"]
# Made by the pages' own verbs, and never changed afterwards.
RECORDS = ["verification", "change", "linkcheck"]


def give(apps, schema_editor):
    wanted = [f"resources.view_{model}" for model in [*PARTS, *RECORDS, "publisher", "suggestion"]]
    for verb in ("add", "change", "delete"):
        wanted += [f"resources.{verb}_{model}" for model in PARTS]
    wanted += ["resources.add_publisher", "resources.change_publisher"]
    wanted += ["resources.add_verification", "resources.change_suggestion"]
    grant(apps, DIRECTORY_EDITORS, wanted)


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0005_standing"),
        ("members", "0002_groups"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
