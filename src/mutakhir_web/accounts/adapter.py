"""How allauth behaves here: nobody signs up, ended accounts stay out, words give nothing away."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext_lazy as _

from mutakhir_web.accounts.models import User


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]
    """Accounts are made by an administrator, and their passwords are changed by their owner."""

    error_messages = {
        **DefaultAccountAdapter.error_messages,
        "username_password_mismatch": _(
            "Nama akun atau kata sandi salah. Bila lupa, minta kata sandi sementara kepada"
            " administrator."
        ),
        # The same words whether or not there is such an account.
        "too_many_login_attempts": _(
            "Terlalu banyak percobaan yang gagal. Tunggu lima menit, lalu coba lagi."
        ),
        "rate_limited": _("Terlalu banyak permintaan. Tunggu satu menit, lalu coba lagi."),
        "enter_current_password": _("Bukan kata sandi yang sekarang. Ketik ulang."),
        "incorrect_password": _("Kata sandi salah. Ketik ulang."),
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Never."""
        return False

    def pre_login(self, request: HttpRequest, user: User, **given: Any) -> HttpResponse | None:
        """An account that ended is told so, but only to who knows its password or has its key."""
        if not user.in_force:
            return self.respond_user_inactive(request, user)
        return super().pre_login(request, user, **given)  # type: ignore[no-any-return]

    def clean_password(self, password: str, user: User | None = None) -> str:
        """The rules of settings, and: a new password is another one than the present one."""
        if user is not None and user.pk and user.check_password(password):
            raise ValidationError(_("Pilih kata sandi lain daripada yang sekarang."))
        return str(super().clean_password(password, user))

    def set_password(self, user: User, password: str) -> None:
        """The owner chose it: from now on the password is theirs alone."""
        user.must_change_password = False
        super().set_password(user, password)
