"""The register: STAR's own list of grants, and the reference data that it rests on."""
