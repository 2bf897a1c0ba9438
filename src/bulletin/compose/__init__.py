"""From protected observations and configuration to a manuscript in one language."""
