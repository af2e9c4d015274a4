"""Cases of bad_input_test.py for `catena strides` and landmarks in JSON."""
import json
import math

DONE, BAD_INPUT, BAD_USAGE = 0, 1, 2

NAMES = [side + part for side in "rl"
         for part in ("_shoulder", "_hip", "_knee", "_ankle", "_heel", "_big_toe", "_wrist")]


def pose(n_frames=90, fps=30, **more):
    """A runner whose feet go round in circles, as one camera would see them."""
    frames = []
    for i in range(n_frames):
        points = []
        for k in range(2):
            angle = 2 * math.pi * (1.4 * i / fps + 0.5 * k)
            x, y = 300 + 120 * math.cos(angle), 1100 - 80 * max(0, math.sin(angle))
            points += [[300, 600, 0.9], [300, 800, 0.9], [310 + 50 * math.cos(angle), 950, 0.9],
                       [x, y - 20, 0.9], [x - 15, y, 0.9], [x + 60, y, 0.9], [350, 780, 0.9]]
        frames.append(points)
    return {"fps": fps, "keypoint_names": NAMES, "frames": frames, **more}


def strides(b):
    strides = ["strides"]
    text = json.dumps(pose())

    def bad(name, content, *words):
        path = b.put(f"in/{len(b.cases)}.json", content)
        b.call("strides of " + name, BAD_INPUT, strides + [path], path.name, *words)
        b.call(f"strides of {name} as JSON", BAD_INPUT, strides + ["--json", path], path.name)

    bad("an empty file", "", "empty")
    bad("JSON cut off", text[:len(text) // 2], "cut off")
    bad("JSON that is none", "{fps: 30}", "no JSON from byte")
    bad("JSON of something else", "{\"a\": 1}", "keypoint_names")
    bad("a list", "[[1, 2]]", "not an object")
    bad("OpenPose's frame", "{\"people\": []}", "OpenPose")
    bad("no frames", json.dumps(pose(0)), "no 'frames'")
    bad("a landmark too few", json.dumps(pose(keypoint_names=NAMES + ["nose"])), "frame 1 has 14")
    bad("a name twice", json.dumps(pose(keypoint_names=NAMES[:-1] + NAMES[:1])), "twice")
    bad("no rate", text.replace('"fps": 30', '"fps": 0'), "rate")
    bad("timestamps that are too few", json.dumps(pose(timestamps=[0, 1])), "2 timestamps")
    bad("unknown landmarks", json.dumps(pose(keypoint_names=[f"p{i}" for i in range(14)])), "hip")
    bad("landmarks never sure", text.replace("0.9]", "0.1]"), "no hip")
    bad("deep JSON", "{\"frames\": " + "[" * 100000, "frame 1 is not")
    b.call("strides of landmarks that are good", DONE,
           strides + [b.put("in/good.json", text), "--height", "1.8"])
    b.call("strides of nothing", BAD_INPUT, strides + ["/nowhere.trc"], "/nowhere.trc", "no such")
    b.call("strides of a standing trial", BAD_INPUT, strides + [b.standing], "no foot is seen")
    b.call("strides of a device", BAD_INPUT, strides + ["/dev/zero"], "device")
    b.call("strides of a model", BAD_INPUT, strides + [b.model], "XML")
    b.call("strides by plates that are not there", BAD_INPUT,
           strides + [b.run, "--events", "plates"], b.run.name, "plate")
    b.call("strides by events that are not there", BAD_INPUT, strides + [b.run, "--events", "file"],
           b.run.name, "event")
    b.call("strides by feet that are lost", BAD_INPUT,
           strides + [b.put("in/no_feet.trc", b.trc().lose(
               [label for label in b.trc().labels if "TOE" in label or "HEE" in label or
                "MT" in label or "CA" in label]).text())], "no_feet.trc")
    b.call("strides of an unknown choice", BAD_USAGE, strides + [b.run, "--events", "hope"],
           "--events")
    b.call("strides at no speed", BAD_USAGE, strides + [b.run, "--speed", "0"], "--speed")
    b.call("strides of landmarks by plates", BAD_USAGE,
           strides + [b.put("in/plates.json", text), "--events", "plates"], "without plates")
    b.call("strides of a run", DONE, strides + [b.run, b.fast])
    b.call("check of landmarks", DONE, ["check", b.put("in/good.json", text)])
    b.analyze("landmarks as a run", BAD_INPUT, "good.json", "two dimensions",
              runs=[b.put("in/good.json", text)])
