"""Advice beside other advice: another set of answers, a team, an earlier day, another knowledge."""
