"""The HSDS objects we serve and the fields of each: the API's schemas, the columns of the
download and our profile are all made from this one list.

Names and types are HSDS 3.1's.  ``ours`` marks what HSDS does not have: together those fields are
our profile of it.
"""

from dataclasses import dataclass

UUID = {"type": "string", "format": "uuid"}
TEXT = {"type": "string"}
ADDRESS = {"type": "string", "format": "uri"}
EMAIL = {"type": "string", "format": "email"}
DAY = {"type": "string", "format": "date"}
MOMENT = {"type": "string", "format": "date-time"}
NUMBER = {"type": "number"}
YES_OR_NO = {"type": "boolean"}


def one_of(*words):
    return {"type": "string", "enum": list(words)}


@dataclass(frozen=True)
class Field:
    name: str
    schema: dict
    description: str
    required: bool = False
    ours: bool = False


@dataclass(frozen=True)
class Table:
    """``file`` is where its rows are in the download.  ``parts`` are the objects inside it."""

    file: str
    description: str
    fields: tuple
    parts: tuple = ()

    @property
    def columns(self):
        return [field.name for field in self.fields]


@dataclass(frozen=True)
class Part:
    name: str
    of: str
    description: str
    many: bool = True
    ours: bool = False


ID = Field("id", UUID, "Stays the same for as long as the thing is listed.", required=True)
OF_SERVICE = Field("service_id", UUID, "The service it belongs to.")
TEXT_OF = "As the organisation writes it."

PUBLISHER = (
    Field(
        "publisher_name",
        TEXT,
        "Whose record it is: ours, or the directory it came from.",
        ours=True,
    ),
    Field("publisher_url", ADDRESS, "Where that directory is.", ours=True),
    Field("publisher_identifier", TEXT, "Its id in that directory.", ours=True),
    Field(
        "licence", TEXT, "On what terms this record may be used: an SPDX name, or words.", ours=True
    ),
    Field("licence_url", ADDRESS, "Where those terms are.", ours=True),
)

SERVICE = Table(
    "services.csv",
    "A place to turn: a helpline, a group, a charity, something to read.",
    (
        ID,
        Field("organization_id", UUID, "Who runs it."),
        Field("name", TEXT, "What it is called.", required=True),
        Field("description", TEXT, "What it is, in two sentences, as plain text."),
        Field("url", ADDRESS, "Its website."),
        Field("email", EMAIL, "Only while its verification stands."),
        Field(
            "status",
            one_of("active", "inactive", "defunct", "temporarily closed"),
            "Only what is active is served.",
            required=True,
        ),
        Field("application_process", TEXT, "What happens when you get in touch."),
        Field("fees_description", TEXT, "What it costs, in a sentence."),
        Field("assured_date", DAY, "The day somebody last looked."),
        Field("alert", TEXT, "What to know first: for one, that nobody has confirmed it lately."),
        Field(
            "last_modified", MOMENT, "The last change of anything in it, lapsed numbers included."
        ),
        Field(
            "assurance",
            one_of("published", "partly", "site", "organisation"),
            "How it was confirmed: in published sources, only partly so, by an editor on its"
            " website, or with the organisation.",
            ours=True,
        ),
        Field("source_url", ADDRESS, "The page that confirms it.", ours=True),
        Field("page_url", ADDRESS, "Its page here, to show to people.", ours=True),
        *PUBLISHER,
    ),
    (
        Part("organization", "organization", "Who runs it.", many=False),
        Part("phones", "phone", "Numbers whose verification stands, and no others."),
        Part("schedules", "schedule", "When it answers."),
        Part("service_areas", "service_area", "The countries it is open to."),
        Part("languages", "language", "The languages somebody there speaks or writes."),
        Part("cost_options", "cost_option", "What it costs, where we know."),
        Part("attributes", "attribute", "What kind of place it is, for which loss and for whom."),
        Part("translations", "translation", "Its texts in other languages.", ours=True),
    ),
)

ORGANIZATION = Table(
    "organizations.csv",
    "Who runs a service that is listed.",
    (
        ID,
        Field("name", TEXT, "What it is called.", required=True),
        Field(
            "description",
            TEXT,
            "What it is; empty where we have no words of our own.",
            required=True,
        ),
        Field("website", ADDRESS, "Its website."),
    ),
    (Part("services", "service", "The services it runs that are listed."),),
)

PHONE = Table(
    "phones.csv",
    "A number to ring or to write to.",
    (
        ID,
        OF_SERVICE,
        Field("number", TEXT, "As the place prints it.", required=True),
        Field("type", one_of("voice", "text", "whatsapp"), "How it is reached."),
        Field("description", TEXT, "A note, such as the hours of this number alone."),
        Field(
            "dial",
            TEXT,
            "As a telephone dials it: digits, with + where it can be reached from abroad.",
            ours=True,
        ),
        Field("keyword", TEXT, "The word to send, where a text needs one.", ours=True),
        Field("always_open", YES_OR_NO, "Whether it is answered day and night.", ours=True),
        Field("assured_date", DAY, "The day from which its verification counts.", ours=True),
    ),
    (Part("languages", "language", "Where they differ from the service’s."),),
)

SCHEDULE = Table(
    "schedules.csv",
    "When a service answers: a sentence, or hours that come round each week.",
    (
        ID,
        OF_SERVICE,
        Field("valid_from", DAY, "The first day of these hours."),
        Field("valid_to", DAY, "The last day of these hours."),
        Field("freq", one_of("WEEKLY"), "Hours come round each week, or are only described."),
        Field("byday", TEXT, "Days as in RFC 5545, with commas between them: MO,TU."),
        Field("description", TEXT, TEXT_OF),
        Field("opens_at", TEXT, "In the clock of the place, as HH:MM:SS."),
        Field("closes_at", TEXT, "As HH:MM:SS; earlier than opens_at means on the next day."),
        Field(
            "time_zone",
            TEXT,
            "The clock of the place, by its IANA name: offsets change with summer.",
            ours=True,
        ),
    ),
)

SERVICE_AREA = Table(
    "service_areas.csv",
    "A country a service is open to.",
    (
        ID,
        OF_SERVICE,
        Field("name", TEXT, "The country’s name, or “Any country”."),
        Field("extent", TEXT, "Its ISO 3166-1 code; INT for any country."),
        Field("extent_type", TEXT, "Always “iso3166-1”."),
    ),
)

LANGUAGE = Table(
    "languages.csv",
    "A language somebody there speaks or writes.",
    (
        ID,
        OF_SERVICE,
        Field("phone_id", UUID, "The number it is spoken at, where only there."),
        Field("name", TEXT, "In its own words."),
        Field("code", TEXT, "BCP 47, such as fr or pt-BR."),
    ),
)

COST_OPTION = Table(
    "cost_options.csv",
    "What a service costs.",
    (
        ID,
        OF_SERVICE,
        Field("option", one_of("free", "mixed", "paid"), "Free, partly free, or paid for."),
    ),
)

ATTRIBUTE = Table(
    "attributes.csv",
    "A term that a service is found by.",
    (
        ID,
        Field("link_id", UUID, "The service."),
        Field("taxonomy_term_id", UUID, "The term."),
        Field("link_type", one_of("kind", "loss", "audience"), "Which list the term is from."),
        Field("link_entity", one_of("service"), "What link_id is the id of."),
        Field("label", TEXT, "The term as readers see it."),
    ),
    (Part("taxonomy_term", "taxonomy_term", "The term.", many=False),),
)

TAXONOMY = Table(
    "taxonomies.csv",
    "A list of terms.",
    (
        ID,
        Field("name", TEXT, "What it is called.", required=True),
        Field("description", TEXT, "What it is for.", required=True),
        Field("uri", ADDRESS, "Where it is."),
        Field("version", TEXT, "Of the list."),
    ),
)

TAXONOMY_TERM = Table(
    "taxonomy_terms.csv",
    "A word that services are found by.",
    (
        ID,
        Field("code", TEXT, "Short, and stays the same."),
        Field("name", TEXT, "As readers see it.", required=True),
        Field("description", TEXT, "What it means.", required=True),
        Field("parent_id", UUID, "The wider term."),
        Field("taxonomy", TEXT, "The list it is in, by name."),
        Field("language", TEXT, "Of the name: BCP 47."),
        Field("taxonomy_id", UUID, "The list it is in."),
        Field("term_uri", ADDRESS, "Where it is."),
    ),
    (Part("taxonomy_detail", "taxonomy", "The list it is in.", many=False),),
)

TRANSLATION = Table(
    "translations.csv",
    "The texts of a service in another language.  HSDS 3.1 has no place for them.",
    (
        OF_SERVICE,
        Field("language", TEXT, "BCP 47.", required=True, ours=True),
        Field("description", TEXT, "What it is.", ours=True),
        Field("hours", TEXT, "When it answers.", ours=True),
        Field("application_process", TEXT, "What happens when you get in touch.", ours=True),
    ),
)

TABLES = {
    "organization": ORGANIZATION,
    "service": SERVICE,
    "phone": PHONE,
    "schedule": SCHEDULE,
    "service_area": SERVICE_AREA,
    "language": LANGUAGE,
    "cost_option": COST_OPTION,
    "attribute": ATTRIBUTE,
    "taxonomy": TAXONOMY,
    "taxonomy_term": TAXONOMY_TERM,
    "translation": TRANSLATION,
}
