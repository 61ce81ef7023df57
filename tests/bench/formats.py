"""Documents a second and peak memory of every reader, each in a process of its own.

    python -m tests.bench.formats [FORMAT …] [--seconds 5]

The documents are the report of tests/formats/one_source.py in each form; `ocr` is one scanned page with a small table.
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import time
from collections.abc import Callable

from parsers.model import Source
from parsers.readers import ocr, read_document
from tests.formats import one_source


def _file(name: str) -> Source:
    return Source((one_source.FILES / name).read_bytes(), f"file:///{name}")


def _scan() -> Source:
    import cv2
    import pypdfium2

    document = pypdfium2.PdfDocument((one_source.FILES / "to_scan.pdf").read_bytes())
    picture = document[0].render(scale=200 / 72, grayscale=True).to_numpy()
    return Source(bytes(cv2.imencode(".png", picture)[1]), "file:///scan.png")


SOURCES: dict[str, Callable[[], Source]] = {
    "html": one_source.html,
    "text": one_source.text,
    "docx": one_source.docx,
    "doc": one_source.doc,
    "xlsx": one_source.xlsx,
    "xls": lambda: _file("one_source.xls"),
    "pdf": lambda: _file("one_source_word.pdf"),
    "ocr": _scan,
}


def measure(name: str, seconds: float) -> dict[str, float]:
    """Read one document again and again for some seconds of CPU time."""
    source = SOURCES[name]()
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    read_document(source)  # imports and models are loaded once
    count, started, cpu = 0, time.perf_counter(), time.process_time()
    while time.process_time() - cpu < seconds:
        read_document(source)
        count += 1
    return {
        "bytes": len(source.content),
        "per_cpu_second": count / (time.process_time() - cpu),
        "per_second": count / (time.perf_counter() - started),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "before_mb": before / 1024,
    }


def main() -> None:
    """Print one line for each format."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("formats", nargs="*", help="all when none is named")
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--one", help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.one:
        print(json.dumps(measure(arguments.one, arguments.seconds)))
        return
    print(f"{'format':<8}{'bytes':>9}{'docs/s of CPU':>15}{'docs/s':>9}{'peak MB':>9}")
    for name in arguments.formats or SOURCES:
        if name == "ocr" and not ocr.is_installed():
            print("ocr     the extra is not installed")
            continue
        command = [sys.executable, "-m", "tests.bench.formats", "--one", name, "--seconds", str(arguments.seconds)]
        line = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
        print(
            f"{name:<8}{line['bytes']:>9.0f}{line['per_cpu_second']:>15.1f}{line['per_second']:>9.1f}"
            f"{line['peak_mb']:>9.0f}"
        )


if __name__ == "__main__":
    main()
