from django import forms

from community.forms import KindForm


class Asking(KindForm, forms.Form):
    name = forms.CharField(help_text="Any name.", max_length=5)
    day = forms.CharField(required=False)
    email = forms.EmailField()
    kind = forms.ChoiceField(choices=[("a", "One"), ("b", "Two")], widget=forms.RadioSelect)
    told = forms.BooleanField(required=False, label="Tell me")
    own = forms.CharField(error_messages={"required": "Ours."})


def test_errors_say_what_to_do():
    form = Asking({"name": "Heather", "email": "x"})
    assert form.errors == {
        "name": ["Make this shorter: 5 characters fit."],
        "email": ["Write a whole email address, like name@example.org."],
        "kind": ["Choose one of these."],
        "own": ["Ours."],
    }


def test_every_error_leads_to_its_question_and_every_question_to_its_hint_and_error():
    page = str(Asking({"name": "Heather"}))
    assert 'role="alert" tabindex="-1" autofocus' in page
    assert '<a href="#id_name">Make this shorter: 5 characters fit.</a>' in page
    assert '<a href="#id_kind_0">' in page
    assert 'id="id_kind_0"' in page
    assert 'aria-describedby="id_name_helptext id_name_error"' in page
    assert 'id="id_name_helptext">Any name.<' in page
    assert 'id="id_name_error"' in page
    assert 'aria-invalid="true"' in page


def test_what_was_typed_is_kept():
    assert 'value="Heather"' in str(Asking({"name": "Heather"}))


def test_optional_is_marked_and_required_is_not():
    page = str(Asking())
    assert page.count("(optional)") == 1
    Asking.all_optional = True
    try:
        assert "(optional)" not in str(Asking())
    finally:
        Asking.all_optional = False


def test_choices_stand_in_a_fieldset_with_a_legend_and_a_tick_has_its_label():
    page = str(Asking()).replace("\n</", "</")
    assert "<legend>Kind</legend>" in page
    assert '<label class="check" for="id_kind_1">' in page
    assert '<label class="check" for="id_told">' in page


def test_markup_typed_into_a_field_stays_text():
    page = str(Asking({"name": '"><script>alert(1)</script>'}))
    assert "<script" not in page


def test_a_page_without_errors_has_no_summary():
    assert 'class="errors' not in str(Asking())
