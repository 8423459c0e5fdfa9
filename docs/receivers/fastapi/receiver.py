import hashlib
import hmac
import json
import logging
import os
import sqlite3
import threading
import time
import urllib.request
from contextlib import closing
from decimal import Decimal

from fastapi import Depends, FastAPI, Header, HTTPException, Request

SECRET = os.environ["INQUD_HOOK_SECRET"].encode()
DATABASE = os.environ.get("DATABASE", "shop.db")
API_URL = os.environ.get("INQUD_API_URL", "https://api.inqud.com")
RECOVER_EVERY_SECONDS = float(os.environ.get("RECOVER_EVERY_SECONDS", "300"))

# A higher rank is later in a life. Final statuses share the highest: none replaces another.
FINAL = 9
RANKS = dict.fromkeys(["NEW", "WAITING_PAYMENT"], 0)
RANKS |= dict.fromkeys(["PENDING", "REQUEST_CREATED"], 1)
RANKS |= dict.fromkeys(["FROZEN", "PAYMENT_DETECTED", "PENDING_PAYMENT"], 2)
RANKS |= dict.fromkeys(["SUCCESS", "PARTIAL_SUCCESS", "CONFLICT"], FINAL)
RANKS |= dict.fromkeys(["FAILED", "CANCELLED", "EXPIRED"], FINAL)

SCHEMA = """
pragma journal_mode = wal;
create table if not exists events (id text, status text, primary key (id, status));
create table if not exists payments (
    id text primary key, order_id text, status text, rank integer, credited text, api_path text
);
create index if not exists payments_of_order on payments (order_id);
"""
UPSERT = """
insert into payments values (?, ?, ?, ?, ?, ?)
on conflict (id) do update
set status = excluded.status, rank = excluded.rank, credited = excluded.credited
where excluded.rank > payments.rank
"""
app = FastAPI()


def connect() -> sqlite3.Connection:
    return sqlite3.connect(DATABASE, timeout=9, isolation_level="IMMEDIATE")


async def raw_body(request: Request) -> bytes:
    return await request.body()  # the bytes as they came; a parameter of a model loses them


# Not `async def`: FastAPI runs it on a thread, so the database does not hold up other requests.
@app.post("/webhooks/inqud")
def receive(body: bytes = Depends(raw_body), x_payload_digest: str = Header("")) -> None:
    expected = hmac.new(SECRET, body, hashlib.sha1).hexdigest()
    if not hmac.compare_digest(x_payload_digest.encode(), expected.encode()):
        raise HTTPException(401)
    record(body)


@app.get("/orders/{order}")
def show(order: str) -> dict:
    sql = "select id, status, credited from payments where order_id = ? order by id"
    with closing(connect()) as db:
        rows = db.execute(sql, (order,)).fetchall()
    total = sum(Decimal(credited) for _, _, credited in rows if credited)
    payments = [{"id": id, "status": status, "credited": paid} for id, status, paid in rows]
    return {"order": order, "credited": f"{total:f}", "payments": payments}


def record(body: bytes) -> None:
    event = json.loads(body, parse_float=Decimal, parse_int=Decimal)
    id, status = event.get("id"), event.get("status")
    if id is None or status not in RANKS:
        return  # not known yet: it changes nothing, and is answered 200
    order = event.get("clientOrderId") or event.get("referenceId") or id
    credited = amount_of(event) if status in ("SUCCESS", "PARTIAL_SUCCESS") else None
    row = (id, order, status, RANKS[status], credited, api_path_of(id, event))
    with closing(connect()) as db, db:  # one transaction
        claim = db.execute("insert or ignore into events values (?, ?)", (id, status))
        if claim.rowcount == 1:  # or else it is a duplicate
            db.execute(UPSERT, row)


def amount_of(event: dict) -> str | None:
    fixed = (event.get("fixedAmount") or {}).get("amount")
    amounts = (event.get("amount"), fixed, event.get("requestAmount"))
    return next((f"{amount:f}" for amount in amounts if amount is not None), None)


def api_path_of(id: str, event: dict) -> str | None:
    if id.startswith("CCO-"):
        return f"/v1/user/crypto-acquiring/{event.get('projectId')}/checkouts/{id}"
    if id.startswith("CAPD-"):
        return f"/v1/user/crypto-acquiring/requests/{id}"
    return f"/v1/user/payments/{id}" if id.startswith("PMT-") else None


def recover() -> None:
    """Asks for what is not final yet: a web hook is lost for good after its last retry."""
    token = {
        "X-Token-API-Id": os.environ.get("INQUD_API_TOKEN_ID", ""),
        "X-Token-API-Secret": os.environ.get("INQUD_API_TOKEN_SECRET", ""),
    }
    sql = "select api_path from payments where rank < ? and api_path is not null"
    while True:
        time.sleep(RECOVER_EVERY_SECONDS)
        with closing(connect()) as db:
            open_payments = db.execute(sql, (FINAL,)).fetchall()
        failure = None
        for (path,) in open_payments:
            try:
                question = urllib.request.Request(API_URL + path, headers=token)
                with urllib.request.urlopen(question, timeout=10) as answer:
                    record(answer.read())
            except Exception as error:  # the others are asked for all the same
                failure = error
        if failure is not None:
            logging.warning("recovery: %s", failure)


@app.on_event("startup")
def start() -> None:
    with closing(connect()) as db:
        db.executescript(SCHEMA)
    threading.Thread(target=recover, daemon=True).start()
