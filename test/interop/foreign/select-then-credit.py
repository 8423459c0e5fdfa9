# broken: idempotency/duplicate-concurrent | /orders/{clientOrderId} | looks, credits 20 ms later
import hashlib
import hmac
import json
import os
import signal
import sqlite3
import sys
import tempfile
import time
from contextlib import closing
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = os.environ["INQUD_HOOK_SECRET"].encode()
PAID = ["SUCCESS", "PARTIAL_SUCCESS"]
RANKS = {"NEW": 1, "PENDING": 2, "FROZEN": 3, "WAITING_PAYMENT": 1, "REQUEST_CREATED": 2}
RANKS |= {"PENDING_PAYMENT": 3, "PAYMENT_DETECTED": 3}
RANKS |= dict.fromkeys([*PAID, "CONFLICT", "FAILED", "CANCELLED", "EXPIRED"], 9)

SCHEMA = """
pragma journal_mode = wal;
create table payments (id text primary key, reference text, status text, rank integer);
create table credits (reference text, amount text);
"""
RECORD = """
insert into payments values (?, ?, ?, ?)
on conflict (id) do update set status = excluded.status, rank = excluded.rank
where excluded.rank > payments.rank
"""


def connect(path: str) -> sqlite3.Connection:
    return sqlite3.connect(path, timeout=9, isolation_level="IMMEDIATE")


def is_genuine(body: bytes, digests: list[str]) -> bool:
    expected = hmac.new(SECRET, body, hashlib.sha1).hexdigest()
    return len(digests) == 1 and hmac.compare_digest(digests[0].encode(), expected.encode())


def amount_of(event: dict[str, Any]) -> Decimal:
    """What was paid; a checkout has it in its request."""
    payment = event.get("request") or event
    amounts = (payment.get(field) for field in ("paidAmount", "amount", "targetAmount"))
    return next((amount for amount in amounts if amount is not None), Decimal(0))


def is_news(db: sqlite3.Connection, id: str, rank: int) -> bool:
    known = db.execute("select rank from payments where id = ?", (id,)).fetchone()
    return known is None or known[0] < rank


def take(db: sqlite3.Connection, event: dict[str, Any]) -> None:
    id, status = event.get("id"), event.get("status")
    reference = event.get("clientOrderId") or event.get("referenceId")
    if reference is None or status not in RANKS or not is_news(db, id, RANKS[status]):
        return
    time.sleep(0.02)  # as long as a receipt takes to be sent
    with db:
        db.execute(RECORD, (id, reference, status, RANKS[status]))
        if status in PAID:
            credit = (reference, format(amount_of(event), "f"))
            db.execute("insert into credits values (?, ?)", credit)


class Handler(BaseHTTPRequestHandler):
    server: "Server"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not is_genuine(body, self.headers.get_all("X-Payload-Digest", [])):
            self.send_error(401)
            return
        with closing(connect(self.server.database)) as db:
            take(db, json.loads(body, parse_float=Decimal, parse_int=Decimal))
        self.send_response(200)
        self.end_headers()

    def do_GET(self) -> None:
        key = (self.path.rsplit("/", 1)[-1],)
        with closing(connect(self.server.database)) as db:
            payments = db.execute("select id, status from payments where reference = ?", key)
            credits = db.execute("select amount from credits where reference = ?", key)
            paid = sum((Decimal(amount) for (amount,) in credits), Decimal(0))
            order = {"payments": dict(payments.fetchall()), "paid": format(paid, "f")}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(order).encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128
    database: str


if __name__ == "__main__":
    signal.signal(signal.SIGTERM, lambda *_: sys.exit())
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = Server(("127.0.0.1", int(sys.argv[1])), Handler)
        server.database = os.path.join(folder, "shop.db")
        with closing(connect(server.database)) as db:
            db.executescript(SCHEMA)
            server.serve_forever()
