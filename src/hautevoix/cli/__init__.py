"""The commands: gather what the user gave, call the pipeline, print."""
