"""Rules over observations; what they find stops or accompanies a build."""
