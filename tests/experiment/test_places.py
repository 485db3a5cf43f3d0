from __future__ import annotations

import pytest

from synth.experiment.places import line_of

TEXT = """# a comment
schema = 1

[source.a]
title = "A"

[source.b]
title = "B"

[[table]]
id = "t1"
rows.x = { cells = "1" }

[[table]]
id = "t2"
rows.y = { cells = "1" }

[table.rows.z]
cells = "1"

[[number]]
value = 1
"""


@pytest.mark.parametrize(
    ("place", "line"),
    [
        (("schema",), 2),
        (("source", "a", "title"), 5),
        (("source", "b", "title"), 8),
        (("source", "b", "url"), 7),
        (("table", 0, "rows", "x", "cells"), 12),
        (("table", 1), 14),
        (("table", 1, "id"), 15),
        (("table", 1, "rows", "y"), 16),
        (("table", 1, "rows", "x"), 14),
        (("table", 1, "rows", "z", "cells"), 19),
        (("table", 1, "rows", "y", "cells"), 16),
        (("number", 0, "value"), 22),
        (("number", 0, "source"), 21),
        (("number", 7, "source"), None),
        (("nothing",), None),
        ((), None),
    ],
)
def test_the_line_of_a_place(place, line):
    assert line_of(TEXT, place) == line
