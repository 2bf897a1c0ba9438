"""Writers: the only stage that makes bytes."""
