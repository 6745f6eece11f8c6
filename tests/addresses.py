"""Which addresses are not public, with the reason, and what stands behind those that name a thing.

An address is public unless it stands in ``NOT_PUBLIC``.  One that takes something needs an entry in
``SAMPLES``, or in ``SAMPLES_OF_OTHERS`` if it is not public: a new one fails in
``test_public_pages.py`` until it has one.
"""

from django.core.management import call_command
from django.utils import timezone

from community.members.models import MailChoice
from community.moderation.transparency import TransparencyReport
from resources.hsds import taxonomies
from resources.models import Article, Organization, Service
from tests import factories
from tests.community.members.pages import OWN
from tests.stories.pages import (
    AFTER_READING,
    LETTERBOX,
    OF_ONE,
    PHOTOS,
    PHOTOS_OF_ONE,
    PRESSES,
    SAMPLES_OF_LINKS,
    a_photograph,
    a_picture,
)


def a_place():
    call_command("load_directory", verbosity=0)
    return {"slug": Service.objects.first().slug}


def an_article():
    call_command("load_directory", verbosity=0)
    call_command("load_article", verbosity=0)
    return {"slug": Article.objects.first().slug}


def a_mail_choice():
    return MailChoice.of(factories.member(), "letter")


def a_yearly_page():
    year, lead = timezone.localdate().year - 1, factories.moderator()
    TransparencyReport.objects.draw(year, by=lead)
    report = TransparencyReport.objects.get()
    assert report.publish(by=lead, drawn_at=report.drawn_at)
    return {"year": year}


def a_service():
    service = Service.objects.create(
        slug="a-place",
        name="A place",
        organization=Organization.objects.create(name="Who runs it"),
        kind="charity",
        description="What it is.",
        url="https://example.org/",
        source_url="https://example.org/about",
        assurance="published",
        assured_on=timezone.localdate(),
    )
    return {"uuid": str(service.uuid)}


def an_organization():
    a_service()
    return {"uuid": str(Organization.objects.get().uuid)}


SAMPLES = {
    "api:service": a_service,
    "api:organization": an_organization,
    "api:taxonomy": lambda: {"uuid": str(taxonomies.IDS["loss"])},
    "api:taxonomy-term": lambda: {"uuid": str(taxonomies.KIND_IDS["charity"])},
    "api:profile": lambda: {"name": "service"},
    "stories:detail": lambda: {"pk": factories.published().pk},
    "stories:keep": lambda: {"pk": factories.published().pk},
    "stories:letter": lambda: {"pk": factories.delivered().pk},
    "stories:letters-to": lambda: {"pk": factories.put_up().story_id},
    "resources:detail": a_place,
    "resources:article": an_article,
    "resources:help_country": lambda: {"code": "ie"},
    "yearly-page": a_yearly_page,
    "stories:picture": a_picture,
    "sitemap-part": lambda: {"section": "articles"},
}


def a_private_link():
    return {"token": factories.told().get_absolute_url().split("/")[-2]}


def a_letter():
    return {"key": factories.declined().last_word().key}


FOR_ITS_AUTHOR = "somebody's own, behind signing in"
PRIVATE_LINK = "behind a link that only one person has"
FACTORS = [
    "mfa_index",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
]
A_FORM_WITH_A_TOKEN = "a form with a token in it, kept by nobody"
FOR_MACHINES = "for machines that must hear the truth of this second"
NOT_PUBLIC = {
    "api:at-location": "names a thing of which the directory has none",
    "admin-short-way": "closed, so that nobody learns what exists",
    "stories:any": "a redirect to another story each time",
    "stories:any-letter": "a redirect to another letter each time",
    "leave": "ends a session, and is kept by nobody",
    "moderation:receipt": PRIVATE_LINK,
    "moderation:ask-again": PRIVATE_LINK,
    "members:stop-mail": PRIVATE_LINK,
    "members:stay": PRIVATE_LINK,
    **dict.fromkeys(PRESSES, "does something when a button is pressed, and is no page"),
    "healthz": FOR_MACHINES,
    "policy-report": FOR_MACHINES,
    "change-password": "a redirect to what is behind signing in",
    "readyz": FOR_MACHINES,
    **dict.fromkeys(
        [
            "stories:new",
            "stories:desk",
            *(f"stories:{part}" for part in ("about", "notes", "name", "letters", "check")),
            "stories:sent",
            "stories:readers",
            "stories:take-back",
            "stories:take-down",
            "stories:accept",
            "stories:stand-by",
            "stories:asking-readers",
            "stories:erase",
            "decisions:letters",
            "decisions:letter",
            "decisions:ask",
            "decisions:take-back",
            *OF_ONE,
            *PHOTOS,
            *PHOTOS_OF_ONE,
            *LETTERBOX,
            *SAMPLES_OF_LINKS,
            *OWN,
            *AFTER_READING,
            "stories:my-comfort",
            "account_change_password",
            "account_set_password",
            "account_email",
            "account_reauthenticate",
            *FACTORS,
        ],
        FOR_ITS_AUTHOR,
    ),
    **dict.fromkeys(
        [
            "account_login",
            "account_logout",
            "account_signup",
            "account_inactive",
            "account_email_verification_sent",
            "account_confirm_email",
            "account_reset_password",
            "account_reset_password_done",
            "account_reset_password_from_key",
            "account_reset_password_from_key_done",
            "account_request_login_code",
            "account_confirm_login_code",
            "mfa_authenticate",
            "mfa_login_webauthn",
            "moderation:report",
            "resources:suggest",
            "stories:read",
        ],
        A_FORM_WITH_A_TOKEN,
    ),
}
# Questions that may also be sent in a body, so that they stand in no address.
ASKED_BY_POST = {
    "api:services",
    "api:organizations",
    "api:at-locations",
    "api:taxonomies",
    "api:taxonomy-terms",
}
SAMPLES_OF_OTHERS = {
    "api:at-location": lambda: {"uuid": "00000000-0000-4000-8000-000000000000"},
    **dict.fromkeys(["decisions:letter", "decisions:ask", "decisions:take-back"], a_letter),
    "admin-short-way": lambda: {"object": "1/1"},
    **OF_ONE,
    **SAMPLES_OF_LINKS,
    **dict.fromkeys(PHOTOS_OF_ONE, a_photograph),
    **dict.fromkeys(
        ["stories:unblock", "stories:take-out", "stories:not-this-one", "stories:not-now"],
        lambda: {"number": 1},
    ),
    "stories:read": lambda: {"pk": factories.published().pk},
    "stories:keep-this": lambda: {"pk": factories.published().pk},
    "stories:write-to": lambda: {"pk": factories.wanting().pk},
    **dict.fromkeys(["members:date", "members:erase-date"], lambda: {"pk": factories.date().pk}),
    "members:stay": lambda: {"token": "nobody-s"},
    "members:stop-mail": lambda: {"token": a_mail_choice().get_absolute_url().split("/")[-2]},
    "moderation:report": lambda: {"kind": "story", "pk": factories.published().pk},
    "moderation:ask-again": a_private_link,
    "moderation:receipt": a_private_link,
    **dict.fromkeys(["mfa_remove_webauthn", "mfa_edit_webauthn"], lambda: {"pk": 1}),
    "account_confirm_email": lambda: {"key": "nobody-s"},
    "account_reset_password_from_key": lambda: {"uidb36": "a", "key": "b-c"},
}
