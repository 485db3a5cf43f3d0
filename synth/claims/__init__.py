"""Documents to claims: check-worthy sentences, made self-contained, merged across papers."""
