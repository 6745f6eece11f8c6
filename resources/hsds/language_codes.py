"""Languages as other directories write them: by ISO 639-2 or -3 code, or by their English name."""

from resources import terms

# our code, the three-letter codes, the English names
KNOWN = """
en eng english
ar ara arabic
bn ben bengali,bangla
ca cat catalan
cr cre cree
cs ces,cze czech
cy cym,wel welsh
da dan danish
de deu,ger german
el ell,gre greek
es spa spanish
eu eus,baq basque
fa fas,per persian,farsi
fi fin finnish
fr fra,fre french
ga gle irish
gl glg galician
he heb hebrew
hi hin hindi
hu hun hungarian
it ita italian
iu iku inuktitut
ja jpn japanese
ko kor korean
mi mri,mao maori
nb nob norwegian
nl nld,dut dutch
oj oji ojibwe
pa pan punjabi
pl pol polish
pt por portuguese
ro ron,rum romanian
ru rus russian
so som somali
sv swe swedish
sw swa swahili
tr tur turkish
uk ukr ukrainian
ur urd urdu
vi vie vietnamese
zh-Hans zho,chi mandarin
zh-Hant yue cantonese
"""
OURS = {code.casefold(): code for code in terms.LANGUAGES} | {
    name: code
    for code, *others in map(str.split, filter(None, KNOWN.splitlines()))
    for other in others
    for name in other.split(",")
}


def ours(code, name=""):
    """Our code for a language, or an empty string.  A region we don’t tell apart is left out."""
    for said in (code, code.split("-")[0], name):
        if found := OURS.get(said.strip().casefold()):
            return found
    return ""
