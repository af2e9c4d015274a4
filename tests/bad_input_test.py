#!/usr/bin/env python3
"""The program against bad input: each case ends in one clear sentence, the right exit code, and
nothing half-written.

    tests/bad_input_test.py build/release/apps/catena

Inputs come from `catena synth` and are then spoilt, one fault a case. Prints a line per failure.
"""
import dataclasses
import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

sys.dont_write_bytecode = True
from bad_comparisons import comparisons
from bad_conversions import conversions
from bad_exams import exams, kept_answers
from bad_plan import plans
from bad_strides import strides

DONE, BAD_INPUT, BAD_USAGE, NOT_CONVERGED = 0, 1, 2, 3
TIMEOUT_S = 60
REPORT = {"report.html", "result.json", "curves.csv", "strides.csv", "take_up.csv",
          "evidence.csv"}


@dataclasses.dataclass
class Case:
    name: str
    args: list
    code: int
    words: tuple = ()          # all of them in stderr
    out: Path = None           # where the outputs go
    made: set = None           # names in `out` afterwards; None: as before
    stdin: Path = None
    env: dict = dataclasses.field(default_factory=dict)
    prefix: tuple = ()         # a command that runs the program


def snapshot(path):
    """Everything below a path, with its bytes; None where nothing is."""
    if not os.path.lexists(path):
        return None
    if not path.is_dir():
        return path.read_bytes() if path.is_file() else "special"
    return {p.name: snapshot(p) for p in path.iterdir()}


class Trc:
    """A TRC file that can be spoilt."""

    def __init__(self, path):
        lines = path.read_text().splitlines()
        self.head = [line.split("\t") for line in lines[:5]]
        self.rows = [line.split("\t") for line in lines[5:] if line.strip()]
        self.labels = [label for label in self.head[3][2:] if label]

    def text(self):
        return "\n".join("\t".join(fields) for fields in self.head + self.rows) + "\n"

    def header(self, **fields):
        for name, value in fields.items():
            self.head[2][self.head[1].index(name)] = value
        return self

    def map(self, change):
        """change(frame, fields) gives a row's new fields."""
        self.rows = [change(i, list(row)) for i, row in enumerate(self.rows)]
        return self

    def numbers(self, change):
        """change(x, y, z) of every point."""
        def of_row(_, row):
            points = [tuple(map(float, row[k:k + 3])) for k in range(2, len(row) - 2, 3)]
            return row[:2] + [f"{v:.5f}" for point in points for v in change(*point)]
        return self.map(of_row)

    def lose(self, labels, first=0):
        columns = [2 + 3 * self.labels.index(label) + k for label in labels for k in range(3)]
        return self.map(lambda i, row: ["" if k in columns and i >= first else field
                                        for k, field in enumerate(row)])


class Bench:
    """The folder in which it all happens, with a runner in it."""

    def __init__(self, program, folder):
        self.program, self.folder = program, folder
        self.cases = []
        runner = folder / "runner"
        subprocess.run([program, "synth", "--speeds", "2.5", "4.5", "--strides", "2", "--rate",
                        "60", "-o", runner], check=True, capture_output=True, timeout=TIMEOUT_S)
        self.run, self.fast = runner / "run_2.50.trc", runner / "run_4.50.trc"
        self.model, self.standing = runner / "runner.osim", runner / "standing.trc"
        self.osim = self.model.read_text()

    def put(self, name, content):
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    def trc(self):
        return Trc(self.run)

    def analyze(self, name, code, *words, runs=None, model=None, standing=True, more=(), out=None,
                **case):
        out = out or self.folder / f"out_{len(self.cases)}"
        args = ["analyze", *(runs or [self.run]), "--model", model or self.model]
        if standing:
            args += ["--standing", self.standing if standing is True else standing]
        self.cases.append(Case(name, args + ["-o", out, *more], code, words, out, **case))

    def recording(self, name, content, *words, code=BAD_INPUT, file=True, **case):
        """A spoilt recording, which is named in the sentence."""
        path = self.put(f"in/{len(self.cases)}.trc", content)
        words += (path.name,) if file else ()
        if code != BAD_INPUT:
            case["made"] = REPORT | {path.stem + "_ik.mot"}
        self.analyze(name, code, *words, runs=[path], **case)

    def spoilt_model(self, name, content, *words):
        path = self.put(f"in/{len(self.cases)}.osim", content)
        self.analyze(name, BAD_INPUT, path.name, *words, model=path)

    def call(self, name, code, args, *words, **case):
        self.cases.append(Case(name, list(args), code, words, **case))


def recordings(b):
    text = b.trc().text()
    lines = text.splitlines()
    b.analyze("missing run", BAD_INPUT, "/nowhere/run.trc", "no such file",
              runs=["/nowhere/run.trc"])
    b.analyze("a folder among the runs", BAD_USAGE, "folder, not a file", runs=[b.run, b.folder])
    b.recording("empty", "", "empty")
    b.recording("blanks only", "\n \n", "blanks")
    b.recording("binary", bytes(range(256)) * 20, "binary")
    b.recording("model as run", b.osim, "XML")
    b.recording("ends in the header", "\n".join(lines[:3]) + "\n", ":3", "ends before")
    b.recording("ends inside a row", text[:len(text) // 2], "missing", ":")
    b.recording("no frames", "\n".join(lines[:5]) + "\n", "no frames")
    b.recording("cut off between rows", "\n".join(lines[:105]) + "\n", "header says", "100",
                code=DONE)
    b.recording("10^9 frames claimed", b.trc().header(NumFrames="1000000000").text(),
                "header says", "frames", code=DONE)
    for rate in ("NaN", "0", "-60", "inf", "1e300", "fast", ""):
        b.recording(f"rate '{rate}'", b.trc().header(DataRate=rate).text(), ":3", "DataRate")
    b.recording("unknown unit", b.trc().header(Units="furlong").text(), ":3", "furlong")
    b.recording("unit wrong by 1000", b.trc().header(Units="m").text(), "unit", "1003 times")
    b.recording("duplicate label", text.replace("LASI", "RASI", 1), ":4:", "RASI", "twice")
    b.recording("unknown labels", re.sub(r"\b([A-Z]+[0-9]*)(?=\t\t|\n\t)", r"X\1", text),
                "no marker of the model")
    b.recording("a column short", b.trc().map(lambda i, row: row[:-1]).text(), ":6:",
                "1 column is missing")
    b.recording("a column short once",
                b.trc().map(lambda i, row: row[:-1] if i == 50 else row).text(), ":56:",
                "1 column is missing")
    b.recording("a word for a number",
                b.trc().map(lambda i, row: row[:7] + ["abc"] + row[8:] if i == 33 else row).text(),
                ":39:8", "abc")
    b.recording("decimal commas",
                b.trc().map(lambda i, row: [f.replace(".", ",") for f in row]).text(),
                "decimal points")
    for lost in ("NaN", "", "0", "1e308"):
        b.recording(f"'{lost}' everywhere",
                    b.trc().map(lambda i, row, v=lost: row[:2] + [v] * (len(row) - 2)).text(),
                    "every position", "lost")
    b.recording("every point at one place",
                b.trc().map(lambda i, row: row[:2] + ["100"] * (len(row) - 2)).text(), "one and")
    b.recording("time goes back",
                b.trc().map(lambda i, row: [row[0], f"{-i / 60:.4f}"] + row[2:]).text(),
                "time goes back")
    b.recording("a single frame", "\n".join(lines[:6]) + "\n", "no stride")
    b.recording("nobody moves",
                (lambda t: t.map(lambda i, row: row[:2] + t.rows[0][2:]))(b.trc()).text(),
                "no stride")
    b.analyze("a device as run", BAD_INPUT, "device", runs=["/dev/zero"])


PELVIS = ["SACR", "RASI", "RPSI", "LASI", "LPSI"]
THIGH = ["RTH1", "RTH2", "RTH3", "RTH4", "RKNL", "RKNM"]
THORAX = ["C7", "T10", "MANU", "XIPH", "RSHO", "LSHO"]


def lost_segments(b):
    b.recording("no pelvis", b.trc().lose(PELVIS).text(), "pelvis", "SACR")
    b.recording("no right thigh", b.trc().lose(THIGH).text(), "right thigh", "RTH1")
    b.recording("two markers only", b.trc().lose(b.trc().labels[2:]).text(), "enough markers")
    b.recording("pelvis lost halfway", b.trc().lose(PELVIS, 60).text(), "pelvis", "1.00 s",
                code=DONE)
    b.recording("thigh lost halfway", b.trc().lose(THIGH, 60).text(), "right thigh", "1.00 s",
                code=DONE)
    b.recording("thorax lost halfway", b.trc().lose(THORAX, 100).text(), "thorax", code=DONE)
    b.recording("all lost halfway", b.trc().lose(b.trc().labels, 70).text(), "too few markers",
                code=NOT_CONVERGED)
    b.recording("no thorax", b.trc().lose(THORAX).text(), "low back and forward lean",
                code=DONE, file=False)


def models(b):
    text = b.osim
    b.analyze("missing model", BAD_INPUT, "/nowhere.osim", "no such file", model="/nowhere.osim")
    b.spoilt_model("empty model", "", "no XML")
    b.spoilt_model("binary model", bytes(range(256)), "no XML")
    b.analyze("recording as model", BAD_INPUT, "run_2.50.trc", "no XML", model=b.run)
    b.spoilt_model("truncated model", text[:len(text) // 2], "not well-formed")
    b.spoilt_model("another kind of XML", "<html><body/></html>", "<html>")
    b.spoilt_model("no Model", '<OpenSimDocument Version="40000"/>', "no <Model>")
    b.spoilt_model("unknown joint", re.sub(r"(</?)CustomJoint", r"\1MagicJoint", text),
                   "MagicJoint", "ground_pelvis")
    hip = re.search(r'<CustomJoint name="hip_r">.*?</CustomJoint>', text, re.S).group(0)
    b.spoilt_model("a cycle", text.replace(hip, hip.replace("/bodyset/pelvis", "/bodyset/tibia_r")),
                   "_r")
    b.spoilt_model("missing parent", text.replace("/bodyset/pelvis", "/bodyset/nobody"), "nobody")
    b.spoilt_model("no joint", text.replace(hip, ""), "femur_r")
    b.spoilt_model("two joints for a body", text.replace(hip, hip + hip), "hip_r")
    b.spoilt_model("no markers", re.sub(r"<MarkerSet.*?</MarkerSet>", "", text, flags=re.S),
                   "no markers")
    b.spoilt_model("a word for a mass", re.sub(r"<mass>[^<]*", "<mass>heavy", text), "heavy", ":")
    b.spoilt_model("nested too deep", '<OpenSimDocument Version="40000"><Model>' + "<a>" * 100000 +
                   "</a>" * 100000 + "</Model></OpenSimDocument>", "nested")
    b.spoilt_model("no pelvis in the model", re.sub(r"\bpelvis\b", "bucket", text), "no pelvis")


def tasks(*weights):
    return ('<?xml version="1.0"?><OpenSimDocument Version="30000"><IKTaskSet name="t"><objects>' +
            "".join(f'<IKMarkerTask name="{name}"><apply>true</apply><weight>{weight}</weight>'
                    "</IKMarkerTask>" for name, weight in weights) +
            "</objects></IKTaskSet></OpenSimDocument>")


def belonging(b):
    bigger = b.put("in/bigger.trc", b.trc().numbers(lambda x, y, z: (1.2 * x, 1.2 * y, 1.2 * z))
                   .text())
    b.analyze("another runner's run", BAD_INPUT, "bigger.trc", "another runner", runs=[bigger])
    stretched = re.sub(r"<location>([^<]*)", lambda m: "<location>" + " ".join(
        str(1.5 * float(v)) for v in m[1].split()), b.osim)
    b.analyze("another runner's model", BAD_INPUT, "standing.trc", "model", "33 %",
              model=b.put("in/stretched.osim", stretched))
    b.analyze("a run twice", BAD_INPUT, "run_2.50.trc", "same recording", runs=[b.run, b.run])
    b.analyze("standing trial among the runs", BAD_INPUT, "standing.trc", "standing trial",
              runs=[b.run, b.standing])
    b.analyze("a run as standing trial", BAD_INPUT, "run_4.50.trc", "moves", standing=b.fast)
    b.analyze("only standing", BAD_INPUT, "standing.trc", "no stride", runs=[b.standing],
              standing=None)
    b.analyze("y up, z said", BAD_INPUT, "--up y", more=["--up", "z"])
    b.analyze("events of a file that has none", BAD_INPUT, "run_2.50.trc", "event",
              more=["--events", "file"])
    b.analyze("events of plates that are not there", BAD_INPUT, "run_2.50.trc", "plate",
              more=["--events", "plates"])
    b.analyze("events from nowhere", BAD_USAGE, "--events", more=["--events", "guess"])
    b.analyze("a reference that is not there", BAD_INPUT, "/nowhere.json", "no such file",
              more=["--reference", "/nowhere.json"])
    b.analyze("a recording as reference", BAD_INPUT, "run_2.50.trc", "JSON",
              more=["--reference", b.run])
    b.analyze("up and forward along one axis", BAD_USAGE, "--forward",
              more=["--up", "y", "--forward=-y"])
    b.analyze("forward along the axis that is up", BAD_USAGE, "y is up", more=["--forward", "+y"])
    b.recording("mirrored", b.trc().numbers(lambda x, y, z: (x, y, -z)).text(), "left and right")
    for name, content, words in (
            ("for another model", tasks(("Sternum", 1), ("Toe", 1), ("C7", 1)), ("lacks 2",)),
            ("without weights", tasks(("C7", 0)), ("weight",)),
            ("with a negative weight", tasks(("C7", -1)), ("C7", "negative")),
            ("not well-formed", tasks(("C7", 1))[:-30], ("not well-formed",)),
            ("that is a model", b.osim, ("<Model>",)),
            ("that is a recording", b.trc().text(), ("no XML",))):
        b.analyze("set-up " + name, BAD_INPUT, "setup.xml", *words,
                  more=["--ik-setup", b.put(f"in/{name}/setup.xml", content)])


def session_folder(b, name, files, toml=None):
    """A folder with these files, and a session.toml if there is to be one."""
    folder = b.folder / "sessions" / name
    for path, content in files.items():
        b.put(folder / path, content)
    if toml is not None:
        b.put(folder / "session.toml", toml)
    return folder


def sessions(b):
    run, standing = b.trc().text(), b.standing.read_text()

    def case(name, code, *words, files=None, toml=None, path="", args=(), **more):
        files = {"run.trc": run} if files is None else files
        folder = session_folder(b, str(len(b.cases)), files, toml)
        out = b.folder / f"out_{len(b.cases)}"
        b.call(name, code, ["analyze", folder / path, "-o", out, *args], *words, out=out, **more)

    done = {"made": REPORT | {"run_ik.mot"}}
    with_model = {"run.trc": run, "still.trc": standing, "runner.osim": b.osim}
    case("an empty folder", BAD_INPUT, "no recording", files={"notes.txt": "none"})
    case("a folder without a model", DONE, "a body is fitted",
         files={"run.trc": run, "still.trc": standing}, **done)
    case("a folder with two models", BAD_INPUT, "2 models", "--model",
         files={**with_model, "other.osim": b.osim})
    case("a folder with two standing trials", BAD_INPUT, "standing trial", "--standing",
         files={**with_model, "still2.trc": standing})
    case("a folder with a standing trial alone", BAD_INPUT, "nothing to analyse",
         files={"static.trc": standing, "runner.osim": b.osim})
    case("a folder of runners", BAD_INPUT, "name the folder of one runner",
         files={"A/run.trc": run, "B/run.trc": run})
    case("a folder that is good", DONE, "nobody moves", "runner.osim", files=with_model, **done)
    case("an OpenCap session", DONE, "OpenCap", "61.5 kg", **done, files={
        "MarkerData/neutral.trc": standing, "MarkerData/run.trc": run,
        "OpenSimData/Model/A_scaled.osim": b.osim, "sessionMetadata.yaml": "mass_kg: 61.5\n"})
    case("a broken recording in a folder", BAD_INPUT, "bad.trc:3", "DataRate",
         files={**with_model, "bad.trc": b.trc().header(DataRate="0").text()})
    case("a folder and too many demands", BAD_USAGE, "1 runs and 2 --demand", files=with_model,
         args=["--demand", "3 m/s", "--demand", "4 m/s"])
    b.call("a set-up without a model", BAD_USAGE,
           ["analyze", b.run, "--ik-setup", b.run, "-o", b.folder / "o"], "--ik-setup belongs to")
    b.call("a model of one's own and a generic one", BAD_USAGE,
           ["analyze", b.run, "--model", b.model, "--fit", b.model, "-o", b.folder / "o"],
           "exclude each other")

    good = "model = 'runner.osim'\nstanding = 'still.trc'\n[[run]]\nfile = 'run.trc'\n"
    case("a session file", DONE, files=with_model, toml=good + "speed_km_h = 9\n", **done)
    renamed = {**with_model, "run.trc": run.replace("SACR", "kreuzbein", 1),
               "map.toml": '[labels]\nkreuzbein = "SACR"\n'}
    case("a session file with a mapping of labels", DONE, files=renamed,
         toml="labels = 'map.toml'\n" + good, **done)
    case("a session file with a broken mapping", BAD_INPUT, "map.toml:1",
         files={**with_model, "map.toml": "x"}, toml="labels = 'map.toml'\n" + good)
    case("a session file by name", DONE, files=with_model, toml=good, path="session.toml", **done)
    for name, toml, words in (
            ("empty", "", ("no run",)),
            ("not TOML", "run: a.trc\n", ("session.toml:1:4", "TOML")),
            ("cut off", good[:20], ("session.toml:1", "TOML")),
            ("in UTF-16", good.encode("utf-16"), ("TOML",)),
            ("with a header without a key", "[+]\n", ("session.toml:1", "TOML")),
            ("nested too deep", "a = " + "[" * 60000, ("TOML",)),
            ("too long", "# " + "x" * 100000, ("longer",)),
            ("with an unknown key", "[person]\nheigth_m = 1.7\n" + good,
             ("session.toml:2:1", "did you mean height_m?")),
            ("with a height in cm", good + "[person]\nheight_m = 178\n",
             ("session.toml:6:12", "178 m? give metres")),
            ("with a text for a number", good + "[person]\nmass_kg = '64'\n",
             ("session.toml:6:11", "not a number")),
            ("with a speed of a car", good + "speed_m_s = 35\n", ("35 m/s?",)),
            ("with a run that is not there", good + "[[run]]\nfile = 'gone.trc'\n",
             ("session.toml:6:8", "gone.trc")),
            ("with a device as run", good + "[[run]]\nfile = '/dev/zero'\n", ("/dev/zero",)),
            ("with a run twice", good + "[[run]]\nfile = 'run.trc'\n", ("same recording",))):
        case("a session file " + name, BAD_INPUT, *words, files=with_model, toml=toml)


def labels(b):
    for name, content, words in (
            ("not TOML", "RASI : LASI", (":1:",)),
            ("binary", bytes(range(256)), ("map.toml",)),
            ("empty", "", ("[labels]",)),
            ("another key", '[label]\nRASI = "LASI"\n', (":1:", "label")),
            ("a number for a name", "[labels]\nRASI = 3\n", (":2:8", "RASI")),
            ("two labels of one name", '[labels]\nA = "C7"\nB = "C7"\n', (":3:", "C7"))):
        b.analyze("mapping: " + name, BAD_INPUT, "map.toml", *words,
                  more=["--labels", b.put(f"in/{name}/map.toml", content)])
    b.analyze("missing mapping", BAD_INPUT, "/nowhere.toml", "no such file",
              more=["--labels", "/nowhere.toml"])
    all_wrong = "".join(f'{label} = "no{label}"\n' for label in b.trc().labels)
    b.analyze("mapping to no marker of the model", BAD_INPUT, "run_2.50.trc", "no marker of the model",
              standing=None, more=["--labels", b.put("in/no.toml", "[labels]\n" + all_wrong)])
    text = b.trc().text()
    b.recording("two persons", text.replace("RASI\t", "Ann:RASI\t", 1)
                .replace("LASI\t", "Ben:RASI\t", 1), code=DONE, file=False)
    b.recording("a slip in a label", text.replace("RPSI\t", "RPIS\t", 1), "'RPIS'", "did you mean",
                "RPSI", code=DONE)
    b.recording("a prefix", re.sub(r"(?<=\t)([LRCTMSX][A-Z]*[0-9]*)(?=\t\t)", r"Run:\1", text),
                code=DONE, file=False)


def checks(b):
    check = ["check"]
    c3d = b.put("in/cut.c3d", b"\x02P" + bytes(600))
    for name, path, words in (
            ("nothing", "/nowhere.trc", ("/nowhere.trc", "no such file")),
            ("an empty file", b.put("in/empty.c3d", ""), ("empty.c3d", "empty")),
            ("a C3D cut off", c3d, ("cut.c3d",)),
            ("binary", b.put("in/x.dat", bytes(range(256))), ("x.dat", "binary")),
            ("a page", b.put("in/x.html", "<html></html>"), ("x.html", "<html>")),
            ("XML cut off", b.put("in/cut_off.xml", b.osim[:5000]), ("cut_off.xml", "well-formed")),
            ("a set-up cut off", b.put("in/cut.xml", tasks(("C7", 1))[:-30]), ("well-formed",)),
            ("a device", "/dev/zero", ("/dev/zero", "device")),
            ("an empty folder", session_folder(b, "none", {"a/notes.txt": ""}), ("no recording",)),
            ("a session with an unknown key", b.put("in/session.toml", "[[run]]\nfil = 'a'\n"),
             ("session.toml:2:1", "did you mean file?")),
            ("a mapping that is none", b.put("in/labels.toml", "[labels]\nRASI = 3\n"),
             ("labels.toml:2",))):
        b.call("check of " + name, BAD_INPUT, check + [path], *words)
        b.call(f"check of {name} as JSON", BAD_INPUT, check + ["--json", path], *words)
    b.call("check with a mass that cannot be", BAD_USAGE, check + [b.run, "--mass", "-3"], "--mass")
    folder = session_folder(b, "some", {"a.trc": b.trc().text(), "bad.trc": "PathFileType\n"})
    b.call("check of a folder with one bad file", BAD_INPUT, check + [folder], "bad.trc")
    b.call("check of a good folder", DONE, check + [session_folder(
        b, "good", {"A/a.trc": b.trc().text(), "B/b.trc": b.standing.read_text()})])
    b.call("check of a set-up", DONE, check + [b.put("in/tasks.xml", tasks(("C7", 1)))])


def outputs(b):
    file = b.put("in/a_file", "mine")
    b.analyze("out is a file", BAD_INPUT, "a_file", "not a folder", out=file)
    b.analyze("out below a file", BAD_INPUT, "a_file", out=file / "sub")
    b.analyze("out cannot be made", BAD_INPUT, "/proc/nowhere", out=Path("/proc/nowhere/out"))
    b.put("in/way/result.json/mine", "mine")
    b.analyze("a folder in the way", BAD_INPUT, "result.json", "in the way",
              out=b.folder / "in/way")
    # Files may not grow past 50 kB here: as good as a full disk.
    full = ("sh", "-c", 'trap "" XFSZ; ulimit -f 100; exec "$@"', "sh")
    b.analyze("disk full", BAD_INPUT, "cannot write", prefix=full)
    if os.geteuid() != 0:
        locked = b.folder / "locked"
        locked.mkdir(mode=0o500)
        b.analyze("out not writable", BAD_INPUT, "Permission denied", out=locked)
    mine = b.put("in/mine.trc", b.trc().text())
    ik = ["ik", mine, "--model", b.model, "-o"]
    mapping = b.put("in/mine.toml", '[labels]\nRASI = "RASI"\n')
    b.call("motion over its mapping", BAD_USAGE, ik + [mapping, "--labels", mapping],
           "is read here", out=mapping)
    b.call("motion over its recording", BAD_USAGE, ik + [mine], "is read here", out=mine)
    b.call("motion over a folder", BAD_USAGE, ik + [b.folder / "in"], "folder, not a file")
    sink = b.folder / "sink"
    sink.symlink_to("/dev/null")
    b.call("motion over a device", BAD_INPUT, ik + [sink], "device", out=sink)
    b.call("two runs of one name", BAD_USAGE,
           ["synth", "--speeds", "3", "3.001", "-o", b.folder / "s"], "two runs",
           out=b.folder / "s")
    b.call("standard output full", BAD_INPUT, [b.program, "check", b.run], "standard output",
           prefix=("sh", "-c", 'shift; exec "$@" > /dev/full', "sh"))


def usage(b):
    b.call("no command", BAD_USAGE, [], "command is missing")
    b.call("unknown command", BAD_USAGE, ["analyse"], "analyse", "analyze")
    b.call("nothing to analyse", BAD_USAGE, ["analyze"], "runs is required")
    b.analyze("unknown option", BAD_USAGE, "--frobnicate", more=["--frobnicate"])
    b.analyze("demands that do not match", BAD_USAGE, "--demand", "2 runs",
              runs=[b.run, b.fast], more=["--demand", "3 m/s"])
    b.analyze("threads below zero", BAD_USAGE, "--threads", "-1", more=["--threads", "-1"])
    b.analyze("unknown axis", BAD_USAGE, "--up", "q", more=["--up", "q"])
    b.analyze("unknown way", BAD_USAGE, "--forward", "ahead", more=["--forward", "ahead"])
    b.analyze("treadmill and overground", BAD_USAGE, "--treadmill", "--overground",
              more=["--treadmill", "--overground"])
    b.call("no folder", BAD_USAGE, ["analyze", b.run, "--model", b.model, "-o", ""], "--out")
    synth = ["synth", "-o", b.folder / "s"]
    for option in (["--shares", "1", "1", "1"], ["--speeds", "99"], ["--gaps", "1e12"],
                   ["--asymmetry", "nan"], ["--seed", "x"]):
        b.call(" ".join(option), BAD_USAGE, synth + option, out=b.folder / "s")


def fits(b):
    """catena fit: what does not belong to one runner, and bodies that cannot be told."""
    def fit(name, code, *words, args=(), **case):
        out = b.folder / f"fit_{len(b.cases)}"
        b.call("fit: " + name, code, ["fit", *args, "-o", out], *words, out=out, **case)
    fit("nothing", BAD_USAGE, "no recording was given")
    fit("missing run", BAD_INPUT, "/nowhere/run.trc", "no such file", args=["/nowhere/run.trc"])
    fit("a folder among the runs", BAD_USAGE, "folder, not a file", args=[b.run, b.folder])
    fit("a run twice", BAD_INPUT, "run_2.50.trc", "same recording", args=[b.run, b.run])
    fit("a run as standing trial", BAD_INPUT, "run_4.50.trc", "moves",
        args=[b.run, "--standing", b.fast])
    fit("height in cm", BAD_USAGE, "--height", args=[b.run, "--height", "178"])
    fit("no such sex", BAD_USAGE, "--sex", args=[b.run, "--sex", "x"])
    fit("a marker set without a model", BAD_USAGE, "--model", args=[b.run, "--marker-set", b.model])
    fit("a recording as model", BAD_INPUT, "run_4.50.trc", "no XML",
        args=[b.run, "--model", b.fast])
    unknown = b.trc()
    unknown.labels = [f"Q{k}" for k in range(len(unknown.labels))]
    unknown.head[3] = unknown.head[3][:2] + [w for label in unknown.labels for w in (label, "", "")]
    fit("labels of no known set", BAD_INPUT, "pelvis", args=[b.put("in/q.trc", unknown.text())])


def odd_but_good(b):
    one = {"run_2.50_ik.mot"} | REPORT
    b.analyze("a single run", DONE, made=one)
    b.analyze("no such locale", DONE, made=one, env={"LC_ALL": "de_DE.UTF-8"})
    b.analyze("spaces and UTF-8", DONE, runs=[b.put("in/l\u00e4uft schnell \u8d70.trc", b.trc().text())],
              out=b.folder / "ein Bericht \u00fc", made=REPORT | {"l\u00e4uft schnell \u8d70_ik.mot"})
    twins = [shutil.copy(run, b.put(f"in/{folder}/run.trc", "")) for run, folder in
             ((b.run, "monday"), (b.fast, "friday"))]
    b.analyze("two files of one name", DONE, runs=twins,
              made=REPORT | {"monday_run_ik.mot", "friday_run_ik.mot"})
    b.analyze("from standard input", DONE, runs=["/dev/stdin"], stdin=b.run,
              made=REPORT | {"stdin_ik.mot"})
    pipe = b.folder / "pipe.trc"
    os.mkfifo(pipe)
    threading.Thread(target=lambda: pipe.write_bytes(b.run.read_bytes()), daemon=True).start()
    b.analyze("from a pipe", DONE, runs=[pipe], made=REPORT | {"pipe_ik.mot"})
    b.analyze("name with markup", DONE, runs=[b.put("in/<b>&.trc", b.trc().text())],
              made=REPORT | {"_b_&_ik.mot"})
    z_up = b.put("in/z_up.trc", b.trc().numbers(lambda x, y, z: (x, -z, y)).text())
    for more in ([], ["--up", "z"], ["--up", "z", "--forward", "+x"], ["--treadmill"]):
        b.analyze(f"z up, said: {more}", DONE, "z is up", runs=[z_up], standing=None, more=more,
                  made=REPORT | {"z_up_ik.mot"})
    b.recording("a hand lost halfway", b.trc().lose(["RWRI", "RFRA"], 60).text(), code=DONE,
                file=False)
    b.call("one bad file among several", BAD_INPUT, ["check", b.run, "/nowhere", b.model],
           "/nowhere")


def judge(program, case):
    """What is wrong with how the program took a case, in a few words each."""
    before = snapshot(case.out) if case.out else None
    command = [str(word) for word in (*case.prefix, program, *case.args)]
    try:
        with open(case.stdin or os.devnull, "rb") as stdin:
            done = subprocess.run(command, capture_output=True, stdin=stdin, timeout=TIMEOUT_S,
                                  env={**os.environ, **case.env})
    except subprocess.TimeoutExpired:
        return ["hangs"]
    talk = done.stderr.decode(errors="replace")
    wrong = []
    if done.returncode != case.code:
        wrong.append(f"exit code {done.returncode}, not {case.code}")
    sentences = [line for line in talk.splitlines() if not line.startswith("note: ")]
    if len(sentences) != (0 if case.code == DONE else 1):
        wrong.append(f"{len(sentences)} sentences")
    wrong += [f"'{word}' is not said" for word in case.words if str(word) not in talk]
    shows_files = case.args[:1] in (["check"], ["strides"], ["exam"])
    if case.code in (BAD_INPUT, BAD_USAGE) and not shows_files and done.stdout:
        wrong.append("a result on standard output")
    after = snapshot(case.out) if case.out else None
    if case.made is None and before != after:
        wrong.append("something was written")
    if case.made is not None and (not isinstance(after, dict) or set(after) != case.made):
        wrong.append(f"written: {sorted(after or [])}, not {sorted(case.made)}")
    return [f"{'; '.join(wrong)}\n    stderr: {talk.strip()[:500]}"] if wrong else []


def main():
    if len(sys.argv) != 2:
        sys.exit(__doc__)
    program = str(Path(sys.argv[1]).resolve())
    with tempfile.TemporaryDirectory(prefix="catena_bad_input_") as folder:
        bench = Bench(program, Path(folder))
        for group in (recordings, lost_segments, models, belonging, sessions, labels, checks,
                      outputs, conversions, strides, comparisons, plans, exams, usage, fits,
                      odd_but_good):
            group(bench)
        with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
            verdicts = list(pool.map(lambda case: judge(program, case), bench.cases))
        kept = kept_answers(program, Path(folder))
    failures = [f"{case.name}: {wrong}" for case, verdict in zip(bench.cases, verdicts)
                for wrong in verdict] + kept
    for failure in failures:
        print(failure)
    print(f"{len(bench.cases)} cases, {len(failures)} failed")
    sys.exit(1 if failures else 0)


if __name__ == "__main__":
    main()
