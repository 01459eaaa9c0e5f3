"""The province above its kabupaten/kota."""
