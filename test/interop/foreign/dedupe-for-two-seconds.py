# broken: idempotency/duplicate-long-after | /orders/{clientOrderId} | duplicates known for only 2 s
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Event = dict[str, Any]

SECRET = os.environ["INQUD_HOOK_SECRET"].encode()
TTL_S = 2
PAID = {"SUCCESS", "PARTIAL_SUCCESS"}
CLOSED = PAID | {"CONFLICT", "FAILED", "CANCELLED", "EXPIRED", "REVOKED_BY_MERCHANT"}
OPEN = ["NEW", "INITIATED", "GRANTED", "WAITING_PAYMENT", "REQUEST_CREATED", "ACTIVE"]
OPEN += ["PENDING", "PENDING_PAYMENT", "PAYMENT_DETECTED", "FROZEN"]


class Cache:
    """Keys that expire, as those of Redis set with NX and EX."""

    def __init__(self) -> None:
        self._expiries: dict[str, float] = {}

    def add(self, key: str) -> bool:
        now = time.monotonic()
        is_new = self._expiries.get(key, 0) <= now
        if is_new:
            self._expiries[key] = now + TTL_S
        return is_new


@dataclass
class Order:
    statuses: dict[str, str] = field(default_factory=dict)
    credited: Decimal = Decimal(0)

    def apply(self, event: Event) -> None:
        id, status = event["id"], event["status"]
        known = self.statuses.setdefault(id, status)
        if known in OPEN and (status in CLOSED or OPEN.index(status) > OPEN.index(known)):
            self.statuses[id] = status
        if status in PAID and self.statuses[id] == status:
            self.credited += amount_of(event)


cache = Cache()
orders: dict[str, Order] = {}
lock = threading.Lock()


def amount_of(event: Event) -> Decimal:
    """What was paid; a checkout has it in its request."""
    payment = event.get("request") or event
    for name in ("paidAmount", "amount", "targetAmount"):
        if payment.get(name) is not None:
            return payment[name]
    return Decimal(0)


def take(event: Event) -> None:
    reference = event.get("clientOrderId") or event.get("referenceId")
    status = event.get("status")
    if reference is None or (status not in CLOSED and status not in OPEN):
        return
    with lock:
        if cache.add(f"{event['id']}:{status}"):
            orders.setdefault(reference, Order()).apply(event)


def is_genuine(body: bytes, digests: list[str]) -> bool:
    expected = hmac.new(SECRET, body, hashlib.sha1).hexdigest()
    return len(digests) == 1 and hmac.compare_digest(digests[0].encode(), expected.encode())


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not is_genuine(body, self.headers.get_all("X-Payload-Digest", [])):
            self.send_error(401)
            return
        take(json.loads(body, parse_float=Decimal, parse_int=Decimal))
        self.send_response(200)
        self.end_headers()

    def do_GET(self) -> None:
        with lock:
            order = orders.get(self.path.rsplit("/", 1)[-1], Order())
            view = {"statuses": dict(order.statuses), "credited": format(order.credited, "f")}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(view).encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128


if __name__ == "__main__":
    Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
