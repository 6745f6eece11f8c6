from allauth.account.internal.stagekit import get_pending_stage
from django import template
from django.conf import settings
from django.utils import timezone

from community.members.dates import KeptDate

register = template.Library()


@register.simple_tag
def mail_folder():
    """Where mail lands as files, while somebody is trying the site; otherwise nothing."""
    return settings.MAIL_TRANSPORT.get("EMAIL_FILE_PATH", "") if settings.DEBUG else ""


@register.simple_tag(takes_context=True)
def signed_up_here(context, member):
    """Whether ``member`` signed up in this browser, and is now on the way back from the mail."""
    stage = get_pending_stage(context["request"])
    return stage is not None and stage.login.user == member


@register.simple_tag(takes_context=True)
def second_factor_needed(context):
    """Whether a second factor stands between who is looking and the admin."""
    request = context["request"]
    return request.user.is_staff and bool(request.way_to_second_factor())


@register.inclusion_tag("members/_dates.html")
def my_dates(member):
    """Silent, but for who asked for a line on the day."""
    today = member.local(timezone.now()).date()
    asked = KeptDate.objects.filter(member=member).with_a_line_on(today)
    return {"is_today": asked.exists()}
