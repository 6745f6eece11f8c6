"""The grade that Mozilla's HTTP observatory gives: its rules, as far as they can touch this site.

Points are its own (“Tests & Scoring”, 2024): 100, less what is missing; what goes beyond is added
only to 90 or more.  Preloading and sub-resource integrity are left at nothing, as they are for a
site that is on no list and loads its own files.
"""

import re

GRADES = [(100, "A+"), (90, "A"), (85, "A-"), (80, "B+"), (70, "B"), (65, "B-"), (0, "worse")]
HALF_A_YEAR = 15_768_000  # seconds
PRIVATE = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
UNSAFE = {"'unsafe-inline'", "'unsafe-eval'", "data:", "http:", "https:", "*", "blob:"}


def policy_of(headers):
    parts = [part.split() for part in headers.get("content-security-policy", "").split(";")]
    return {part[0].lower(): set(part[1:]) for part in parts if part}


def of_policy(headers, cookies, moved):
    policy = policy_of(headers)
    if not policy:
        return -25
    fetched = {name: sources for name, sources in policy.items() if name.endswith("-src")}
    if any(sources & UNSAFE for sources in fetched.values()) or "default-src" not in policy:
        return -20
    return 10 if policy["default-src"] == {"'none'"} else 5


def of_cookies(headers, cookies, moved):
    if not cookies:
        return 0
    words = [cookie.lower() for cookie in cookies]
    if not all("; secure" in cookie and "; httponly" in cookie for cookie in words):
        return -40
    return 5 if all(re.search("; samesite=(lax|strict)", cookie) for cookie in words) else -20


def of_transport(headers, cookies, moved):
    age = re.search(r"max-age=(\d+)", headers.get("strict-transport-security", ""))
    if not age:
        return -20
    return 0 if int(age[1]) >= HALF_A_YEAR else -10


def of_moving(headers, cookies, moved):
    """``moved``: where plain http sends whoever comes, or nothing."""
    return 0 if moved.startswith("https://") else -20


def of_referrers(headers, cookies, moved):
    said = {part.strip() for part in headers.get("referrer-policy", "").split(",")}
    return 5 if said & PRIVATE else -5


def of_sniffing(headers, cookies, moved):
    return 0 if headers.get("x-content-type-options") == "nosniff" else -5


def of_frames(headers, cookies, moved):
    if policy_of(headers).get("frame-ancestors") == {"'none'"}:
        return 5
    return 0 if headers.get("x-frame-options", "").upper() in ("DENY", "SAMEORIGIN") else -20


def of_other_origins(headers, cookies, moved):
    if headers.get("access-control-allow-origin"):
        return -50
    return 10 if headers.get("cross-origin-resource-policy") == "same-origin" else 0


RULES = [of_policy, of_cookies, of_transport, of_moving, of_referrers, of_sniffing, of_frames]
RULES += [of_other_origins]


def grade(headers, cookies, moved):
    """``headers`` by their names in small letters, without the cookies."""
    points = [rule(headers, cookies, moved) for rule in RULES]
    score = 100 + sum(point for point in points if point < 0)
    if score >= 90:
        score += sum(point for point in points if point > 0)
    return next(name for least, name in GRADES if score >= least), score
