#!/usr/bin/env python3
"""report.pdf by a browser that is a shell script (fake_browser.sh): what it is called with, and what
is said and left where it fails or is not there.

    tests/pdf_test.py build/release/apps/catena
"""
import os
import subprocess
import sys
import tempfile
from pathlib import Path
from urllib.parse import unquote, urlparse

BROWSER = Path(__file__).resolve().with_name("fake_browser.sh")
PRINTED = b"%PDF-1.4 a page\n"
TIMEOUT_S = 60
NOT_PRINTED = ["no report.pdf was made", "the browser did not print the page", "print it by hand"]

failures = []


def expect(holds, case, what):
    if not holds:
        failures.append(f"{case}: {what}")


class Bench:
    """A runner, and a folder for reports whose name no address can hold as it is."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.runner, self.out = folder / "runner", folder / "ein Bericht \u00fc#1"
        self.saw, self.profiles = folder / "saw", folder / "tmp"
        self.profiles.mkdir()
        subprocess.run([program, "synth", "--speeds", "3", "--strides", "2", "--rate", "60", "-o",
                        self.runner], check=True, capture_output=True, timeout=TIMEOUT_S)

    def analyze(self, case, pdf, browser, does="print", path=None):
        """What was said on standard output and on standard error."""
        self.saw.unlink(missing_ok=True)
        environment = {**os.environ, "CATENA_CHROMIUM": str(browser), "FAKE_BROWSER": does,
                       "FAKE_BROWSER_SAW": str(self.saw), "TMPDIR": str(self.profiles)}
        if path is not None:
            environment["PATH"] = str(path)
        done = subprocess.run(
            [self.program, "analyze", self.runner / "run_3.00.trc", "--model",
             self.runner / "runner.osim", "--standing", self.runner / "standing.trc", "-o",
             self.out, *pdf], capture_output=True, env=environment, timeout=TIMEOUT_S)
        said, talk = done.stdout.decode(), done.stderr.decode()
        expect(done.returncode == 0, case, f"exit code {done.returncode}: {talk}")
        expect((self.out / "report.html").exists(), case, "there is no page")
        expect("noise" not in said + talk, case, "the browser's own words are shown")
        expect(not list(self.profiles.iterdir()), case, "the browser's profile was left")
        return said, talk

    def pdf(self):
        path = self.out / "report.pdf"
        return path.read_bytes() if path.exists() else None


def prints(b):
    said, talk = b.analyze("a browser that prints", ["--pdf"], BROWSER)
    case = "a browser that prints"
    expect(b.pdf() == PRINTED, case, f"report.pdf is {b.pdf()}")
    expect(f"paper:  {b.out / 'report.pdf'}\n" in said, case, "the file is not named")
    expect("report.pdf" not in talk, case, f"said: {talk}")
    words = b.saw.read_text().splitlines()
    expect("--headless" in words, case, "it is shown")
    expect("--host-resolver-rules=MAP * ~NOTFOUND" in words, case, "it may go to the network")
    page = urlparse(words[-1])
    expect(page.scheme == "file" and not page.fragment and page.path.isascii(), case, words[-1])
    expect(unquote(page.path) == str(b.out / "report.html"), case, f"opens {words[-1]}")
    expect(("--no-sandbox" in words) == (os.geteuid() == 0), case, "sandbox")


def does_not_print(b):
    for does in ("fail", "scribble", "break_off"):
        for earlier in (None, PRINTED):
            case = f"a browser that does {does}, an earlier file: {earlier is not None}"
            (b.out / "report.pdf").unlink(missing_ok=True)
            if earlier:
                (b.out / "report.pdf").write_bytes(earlier)
            said, talk = b.analyze(case, ["--pdf"], BROWSER, does)
            expect(b.pdf() == earlier, case, f"report.pdf is {b.pdf()}")
            expect("paper:" not in said, case, "a file is named")
            for word in NOT_PRINTED:
                expect(word in talk, case, f"'{word}' is not said but: {talk}")
            expect(("is of an earlier analysis" in talk) == (earlier is not None), case, talk)


def is_not_there(b):
    (b.out / "report.pdf").unlink(missing_ok=True)
    plain = b.folder / "plain"
    plain.write_text("no program")
    empty = b.folder / "empty"
    empty.mkdir()
    for case, browser, path in (("no such browser", "/nowhere/chromium", None),
                                ("a browser that cannot be run", plain, None),
                                ("a folder for a browser", b.folder, None),
                                ("no browser on the path", "", empty)):
        said, talk = b.analyze(case, ["--pdf"], browser, path=path)
        expect("there is no Chromium: install one, name it with CATENA_CHROMIUM, or print "
               f"{b.out / 'report.html'} by hand" in talk, case, f"said: {talk}")
        expect(b.pdf() is None and "paper:" not in said, case, "something was printed")
        said, talk = b.analyze(case + ", auto", ["--pdf=auto"], browser, path=path)
        expect("Chromium" not in talk and b.pdf() is None, case + ", auto", f"said: {talk}")
    named = empty / "chromium"
    named.symlink_to(BROWSER)
    # The script itself needs the rest of the path.
    b.analyze("a browser on the path", ["--pdf=auto"], "", path=f"{empty}:{os.environ['PATH']}")
    expect(b.saw.exists() and b.pdf() == PRINTED, "a browser on the path", "it was not found")


def is_not_asked(b):
    b.analyze("not asked for", [], BROWSER)
    expect(not b.saw.exists(), "not asked for", "the browser was started")


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    with tempfile.TemporaryDirectory(prefix="catena_pdf_test_") as folder:
        bench = Bench(str(Path(sys.argv[1]).resolve()), Path(folder).resolve())
        for group in (prints, does_not_print, is_not_there, is_not_asked):
            group(bench)
    for failure in failures:
        print(failure)
    print(f"{len(failures)} failures")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
