"""What a city hands out beside the sheets and the book: editions that are kept, what changed since one, the digest,
open data, the web edition, the book as one Word file.
"""
