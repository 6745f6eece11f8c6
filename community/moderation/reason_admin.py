"""Where leads write what letters begin with."""

from django import forms
from django.conf import settings
from django.contrib import admin
from django.utils.html import linebreaks
from django.utils.safestring import mark_safe
from django.utils.translation import gettext_lazy as _

from community.forms import KindForm, WordsField
from community.moderation.reason_texts import ReasonText, spoken


class ReasonTextForm(KindForm, forms.ModelForm):
    language = forms.ChoiceField(label=_("Language"))
    text = WordsField(
        label=_("Your text"),
        required=False,
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 14}),
        help_text=_(
            "What a moderator’s letter begins with. They can change every word before they send "
            "it. A line with nothing but … in it has to be filled in first. Leave this empty, and "
            "the text that comes with the site is used."
        ),
    )

    class Meta:
        model = ReasonText
        fields = ["action", "rule", "language", "text"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "language" in self.fields:
            names = {spoken(code): name for code, name in settings.LANGUAGES}
            self.fields["language"].choices = list(names.items())


@admin.register(ReasonText)
class ReasonTextAdmin(admin.ModelAdmin):
    form = ReasonTextForm
    list_display = ["rule", "action", "language", "own"]
    list_filter = ["action", "rule", "language"]
    search_fields = ["text"]
    empty_value_display = _("None")
    list_per_page = 100
    actions = None
    show_full_result_count = False

    @admin.display(description=_("Whose words"))
    def own(self, text):
        return _("Yours") if text.text else _("The site’s")

    @admin.display(description=_("The text that comes with the site"))
    def comes_with_the_site(self, text):
        return mark_safe(linebreaks(text.as_shipped(), autoescape=True))

    def get_readonly_fields(self, request, obj=None):
        """What a text is for stays; only what it says changes."""
        return ["action", "rule", "language", "comes_with_the_site"] if obj else []

    def get_fields(self, request, obj=None):
        known = ["action", "rule", "language"]
        return [*known, "comes_with_the_site", "text"] if obj else [*known, "text"]

    def has_delete_permission(self, request, obj=None):
        """Emptied, it is the site’s again; its history stays."""
        return False
