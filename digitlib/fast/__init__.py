"""The same numbers as `formulas`, on every core."""
