"""How a number is written for people: the one place."""


def dots(number: int) -> str:
    """Digits with dots between thousands, and a true minus sign."""
    sign = "−" if number < 0 else ""
    return sign + f"{abs(number):,}".replace(",", ".")
