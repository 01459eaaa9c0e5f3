"""Which pairs the peers look at. The same for all that take blocks from their user."""

BLOCKS = {
    "febrl": (
        ("soc_sec_id",),
        ("date_of_birth",),
        ("given_name", "surname"),
        ("surname", "postcode"),
        ("given_name", "postcode"),
        ("address_1",),
        ("address_2",),
        ("suburb", "street_number"),
        ("surname", "street_number"),
        ("given_name", "suburb"),
    ),
    "fake_1000": (),  # small enough for every pair
}

#: Blocks under which Splink's EM learns; together they leave each column free once.
EM_BLOCKS = {
    "febrl": (("soc_sec_id",), ("date_of_birth",), ("given_name", "surname")),
    "fake_1000": (("first_name", "surname"), ("dob",), ("email",)),
}
