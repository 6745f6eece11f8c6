"""What a member chose to be asked about, and what they say when they are."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from community import kept
from community.members.stopping import Kind as Mail
from community.members.stopping import MailChoice
from stories.after_reading_forms import AskingForm
from stories.letter_desk import for_members
from stories.offers import Asking, Offer


@for_members
@require_http_methods(["GET", "HEAD", "POST"])
def asking(request):
    """Whether they would like to be asked to write where nobody has yet, and about what."""
    chosen = Asking.objects.filter(member=request.user).first()
    initial = {"languages": ["en"]}
    if chosen:
        mailed = MailChoice.objects.filter(
            member=request.user, kind=Mail.OFFER, stopped_at=None
        ).exists()
        initial = {"losses": chosen.losses, "languages": chosen.languages, "by_mail": mailed}
    returned = kept.words(request)
    data = request.POST if request.method == "POST" else returned
    form = AskingForm(data, initial=initial)
    if request.method == "POST" and form.is_valid():
        Asking.keep(request.user, **form.cleaned_data)
        kept.forget(request)
        messages.success(request, _("Kept. When somebody waits, it stands in My space."))
        return redirect("stories:letterbox")
    status = 422 if request.method == "POST" else 200
    context = {
        "form": form,
        "is_asked": chosen is not None,
        "was_signed_out": returned is not None,
    }
    return render(request, "stories/asking.html", context, status=status)


@for_members
@require_POST
def stop_asking(request):
    """A second press finds it done."""
    chosen = Asking.objects.filter(member=request.user).first()
    if chosen:
        chosen.stop()
    messages.success(request, _("You won’t be asked any more. What you ticked is deleted."))
    return redirect("stories:letterbox")


@for_members
@require_POST
def not_this_one(request, number):
    close(request, number)
    return redirect("members:space")


@for_members
@require_POST
def not_now(request, number):
    close(request, number, rest=True)
    messages.info(request, _("That’s all right. For a week nothing comes."))
    return redirect("members:space")


def close(request, number, **how):
    offer = Offer.objects.filter(member=request.user, pk=min(number, 2**62)).first()
    if offer:
        offer.close(**how)
