import os
import sys

from django.conf import settings
from django.core.management import execute_from_command_line
from django.db.backends.signals import connection_created
from django.urls import path

DATABASE = {
    "ENGINE": "django.db.backends.sqlite3",
    "NAME": os.environ.get("DATABASE", "shop.db"),
    "OPTIONS": {"timeout": 9},
}
settings.configure(
    ALLOWED_HOSTS=["127.0.0.1", "localhost"],
    DATABASES={"default": DATABASE},
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    INSTALLED_APPS=["inqud"],
    ROOT_URLCONF=__name__,
    SECRET_KEY=os.environ.get("DJANGO_SECRET_KEY", "only for trying it out"),
)
urlpatterns = []


def use_wal(connection, **_):
    """Lets SQLite read while it writes; from Django 5.1 on that is "init_command" in OPTIONS."""
    connection.cursor().execute("pragma journal_mode = wal")


connection_created.connect(use_wal)

if __name__ == "__main__":
    import django

    django.setup()
    from inqud import views

    urlpatterns += [
        path("webhooks/inqud", views.receive),
        path("orders/<str:order>", views.show),
    ]
    execute_from_command_line(sys.argv)
