"""Which claims of two tables are one: by id, by wording, by meaning."""
