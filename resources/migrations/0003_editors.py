from django.db import migrations

from community.members.groups import DIRECTORY_EDITORS, grant

# A place or a piece is never deleted by an editor: it leaves the directory by its state, the
# reading room by its day.  What belongs to it comes and goes with it.
KEPT = ["organization", "service", "article"]
PARTS = ["phone", "servicearea", "language", "articlefact"]


def give(apps, schema_editor):
    wanted = [f"resources.view_{model}" for model in [*KEPT, *PARTS, "taxonomyterm"]]
    for verb in ("add", "change"):
        wanted += [f"resources.{verb}_{model}" for model in [*KEPT, *PARTS]]
    wanted += [f"resources.delete_{model}" for model in PARTS]
    grant(apps, DIRECTORY_EDITORS, wanted)


class Migration(migrations.Migration):
    dependencies = [
        ("resources", "0002_terms"),
        ("members", "0002_groups"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
    ]

    operations = [migrations.RunPython(give, migrations.RunPython.noop)]
