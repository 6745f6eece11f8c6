import re

import pytest
from django.core.exceptions import ValidationError

from resources import directory_file, numbers

# Every number of the shipped directory, as printed there, and what a telephone is told.
SPOKEN = {
    "ar-asistencia-suicida": "tel:135",
    "at-telefonseelsorge": "tel:142",
    "au-lifeline": "tel:131114",
    "au-bears-of-hope": "tel:1300114673",
    "au-beyond-blue": "tel:1300224636",
    "au-griefline": "tel:1300845745",
    "au-mensline": "tel:1300789978",
    "au-panda": "tel:1300726306",
    "au-pregnancy-birth-baby": "tel:1800882436",
    "au-qlife": "tel:1800184527",
    "au-red-nose": "tel:1300308307",
    "be-prevention-suicide": "tel:080032123",
    "be-zelfmoordlijn-1813": "tel:1813",
    "br-cvv": "tel:188",
    "ca-988-helpline": "tel:988",
    "ca-hope-for-wellness": "tel:+18552423310",
    "ca-qc-1866appelle": "tel:+18662773553",
    "ca-pail-network": "tel:+18883037245",
    "ca-qc-le-deuil": "tel:+18885333845",
    "ch-143": "tel:143",
    "de-telefonseelsorge": "tel:08001110111",
    "dk-livslinien": "tel:+4570201201",
    "es-024": "tel:024",
    "es-telefono-esperanza": "tel:+34717003717",
    "fi-mieli": "tel:+358925250111",
    "fr-3114": "tel:3114",
    "fr-sos-amitie": "tel:+33972394050",
    "gb-ie-samaritans": "tel:116123",
    "gb-ni-lifeline": "tel:+448088088000",
    "gb-arc": "tel:+442077137486",
    "gb-child-bereavement-uk": "tel:+448000288840",
    "gb-compassionate-friends": "tel:+443451232304",
    "gb-cruse": "tel:+448088081677",
    "gb-ectopic-pregnancy-trust": "tel:+442077332653",
    "gb-miscarriage-uk": "tel:+443030036464",
    "gb-pandas": "tel:+448081961776",
    "gb-sands-helpline": "tel:+448081643332",
    "gb-switchboard-lgbt": "tel:+448000119100",
    "gb-tommys-midwives": "tel:+448000147800",
    "gb-winstons-wish": "tel:+448088020021",
    "gr-klimaka-1018": "tel:1018",
    "hk-samaritans": "tel:+85228960000",
    "ie-pieta": "tel:1800247247",
    "ie-a-little-lifetime": "tel:+35318829030",
    "ie-barnardos-children": "tel:+35314732110",
    "ie-citizens-info-bereavement-childbirth": "tel:0818074000",
    "ie-first-light": "tel:1800391391",
    "ie-ihf-bereavement-line": "tel:1800807077",
    "ie-miscarriage-association": "tel:+35318735702",
    "il-eran": "tel:1201",
    "in-tele-manas": "tel:14416",
    "it-telefono-amico": "tel:+390223272327",
    "jp-inochi-sos": "tel:0120061338",
    "jp-yorisoi": "tel:0120279338",
    "ke-befrienders": "tel:+254722178177",
    "kr-109": "tel:109",
    "mx-linea-de-la-vida": "tel:8009112000",
    "mx-saptel": "tel:+525552598121",
    "nl-113": "tel:113",
    "no-mental-helse": "tel:116123",
    "nz-1737": "tel:1737",
    "nz-lifeline": "tel:0800543354",
    "nz-outline": "tel:08006885463",
    "pl-centrum-wsparcia": "tel:800702222",
    "pt-sos-voz-amiga": "tel:+351213544545",
    "pt-sns24-psicologico": "tel:808242424",
    "se-mind-sjalvmordslinjen": "tel:90101",
    "sg-sos": "tel:1767",
    "us-988-lifeline": "tel:988",
    "us-all-options-talkline": "tel:+18884930092",
    "us-compassionate-friends": "tel:+18779690010",
    "us-maternal-mental-health-hotline": "tel:+18338526262",
    "us-psi-helpline": "tel:+18009444773",
    "us-share": "tel:+18008216819",
    "us-star-legacy": "tel:+19527157731",
    "za-lifeline": "tel:0861322322",
    "za-sadag-suicide-line": "tel:0800567567",
}
WRITTEN = {
    "au-lifeline": [("sms:+61477131114", "Text 0477 13 11 14")],
    "ca-988-helpline": [("sms:988", "Text 988")],
    "ca-qc-1866appelle": [("sms:535353", "Text 535353")],
    "gb-shout": [("sms:85258", "Text SHOUT to 85258")],
    "gb-arc": [("sms:+447908683004", "Text 07908 683004")],
    "gb-pandas": [("sms:85258", "Text PANDAS to 85258")],
    "ie-pieta": [("sms:51444", "Text HELP to 51444")],
    "ie-text-50808": [("sms:50808", "Text HELLO to 50808")],
    "it-telefono-amico": [("https://wa.me/393240117252", "WhatsApp 324 011 7252")],
    "nz-1737": [("sms:1737", "Text 1737")],
    "nz-lifeline": [("sms:4357", "Text HELP to 4357")],
    "sg-sos": [("https://wa.me/6591511767", "WhatsApp 9151 1767")],
    "us-988-lifeline": [("sms:988", "Text 988")],
    "us-crisis-text-line": [("sms:741741", "Text HOME to 741741")],
    "us-maternal-mental-health-hotline": [("sms:+18338526262", "Text 1-833-852-6262")],
    "us-psi-helpline": [
        ("sms:+18009444773", "Text Help to 800-944-4773"),
        ("sms:+19712037773", "Text 971-203-7773"),
    ],
    "za-sadag-suicide-line": [("sms:31393", "Text 31393")],
}


@pytest.fixture(scope="module")
def shipped():
    return {place.slug: place for place in directory_file.read()}


def test_every_printed_telephone_number_dials(shipped):
    spoken = {
        slug: phone.href
        for slug, place in shipped.items()
        for phone in place.phones
        if phone.type == numbers.VOICE
    }
    assert spoken == SPOKEN


def test_every_printed_text_number_can_be_written_to(shipped):
    written = {
        slug: [(p.href, p.words) for p in place.phones if p.type != numbers.VOICE]
        for slug, place in shipped.items()
    }
    assert {slug: said for slug, said in written.items() if said} == WRITTEN


def test_nothing_but_digits_is_dialled(shipped):
    for place in shipped.values():
        for phone in place.phones:
            assert re.fullmatch(r"\+?[0-9]{3,15}", phone.dial), place.slug


def test_what_a_number_is_for_stays_beside_it(shipped):
    english, spanish = [p for p in shipped["us-psi-helpline"].phones if p.type == "text"]
    assert (english.keyword, english.description) == ("Help", "English")
    assert (spanish.keyword, spanish.description) == ("", "Spanish")
    assert shipped["sg-sos"].phones[1].description == "CareText"
    assert shipped["gb-shout"].phones[0].keyword == "SHOUT"


@pytest.mark.parametrize(
    "printed", ["ring us", "1", "0800 CALL NOW", "116 123; rm", "+", "tel:116123", "1" * 20, "٣٤٥٦"]
)
def test_what_no_telephone_dials_is_refused(printed):
    with pytest.raises(ValidationError):
        numbers.voice(printed, "GB")


@pytest.mark.parametrize("printed", ["text us", "85258 (text SHOUT", "1767 (WhatsApp)"])
def test_what_cannot_be_written_to_is_refused(printed):
    with pytest.raises(ValidationError):
        numbers.written(printed, "GB")
