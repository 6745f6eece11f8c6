"""What people spell out so that nobody notices, and what only looks like it.

Each line is a letter: of ``WAYS`` and ``ADDRESSES`` none may go, of ``PASSES`` none is refused.
"""

import time

import pytest

from community.moderation.reach import links, ways_to_reach

WAYS = [
    "Ring me on 07700 900123.",
    "My number is oh seven seven double oh nine hundred one two three",
    "oh seven seven double oh, nine oh oh one two three",
    "zero seven seven zero zero nine zero zero one two three",
    "07700 nine double oh one two three",
    "plus four four seven seven zero zero nine zero zero one two three",
    "cero seis uno dos cuatro cinco siete ocho nueve",
    "zéro six trois neuf neuf huit un deux trois quatre",
    "٠٧٧٠٠ ٩٠٠١٢٣",
    "०७७०० ९००१२३",
    "０７７００９００１２３",
    "O77OO 9OO123",
    "0 7 7 0 0 9 0 0 1 2 3",
    "07700_900_123",
    "07700\u200b900\u200b123",
    "07.70.09.00.12",
    "06 39 98 12 34",
    "+44 7700 900123",
    "tansy (at) example (dot) org",
    "tansy at example dot com",
    "tansy at example dot co dot uk",
    "tansy[at]example.org",
    "tansy @ example.org",
    "tansy@ example .org",
    "tansy at gmail",
    "tansy arroba gmail punto com",
    "tansy arobase free point fr",
    "my email is tansyknits",
    "find me on Instagram",
    "add me on fb, same name",
    "message me on WhatsApp",
    "insta: tansy_knits",
    "my snapchat is tansy.99",
    "ig @tansy_k",
    "my Instagram handle is tansyknits",
    "búscame en instagram",
    "ajoute-moi sur facebook",
    "@lanternkeeper",
    "discord rosa#1234",
    "rosa#1234 on Discord",
    "IG rosalind",
    "ｒｏｓａ＠ｅｘａｍｐｌｅ．ｏｒｇ",
    "discord rosa",
    "Write if you like. Discord: Rosa.",
    "or insta rosa",
    "insta: rosa",
    "Insta – tansy_k",
    "insta: tansyknits",
    "my insta is rosa",
    "my discord’s rosa.",
    "mi insta es rosa",
    "my snap rosa77",
    "find me on my blog",
    "find me on Mumsnet, I’m easy to spot",
    "look for me on Facebook",
    "hit me up on snap",
    "you can text me on WhatsApp",
    "I’m on Instagram as tansyknits.",
    "tansy_knits on insta",
    "same name on Instagram",
    "DM me",
    "If you need somebody, please dm me.",
    "my DMs are open",
    "discord rosaknits",
    "Write if you like. insta: rosaknits",
    "my Snapchat rosannaq",
    "gmail rosaq",
    "or gmail: rosa.q",
    "my hotmail rosa77",
    "u/rosaquill",
    "I am /u/rosa-quill there.",
    "rosa@пример.рф",
]

ADDRESSES = [
    "wa.me/447700900123",
    "t.me/tansy",
    "bit.ly/3abcX",
    "discord.gg/abcd",
    "example dot com",
    "example (dot) org",
    "tansyknits dot co dot uk",
    "example .com",
    "example . org",
    "www.example.org",
    "justgiving.com/tansy",
    "https://example.org",
    "ｗｗｗ．ｅｘａｍｐｌｅ．ｃｏｍ",
    "ｅｘａｍｐｌｅ．ｏｒｇ",
    "пример.рф",
    "Роза.РФ, если хотите",
    "xn--e1afmkfd.xn--p1ai",
    "bücher.com",
]

PASSES = [
    "He was born at 04:12 on 17/03/2019 and weighed 2,345 grams.",
    "Scans on 02/04/2021 09:15 and 09/04/2021 10:30.",
    "02/04/2021, 9am, one nurse and two doctors",
    "02.04.2021 16:30 Ward 7",
    "2021-04-02 10:45",
    "We lost her at 12 weeks and 3 days, then at 20 + 4.",
    "One two three four five six seven eight nine ten, I counted.",
    "I counted to ten: one, two, three, four, five, six, seven, eight, nine, ten.",
    "nine eight seven six five four three two one",
    "zero one two three four five six seven eight nine",
    "10 11 12 13 14 weeks",
    "1981, 1984, 1986, 1990",
    "on 1/2/98 and again on 3/4/99",
    "Three losses: 2009 2012 2016 2019",
    "blood pressure 140/90, 150/95, 160/100",
    "My hCG went 1200 2400 3100 then 900",
    "At 3am, at 4am, at 5am.",
    "He met me at home. Coming back was hard.",
    "I looked at him. It was over.",
    "We met at the hospital, not at work.",
    "I posted on Facebook and nobody answered. Instagram was worse.",
    "Facebook: they all said sorry.",
    "I left the WhatsApp group. Telegram too.",
    "Signal is bad in the lift.",
    "There was discord between us. Rosa came anyway.",
    "Discord, then silence.",
    "On Facebook Rosa said she was sorry.",
    "I told Facebook, and Rosa rang.",
    "Instagram: nothing. Facebook: nothing.",
    "Insta: silence.",
    "Instagram: hope. Then nothing.",
    "I saw it on Facebook: Rosa, four days old.",
    "My Instagram is full of prams. My Facebook is private.",
    "I’m on Facebook as well. I am on Instagram as little as I can.",
    "They would find me on the floor. You can find me on Sundays at the lane.",
    "Nobody could reach me in my room, or find me on the ward.",
    "Find me on a good day.",
    "He will find me on my page of the book. He could find me on Facebook, and I was afraid.",
    "People used to message me on Instagram. Nobody will ever text me on WhatsApp again.",
    "At 3am on Facebook somebody wrote back.",
    "The threads Rosa sewed.",
    "A telegram came. Signal after signal.",
    "And Grace. And Facebook. And hope.",
    "Call me Rosa. She texted me on the way.",
    "Nobody would DM me about it. Just DMs, then silence. IG nothing.",
    "PM. It was 3, pm, or pm was it am, just pm.",
    "I opened my inbox. My heart is open.",
    "It hit me up in the lift.",
    "I posted in 2019 on Facebook, week 12.",
    "We were in a snap, and a discord, and a hush.",
    "I kept the messenger bag and the reddit post.",
    "It was the same name on both forms.",
    "He said: insta this, insta that.",
    "Loss #2, then #3, in room B#12.",
    "I read it on Instagram, then Facebook helped.",
    "The big day. A fig tree.",
    "「あの日」、２０２１年４月２日。",
    "The threads is what I remember.",
    "Please write to me if you want, here.",
    "and/or, he/she, 24/7, w/c 3/11",
    "He told me.So I went.",
    "The dot on the scan. One dot, in the middle of it.",
    "She was a dot com lawyer",
    "at one point in the night",
    "I was at a point where nothing helped",
    "Somebody said at least you have one.",
    "estuve a punto de llamar",
    "à ce point, en fait",
    "Room 0, floor 1, bed 2",
    "the year two thousand and nine",
    "twenty one weeks, one day, two hours",
    "six of us, seven of them, eight in all",
    "a ratio of 1:250, then 1:5",
    "Weight 3.25kg, length 49.5cm, head 34.1",
    "15.03.2020 - 22.03.2020",
    "03-11-2019",
    "6 8 2019 and 7 9 2020",
    "I am 36, he is 38, and it was 2018.",
    "10.12.2019/11.12.2019",
    "the 09.30 train, the 10.15 and the 11.45",
]


@pytest.mark.parametrize("text", WAYS)
def test_a_way_to_reach_somebody_is_found_however_it_is_spelled(text):
    assert list(ways_to_reach(text))


@pytest.mark.parametrize("text", ADDRESSES)
def test_an_address_of_a_page_is_found_however_it_is_spelled(text):
    assert list(links(text))


@pytest.mark.parametrize("text", PASSES)
def test_what_belongs_in_a_letter_passes(text):
    assert [*links(text), *ways_to_reach(text)] == []


@pytest.mark.parametrize(
    "bit", ["a", "a.b.", "0 ", "one ", "(at)", " at ", " dot ", "1/1/", "\u0660"]
)
def test_no_text_is_slow_to_read(bit):
    text, began = bit * (100_000 // len(bit)), time.process_time()
    list(links(text)), list(ways_to_reach(text))
    assert time.process_time() - began < 5


def test_what_is_found_is_where_it_stands():
    text = "Dear Ann, it is ٠٧٧٠٠ ٩٠٠١٢٣ at night."
    (start, end), *_more = ways_to_reach(text)
    assert text[start:end] == "٠٧٧٠٠ ٩٠٠١٢٣"
