from uuid import UUID, uuid5

from django.db import migrations

NAMESPACE = UUID("0b8f4a52-6c1e-5d7a-9a2f-3f1d2c7e9b60")
A_BATCH = 500


def in_batches(rows):
    batch = []
    for row in rows.iterator(chunk_size=A_BATCH):
        batch.append(row)
        if len(batch) == A_BATCH:
            yield batch
            batch = []
    yield batch


def name(apps, model, identity, *related):
    """Ids made of what a row is, so that loading the same file elsewhere gives the same."""
    rows = apps.get_model("resources", model).objects.order_by("pk").select_related(*related)
    for batch in in_batches(rows):
        for row in batch:
            row.uuid = uuid5(NAMESPACE, identity(row))
        rows.model.objects.bulk_update(batch, ["uuid"])


def name_all(apps, schema_editor):
    name(apps, "Organization", lambda row: f"organization/{row.name}")
    name(apps, "Service", lambda row: f"service/{row.slug}")
    name(apps, "TaxonomyTerm", lambda row: f"taxonomy_term/{row.taxonomy}/{row.code}")
    name(apps, "ServiceArea", lambda r: f"service_area/{r.service.slug}/{r.code}", "service")
    name(apps, "Language", lambda row: f"language/{row.service.slug}/{row.code}", "service")
    name(apps, "Phone", lambda r: f"phone/{r.service.slug}/{r.type}/{r.dial}", "service")


def verify_all(apps, schema_editor):
    """What was recorded as confirmed before verifications were kept counts from its day."""
    service = apps.get_model("resources", "Service")
    verification = apps.get_model("resources", "Verification")
    phone = apps.get_model("resources", "Phone")
    for batch in in_batches(service.objects.order_by("pk")):
        numbers = phone.objects.filter(service__in=[row.pk for row in batch])
        contacts = {row.pk: [f"mailto:{row.email}"] if row.email else [] for row in batch}
        seen = {row.pk: row for row in batch if row.assurance != "partly"}
        numbers = [number for number in numbers if number.service_id in seen]
        for number in numbers:
            contacts[number.service_id].append(f"{number.type}:{number.dial}")
            number.stands_from = seen[number.service_id].assured_on
        for row in batch:
            row.stands_from = row.assured_on
            row.email_stands_from = row.assured_on if row.email and row.pk in seen else None
        phone.objects.bulk_update(numbers, ["stands_from"])
        service.objects.bulk_update(batch, ["stands_from", "email_stands_from"])
        verification.objects.bulk_create(
            verification(
                service=row,
                method="file",
                on=row.assured_on,
                source_url=row.source_url,
                contacts=sorted(contacts[row.pk]) if row.pk in seen else [],
            )
            for row in batch
        )


class Migration(migrations.Migration):
    dependencies = [("resources", "0004_verification")]

    operations = [
        migrations.RunPython(name_all, migrations.RunPython.noop),
        migrations.RunPython(verify_all, migrations.RunPython.noop),
    ]
