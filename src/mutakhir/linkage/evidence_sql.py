"""``evidence.py`` in SQL: the evidence text of scored pairs, and links."""

from mutakhir.linkage.dialect import Dialect
from mutakhir.linkage.evidence import UNSAID, around, bits
from mutakhir.linkage.model import Field, Model

PROBABILITY = "1.0 / (1.0 + pow(2.0, -weight / 1000.0))"


def evidence(model: Model, d: Dialect) -> str:
    """The evidence text, from ``level_<field>`` and ``weight_<field>``."""
    terms = [_term(field, model, d) for field in model.fields]
    return f"trim(concat({', '.join(terms)}))"


def _term(field: Field, model: Model, d: Dialect) -> str:
    """One field's term with a space before it, or nothing."""
    vary = {f.level for f in field.frequencies}
    if any(dependence.field == field.name for dependence in model.dependences):
        vary = set(range(len(field.kind.levels)))
    whens = []
    for level, word in enumerate(field.kind.levels):
        before, after = around(field.name, word)
        text = f"' {before}{bits(field.weights[level])}{after}'"
        weight = f"weight_{field.name}"
        if level in vary or word == "free":
            text = f"concat(' {before}', {_bits(weight, d)}, '{after}')"
        if word == UNSAID:
            text = "''"
        whens.append(f"WHEN {level} THEN {text}")
    return f"CASE level_{field.name} {' '.join(whens)} END"


def _bits(weight: str, d: Dialect) -> str:
    whole, rest = d.text(d.divided(f"abs({weight})", 1000)), d.text(f"abs({weight}) % 1000")
    return (
        f"concat(CASE WHEN {weight} < 0 THEN '-' ELSE '' END, {whole}, '.', lpad({rest}, 3, '0'))"
    )
