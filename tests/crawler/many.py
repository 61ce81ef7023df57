"""Runs many `scrapy` command lines from one warm process, each in a child of its own: JSON lists in, JSON "
"results out."""

from __future__ import annotations

import json
import os
import sys
import tempfile
import traceback
from pathlib import Path


def main() -> None:
    from scrapy.cmdline import execute

    import crawler.commands.article
    import crawler.commands.audit
    import crawler.commands.crawl
    import crawler.commands.reparse  # noqa: F401 - imported once, for all children

    results = []
    for arguments in json.load(sys.stdin):
        with tempfile.TemporaryDirectory() as folder:
            out, err = Path(folder, "out"), Path(folder, "err")
            child = os.fork()
            if not child:
                code = 70
                try:
                    os.dup2(os.open(out, os.O_WRONLY | os.O_CREAT, 0o600), 1)
                    os.dup2(os.open(err, os.O_WRONLY | os.O_CREAT, 0o600), 2)
                    execute(["scrapy", *arguments])
                except SystemExit as end:
                    code = end.code if isinstance(end.code, int) else 1 if end.code else 0
                except BaseException:
                    traceback.print_exc()
                sys.stdout.flush()
                sys.stderr.flush()
                os._exit(code)
            _, status = os.waitpid(child, 0)
            results.append([os.waitstatus_to_exitcode(status), out.read_text("utf-8"), err.read_text("utf-8")])
    json.dump(results, sys.stdout)


if __name__ == "__main__":
    main()
