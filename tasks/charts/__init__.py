"""Charts as SVG, for every page that shows one."""
