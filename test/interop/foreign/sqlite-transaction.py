# correct | /orders/{clientOrderId} | ThreadingHTTPServer, with one SQLite transaction a web hook
import hashlib
import hmac
import json
import os
import signal
import sqlite3
import sys
import tempfile
from contextlib import closing
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

SECRET = os.environ["INQUD_HOOK_SECRET"].encode()
UNDER_WAY = ["NEW", "INITIATED", "GRANTED", "WAITING_PAYMENT", "REQUEST_CREATED", "ACTIVE"]
UNDER_WAY += ["PENDING", "PENDING_PAYMENT", "PAYMENT_DETECTED", "FROZEN"]
PAID = ["SUCCESS", "PARTIAL_SUCCESS"]
UNPAID = ["CONFLICT", "FAILED", "CANCELLED", "EXPIRED", "REVOKED_BY_MERCHANT"]
# No final status replaces another: all of them have the same rank.
RANKS = {status: rank for rank, status in enumerate(UNDER_WAY)}
RANKS |= dict.fromkeys(PAID + UNPAID, len(UNDER_WAY))

SCHEMA = """
pragma journal_mode = wal;
create table payments (id text primary key, reference text, status text, rank integer);
create table credits (payment_id text primary key references payments, amount text);
"""
RECORD = """
insert into payments values (:id, :reference, :status, :rank)
on conflict (id) do update set status = excluded.status, rank = excluded.rank
where excluded.rank > payments.rank
"""
LIST = """
select id, status, amount from payments left join credits on payment_id = id
where reference = ? order by id
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


def record(db: sqlite3.Connection, event: dict[str, Any]) -> None:
    reference = event.get("clientOrderId") or event.get("referenceId")
    status = event.get("status")
    if reference is None or status not in RANKS:
        return
    row = {"id": event["id"], "reference": reference, "status": status, "rank": RANKS[status]}
    with db:
        is_news = db.execute(RECORD, row).rowcount == 1
        if is_news and status in PAID:
            credit = (event["id"], format(amount_of(event), "f"))
            db.execute("insert into credits values (?, ?)", credit)


class Handler(BaseHTTPRequestHandler):
    server: "Server"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not is_genuine(body, self.headers.get_all("X-Payload-Digest", [])):
            self.answer(401, {"error": "bad digest"})
            return
        with closing(connect(self.server.database)) as db:
            record(db, json.loads(body, parse_float=Decimal, parse_int=Decimal))
        self.answer(200, {"received": True})

    def do_GET(self) -> None:
        reference = self.path.rsplit("/", 1)[-1]
        with closing(connect(self.server.database)) as db:
            rows = db.execute(LIST, (reference,)).fetchall()
        payments = [{"id": id, "status": status, "paid": paid} for id, status, paid in rows]
        self.answer(200 if rows else 404, {"reference": reference, "payments": payments})

    def answer(self, code: int, document: dict[str, Any]) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

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
