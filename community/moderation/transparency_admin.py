"""Where leads draw the yearly page, see it as readers will, and publish it."""

from datetime import datetime

from django import forms
from django.contrib import admin, messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import path
from django.utils.timezone import is_aware
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST, require_safe

from community.forms import KindForm, WordsField
from community.moderation import numbers
from community.moderation.in_public import show
from community.moderation.lists import ReadOnly
from community.moderation.transparency import TransparencyReport

MAY_PUBLISH = "moderation.publish_transparencyreport"


class IntroductionForm(KindForm, forms.ModelForm):
    introduction = WordsField(
        label=gettext_lazy("What you’d like to say first"),
        required=False,
        max_length=TransparencyReport.INTRODUCTION_LENGTH,
        error_messages={
            "max_length": gettext_lazy("Make this shorter: %(limit_value)d characters fit.")
        },
        widget=forms.Textarea(attrs={"rows": 10}),
        help_text=gettext_lazy(
            "In your own words: what the year was like, what changed, what you learned. Say here "
            "what the log doesn’t count, such as orders from authorities. Name nobody."
        ),
    )

    class Meta:
        model = TransparencyReport
        fields = ["introduction"]


@admin.register(TransparencyReport)
class TransparencyAdmin(ReadOnly, admin.ModelAdmin):
    def get_urls(self):
        pages = [
            ("", self.changelist_view, "moderation_transparencyreport_changelist"),
            ("draw/", require_POST(self.draw), "draw-year"),
            ("<int:pk>/change/", self.edit, "moderation_transparencyreport_change"),
            ("<int:pk>/preview/", require_safe(self.preview), "preview-year"),
            ("<int:pk>/publish/", require_POST(self.publish), "publish-year"),
        ]
        protect = self.admin_site.admin_view
        return [path(route, protect(view), name=name) for route, view, name in pages]

    def changelist_view(self, request, extra_context=None):
        self._must_be_lead(request)
        reports = TransparencyReport.objects.defer("figures")
        drawn = {report.year for report in reports}
        years = [year for year in numbers.years() if year not in drawn]
        context = {"title": _("Yearly pages"), "reports": reports, "years": years}
        return self._page(request, "admin/moderation/yearly_pages.html", context)

    def draw(self, request):
        """Count a year; again, if it is not published yet."""
        self._must_be_lead(request)
        asked = request.POST.get("year", "")
        year = next((each for each in numbers.years() if str(each) == asked), None)
        if year is None:
            messages.info(request, _("There is nothing in the log of that year."))
            return redirect("admin:moderation_transparencyreport_changelist")
        report = TransparencyReport.objects.filter(year=year).first()
        if report and (form := self._unkept(request, report)):
            return self._edit_page(request, report, form)
        if TransparencyReport.objects.draw(year, by=request.user):
            messages.success(request, _("Counted. Only leads can see it yet."))
        else:
            messages.info(request, _("That year is published, so its numbers stay as they are."))
        report = TransparencyReport.objects.get(year=year)
        return redirect("admin:moderation_transparencyreport_change", report.pk)

    def edit(self, request, pk):
        self._must_be_lead(request)
        report = self._report(pk)
        if request.method != "POST":
            return self._edit_page(request, report, IntroductionForm(instance=report))
        if form := self._unkept(request, report):
            return self._edit_page(request, report, form)
        messages.success(request, _("Your words are kept."))
        return redirect("admin:moderation_transparencyreport_change", report.pk)

    def preview(self, request, pk):
        self._must_be_lead(request)
        return show(request, self._report(pk))

    def publish(self, request, pk):
        self._must_be_lead(request)
        report = self._report(pk)
        if form := self._unkept(request, report):
            return self._edit_page(request, report, form)
        drawn_at = self._moment(request.POST.get("drawn", ""))
        if drawn_at and report.publish(by=request.user, drawn_at=drawn_at):
            messages.success(request, _("Published. Anybody can read it now."))
        elif report.published_at:
            messages.info(request, _("It is published already."))
        else:
            messages.info(
                request, _("It has been counted again since, or its year isn’t over. Look again.")
            )
        return redirect("admin:moderation_transparencyreport_change", report.pk)

    @staticmethod
    def _unkept(request, report):
        """Keep the words typed beside whatever was pressed; the form, if they can't be kept."""
        if "introduction" not in request.POST:
            return None
        form = IntroductionForm(request.POST, instance=report)
        if not form.is_valid():
            return form
        # Nothing else: it may have been published, or drawn again, since it was opened.
        TransparencyReport.objects.filter(pk=report.pk).update(**form.cleaned_data)
        return None

    def _edit_page(self, request, report, form):
        context = {"title": _("The yearly page of %(year)d") % {"year": report.year}}
        context |= {"report": report, "form": form}
        status = 422 if form.errors else 200
        return self._page(request, "admin/moderation/yearly_page.html", context, status=status)

    def _page(self, request, template, context, **options):
        around = {**self.admin_site.each_context(request), "is_nav_sidebar_enabled": False}
        context = around | {"opts": self.opts} | context
        return TemplateResponse(request, template, context, **options)

    def _report(self, pk):
        report = TransparencyReport.objects.filter(pk=min(pk, 2**62)).first()
        if report is None:
            raise Http404
        return report

    @staticmethod
    def _must_be_lead(request):
        if not request.user.has_perm(MAY_PUBLISH):
            raise PermissionDenied

    @staticmethod
    def _moment(text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return None
        return moment if is_aware(moment) else None
