"""Form fields as the pages draw them: label, control, help and errors, tied together by id."""

from typing import Final

from django import forms, template
from django.forms import BoundField
from django.utils.safestring import SafeString

register = template.Library()
_CLASSES: Final = (
    (forms.CheckboxInput, "form-check-input"),
    (forms.Select, "form-select"),
    (forms.Widget, "form-control"),
)


@register.filter
def control(field: BoundField) -> SafeString:
    """The field's widget in the frame's looks, naming its help and its error to a screen reader."""
    widget = field.field.widget
    attrs = {"class": next(name for kind, name in _CLASSES if isinstance(widget, kind))}
    told = [f"{field.auto_id}_error"] if field.errors else []
    told += [f"{field.auto_id}_help"] if field.help_text else []
    if told:
        attrs["aria-describedby"] = " ".join(told)
    if field.errors:
        attrs["class"] += " is-invalid"
        attrs["aria-invalid"] = "true"
    return field.as_widget(attrs=attrs)


@register.filter
def is_checkbox(field: BoundField) -> bool:
    """Whether the label stands after the control."""
    return isinstance(field.field.widget, forms.CheckboxInput)
