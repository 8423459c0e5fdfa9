import os
import urllib.request

from django.core.management.base import BaseCommand

from inqud.models import Payment
from inqud.views import FINAL, record

API_URL = os.environ.get("INQUD_API_URL", "https://api.inqud.com")
TOKEN = {
    "X-Token-API-Id": os.environ.get("INQUD_API_TOKEN_ID", ""),
    "X-Token-API-Secret": os.environ.get("INQUD_API_TOKEN_SECRET", ""),
}


class Command(BaseCommand):
    help = "Asks Inqud for what is not final yet: a web hook is lost after its last retry."

    def handle(self, *args, **options):
        open_payments = Payment.objects.filter(rank__lt=FINAL, api_path__isnull=False)
        for path in list(open_payments.values_list("api_path", flat=True)):
            question = urllib.request.Request(API_URL + path, headers=TOKEN)
            try:
                with urllib.request.urlopen(question, timeout=10) as answer:
                    record(answer.read())
            except Exception as error:  # the others are asked for all the same
                self.stderr.write(f"{path}: {error}")
