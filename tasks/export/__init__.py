"""A home's decisions as Parquet files for readers: without a name or a reference to a citizen."""
