"""The one door to bulk data: the store, its roll versions, the docket of decisions."""
