# correct | /orders/{clientOrderId} | 202 and {"status": "processing"} while work is under way
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Document = dict[str, Any]

SECRET = os.environ["INQUD_HOOK_SECRET"].encode()
WORK_S = 0.03
STEPS = {"NEW": 1, "INITIATED": 1, "WAITING_PAYMENT": 1, "REQUEST_CREATED": 2, "ACTIVE": 2}
STEPS |= {"GRANTED": 1, "PENDING": 3, "PENDING_PAYMENT": 3, "PAYMENT_DETECTED": 3, "FROZEN": 4}
RESULTS = {
    "SUCCESS": "fulfilled",
    "PARTIAL_SUCCESS": "fulfilled_in_part",
    "CONFLICT": "manual_check",
    "REVOKED_BY_MERCHANT": "revoked",
}
RESULTS |= dict.fromkeys(["FAILED", "CANCELLED", "EXPIRED"], "void")


class Shop:
    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._pool = ThreadPoolExecutor(max_workers=16)
        self._under_way: Counter[str] = Counter()
        self._orders: dict[str, dict[str, Document]] = {}

    def accept(self, event: Document) -> None:
        reference = event.get("clientOrderId") or event.get("referenceId")
        if reference is None or event.get("status") not in STEPS | RESULTS:
            return
        with self._lock:
            self._under_way[reference] += 1
        self._pool.submit(self._work, reference, event)

    def order(self, reference: str) -> tuple[int, Document]:
        with self._lock:
            if self._under_way[reference] > 0:
                return 202, {"status": "processing"}
            payments = dict(self._orders.get(reference, {}))
        return 200, {"status": "ready", "payments": payments}

    def _work(self, reference: str, event: Document) -> None:
        time.sleep(WORK_S)
        with self._lock:
            payments = self._orders.setdefault(reference, {})
            payments[event["id"]] = after(payments.get(event["id"]), event)
            self._under_way[reference] -= 1


def after(payment: Document | None, event: Document) -> Document:
    """The payment after the event: no step back, and nothing after a result."""
    status = event["status"]
    payment = payment or {"step": 0}
    if "result" in payment:
        return payment
    if status in RESULTS:
        credit = amount_of(event) if "SUCCESS" in status else Decimal(0)
        return {"result": RESULTS[status], "credit": format(credit, "f")}
    return {"step": max(payment["step"], STEPS[status])}


def amount_of(event: Document) -> Decimal:
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
            self.answer(400, {"status": "refused"})
            return
        shop.accept(json.loads(body, parse_float=Decimal, parse_int=Decimal))
        self.answer(200, {"status": "accepted"})

    def do_GET(self) -> None:
        self.answer(*shop.order(self.path.rsplit("/", 1)[-1]))

    def answer(self, code: int, document: Document) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128


if __name__ == "__main__":
    shop = Shop()
    Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
