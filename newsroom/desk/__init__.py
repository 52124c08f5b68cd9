"""What people do, one transaction each. Every function takes the `Desk` somebody sits at, and enforces its role."""
