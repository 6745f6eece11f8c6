from django.db import migrations

# Names as they were when the terms were made; what people read is in resources/terms.py.
TERMS = [
    ("loss", "miscarriage", "Miscarriage", 0),
    ("loss", "missed-miscarriage", "Miscarriage found at a scan", 1),
    ("loss", "late-miscarriage", "Late miscarriage", 2),
    ("loss", "very-early-loss", "Very early loss", 3),
    ("loss", "ectopic", "Ectopic pregnancy", 4),
    ("loss", "molar", "Molar pregnancy", 5),
    ("loss", "recurrent-miscarriage", "More than one loss", 6),
    ("loss", "tfmr", "Ending a pregnancy for medical reasons (TFMR)", 7),
    ("loss", "stillbirth", "Stillbirth", 8),
    ("loss", "neonatal-death", "Neonatal loss (a baby who died in the first weeks)", 9),
    ("loss", "twin-or-triplet", "Loss of a twin or triplet", 10),
    ("loss", "infertility-ivf", "After fertility treatment", 11),
    ("loss", "other", "Another loss, or I’d rather not say", 12),
    ("loss", "any", "Any kind of loss", 13),
    ("audience", "mothers", "The person who was pregnant", 0),
    ("audience", "fathers-partners", "Partners and fathers", 1),
    ("audience", "grandparents", "Grandparents", 2),
    ("audience", "siblings", "Children", 3),
    ("audience", "lgbtq", "LGBTQ+ families", 4),
    ("audience", "young-parents", "Young parents", 5),
    ("audience", "black-asian", "Black and Asian families", 6),
    ("audience", "deaf", "Deaf people", 7),
    ("audience", "faith", "People of a faith", 8),
    ("audience", "friends-family", "Family and friends", 9),
    ("audience", "professionals", "Midwives, nurses and others at work", 10),
    ("audience", "anyone", "Anyone", 11),
]
PARENTS = {
    "missed-miscarriage": "miscarriage",
    "late-miscarriage": "miscarriage",
    "very-early-loss": "miscarriage",
    "recurrent-miscarriage": "miscarriage",
}


def make(apps, schema_editor):
    term = apps.get_model("resources", "TaxonomyTerm").objects
    for taxonomy, code, name, position in TERMS:
        term.get_or_create(
            taxonomy=taxonomy, code=code, defaults={"name": name, "position": position}
        )
    for code, parent in PARENTS.items():
        term.filter(taxonomy="loss", code=code).update(
            parent=term.get(taxonomy="loss", code=parent)
        )


class Migration(migrations.Migration):
    dependencies = [("resources", "0001_initial")]

    operations = [migrations.RunPython(make, migrations.RunPython.noop)]
