"""Whether the languages of a composed edition say the same: blocks, facts, figures, notes, tables, charts, words."""
