"""Tables: what was read becomes rows with declared columns, written to parquet whole or not at all."""
