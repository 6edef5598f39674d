"""What a home has decided, as Parquet files for those who read: without a name or a reference to a citizen."""
