from django.urls import path

from . import (
    agreement_views,
    code_again,
    date_views,
    download_views,
    leaving_views,
    mail_views,
    views,
)

app_name = "members"
urlpatterns = [
    path("", views.Space.as_view(), name="space"),
    path("dates/", date_views.dates, name="dates"),
    path("dates/<slug:pk>/", date_views.date, name="date"),
    path("dates/<slug:pk>/erase/", date_views.erase_date, name="erase-date"),
    path("email/", mail_views.mail_choices, name="email"),
    path("email/quiet/", mail_views.quiet, name="quiet"),
    path("email/pause/", mail_views.pause, name="pause"),
    path("email/start-again/", mail_views.start_again, name="start-again"),
    path("email/stop/<str:token>/", views.stop_mail, name="stop-mail"),
    path("time/", mail_views.clock, name="time"),
    path("download/", download_views.download, name="download"),
    path("download/fetch/", download_views.fetch, name="fetch-download"),
    path("delete/", leaving_views.leave_for_good, name="leave-for-good"),
    path("delete/stop/<str:token>/", leaving_views.stay, name="stay"),
    path("agreement/", agreement_views.agreement, name="agreement"),
    path("account/", views.Account.as_view(), name="account"),
    path("account/code/", code_again.CodeAgain.as_view(), name="code-again"),
    path("account/devices/", views.devices, name="devices"),
]
