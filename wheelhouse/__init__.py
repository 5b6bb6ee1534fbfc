"""Everything an installation without a network needs, in one folder: `make wheelhouse`."""
