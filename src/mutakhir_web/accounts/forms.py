"""allauth's forms, where its words or defaults are not ours."""

from allauth.mfa.webauthn.forms import AddWebAuthnForm, EditWebAuthnForm
from django import forms
from django.utils.translation import gettext_lazy as _


class AddKeyForm(AddWebAuthnForm):  # type: ignore[misc]
    """A key opens the account by itself unless its owner wants otherwise."""

    name = forms.CharField(
        label=_("Nama kunci"),
        required=False,
        max_length=60,
        help_text=_("Untuk mengenalinya nanti, misalnya: laptop kantor."),
    )
    passwordless = forms.BooleanField(
        label=_("Pakai juga untuk masuk tanpa kata sandi"),
        required=False,
        initial=True,
        help_text=_("Perangkat akan meminta sidik jari, wajah atau PIN. Kunci USB tua tidak bisa."),
    )


class EditKeyForm(EditWebAuthnForm):  # type: ignore[misc]
    """The name of a key."""

    name = forms.CharField(label=_("Nama kunci"), max_length=60)
