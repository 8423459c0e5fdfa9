# broken: signature/raw-bytes | /orders/{clientOrderId} | the digest of JSON parsed and written anew
import hashlib
import hmac
import json
import os
import sys
import threading
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Event = dict[str, Any]

SECRET = os.environ["INQUD_HOOK_SECRET"].encode()
OPEN = ["NEW", "INITIATED", "GRANTED", "WAITING_PAYMENT", "REQUEST_CREATED", "ACTIVE"]
OPEN += ["PENDING", "PENDING_PAYMENT", "PAYMENT_DETECTED", "FROZEN"]
CLOSED = ["SUCCESS", "PARTIAL_SUCCESS", "CONFLICT", "FAILED", "CANCELLED", "EXPIRED"]
CLOSED += ["REVOKED_BY_MERCHANT"]

orders: dict[str, dict[str, dict[str, str]]] = {}
lock = threading.Lock()


def is_genuine(body: bytes, digests: list[str]) -> bool:
    payload = json.dumps(json.loads(body), separators=(",", ":")).encode()
    expected = hmac.new(SECRET, payload, hashlib.sha1).hexdigest()
    return len(digests) == 1 and hmac.compare_digest(digests[0].encode(), expected.encode())


def rank_of(status: str | None) -> int:
    return OPEN.index(status) if status in OPEN else len(OPEN)


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
    if reference is None or status not in OPEN + CLOSED:
        return
    with lock:
        payments = orders.setdefault(reference, {})
        known = payments.get(event["id"])
        if known is not None and rank_of(status) <= rank_of(known["status"]):
            return
        is_paid = status in ("SUCCESS", "PARTIAL_SUCCESS")
        credited = amount_of(event) if is_paid else Decimal(0)
        payments[event["id"]] = {"status": status, "credited": format(credited, "f")}


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not is_genuine(body, self.headers.get_all("X-Payload-Digest", [])):
            self.answer(401, {"error": "bad digest"})
            return
        take(json.loads(body, parse_float=Decimal, parse_int=Decimal))
        self.answer(200, {"ok": True})

    def do_GET(self) -> None:
        with lock:
            payments = dict(orders.get(self.path.rsplit("/", 1)[-1], {}))
        self.answer(200, {"payments": payments})

    def answer(self, code: int, document: dict[str, Any]) -> None:
        self.send_response(code)
        self.send_header("Content-Type", "application/json")
        self.end_headers()
        self.wfile.write(json.dumps(document).encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128


if __name__ == "__main__":
    Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
