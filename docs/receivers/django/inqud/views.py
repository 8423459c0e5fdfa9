import hashlib
import hmac
import json
import os
from decimal import Decimal

from django.db import IntegrityError, transaction
from django.http import HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from .models import Event, Payment

SECRET = os.environ["INQUD_HOOK_SECRET"].encode()
# A higher rank is later in a life. Final statuses share the highest: none replaces another.
FINAL = 9
RANKS = dict.fromkeys(["NEW", "WAITING_PAYMENT"], 0)
RANKS |= dict.fromkeys(["PENDING", "REQUEST_CREATED"], 1)
RANKS |= dict.fromkeys(["FROZEN", "PAYMENT_DETECTED", "PENDING_PAYMENT"], 2)
RANKS |= dict.fromkeys(["SUCCESS", "PARTIAL_SUCCESS", "CONFLICT"], FINAL)
RANKS |= dict.fromkeys(["FAILED", "CANCELLED", "EXPIRED"], FINAL)


@csrf_exempt
@require_POST
def receive(request):
    expected = hmac.new(SECRET, request.body, hashlib.sha1).hexdigest()
    given = request.headers.get("X-Payload-Digest", "")
    if not hmac.compare_digest(given.encode(), expected.encode()):
        return HttpResponse(status=401)
    record(request.body)
    return HttpResponse()


def show(request, order):
    rows = Payment.objects.filter(order=order).order_by("id").values("id", "status", "credited")
    return JsonResponse({"order": order, "payments": list(rows)})


def record(body):
    event = json.loads(body, parse_float=Decimal, parse_int=Decimal)
    id, status = event.get("id"), event.get("status")
    if id is None or status not in RANKS:
        return  # not known yet: it changes nothing, and is answered 200
    credited = amount_of(event) if status in ("SUCCESS", "PARTIAL_SUCCESS") else None
    order = event.get("clientOrderId") or event.get("referenceId") or id
    try:
        with transaction.atomic():
            Event.objects.create(payment=id, status=status)  # the database claims it
            known = {"order": order, "api_path": api_path_of(id, event)}
            Payment.objects.get_or_create(id=id, defaults=known)
            Payment.objects.filter(id=id, rank__lt=RANKS[status]).update(
                status=status, rank=RANKS[status], credited=credited
            )
    except IntegrityError:
        pass  # a duplicate


def amount_of(event):
    fixed = (event.get("fixedAmount") or {}).get("amount")
    amounts = (event.get("amount"), fixed, event.get("requestAmount"))
    return next((f"{amount:f}" for amount in amounts if amount is not None), None)


def api_path_of(id, event):
    if id.startswith("CCO-"):
        return f"/v1/user/crypto-acquiring/{event.get('projectId')}/checkouts/{id}"
    if id.startswith("CAPD-"):
        return f"/v1/user/crypto-acquiring/requests/{id}"
    return f"/v1/user/payments/{id}" if id.startswith("PMT-") else None
