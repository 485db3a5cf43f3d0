"""The reviewer's diff: two claim tables in, what changed between them out. Pure but for reading the tables."""
