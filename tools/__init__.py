"""For maintainers, not in the wheel: notebooks as text and their stored outputs."""
