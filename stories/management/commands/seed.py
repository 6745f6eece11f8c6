import random
from argparse import ArgumentTypeError
from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction
from django.utils import timezone

from community.members.models import Member
from stories import examples
from stories.finding import random_id
from stories.labels import Label
from stories.models import Byline, Letter, Remembrance, Story, Visibility
from stories.text import blocks
from stories.vocabulary import Circumstance, Loss, Note, Role, Theme

BATCH = 2_000
STORIES_A_MEMBER = 40
SECONDS_BETWEEN = 97
LETTERED = 10_000  # stories that get letters
LONGEST_WAIT = timedelta(days=14)


def amount(text):
    if not text.isascii() or not text.isdecimal():
        raise ArgumentTypeError(f"{text} is not an amount")
    return int(text)


class Command(BaseCommand):
    help = "Fills an empty trial database with made-up stories, letters and names, to measure with."

    def add_arguments(self, parser):
        parser.add_argument("--stories", type=amount, required=True)
        parser.add_argument("--letters", type=amount, default=0)
        parser.add_argument("--names", type=amount, default=0)
        parser.add_argument("--waiting", type=amount, default=0, help="how many more wait")
        parser.add_argument("--random-seed", type=int, default=1)

    def handle(self, *, stories, letters, names, waiting, random_seed, **options):
        if not settings.DEBUG:
            raise CommandError("Made-up stories are only for measuring, with DEBUG on.")
        self.random = random.Random(random_seed)  # noqa: S311
        self.sentences = [
            paragraph for example in examples.texts() for paragraph in blocks(example["body"])
        ]
        self.now = timezone.now()
        ids = self.unused_ids(Story, stories + waiting)
        for start in range(0, stories, BATCH):
            self.make(ids[start : min(start + BATCH, stories)], start)
        for start in range(stories, stories + waiting, BATCH):
            self.put_in_line(ids[start : start + BATCH], start)
        self.stdout.write(f"{stories} made-up stories published.")
        MadeUpLetters(self).make(letters)
        self.stdout.write(f"{letters} made-up letters published.")
        self.put_up_names(names)
        self.stdout.write(f"{names} made-up names published.")
        if waiting:
            self.stdout.write(f"{waiting} made-up stories wait to be read.")

    def unused_ids(self, model, count):
        ids = set(model.objects.values_list("pk", flat=True))
        taken = set(ids)
        while len(ids) < count + len(taken):
            ids.add(random_id(self.random.choice))
        # A set's order differs from run to run; a sorted one does not.
        return self.random.sample(sorted(ids - taken), count)

    @transaction.atomic
    def make(self, ids, start):
        writers = self.writers(len(ids) // STORIES_A_MEMBER + 1, ids[0])
        made = [self.story(pk, start + n, writers) for n, pk in enumerate(ids)]
        Story.objects.all().create_published(made)
        labels = [label for story in made for label in Label.of(story)]
        Label.objects.bulk_create(labels, batch_size=BATCH)

    @transaction.atomic
    def put_in_line(self, ids, start):
        """Some of them in other languages; the longest for two weeks."""
        writers = self.writers(len(ids) // STORIES_A_MEMBER + 1, ids[0])
        made = [self.story(pk, start + n, writers) for n, pk in enumerate(ids)]
        for story in made:
            story.published_at = None
            story.language = self.random.choice(["en", "en", "en", "es", "fr"])
        since = [self.now - self.random.random() * LONGEST_WAIT for _ in made]
        Story.objects.all().create_waiting(made, since)

    def put_up_names(self, count):
        """All round the year; some have no day."""
        ids = self.unused_ids(Remembrance, count)
        for start in range(0, count, BATCH):
            batch = ids[start : start + BATCH]
            with transaction.atomic():
                writers = self.writers(len(batch) // STORIES_A_MEMBER + 1, batch[0])
                made = [self.name(pk, writers) for pk in batch]
                Remembrance.objects.all().create_published(made)

    def name(self, pk, writers):
        month = self.random.choice([None, *range(1, 13)])
        entry = Remembrance(
            pk=pk,
            author=self.random.choice(writers),
            name=f"Made up {pk}",
            month=month,
            day=month and self.random.randint(1, 28),
            year=self.random.choice([None, self.now.year - self.random.randint(0, 60)]),
            is_example=True,
            published_at=self.now,
        )
        entry.stands_at = entry.of_the_year()
        return entry

    def writers(self, count, word):
        """Accounts nobody can sign in to."""
        names = [f"{word} {chr(97 + n % 26)}{n // 26}" for n in range(count)]
        return Member.objects.bulk_create(
            Member(
                email=f"{name.replace(' ', '-')}@{examples.NOBODY}",
                pen_name=name,
                pen_name_key=f"made up {name}",
                is_active=False,
            )
            for name in names
        )

    def story(self, pk, number, writers):
        some = self.random.sample
        return Story(
            pk=pk,
            author=self.random.choice(writers),
            title=f"Made up, {number}",
            body="\n\n".join(self.random.choices(self.sentences, k=self.random.randint(2, 6))),
            losses=some(Loss.values, 1),
            role=self.random.choice(Role.values),
            themes=some(Theme.values, 2),
            circumstances=some(Circumstance.values, self.random.randint(0, 1)),
            notes=some(Note.values, self.random.randint(0, 2)),
            language="en",
            byline=self.random.choice([Byline.PEN_NAME, Byline.NO_NAME]),
            wants_letters=True,
            visibility=Visibility.EVERYONE,
            is_example=True,
            published_at=self.now - timedelta(seconds=SECONDS_BETWEEN * number),
        )


class MadeUpLetters:
    """One in ten for anyone, the others to made-up stories; half of those stand under them."""

    def __init__(self, command):
        self.random, self.now = command.random, command.now
        self.sentences, self.unused_ids = command.sentences, command.unused_ids

    def make(self, count):
        stories = Story.objects.filter(is_example=True).order_by("pk")
        self.stories = list(stories.values_list("pk", "author_id")[:LETTERED])
        self.writers = sorted({author for _pk, author in self.stories})
        ids = self.unused_ids(Letter, count)
        pairs = self.pairs(count)
        for start in range(0, count, BATCH):
            batch = range(start, min(start + BATCH, count))
            with transaction.atomic():
                letters = [self.letter(ids[n], n, pairs[n]) for n in batch]
                Letter.objects.all().create_published(letters)

    def pairs(self, count):
        """(writer, story or none): nobody writes to one story twice."""
        known, pairs = set(Letter.objects.values_list("author_id", "story_id")), []
        while len(pairs) < count:
            pair = self.random.choice(self.writers), self.random.choice(self.stories)
            key = pair[0], pair[1][0]
            if len(pairs) % 10 == 0 or key in known:
                pairs.append((pair[0], None))
                continue
            known.add(key)
            pairs.append(pair)
        return pairs

    def letter(self, pk, number, pair):
        author, story = pair
        at = self.now - timedelta(seconds=number)
        words = {
            "pk": pk,
            "author_id": author,
            "body": self.random.choice(self.sentences)[:1000],
            "is_example": True,
            "published_at": at,
        }
        if story is None:
            return Letter(is_for_anyone=True, **words)
        put_up_at = at if number % 2 else None
        to = {"story_id": story[0], "to_id": story[1], "delivered_at": at, "put_up_at": put_up_at}
        return Letter(may_be_shown=bool(number % 2), **to, **words)
