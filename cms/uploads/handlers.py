"""What is sent on its way to the disk: nothing is stored beyond what any form would take."""

from django.conf import settings
from django.core.files.uploadhandler import FileUploadHandler


class StopStoring(FileUploadHandler):
    """Lets no more of a file through than shows that it is too large; its form then says so.

    Somebody could fill the disk of a small server otherwise, for forms look at a file when it is all there.
    """

    def new_file(self, *args, **kwargs):
        super().new_file(*args, **kwargs)
        self.passed = 0

    def receive_data_chunk(self, raw_data, start):
        if self.passed > settings.LARGEST_UPLOAD:
            return None
        self.passed += len(raw_data)
        return raw_data

    def file_complete(self, file_size):
        return None
