from django.urls import path

from community.moderation import in_public

urlpatterns = [
    path("", in_public.review, name="review"),
    path("<int:year>/", in_public.yearly_page, name="yearly-page"),
]
