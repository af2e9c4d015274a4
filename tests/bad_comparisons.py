"""Cases of bad_input_test.py for `catena compare` and `catena reference`."""

BAD_INPUT, BAD_USAGE = 1, 2


def comparisons(b):
    def compare(name, code, *words, args=()):
        out = b.folder / f"compare_{len(b.cases)}"
        b.call("compare: " + name, code, ["compare", *args, "-o", out], *words, out=out)

    compare("one recording only", BAD_USAGE, "after", args=[b.run])
    compare("missing recordings", BAD_INPUT, "/nowhere", args=["/nowhere", "/nowhere"])
    compare("a folder and a recording", BAD_USAGE, "two folders", args=[b.folder, b.run])
    compare("a recording with itself", BAD_INPUT, "same recording", args=[b.run, b.run])

    def build(name, code, *words, args=()):
        out = b.folder / f"reference_{len(b.cases)}"
        b.call("reference: " + name, code, ["reference", "build", *args, "-o", out / "r.json"],
               *words, out=out)

    b.call("reference: no word", BAD_USAGE, ["reference"], "reference --help")
    build("no session", BAD_USAGE, "sessions")
    build("a missing folder", BAD_INPUT, "/nowhere", args=["/nowhere"])
    build("a level in percent", BAD_USAGE, "--level", args=[b.folder, "--level", "90"])
