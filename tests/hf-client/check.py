"""Asks a running Paper Digest with the stock huggingface_hub client, and says what came back. Run by check.ts with HF_ENDPOINT set."""

import json
import os
import subprocess
import sys

from huggingface_hub import HfApi, __version__
from huggingface_hub.errors import BadRequestError, HfHubHTTPError

api = HfApi(endpoint=os.environ["HF_ENDPOINT"], token=False)
findings = []


def check(name, passed, detail=""):
    findings.append({"name": name, "passed": bool(passed), "detail": str(detail)[:300]})


def refused(call, kind, words):
    try:
        call()
    except kind as error:
        return words in str(error), error
    return False, "nothing was refused"


latest = list(api.list_daily_papers(limit=5))
first = latest[0]
day = first.submitted_at.strftime("%Y-%m-%d")
check("a listing", len(latest) == 5 and all(paper.id and paper.title for paper in latest), [paper.id for paper in latest])
check("every field a client reads", first.submitted_at and first.submitted_by.username and first.submitted_by.avatar_url and first.upvotes is not None and first.comments is not None and first.discussion_id, vars(first).keys())

of_day = list(api.list_daily_papers(date=day, limit=100))
check("a day", of_day and all(paper.submitted_at.strftime("%Y-%m-%d") == day for paper in of_day), len(of_day))
year, week, _ = first.submitted_at.isocalendar()
check("its week", {p.id for p in of_day} <= {p.id for p in api.list_daily_papers(week=f"{year}-W{week:02}", limit=100)})
check("its month", {p.id for p in of_day} <= {p.id for p in api.list_daily_papers(month=day[:7], limit=100)} or len(of_day) > 50)
check("trending", list(api.list_daily_papers(sort="trending", limit=3)))
check("pages", [p.id for p in api.list_daily_papers(limit=2, p=1)] == [p.id for p in latest[2:4]])
check("nobody else submits", list(api.list_daily_papers(submitter="someone-else")) == [])
check("a limit that is too big", *refused(lambda: list(api.list_daily_papers(limit=101)), BadRequestError, "<=100"))
check("a day that is none", *refused(lambda: list(api.list_daily_papers(date="2025-02-30")), BadRequestError, "day"))

word = max(first.title.split(), key=len)
found = list(api.list_papers(query=word, limit=20))
check("a search", first.id in [paper.id for paper in found], f"{word}: {len(found)}")

info = api.paper_info(first.id)
check("one paper", info.id == first.id and info.title == first.title and info.linked_models == [] and info.num_total_models == 0, vars(info).keys())
check("a paper that is not here", *refused(lambda: api.paper_info("2999.99999"), HfHubHTTPError, "404"))
text = api.read_paper(first.id)
check("a paper to read", text.startswith("# "), text[:60])
check("none to read", *refused(lambda: api.read_paper("2999.99999"), HfHubHTTPError, "404"))


def hf(*arguments):
    command = [sys.executable, "-c", "from huggingface_hub.cli.hf import main; main()", "papers", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=60)


for arguments in (["ls", "--limit", "3"], ["search", word], ["info", first.id], ["read", first.id]):
    result = hf(*arguments)
    check(f"hf papers {arguments[0]}", result.returncode == 0 and result.stdout.strip(), result.stdout or result.stderr)
missing = hf("info", "2999.99999")
check("hf papers info of none", missing.returncode != 0 and "not found" in (missing.stdout + missing.stderr).lower(), missing.stdout + missing.stderr)

print(json.dumps({"version": __version__, "findings": findings}))
