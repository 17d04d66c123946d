"""DDI-Codebook 2.5, the documentation of data archives: strict when written, tolerant when read."""
