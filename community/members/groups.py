"""The three groups, and how another app's migration gives one of them a permission."""

MODERATORS = "moderators"
LEAD_MODERATORS = "lead-moderators"
DIRECTORY_EDITORS = "directory-editors"
ALL = [MODERATORS, LEAD_MODERATORS, DIRECTORY_EDITORS]


def grant(apps, group_name, permissions):
    """Give the group ``permissions``, each "app_label.codename_model", as "moderation.view_case".

    Django writes its own permissions only after the last migration has run, so those that are
    not there yet are written here, as it would.  Running it again changes nothing.
    """
    group, _ = apps.get_model("auth", "Group").objects.get_or_create(name=group_name)
    for permission in permissions:
        group.permissions.add(_permission(apps, permission))


def _permission(apps, name):
    label, codename = name.split(".")
    verb, _, model = codename.rpartition("_")
    kind, _ = apps.get_model("contenttypes", "ContentType").objects.get_or_create(
        app_label=label, model=model
    )
    permission, _ = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=kind, codename=codename, defaults={"name": f"Can {verb} {model}"}
    )
    return permission
