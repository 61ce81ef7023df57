"""Make the files under files/ again. Needs LibreOffice (soffice) and poppler (pdftotext); the tests do not.

python -m tests.formats.make_files
"""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tests.formats import one_source
from tests.formats.samples import OFFICE_SAMPLES


def convert(content: bytes, suffix: str, target: str, filter_name: str | None = None) -> bytes:
    """Convert a document with LibreOffice."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"file.{suffix}"
        path.write_bytes(content)
        wanted = f"{target}:{filter_name}" if filter_name else target
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless", "--convert-to", wanted,
             "--outdir", folder, str(path)],
            check=True,
            capture_output=True,
            timeout=180,
        )  # fmt: skip
        return (Path(folder) / f"file.{target}").read_bytes()


def layout_text(content: bytes) -> bytes:
    """The pages of a PDF set as a text with spaces."""
    with tempfile.NamedTemporaryFile(suffix=".pdf") as file:
        file.write(content)
        file.flush()
        return subprocess.run(["pdftotext", "-layout", file.name, "-"], check=True, capture_output=True).stdout


def main() -> None:
    """Write every file."""
    one_source.FILES.mkdir(exist_ok=True)
    docx = one_source.docx().content
    made = {
        "one_source.doc": convert(docx, "docx", "doc", "MS Word 97"),
        "one_source_word.pdf": convert(docx, "docx", "pdf"),
        "one_source.xls": convert(one_source.xlsx().content, "xlsx", "xls", "MS Excel 97"),
    }
    made["one_source_layout.txt"] = layout_text(made["one_source_word.pdf"])
    for name, (content, suffix, target, filter_name) in OFFICE_SAMPLES.items():
        made[name] = convert(content(), suffix, target, filter_name)
    for name, content in made.items():
        (one_source.FILES / name).write_bytes(content)
        print(name, len(content))


if __name__ == "__main__":
    main()
