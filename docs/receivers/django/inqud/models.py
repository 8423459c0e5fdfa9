from django.db import models


class Event(models.Model):
    """A web hook that was worked on."""

    payment = models.CharField(max_length=64)
    status = models.CharField(max_length=32)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["payment", "status"], name="once")]


class Payment(models.Model):
    id = models.CharField(max_length=64, primary_key=True)
    order = models.CharField(max_length=255, db_index=True)
    status = models.CharField(max_length=32)
    rank = models.IntegerField(default=-1)
    # In PostgreSQL a DecimalField. In SQLite Django makes a float of one, which loses digits.
    credited = models.CharField(max_length=64, null=True)
    api_path = models.CharField(max_length=255, null=True)
