"""The roll: built from the previous one and the decisions in effect, checked and rooted."""
