"""What this machine is: files and drivers only, never a framework, never numpy."""
