"""Many machines: their probes merged, launchers for the engines people run, Ray clusters."""
