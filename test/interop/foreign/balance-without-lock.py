# broken: ordering/several-at-once | /orders/{clientOrderId} | locks orders, but not the balance
import decimal
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Event = dict[str, Any]

SECRET = os.environ["INQUD_HOOK_SECRET"].encode()
PAID = {"SUCCESS", "PARTIAL_SUCCESS"}
FINAL = PAID | {"CONFLICT", "FAILED", "CANCELLED", "EXPIRED", "REVOKED_BY_MERCHANT"}
STEPS = ["NEW", "INITIATED", "GRANTED", "WAITING_PAYMENT", "REQUEST_CREATED", "ACTIVE"]
STEPS += ["PENDING", "PENDING_PAYMENT", "PAYMENT_DETECTED", "FROZEN"]


class Merchant:
    balance = Decimal(0)

    def credit(self, amount: Decimal) -> None:
        balance = self.balance
        time.sleep(0.01)  # as long as a slow database takes
        self.balance = balance + amount


@dataclass
class Order:
    lock: threading.Lock = field(default_factory=threading.Lock)
    payments: dict[str, str] = field(default_factory=dict)

    def apply(self, event: Event) -> None:
        id, status = event["id"], event["status"]
        with self.lock:
            known = self.payments.get(id)
            if known is not None and not comes_later(status, known):
                return
            self.payments[id] = status
            if status in PAID:
                merchant.credit(amount_of(event))


merchant = Merchant()
orders: defaultdict[str, Order] = defaultdict(Order)
orders_lock = threading.Lock()


def order_of(reference: str) -> Order:
    with orders_lock:
        return orders[reference]


def comes_later(status: str, known: str) -> bool:
    if known in FINAL:
        return False
    return status in FINAL or STEPS.index(status) > STEPS.index(known)


def amount_of(event: Event) -> Decimal:
    """What was paid; a checkout has it in its request."""
    payment = event.get("request") or event
    amounts = (payment.get(field) for field in ("paidAmount", "amount", "targetAmount"))
    return next((amount for amount in amounts if amount is not None), Decimal(0))


def is_genuine(body: bytes, digests: list[str]) -> bool:
    expected = hmac.new(SECRET, body, hashlib.sha1).hexdigest()
    return len(digests) == 1 and hmac.compare_digest(digests[0].encode(), expected.encode())


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not is_genuine(body, self.headers.get_all("X-Payload-Digest", [])):
            self.send_error(401)
            return
        event = json.loads(body, parse_float=Decimal, parse_int=Decimal)
        reference = event.get("clientOrderId") or event.get("referenceId")
        if reference is not None and event.get("status") in FINAL.union(STEPS):
            order_of(reference).apply(event)
        self.send_response(200)
        self.end_headers()

    def do_GET(self) -> None:
        payments = order_of(self.path.rsplit("/", 1)[-1]).payments.copy()
        document = {"payments": payments, "merchant": {"balance": f"{merchant.balance:f}"}}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128


if __name__ == "__main__":
    decimal.DefaultContext.prec = 60
    Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
