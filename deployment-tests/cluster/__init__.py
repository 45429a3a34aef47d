"""The parts of deployment-tests/cluster-check."""
