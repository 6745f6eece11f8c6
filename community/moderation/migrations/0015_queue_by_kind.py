from django.db import migrations, models


class AddIndexWhileOpen(migrations.AddIndex):
    """On PostgreSQL without stopping anybody who writes meanwhile."""

    def database_forwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "postgresql":
            return super().database_forwards(app_label, schema_editor, from_state, to_state)
        model = to_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.add_index(model, self.index, concurrently=True)

    def database_backwards(self, app_label, schema_editor, from_state, to_state):
        if schema_editor.connection.vendor != "postgresql":
            return super().database_backwards(app_label, schema_editor, from_state, to_state)
        model = from_state.apps.get_model(app_label, self.model_name)
        if self.allow_migrate_model(schema_editor.connection.alias, model):
            schema_editor.remove_index(model, self.index, concurrently=True)


class Migration(migrations.Migration):
    atomic = False

    dependencies = [("moderation", "0014_safety")]
    operations = [
        AddIndexWhileOpen(
            model_name="case",
            index=models.Index(
                condition=models.Q(("closed_at", None)),
                fields=["content_type", "-is_urgent", "waiting_since", "id"],
                name="moderation_case_tab",
            ),
        ),
    ]
