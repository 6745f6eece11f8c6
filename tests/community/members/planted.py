"""Where the words of a member, or about them, can stand: a mark is planted in each."""

from django.db import connection

from community.members.models import Session

MARK = "quillwort"
NO_WORDS = {"help_country", "key", "message_id", "object_id", "time_zone", "trouble", "wishes"}
NO_WORDS |= {"agreed_to", "aside", "beside", "photo_notes", "sizes"}
PLANTED = {
    "account_emailaddress.email",
    "account_emailconfirmation.key",
    "django_admin_log.object_repr",
    "members_session.session_data",
    "mfa_authenticator.data",
    "members_consent.about",
    "members_consent.purpose",
    "members_consent.wording",
    "members_email.body",
    "members_email.headers",
    "members_email.sender",
    "members_email.subject",
    "members_email.to",
    "members_keptdate.words",
    "members_member.email",
    "members_member.password",
    "members_member.pen_name",
    "members_member.pen_name_key",
    "moderation_appeal.words",
    "moderation_membernote.text",
    "moderation_message.by_name",
    "moderation_case.topics",
    "moderation_message.passage",
    "moderation_message.text",
    "moderation_proposal.answer",
    "moderation_proposal.details",
    "moderation_proposal.message",
    "moderation_proposal.note",
    "moderation_proposal.passage",
    "moderation_shield.reason",
    "moderation_version.folded_title",
    "moderation_version.proposed",
    "moderation_version.words",
    "stories_asking.languages",
    "stories_asking.losses",
    "stories_block.name",
    "stories_label.slug",
    "stories_letter.body",
    "stories_letter.notes",
    "stories_letter.own_note",
    "stories_letternote.slug",
    "stories_photo.description",
    "stories_remembrance.body",
    "stories_remembrance.name",
    "stories_link.first_name",
    "stories_offer.loss",
    "stories_story.baby",
    "stories_story.body",
    "stories_story.circumstances",
    "stories_story.losses",
    "stories_story.notes",
    "stories_story.other_name",
    "stories_story.own_loss",
    "stories_story.own_note",
    "stories_story.role",
    "stories_story.themes",
    "stories_story.title",
}


def found():
    """Every column of every table in which the mark stands; sessions opened."""
    columns = set()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            for row in cursor.fetchall():
                named = zip(cursor.description, row, strict=True)
                columns |= {f"{table}.{of[0]}" for of, it in named if MARK in str(it).lower()}
    if any(MARK in str(session.get_decoded()).lower() for session in Session.objects.all()):
        columns.add("members_session.session_data")
    return columns
