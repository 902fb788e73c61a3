"""What is published together is audited together: what an attacker can work out of it, and what must be withheld."""
