from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("resources", "0006_editors_parts")]

    operations = [
        migrations.AddField(
            model_name="suggestion",
            name="key",
            field=models.CharField(default="", editable=False, max_length=40, unique=True),
            preserve_default=False,
        ),
    ]
