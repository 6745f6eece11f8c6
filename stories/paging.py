"""Lists that are walked page by page: a page is named by the last row of the one before it."""

PAGE_LENGTH = 12


def page_of(request, rows, moment):
    """The rows of this page, newest first by ``moment``, and the address of the next, or "".

    A place that nobody was ever at is the first page.
    """
    last = request.GET.get("after", "")
    ordered = rows.order_by(f"-{moment}", "-pk")
    if last.isascii() and last.isalnum() and len(last) == 6:
        ordered = ordered.earlier_than(last, rows, moment)
    found = list(ordered[: PAGE_LENGTH + 1])
    page = found[:PAGE_LENGTH]
    return page, f"?after={page[-1].pk}" if len(found) > PAGE_LENGTH else ""
