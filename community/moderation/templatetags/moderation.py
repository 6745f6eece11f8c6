from django import template
from django.utils.html import format_html, strip_tags
from django.utils.safestring import mark_safe
from django.utils.text import capfirst

from community import numerals
from community.moderation import moderators
from community.moderation.care import Care
from community.moderation.cases import CLAIM_LASTS
from community.moderation.decision_letters import Letter, letters_to
from community.moderation.models import Case, Proposal, Suggestion
from community.moderation.reasons import Reason
from community.moderation.safety import has_a_writer
from community.moderation.sanctions import Doing, Sanction, why_not
from community.moderation.second_forms import calm_as_typed
from community.moderation.shields import MAY_SHIELD, Shield
from community.moderation.states import Action
from community.moderation.waiting import in_words, usual_wait_in_words
from community.moderation.wording import where_it_is

register = template.Library()
NEWEST = 5


waited = register.filter("waited", in_words)
as_word = register.filter("as_word", numerals.in_words)


@register.filter
def labelled(cells, headers):
    """The cells of one row in a list of Django’s, each with the name of its column, where it is a
    name: above the boxes that choose rows stands one that chooses them all.
    """
    roles = {"td": "cell", "th": "rowheader"}
    for number, cell in enumerate(cells):
        text = (
            capfirst(strip_tags(headers[number]["text"]).strip()) if number < len(headers) else ""
        )
        tag = cell[1:3]
        named = format_html('<{} role="{}" data-l="{}"', tag, roles[tag], capfirst(text))
        yield mark_safe(named + cell[3:])


@register.filter
def decided(action):
    """What the log calls it."""
    return Action(action).label if action else ""


@register.filter
def told(reports):
    """By how many people, and why, most pressing first.  Who said it twice is one."""
    reasons = {report.reason for report in reports}
    return {
        "people": len({report.person() for report in reports}),
        "reasons": [reason for reason in Reason if reason in reasons],
    }


@register.inclusion_tag("admin/moderation/_passing_on.html", takes_context=True)
def passing_on(context, case):
    """What whoever has ``case`` open can do besides deciding: keep it, give it back or on."""
    request = context["request"]
    moderator = request.user
    is_theirs = case.is_urgent and case.worried_by_id == moderator.pk
    # Of somebody else, whose worry it would otherwise be to take back.
    may_join = bool(case.is_urgent and case.worried_by_id and not is_theirs)
    may_worry = has_a_writer(case) and (may_join or not case.is_urgent)
    return {
        "case": case,
        "until": case.claimed_at + CLAIM_LASTS,
        "may_worry": may_worry,
        "may_join": may_join,
        "takes_two": may_worry and moderators.others(moderator, author=case.author).exists(),
        "calm": calm_as_typed(request.POST) if is_theirs else None,
        "buddy": Care.objects.filter(moderator=moderator).select_related("buddy").first(),
    }


@register.simple_tag
def usual_wait():
    """Completes "usually …", from what really happened in the last thirty days."""
    return usual_wait_in_words()


@register.inclusion_tag("admin/moderation/_front.html", takes_context=True)
def moderation_queue(context):
    """What waits, on the admin's front page, for whoever may decide."""
    moderator = context["request"].user
    if not moderator.has_perm("moderation.decide_case"):
        return {}
    waiting = Case.objects.waiting().open_to(moderator)
    return {
        "may_decide": True,
        "waiting": waiting.exclude(kind=Case.Kind.MEMBER).count(),
        "about_members": Proposal.objects.open().exclude(member=None).exclude(by=moderator).count(),
    }


@register.inclusion_tag("moderation/_my_letters.html")
def my_decisions(member):
    """What moderators wrote to ``member`` last."""
    newest = list(letters_to(member)[: NEWEST + 1])
    return {"letters": [Letter(each) for each in newest[:NEWEST]], "more": len(newest) > NEWEST}


@register.inclusion_tag("moderation/_passages.html")
def passages_of(message):
    """The changes that came with a letter; in another version of the words they have no place."""
    asks = message.decision_id and message.decision.action == Action.SUGGEST
    return {"changes": Suggestion.objects.filter(decision=message.decision_id) if asks else []}


@register.inclusion_tag("moderation/_what_lasts.html")
def what_lasts(member):
    """What ``member`` may not do for a time."""
    lasting = Sanction.objects.of(member).lasting()
    return {"sanctions": lasting.select_related("decision__message"), "member": member}


@register.simple_tag
def may_not_moderate(person):
    """Why a moderator finds a page closed that was open before, or ""."""
    return why_not(person, Doing.MODERATE) if getattr(person, "is_staff", False) else ""


@register.filter
def standing(contribution):
    """Where it is, to a moderator."""
    return where_it_is(contribution)


@register.inclusion_tag("admin/moderation/_shield.html", takes_context=True)
def shield_over(context, contribution):
    """What can be written to may stand under a shield."""
    if not (contribution and contribution.IS_WRITTEN_TO):
        return {}
    return {
        "contribution": contribution,
        "shield": Shield.objects.over(contribution).first(),
        "may_shield": context["request"].user.has_perm(MAY_SHIELD),
    }
