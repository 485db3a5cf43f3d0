"""What a claim says of a paper's table, computed again from the table's rows.

:func:`~synth.verification.tables.grid.grids_of` puts the rows back together that passages hold one by one,
:func:`~synth.verification.tables.recompute.recompute` reads a claim against one such grid.
"""
