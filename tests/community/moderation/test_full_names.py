import pytest

from community.moderation.lookout import Kind, look


def kinds(text, language="en"):
    return {passage.kind for passage in look(text, language)}


def marked(text, kind, language="en"):
    return [passage.words for passage in look(text, language) if passage.kind == kind]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Sarah Whitlow came.", "Sarah Whitlow"),
        ("I thank Mary Whitlow.", "Mary Whitlow"),
        ("I thank Marie Dupuis.", "Marie Dupuis"),
        ("I thank Oluwaseun Adeyemi.", "Oluwaseun Adeyemi"),
        ("Our daughter, Beatrix Louise Carnforth, sleeps.", "Beatrix Louise Carnforth"),
        ("It was Anna J. Whitlow who rang.", "Anna J. Whitlow"),
        ("We met Rosa de la Peña there.", "Rosa de la Peña"),
        ("Claire DUPUIS me l’a dit.", "Claire DUPUIS"),
        ("Conor O’Neill sang.", "Conor O’Neill"),
    ],
)
def test_a_first_name_and_a_surname(text, name):
    assert marked(text, Kind.FULL_NAME) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "We called her Ada Rose.",
        "In April Rose came, on Christmas Eve and on Easter Sunday.",
        "Marnie said so. Marnie L. said so. J. did not.",
        "Dear Marnie, dear Pip,",
        "Then Marnie came.",
        "St Stephen’s Day in New York with Granny Jean.",
        "Sarah’s Tom was there.",
        "I met Sarah.\nTom came too.",
        "Jean-Luc came.",
        "We met Zélie-Anouk there.",
        "It was Marnie’s Oluwaseun.",
        "THEY TOOK HIM AWAY AND I",
    ],
)
def test_given_names_months_and_feasts_are_no_full_names(text):
    assert Kind.FULL_NAME not in kinds(text)


def test_only_known_given_names_count_where_every_noun_has_a_capital():
    assert Kind.FULL_NAME not in kinds("Dann kam die Große Stille wieder.", "de")
    assert Kind.FULL_NAME in kinds("Dann kam Anna Wegener.", "de")
