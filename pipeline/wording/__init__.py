"""How the report says things: years, numbers, ratings, and the terms that sheets and book share. Pure functions."""
