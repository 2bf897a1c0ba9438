"""First stage: files of a project and of the program become a Project and Observations, with every fault as a finding."""
