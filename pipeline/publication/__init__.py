"""What a city hands out beside the sheets and the book: editions that are kept, and what changed since one."""
