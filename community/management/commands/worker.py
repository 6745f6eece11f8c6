import logging
import threading
import time

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import InterfaceError, OperationalError, close_old_connections, connection
from django.utils.crypto import get_random_string
from django.utils.module_loading import import_string
from django_tasks_db.management.commands.db_worker import Worker

logger = logging.getLogger(__name__)

PAUSE = 2  # seconds before asking a database again that did not answer


class PatientWorker(Worker):
    """Asked to end (Ctrl-C, SIGTERM), it finishes what it has in hand, within half a second.

    Its parent leaves from inside the signal handler, which can strike anywhere.
    """

    def __init__(self):
        super().__init__(
            queue_names=["*"],
            interval=0.5,
            batch=False,
            backend_name="default",
            startup_delay=False,
            max_tasks=None,
            worker_id=get_random_string(32),
            excluded_queue_names=[],
        )

    def shutdown(self, signum, frame):
        self.running = False


class Command(BaseCommand):
    help = "Sends mail and does what else was asked for in the background, until stopped."

    def add_arguments(self, parser):
        parser.add_argument("--every", type=float, default=60, help="seconds between tidyings")

    def handle(self, *, every, **options):
        stopped = threading.Event()
        keeper = threading.Thread(target=self.keep_tidy, args=(every, stopped), daemon=True)
        keeper.start()
        # A failing job's traceback can hold somebody's words; the job table has its class.
        for name in ("django_tasks", "django_tasks_db"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        worker = PatientWorker()
        worker.configure_signals()
        try:
            while worker.running:
                self.work(worker)
        finally:
            stopped.set()
            keeper.join(timeout=PAUSE)

    def work(self, worker):
        """Until somebody asks it to end, or the database does not answer."""
        try:
            worker.run()
        except (OperationalError, InterfaceError):
            logger.error("The database did not answer; trying again.")
            connection.close()
            time.sleep(PAUSE)

    def keep_tidy(self, every, stopped):
        while not stopped.wait(every):
            try:
                close_old_connections()
                for name in settings.TIDYINGS:
                    import_string(name)()
            except (OperationalError, InterfaceError):
                logger.error("The database did not answer; tidying later.")
                connection.close()
        connection.close()
