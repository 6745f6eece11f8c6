"""The directory in the words of the Human Services Data Specification, out and in.

HSDS 3.1, https://docs.openreferral.org/en/3.1/ (an Open Referral resource).  What we serve of
it, and the little that we add, is in ``fields``.
"""

VERSION = "3.1"
