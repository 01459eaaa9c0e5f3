"""Password strength, judged by zxcvbn: guessable words in Indonesian offices included."""

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from zxcvbn import zxcvbn

from mutakhir_web.accounts.models import User

#: Of 4: more than 10^10 guesses. A score of 3 lets three common words in a row pass.
LEAST_SCORE = 4
_OFFICE_WORDS = ["kpu", "bawaslu", "pemilu", "pilkada", "sidalih", "coklit", "mutakhir", "admin"]
#: zxcvbn reads no more of a password than this; longer ones cost time and add nothing.
_READ = 72


class StrengthValidator:
    """Refuses passwords that a list of common ones, names and patterns would soon give."""

    def validate(self, password: str, user: User | None = None) -> None:
        """Raises ValidationError when the password is too easy."""
        known = [*_OFFICE_WORDS]
        if user is not None:
            own = (user.username, user.full_name, user.area_name)
            known += [part for text in own for part in (text.replace(" ", ""), *text.split())]
        found = zxcvbn(password[:_READ], user_inputs=[word for word in known if word])
        if found["score"] < LEAST_SCORE:
            raise ValidationError(
                _(
                    "Kata sandi ini mudah ditebak. Pakai kalimat: empat kata atau lebih yang"
                    " tidak berhubungan."
                ),
                code="password_too_easy",
            )

    def get_help_text(self) -> str:
        """What to tell beforehand."""
        return _("Sedikitnya 12 huruf; empat kata acak lebih kuat daripada satu kata sulit.")
