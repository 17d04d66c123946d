"""The server is killed again and again while people send, some of them twice: nothing acknowledged is lost,
nothing is kept twice, and nothing else is there. Checked by opening every envelope with the campaign's key.
"""

import random
import threading
import time
from collections import Counter
from dataclasses import dataclass, field
from http.client import HTTPException

import pytest
from django.db import connection

from labqvt.bench.intake.people import Person, Unexpected
from labqvt.bench.intake.servers import Servers
from labqvt.responses.state import State
from tests.labqvt.responses.served import SECRET_KEY, Installation, installed

PHONES = 8
SENT_TWICE = 0.2
PATIENCE = 60.0

ENGINES = ["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)]


@dataclass
class Crowd:
    """Everybody sends until the server said « received », whatever happens to it meanwhile."""

    servers: Servers
    waiting: list[str]
    chance: random.Random
    receipts: Counter[str] = field(default_factory=Counter)  # codes by number of first acceptances
    refused: Counter[str] = field(default_factory=Counter)  # codes told « already used »
    lost_replies: int = 0
    strange: list[str] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def live(self) -> None:
        phone = Person(self.servers.port, pages=1, timeout=20)
        while True:
            with self.lock:
                if not self.waiting:
                    phone.hang_up()
                    return
                code = self.waiting.pop()
                twice = self.chance.random() < SENT_TWICE
            if twice:  # another tab, at the same moment
                other = Person(self.servers.port, pages=1, timeout=20)
                tab = threading.Thread(target=self._send_until_told, args=(other, code))
                tab.start()
                self._send_until_told(phone, code)
                tab.join()
                other.hang_up()
            else:
                self._send_until_told(phone, code)

    def _send_until_told(self, phone: Person, code: str) -> None:
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            try:
                status = phone.send(token_of(code))
            except (OSError, HTTPException, Unexpected) as error:
                phone.hang_up()
                with self.lock:
                    self.lost_replies += 1
                    if isinstance(error, Unexpected):
                        self.strange.append(str(error))
                time.sleep(0.25)
                continue
            with self.lock:
                (self.receipts if status == 200 else self.refused)[code] += 1
            return
        with self.lock:
            self.strange.append(f"{code} : jamais de réponse")


def token_of(code: str) -> str:
    """A filled sheet, recognisable once opened."""
    return State(code=code, page=2, answers={"Q1": "3", "T1": f"la feuille de {code}"}).token()


def kill_at_random(servers: Servers, crowd: Crowd, times: int) -> int:
    """Spread over the collection by what is left to send: a faster server is killed as often."""
    first = len(crowd.waiting)
    killed = 0
    for left in sorted((crowd.chance.uniform(0.03, 0.97) for _ in range(times)), reverse=True):
        while len(crowd.waiting) > left * first:
            time.sleep(0.01)
        servers.kill()
        servers.start()
        killed += 1
    return killed


def storm(here: Installation, tmp_path, *, kills: int, seed: int) -> None:
    codes = list(here.collection.codes)
    with Servers(here.environment, workers=2, log=tmp_path / "server.log") as servers:
        crowd = Crowd(servers, codes, random.Random(seed))
        phones = [threading.Thread(target=crowd.live) for _ in range(PHONES)]
        for phone in phones:
            phone.start()
        killed = kill_at_random(servers, crowd, kills)
        for phone in phones:
            phone.join()

    sent = here.collection.codes
    assert killed == kills
    assert crowd.lost_replies, "aucun arrêt n’a coupé d’envoi : le test ne montre rien"
    assert crowd.strange == []
    # Told « received » once at most; who was told « already used » had lost the reply, or sent from two tabs.
    assert max(crowd.receipts.values()) == 1
    assert set(crowd.receipts) | set(crowd.refused) == set(sent)
    kept = Counter(sheet["answers"]["T1"] for sheet in here.opened_sheets())
    assert kept == Counter(f"la feuille de {code}" for code in sent)
    spent = here.select("SELECT count(*) FROM campaigns_accesscode WHERE spent")
    assert spent == [(len(sent),)]
    print(f"{len(sent)} envois, {killed} arrêts brutaux, {crowd.lost_replies} réponses perdues et redemandées, "
          f"{sum(crowd.refused.values())} « déjà servi »")  # fmt: skip


@pytest.fixture(autouse=True)
def _same_secret(settings):
    settings.SECRET_KEY = SECRET_KEY


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("engine", ENGINES)
def test_a_small_campaign_dealt_again_at_each_answer_survives_kills(tmp_path, engine):
    with installed(tmp_path, codes=200, engine=engine) as here:
        storm(here, tmp_path, kills=3, seed=1)


@pytest.mark.long
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("engine", ENGINES)
def test_ten_thousand_answers_and_twenty_kills(tmp_path, engine):
    with installed(tmp_path, codes=10_000, engine=engine) as here:
        storm(here, tmp_path, kills=20, seed=2)


@pytest.mark.django_db
@pytest.mark.skipif("connection.vendor != 'sqlite'", reason="réglages de SQLite")
def test_an_answer_is_on_the_disk_before_it_is_acknowledged():
    with connection.cursor() as cursor:
        for pragma, value in [("synchronous", 2), ("journal_mode", "wal"), ("secure_delete", 1)]:
            cursor.execute(f"PRAGMA {pragma}")
            assert cursor.fetchone() == (value,), pragma
