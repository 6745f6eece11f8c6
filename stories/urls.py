from django.contrib.auth.decorators import login_required
from django.urls import path, register_converter
from django.views.decorators.http import require_safe

from stories import (
    after_reading_views,
    comfort_views,
    desk,
    letter_desk,
    letter_views,
    letterbox_views,
    link_views,
    mine,
    offer_views,
    photo_desk,
    reader_views,
    remembrance_desk,
    remembrance_views,
    standing_by,
    views,
)
from stories.feeds import NewestStories
from stories.finding import ALPHABET
from stories.photo_views import picture


class StoryId:
    """What could be one of ours; anything else is not here, and no database is asked."""

    regex = f"[{ALPHABET}]{{6}}"

    @staticmethod
    def to_python(value):
        return value

    to_url = to_python


register_converter(StoryId, "story")

app_name = "stories"
urlpatterns = [
    path("stories/", views.StoryList.as_view(), name="list"),
    path("feeds/stories/", require_safe(NewestStories()), name="feed"),
    path("stories/any/", views.any_story, name="any"),
    path("stories/<story:pk>/", views.StoryDetail.as_view(), name="detail"),
    path("comfort/", comfort_views.comfort, name="comfort"),
    path("comfort/keep/", comfort_views.keep_all, name="comfort-keep"),
    path("comfort/look/", comfort_views.look, name="comfort-look"),
    path("comfort/country/", comfort_views.country, name="comfort-country"),
    path("comfort/forget/", comfort_views.take_back, name="comfort-forget"),
    path("me/comfort/", login_required(comfort_views.comfort), name="my-comfort"),
    path("stories/<story:pk>/read/", after_reading_views.read, name="read"),
    path("stories/<story:pk>/keep/", after_reading_views.keep, name="keep"),
    path("me/kept/", after_reading_views.kept, name="kept"),
    path("me/kept/<story:pk>/keep/", after_reading_views.keep_this, name="keep-this"),
    path("me/kept/<int:number>/take-out/", after_reading_views.take_out, name="take-out"),
    path("me/after-reading/", after_reading_views.after_reading, name="after-reading"),
    path("write/", desk.Begin.as_view(), name="begin"),
    path("write/new/", desk.begin, name="new"),
    path("write/<story:pk>/", desk.desk, name="desk"),
    *(
        path(f"write/<story:pk>/{name}/", desk.part, {"name": name}, name=name)
        for name in desk.PARTS
    ),
    path("write/<story:pk>/photos/", photo_desk.photographs, name="photos"),
    path("write/<story:pk>/photos/send/", photo_desk.send, name="send-photos"),
    path("write/<story:pk>/photos/<story:photo>/", photo_desk.photograph, name="photo"),
    *(
        path(f"write/<story:pk>/photos/<story:photo>/{name}/", view, name=f"photo-{name}")
        for name, view in photo_desk.PRESSES.items()
    ),
    path("photographs/<story:pk>/<str:token>/<int:side>.<str:kind>", picture, name="picture"),
    path("write/<story:pk>/check/", desk.check, name="check"),
    path("write/<story:pk>/sent/", desk.sent, name="sent"),
    path("write/<story:pk>/readers/", reader_views.readers, name="readers"),
    path("write/<story:pk>/take-back/", desk.take_back, name="take-back"),
    path("write/<story:pk>/take-down/", desk.take_down, name="take-down"),
    path("write/<story:pk>/accept/", desk.accept, name="accept"),
    path("write/<story:pk>/keep/", standing_by.stand_by, name="stand-by"),
    path("write/<story:pk>/asking/", desk.asking_readers, name="asking-readers"),
    path("write/<story:pk>/erase/", desk.erase, name="erase"),
    path("write/<story:pk>/voice/", link_views.invite, name="invite"),
    path("me/voices/", link_views.links, name="links"),
    path("me/voices/invited/<str:token>/", link_views.invited, name="invited"),
    path("me/voices/<story:pk>/", link_views.link, name="link"),
    path("me/voices/<story:pk>/end/", link_views.end, name="end-link"),
    path("stories/<story:pk>/letters/", letter_views.letters_to, name="letters-to"),
    path("stories/<story:pk>/write-a-letter/", letter_desk.write_to, name="write-to"),
    path("letters/", letter_views.about, name="about-letters"),
    path("letters/any/", letter_views.any_letter, name="any-letter"),
    path("letters/write/", letter_desk.write_for_anyone, name="write-for-anyone"),
    path("letters/<story:pk>/", letter_views.letter, name="letter"),
    path("me/letters/", letterbox_views.letterbox, name="letterbox"),
    path("me/stories/", mine.my_stories, name="my-stories"),
    path("me/letters/sent/", mine.letters_sent, name="letters-sent"),
    path("me/letters/when/", letterbox_views.when, name="letters-when"),
    path("me/letters/bring/", letterbox_views.bring, name="bring-letters"),
    path("me/letters/asking/", offer_views.asking, name="asking"),
    path("me/letters/asking/stop/", offer_views.stop_asking, name="stop-asking"),
    path(
        "me/letters/asked/<int:number>/not-this-one/",
        offer_views.not_this_one,
        name="not-this-one",
    ),
    path("me/letters/asked/<int:number>/not-now/", offer_views.not_now, name="not-now"),
    path("me/letters/blocked/", letterbox_views.blocked, name="blocked"),
    path("me/letters/blocked/<int:number>/", letterbox_views.unblock, name="unblock"),
    path("me/letters/<story:pk>/", letterbox_views.read, name="read-letter"),
    path("me/letters/<story:pk>/open/", letterbox_views.open_letter, name="open-letter"),
    path("me/letters/<story:pk>/show/", letterbox_views.show, name="show-letter"),
    path("me/letters/<story:pk>/hide/", letterbox_views.hide, name="hide-letter"),
    path("me/letters/<story:pk>/block/", letterbox_views.block, name="block-sender"),
    path("me/letters/<story:pk>/answer/", letter_desk.answer, name="answer-letter"),
    path("me/letters/sent/<story:pk>/", letter_desk.sent, name="sent-letter"),
    path("me/letters/sent/<story:pk>/change/", letter_desk.change, name="change-letter"),
    path("me/letters/sent/<story:pk>/take-back/", letter_desk.take_back, name="take-back-letter"),
    path("me/letters/sent/<story:pk>/private/", letter_desk.keep_private, name="keep-private"),
    path("me/letters/sent/<story:pk>/accept/", standing_by.accept_letter, name="accept-letter"),
    path("me/letters/sent/<story:pk>/keep/", standing_by.stand_by_letter, name="stand-by-letter"),
    path("me/letters/sent/<story:pk>/erase/", letter_desk.erase, name="erase-letter"),
    path("remembrance/", remembrance_views.Wall.as_view(), name="names"),
    path("remembrance/write/", remembrance_desk.write, name="write-name"),
    path("me/names/<story:pk>/", remembrance_desk.sent, name="sent-name"),
    path("me/names/<story:pk>/change/", remembrance_desk.change, name="change-name"),
    path("me/names/<story:pk>/take-back/", remembrance_desk.take_back, name="take-back-name"),
    path("me/names/<story:pk>/take-down/", remembrance_desk.take_down, name="take-down-name"),
    path("me/names/<story:pk>/accept/", remembrance_desk.accept, name="accept-name"),
    path("me/names/<story:pk>/keep/", remembrance_desk.stand_by, name="stand-by-name"),
    path("me/names/<story:pk>/erase/", remembrance_desk.erase, name="erase-name"),
]
