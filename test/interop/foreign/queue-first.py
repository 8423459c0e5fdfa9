# correct | /orders/{clientOrderId} | queue first: workers act 200 ms later, each resource in order
import hashlib
import hmac
import json
import os
import sys
import threading
import time
from dataclasses import dataclass
from decimal import Decimal
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import SimpleQueue
from typing import Any

Event = dict[str, Any]

SECRET = os.environ["INQUD_HOOK_SECRET"].encode()
LATENCY_S = 0.2
STAGES = ["GRANTED", "INITIATED", "NEW", "WAITING_PAYMENT", "REQUEST_CREATED", "ACTIVE"]
STAGES += ["PENDING", "PENDING_PAYMENT", "PAYMENT_DETECTED", "FROZEN"]
PAID = {"SUCCESS", "PARTIAL_SUCCESS"}
OUTCOMES = PAID | {"CONFLICT", "FAILED", "CANCELLED", "EXPIRED", "REVOKED_BY_MERCHANT"}


@dataclass
class Payment:
    stage: int = -1
    outcome: str | None = None
    credited: Decimal = Decimal(0)

    def apply(self, event: Event) -> None:
        status = event["status"]
        if self.outcome is not None:
            return
        if status in OUTCOMES:
            self.outcome = status
            self.credited = amount_of(event) if status in PAID else Decimal(0)
        else:
            self.stage = max(self.stage, STAGES.index(status))

    def view(self) -> dict[str, str]:
        status = self.outcome or STAGES[self.stage]
        return {"status": status, "credited": format(self.credited, "f")}


class Worker(threading.Thread):
    """Acts on the web hooks of some resources, one after the other."""

    def __init__(self) -> None:
        super().__init__(daemon=True)
        self.jobs: SimpleQueue[tuple[float, Event]] = SimpleQueue()

    def run(self) -> None:
        while True:
            due, event = self.jobs.get()
            time.sleep(max(0, due - time.monotonic()))
            record(event)


orders: dict[str, dict[str, Payment]] = {}
orders_lock = threading.Lock()
workers = [Worker() for _ in range(8)]


def amount_of(event: Event) -> Decimal:
    """What was paid; a checkout has it in its request."""
    payment = event.get("request") or event
    amounts = (payment.get(field) for field in ("paidAmount", "amount", "targetAmount"))
    return next((amount for amount in amounts if amount is not None), Decimal(0))


def record(event: Event) -> None:
    reference = event.get("clientOrderId") or event.get("referenceId")
    if reference is None or event.get("status") not in OUTCOMES.union(STAGES):
        return
    with orders_lock:
        orders.setdefault(reference, {}).setdefault(event["id"], Payment()).apply(event)


def is_genuine(body: bytes, digests: list[str]) -> bool:
    expected = hmac.new(SECRET, body, hashlib.sha1).hexdigest()
    return len(digests) == 1 and hmac.compare_digest(digests[0].encode(), expected.encode())


class Handler(BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        if not is_genuine(body, self.headers.get_all("X-Payload-Digest", [])):
            self.send_error(403)
            return
        event = json.loads(body, parse_float=Decimal, parse_int=Decimal)
        worker = workers[hash(event.get("id")) % len(workers)]
        worker.jobs.put((time.monotonic() + LATENCY_S, event))
        self.send_response(200)
        self.end_headers()

    def do_GET(self) -> None:
        with orders_lock:
            order = orders.get(self.path.rsplit("/", 1)[-1], {})
            view = {id: payment.view() for id, payment in order.items()}
        self.send_response(200)
        self.end_headers()
        self.wfile.write(json.dumps({"payments": view}).encode())

    def log_message(self, *_: Any) -> None:
        """Keep quiet."""


class Server(ThreadingHTTPServer):
    request_queue_size = 128


if __name__ == "__main__":
    for worker in workers:
        worker.start()
    Server(("127.0.0.1", int(sys.argv[1])), Handler).serve_forever()
