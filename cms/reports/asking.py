"""Asking another site whether there is something at an address: never in a private network, over within seconds."""

from contextlib import suppress
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urljoin

from cms.reports.models import Trouble
from cms.webhooks.addresses import Receiver, find_receiver
from cms.webhooks.problems import Problem, UnableToSend
from cms.webhooks.sending import FAILURES, PROBLEMS, READ_SECONDS, connect, cut_off_at

# From the first connection to the end, however often we are sent on.
TOTAL_SECONDS = 30
MOST_STEPS = 5
HEADERS = {"User-Agent": "mark-of-co-production (looks once a week whether a link still works)", "Accept": "*/*"}
MOVED = (301, 302, 303, 307, 308)
GONE = (404, 410)
# Sites that do not know HEAD, or mistrust it, say so in many ways: ask as a browser does before believing it.
LEAST_DOUBTFUL = 400
TROUBLES = {
    Problem.MALFORMED: Trouble.MALFORMED,
    Problem.UNKNOWN: Trouble.UNKNOWN,
    Problem.PRIVATE: Trouble.PRIVATE,
    Problem.UNREACHABLE: Trouble.UNREACHABLE,
    Problem.CERTIFICATE: Trouble.CERTIFICATE,
    Problem.SLOW: Trouble.SLOW,
    Problem.BROKEN: Trouble.BROKEN,
}


@dataclass(frozen=True)
class Found:
    """What came of it: the HTTP status at the end, 0 when there was no answer, and what is wrong, if anything is."""

    status: int = 0
    trouble: Trouble | None = None


def ask(address: str, *, allow_private: bool = False) -> Found:
    """Ask whether there is something at an address. Never raises for what the other side does."""
    ends = monotonic() + TOTAL_SECONDS
    try:
        for _step in range(MOST_STEPS):
            status, leads_to = _answer(address, ends, allow_private)
            if not leads_to:
                return Found(status, trouble_of(status))
            # Each address on the way is looked up and checked like the first.
            address = urljoin(address, leads_to)
        return Found(status, Trouble.LOOP)
    except UnableToSend as error:
        return Found(trouble=TROUBLES[error.problem])
    except FAILURES as error:
        problem = next(problem for kinds, problem in PROBLEMS if isinstance(error, kinds))
        return Found(trouble=TROUBLES[problem])
    # A server may send us on to something that is no address at all.
    except ValueError:
        return Found(trouble=Trouble.MALFORMED)


def trouble_of(status: int) -> Trouble | None:
    """Say what is wrong with an answer, None when nothing is."""
    if status < LEAST_DOUBTFUL:
        return None
    return Trouble.GONE if status in GONE else Trouble.REFUSED


def _answer(address: str, ends: float, allow_private: bool) -> tuple[int, str]:
    """Give the status at an address, and where it sends us on to, "" where it does not."""
    receiver = find_receiver(url=address.partition("#")[0], allow_private=allow_private)
    with suppress(*FAILURES):
        status, leads_to = _request("HEAD", receiver, ends)
        if status < LEAST_DOUBTFUL:
            return status, leads_to
    return _request("GET", receiver, ends)


def _request(method: str, receiver: Receiver, ends: float) -> tuple[int, str]:
    """Ask one server, and read nothing but the head of its answer."""
    if monotonic() > ends:
        raise TimeoutError
    connection = connect(receiver)
    try:
        connection.timeout = READ_SECONDS
        with cut_off_at(ends, connection.sock):
            headers = {"Host": receiver.netloc} | HEADERS
            connection.request(method, receiver.target, None, headers, preload_content=False, decode_content=False)
            response = connection.getresponse()
        return response.status, response.headers.get("Location", "") if response.status in MOVED else ""
    finally:
        connection.close()
