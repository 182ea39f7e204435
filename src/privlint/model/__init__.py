"""The records that every stage meets in: frozen, of plain values, without a stage's logic."""
