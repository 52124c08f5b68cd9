"""What a newsroom is: frozen values, states and rules. Standard library only; no input or output."""
