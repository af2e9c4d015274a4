"""Cases of bad_input_test.py for `catena plan`."""

DONE, BAD_INPUT, BAD_USAGE = 0, 1, 2


def plans(b):
    def plan(name, code, *words, args=()):
        b.call("plan: " + name, code, ["plan", *args], *words)

    plan("nothing", BAD_USAGE, "--speeds", "--ramp")
    plan("three speeds", DONE, args=["--speeds", "2.5,3.5,4.5", "--strides", "10"])
    plan("three speeds as JSON", DONE, args=["--speeds", "2.5,3.5,4.5", "--json"])
    plan("a ramp in km/h", DONE, args=["--ramp", "9:16.2", "--seconds", "75", "--km-h"])
    plan("one speed", BAD_USAGE, "one speed", args=["--speeds", "3"])
    plan("speeds that are one", BAD_USAGE, "within 5 %", args=["--speeds", "3,3.1,4"])
    plan("km/h taken for m/s", BAD_USAGE, "nothing is known of 9.5 ", "km/h",
         args=["--speeds", "9.5,12,9"])
    plan("speeds of another planet", BAD_USAGE, "nothing is known",
         args=["--speeds", "3,4,1e300"])
    plan("a speed that is no number", BAD_USAGE, args=["--speeds", "3,nan,4"])
    plan("a speed that is a word", BAD_USAGE, "--speeds", args=["--speeds", "slow,fast"])
    plan("nine speeds", BAD_USAGE, "more than 8",
         args=["--speeds", "2,2.4,2.8,3.2,3.6,4,4.5,5,5.5"])
    plan("speeds that lie close", BAD_USAGE, "further behind", args=["--speeds", "2.5,2.7"])
    plan("no stride", BAD_USAGE, "were not simulated",
         args=["--speeds", "2.5,3.5,4.5", "--strides", "0"])
    plan("strides that are no number", BAD_USAGE, "were not simulated",
         args=["--speeds", "2.5,3.5,4.5", "--strides", "nan"])
    plan("a ramp of one speed", BAD_USAGE, "within 5 %", args=["--ramp", "3:3"])
    plan("half a ramp", BAD_USAGE, "no range", args=["--ramp", "3"])
    plan("a ramp of words", BAD_USAGE, "no range", args=["--ramp", "a:b"])
    plan("a ramp of a second", BAD_USAGE, "no ramp of 1 s",
         args=["--ramp", "2.5:4.5", "--seconds", "1"])
    plan("a ramp and speeds", BAD_USAGE, "--ramp", args=["--ramp", "3:4", "--speeds", "3,4"])

    plan("a missing session", BAD_INPUT, "/nowhere", args=["/nowhere"])
    plan("a session and speeds", BAD_USAGE, "session", args=[b.folder, "--speeds", "3,4"])
    plan("a session of two speeds that is good", DONE, args=[b.run.parent])
