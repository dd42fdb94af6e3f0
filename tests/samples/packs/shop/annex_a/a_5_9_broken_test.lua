this is a test file, and packs never load one
