"""written → spoken: French as a narrator says it, by ordered, named, explainable rules."""
