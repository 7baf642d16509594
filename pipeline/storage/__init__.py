"""What is written under the project, and how: whole files or none, records, and what a killed run left."""
