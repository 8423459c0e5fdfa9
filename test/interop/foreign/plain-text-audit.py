# correct | /orders/{clientOrderId} | a plain-text state, which also counts all deliveries that came
import hashlib
import hmac
import json
import os
import sys
import threading
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Event = dict[str, Any]

SECRET = os.environ["INQUD_HOOK_SECRET"].encode()
WAITING = {"NEW", "INITIATED", "GRANTED", "WAITING_PAYMENT", "REQUEST_CREATED", "ACTIVE"}
WAITING |= {"PENDING", "PENDING_PAYMENT", "PAYMENT_DETECTED", "FROZEN"}
PAID = {"SUCCESS": "PAID", "PARTIAL_SUCCESS": "PAID IN PART"}
NOT_PAID = {
    "CONFLICT": "IN DISPUTE",
    "FAILED": "NOT PAID",
    "CANCELLED": "NOT PAID",
    "EXPIRED": "NOT PAID",
    "REVOKED_BY_MERCHANT": "REVOKED",
}


@dataclass
class Order:
    deliveries: int = 0
    rows: dict[str, str] = field(default_factory=dict)

    def take(self, event: Event) -> None:
        self.deliveries += 1
        id, status = event["id"], event["status"]
        is_open = self.rows.get(id, "WAITING") == "WAITING"
        if status in WAITING:
            self.rows.setdefault(id, "WAITING")
        elif status in PAID and is_open:
            self.rows[id] = f"{PAID[status]} {amount_of(event):f}"
        elif status in NOT_PAID and is_open:
            self.rows[id] = NOT_PAID[status]

    def as_text(self, reference: str) -> str:
        rows = [f"{id}: {row}" for id, row in sorted(self.rows.items())]
        return "\n".join([f"Order {reference}", *rows, f"Deliveries: {self.deliveries}", ""])


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
    if reference is None:
        return
    with lock:
        orders.setdefault(reference, Order()).take(event)


def is_genuine(body: bytes, digests: list[str]) -> bool:
    expected = hmac.new(SECRET, body, hashlib.sha1).hexdigest()
    return len(digests) == 1 and hmac.compare_digest(digests[0].encode(), expected.encode())


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not is_genuine(body, self.headers.get_all("X-Payload-Digest", [])):
            self.answer(401, "The digest is wrong.\n")
            return
        take(json.loads(body, parse_float=Decimal, parse_int=Decimal))
        self.answer(200, "Noted.\n")

    def do_GET(self) -> None:
        reference = self.path.rsplit("/", 1)[-1]
        with lock:
            text = orders[reference].as_text(reference) if reference in orders else None
        if text is None:
            self.answer(404, "There is no such order.\n")
        else:
            self.answer(200, text)

    def answer(self, code: int, text: str) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "text/plain; charset=utf-8")
        self.end_headers()
        self.wfile.write(text.encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128


if __name__ == "__main__":
    Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
