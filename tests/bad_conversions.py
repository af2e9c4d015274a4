"""Cases of bad_input_test.py for `catena convert`."""
import subprocess

DONE, BAD_INPUT, BAD_USAGE = 0, 1, 2
TIMEOUT_S = 60


def forces(n_rows, step_s, first_s=0.0):
    """A _grf.mot of somebody who stands."""
    labels = [f"ground_force_{end}" for end in ("vx", "vy", "vz", "px", "py", "pz")]
    labels += [f"ground_torque_{end}" for end in "xyz"]
    rows = [[first_s + i * step_s, 0, 700, 0, 0.1, 0, 0.2, 0, 1, 0] for i in range(n_rows)]
    lines = ["grf", f"nRows={n_rows}", "nColumns=10", "inDegrees=yes", "endheader",
             "\t".join(["time"] + labels)]
    return "\n".join(lines + ["\t".join(map(str, row)) for row in rows]) + "\n"


def conversions(b):
    def case(name, code, source, *words, to="x.c3d", more=(), made=None):
        out = b.folder / f"out_{len(b.cases)}"
        where = [] if to is None else ["-o", out / to]
        b.call(name, code, ["convert", source, *more, *where], *words, out=out, made=made)

    c3d = b.folder / "in/run.c3d"
    (b.folder / "in").mkdir(exist_ok=True)
    subprocess.run([b.program, "convert", b.run, "-o", c3d], check=True, capture_output=True,
                   timeout=TIMEOUT_S)
    mot = b.put("in/table.mot", "some\nnRows=1\nnColumns=2\nendheader\ntime\ta\n0\t1\n")
    mine = b.put("in/mine.trc", b.trc().text())

    case("TRC to C3D", DONE, b.run, "rounded to the 32 bits", made={"x.c3d"})
    case("C3D to TRC", DONE, c3d, "Not written", to="x.TRC", made={"x.TRC"})
    case("C3D to C3D", DONE, c3d, made={"x.c3d"})
    case("a table to a table", DONE, mot, "inDegrees", to="x.sto", made={"x.sto"})
    case("all that fits", DONE, c3d, to="y.c3d", more=["--all", b.folder / "all"],
         made={"y.c3d"})
    grf = b.put("in/run_grf.mot", forces(120, 1 / 60))
    case("TRC and forces to C3D", DONE, b.run, "rounded", more=[grf], made={"x.c3d"})
    case("turned", DONE, b.run, "z is up", more=["--up", "z"], made={"x.c3d"})

    case("nothing to convert", BAD_INPUT, "/nowhere/run.c3d", "/nowhere/run.c3d", "no such file")
    case("convert a folder", BAD_INPUT, b.folder, "folder, not a file")
    for name, content in (("empty", b""), ("noise", bytes(range(256)) * 40),
                          ("a model", b.osim.encode()), ("half a header", c3d.read_bytes()[:300]),
                          ("no data", c3d.read_bytes()[:1024]),
                          ("parameters beyond the end", b"\xff" + c3d.read_bytes()[1:])):
        case("convert " + name, BAD_INPUT, b.put(f"in/{name}.bin", content), f"{name}.bin",
             to="x.trc")
    case("forces beside C3D", BAD_INPUT, c3d, "TRC file only", more=[grf])
    case("no forces beside TRC", BAD_INPUT, b.run, "table.mot", "ground force", more=[mot])
    case("forces of another trial", BAD_INPUT, b.run, "late.mot", "overlap",
         more=[b.put("in/late.mot", forces(120, 1 / 60, 1e4))])
    case("forces at another rate", BAD_INPUT, b.run, "odd.mot", "whole multiple",
         more=[b.put("in/odd.mot", forces(120, 1 / 100))])
    case("forces at one time", BAD_INPUT, b.run, "still.mot", "not even",
         more=[b.put("in/still.mot", forces(120, 0))])
    case("no plates to be written", BAD_INPUT, c3d, "run.c3d", "no force plates", to="x.mot")
    case("no plates for feet", BAD_INPUT, c3d, "no force plates", to="x.mot", more=["--per-foot"])
    case("no channels to be written", BAD_INPUT, b.run, "no analog channels", to="x.sto")
    case("a table has no markers", BAD_INPUT, mot, "table.mot", "no markers", to="x.trc")
    case("a table cannot be turned", BAD_INPUT, mot, "turned", to="x.sto", more=["--up", "z"])
    case("out below a file", BAD_INPUT, c3d, to=None, more=["-o", mot / "x.trc"])

    case("no output", BAD_USAGE, c3d, "nothing is to be written", to=None)
    case("no input", BAD_USAGE, "-o", "in is required", to=None, more=["x.trc"])
    case("unknown format", BAD_USAGE, c3d, "x.csv", ".trc", to="x.csv")
    case("no ending", BAD_USAGE, c3d, "no format", to="x")
    case("the same output twice", BAD_USAGE, c3d, "twice", more=["-o", b.folder / "o" / "x.c3d"] * 2)
    case("up and forward along one axis", BAD_USAGE, b.run, more=["--up", "x", "--forward", "-x"])
    b.call("over its input", BAD_USAGE, ["convert", mine, "-o", mine], "is read", out=mine)
    b.call("all over its input", BAD_USAGE, ["convert", mine, "--all", mine.parent], "is read",
           out=mine)
    b.call("out is a folder", BAD_USAGE, ["convert", mine, "-o", b.folder / "in"], "folder")
    sink = b.folder / "sink.trc"
    sink.symlink_to("/dev/null")
    b.call("over a device", BAD_INPUT, ["convert", c3d, "-o", sink], "device", out=sink)
