"""What the project says of itself, one module for each source that says it: bytes in, records with places out."""
