"""The directory for other programs: HSDS 3.1 over HTTP, to read and never to write.

No key, no cookie, and open to pages of other sites.
"""
