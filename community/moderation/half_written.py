"""The review page with what a moderator had typed on it and sent nowhere yet."""

from django.http import Http404
from django.shortcuts import redirect

from community.moderation.forms import DecisionForm
from community.moderation.log import address_of
from community.moderation.rule_forms import as_typed, begun
from community.moderation.states import MODERATORS_MOVES, Action
from community.moderation.unsent import written
from community.moderation.way_back import to_queue


class HalfWritten:
    """Mix into the admin of a contribution."""

    def with_text(self, request, contribution, case, form, details):
        """The page as it was typed, with the text for the chosen guideline in its box."""
        action = request.POST["use_text"]
        typed = form.with_the_text(action)
        forms = self._begun_again(contribution, form, details, typed, opened=action)
        return self.review_page(request, contribution, case, *forms, status=200)

    def page_as_typed(self, request, contribution, case, *, status=200, **said):
        """The page as it was typed, after a press that decides nothing."""
        actions = self.actions_for(request.user, contribution, case)
        form, details = self.forms(request, contribution, actions, case)
        if form:
            asked = (action.value for action, asked in details.items() if begun(asked))
            opened = next(asked, "") or form.begun() or form.opened
            typed = as_typed(form)
            form, details = self._begun_again(contribution, form, details, typed, opened=opened)
        return self.review_page(request, contribution, case, form, details, status=status, **said)

    def _begun_again(self, contribution, form, details, typed, *, opened):
        known = {
            Action.OFFER: {"words": contribution.sent.words},
            Action.SUGGEST: {"contribution": contribution.at(contribution.sent)},
        }
        details = {
            each: type(asked)(
                initial=asked.initial | as_typed(asked), prefix=asked.prefix, **known[each]
            )
            for each, asked in details.items()
        }
        again = DecisionForm(initial=form.initial | typed, **form.known, opened=opened)
        again.fields["looked_for"].choices = form.fields["looked_for"].choices
        return again, details

    def as_sent(self, request, contribution):
        """Every form that was on the page, whatever can be decided by now."""
        pressed = f"message_{request.POST.get('outcome')}"
        there = {pressed, *request.POST}
        was_there = [each for each in MODERATORS_MOVES if f"message_{each}" in there]
        sent, asked = self.forms(request, contribution, self.possible(contribution, was_there))
        return [sent, *asked.values()]

    def keep_words(self, request, contribution):
        """The page as things stand now, with what the moderator had written."""
        contribution = self.get_queryset(request).filter(pk=contribution.pk).first()
        if contribution is None:
            raise Http404
        case = contribution.open_case()
        actions = self.actions_for(request.user, contribution, case)
        form, details = self.forms(request, contribution, actions, case)
        kept = written(address_of(contribution), *self.as_sent(request, contribution))
        if not kept:
            return redirect(to_queue(request, case or contribution))
        kept = [] if form and form.action else kept  # they are in its fields
        return self.review_page(request, contribution, case, form, details, kept=kept, status=409)
