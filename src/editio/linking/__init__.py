"""Links entries of the registers to authority files."""
