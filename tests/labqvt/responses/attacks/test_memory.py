"""What a copy of a worker’s memory holds after a hundred answers: measured, since nothing can make it empty.

Python gives memory back to itself: a text that was let go stays until something is written over it. The page of the
server’s limits says that code and answers pass together through the server; this tells for how many of them.
"""

from pathlib import Path

import pytest

from labqvt.bench.intake.people import Person, answers_of
from labqvt.bench.intake.servers import Servers
from tests.labqvt.responses.served import SECRET_KEY, installed

PEOPLE = 100
AFTERWARDS = 400  # pages looked at by others, as in the minutes that follow


@pytest.fixture(autouse=True)
def _same_secret(settings):
    settings.SECRET_KEY = SECRET_KEY


def memory_of(pid: int) -> bytes:
    """Everything the process may write to, as a core file would keep it."""
    parts = []
    try:
        with Path(f"/proc/{pid}/mem").open("rb", buffering=0) as memory:
            for line in Path(f"/proc/{pid}/maps").read_text().splitlines():
                where, rights, *_rest = line.split()
                if "w" not in rights or "[v" in line:
                    continue
                first, last = (int(end, 16) for end in where.split("-"))
                memory.seek(first)
                parts.append(memory.read(last - first))
    except PermissionError:
        pytest.skip("la mémoire d’un autre processus ne se lit pas ici")
    return b"".join(parts)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
def test_what_is_left_in_the_memory_of_a_worker_after_a_hundred_answers(tmp_path):
    with (
        installed(tmp_path, codes=PEOPLE, pages=8) as here,
        Servers(here.environment, workers=1, log=tmp_path / "server.log") as servers,
    ):
        said = []
        for rank, code in enumerate(here.collection.codes):
            answers = answers_of(8, code) | {"T1": f"confidence-{rank:03d}-dite-par-une-personne"}
            said.append(answers["T1"].encode())
            assert Person(servers.port, 8).answer(code, answers) == 200
        [worker] = servers.pids()
        at_once = memory_of(worker)
        passer_by = Person(servers.port, 8)
        for _page in range(AFTERWARDS):
            passer_by.look("/r/")
        passer_by.hang_up()
        later = memory_of(worker)

    def told(memory: bytes) -> tuple[int, int]:
        return sum(text in memory for text in said), sum(
            code.encode() in memory for code in here.collection.codes
        )

    print(f"Mémoire d’un processus après {PEOPLE} réponses : {told(at_once)[0]} textes et {told(at_once)[1]} codes "
          f"s’y retrouvent ; après {AFTERWARDS} pages vues par d’autres, {told(later)}.")  # fmt: skip
    assert told(at_once)[0] < PEOPLE
    assert told(later)[0] <= told(at_once)[0]
