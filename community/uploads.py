"""What somebody sends as a file, and how much of it is taken."""

from django.core.files.uploadhandler import FileUploadHandler

MOST_BYTES = 25_000_000


class Bounded(FileUploadHandler):
    """Stands before Django's own: over all files of a request, what is one chunk too many goes
    nowhere.  What was kept is then longer than ``MOST_BYTES``, and whoever reads the form says so.
    """

    let_through = 0

    def receive_data_chunk(self, raw_data, start):
        if self.let_through > MOST_BYTES:
            return None
        self.let_through += len(raw_data)
        return raw_data

    def file_complete(self, file_size):
        return None
