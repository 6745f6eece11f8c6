import pytest

from community.moderation.wordlists import Phrases, words_of
from stories.kindness import FILE, often_hurts

HURTS = [
    ("At least you know that you can.", "At least you"),
    ("“Everything happens for a reason,” she said.", "Everything happens for a reason"),
    ("You’re young, there is time.", "You’re young"),
    ("It was only six weeks.", "only six weeks"),
    ("Be strong.", "Be strong"),
    ("Eres joven, podrás.", "Eres joven"),
    ("You'll have another one.", "You'll have another"),
    ("You will have more.", "You will have more"),
    ("You're still young.", "You're still young"),
    ("It was not really a real baby yet.", "was not really a real baby yet"),
    ("Tu es jeune.", "Tu es jeune"),
    ("Vous êtes encore jeune.", "Vous êtes encore jeune"),
    ("Tu pourras réessayer.", "Tu pourras réessayer"),
    ("Vous pourrez réessayer.", "Vous pourrez réessayer"),
    ("Tu en auras un autre.", "Tu en auras un autre"),
    ("Vous en aurez un autre.", "Vous en aurez un autre"),
    ("Tout arrive pour une raison.", "Tout arrive pour une raison"),
]
SAID = [
    "At least she wasn’t far along. At least they weren’t further along.",
    "This happens for a reason.",
    "It was meant to be. It wasn’t meant to be.",
    "You can always try again, you can still have another. You will have another.",
    "You are still young. It’s nature’s way.",
    "It’s part of God’s plan. God has a plan. God needed another angel.",
    "She is in a better place.",
    "God only gives us what we can bear. He never gives you more than that.",
    "Stay strong. You’re so strong. You are very strong.",
    "Time heals. Time will heal. It gets easier.",
    "It was only early. Early enough.",
    "Move on. Is she moving on? You’ll get over it.",
    "You should really be grateful. Be grateful for him. Count your blessings.",
    "It could always have been worse. It could be worse.",
    "It wasn’t a real baby yet.",
    "I know exactly how you feel. It’s for the best.",
    "Al menos tienes a tu hija. Todo pasa por algo. Por algo pasa.",
    "Puedes volver a intentarlo. Ya tendrás otro. Ya vendrá otro.",
    "Sé fuerte. Tienes que ser fuerte. El tiempo lo cura.",
    "Los designios de Dios. Ahora es un angelito.",
    "Au moins tu as un fils. Rien n’arrive par hasard.",
    "La nature fait bien les choses. Sois forte. Le temps guérit.",
]
KIND = [
    "I’m so sorry. I read every word.",
    "Would you like to tell me their name?",
    "It’s ten past four. I haven’t anything clever to say.",
    "I was at least an hour late, and the reason was the lamp.",
    "",
]


@pytest.mark.parametrize(("text", "found"), HURTS)
def test_what_often_hurts_is_noticed_in_the_words_as_written(text, found):
    assert any(found in each for each in often_hurts(text))


def test_every_line_of_the_list_is_said_in_an_example():
    lines = [line.split("#")[0].strip() for line in FILE.read_text("utf-8").splitlines()]
    said = [words_of(text) for text, _ in HURTS] + [words_of(text) for text in SAID]
    for line in lines:
        if line and not line.startswith("["):
            assert any(Phrases([line]).found_in(words) for words in said), line


@pytest.mark.parametrize("text", KIND)
def test_what_helps_is_left_alone(text):
    assert often_hurts(text) == []


def test_a_long_text_is_read_in_a_moment():
    assert len(often_hurts("At least you tried. " * 200)) == 200
