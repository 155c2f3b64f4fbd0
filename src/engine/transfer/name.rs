//! Names: when two spellings mean the same.
