"""A period from opening to closed: checklist, plenary, minutes, amendments."""
