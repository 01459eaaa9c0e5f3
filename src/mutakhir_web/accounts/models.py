"""The user: who signs in, as what, for which area, until when."""

from typing import Any

from django.contrib.auth.models import AbstractUser
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models.signals import pre_delete
from django.dispatch import receiver
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from mutakhir import regions
from mutakhir_web.accounts.roles import Role


def known_region(code: str) -> None:
    """Raises ValidationError unless ``code`` is empty (the nation), a provinsi or a kab/kota."""
    region = regions.load().get(code) if code else None
    if code and (region is None or region.level not in ("provinsi", "kabkota")):
        raise ValidationError(
            _("%(code)s bukan kode provinsi atau kabupaten/kota; misalnya 36 atau 3673."),
            params={"code": code},
        )


username_shape = RegexValidator(
    r"\A[a-z0-9][a-z0-9._-]{2,29}\Z",
    _("Nama akun: 3 sampai 30 huruf kecil, angka, titik, garis bawah atau strip; tanpa spasi."),
)


class User(AbstractUser):
    """An account. ``area``: region code without dots; empty means the whole country.

    ``username`` is what decisions carry as ``by``, so it never changes and is never given twice.
    """

    first_name = last_name = None  # type: ignore[assignment]
    username = models.CharField(
        _("nama akun"),
        max_length=30,
        unique=True,
        validators=[username_shape],
        error_messages={"unique": _("Nama akun ini sudah pernah dipakai. Pilih yang lain.")},
    )
    full_name = models.CharField(_("nama"), max_length=120, blank=True)
    role = models.CharField(_("peran"), max_length=20, choices=Role.choices, default=Role.OPERATOR)
    area = models.CharField(
        _("wilayah"), max_length=4, blank=True, validators=[known_region], db_index=True
    )
    expires_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    must_change_password = models.BooleanField(default=False)

    REQUIRED_FIELDS: list[str] = []

    class Meta(AbstractUser.Meta):
        """Table options."""

        ordering = ("username",)

    @property
    def in_force(self) -> bool:
        """Whether the account may be used today."""
        expired = self.expires_on is not None and self.expires_on < timezone.localdate()
        return self.is_active and not expired

    @property
    def area_name(self) -> str:
        """The area in words."""
        region = regions.load().get(self.area) if self.area else None
        return region.name if region else str(_("Indonesia"))

    def get_full_name(self) -> str:
        """The name on screens."""
        return self.full_name or self.username


class KeptForeverError(RuntimeError):
    """Somebody tried to delete an account. Accounts end; their names stay with what they did."""


@receiver(pre_delete, sender=User)
def refuse_deletion(instance: User, **_given: Any) -> None:
    """Decisions and the audit name people by username: a name given twice would be a lie."""
    raise KeptForeverError(instance.username)
