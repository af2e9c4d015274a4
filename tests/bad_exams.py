"""Cases of bad_input_test.py for `catena exam`, and what it does with good answers."""
import json
import subprocess

DONE, BAD_INPUT, BAD_USAGE = 0, 1, 2

GOOD = ('date = "2026-03-14"\n[person]\nname = "Ann"\n[[test]]\nname = "modified_thomas"\n'
        'side = "right"\nvalue_deg = 4\nmethod = "goniometer"\npelvis_controlled = true\n')


def exams(b):
    def check(name, content, code=DONE, *words, ending="toml"):
        path = b.put(f"in/exam_{len(b.cases)}.{ending}", content)
        b.call("exam: " + name, code, ["exam", path, "--check"], *words)

    b.call("exam that is not there", BAD_INPUT, ["exam", "/nowhere.toml", "--check"],
           "/nowhere.toml", "no such file")
    b.call("exam that is a folder", BAD_INPUT, ["exam", b.folder], "folder")
    b.call("exam in a folder that cannot be", BAD_INPUT, ["exam", "/proc/x/exam.toml"],
           "/proc/x", stdin=b.put("in/answers.txt", "no\n"))
    b.call("exam with a flag that is not known", BAD_USAGE, ["exam", "--chekc"], "--chekc")
    check("not TOML", "Thomas: 4\n", BAD_INPUT, ":1:", "TOML")
    check("not JSON", "{", BAD_INPUT, "JSON", ending="json")
    check("a list as JSON", "[]", BAD_INPUT, "JSON object", ending="json")
    check("binary", bytes(range(256)), BAD_INPUT, "TOML")
    check("too long", "# " + "x" * 100000, BAD_INPUT, "longer")
    check("empty", "")
    check("good", GOOD)
    ending = b.put("in/no_end.txt", "x" * 100000)
    b.call("exam with an answer that does not end", DONE,
           ["exam", b.folder / "in/unanswered.toml"], stdin=ending)
    b.call("exam with the file broken that is to be resumed", BAD_INPUT,
           ["exam", b.put("in/broken.toml", "a\n")], "TOML", stdin=ending)


def kept_answers(program, folder):
    """Sentences on what does not hold when answers are piped in; empty: all is well."""
    wrong = []

    def ask(path, answers, *more):
        return subprocess.run([program, "exam", path, *more], input=answers, text=True,
                              capture_output=True, timeout=60)

    def expect(holds, what):
        if not holds:
            wrong.append("exam: " + what)

    path = folder / "asked.toml"
    first = ask(path, "no\nperhaps\nyes\n")  # ends without q: end of file
    expect(first.returncode == DONE, "answers and the end of the input are no error")
    expect("emergency" in first.stdout, "a red flag says at once where to go")
    text = path.read_text()
    expect("saddle_numbness = false" in text and "bladder_bowel = true" in text,
           "answers before the end of the input are kept")
    second = ask(path, "q\n")
    expect(path.read_text() == text, "leaving changes nothing")
    expect("saddle" not in second.stdout.split("[", 1)[0].splitlines()[-1] and
           "sex" in second.stdout, "a second call begins with what is open")
    ask(path, "s\nAnn\nq\n")
    expect('name = "Ann"' in path.read_text(), "s passes over the rest of a part")

    path = folder / "mine.toml"
    path.write_text("# my own remark\n" + GOOD + "[[test]]\nname = \"ely\"\nvalue_deg = 400\n")
    third = ask(path, "no\nq\n")
    expect("400" in third.stderr, "what cannot be used is said")
    expect("my own remark" in (folder / "mine.toml.before").read_text(),
           "a file with remarks is kept as it was")
    expect("value_deg = 4\n" in path.read_text(), "what could be used is in the new file")

    path = folder / "asked.json"
    ask(path, "no\nq\n", "--json")
    expect(json.loads(path.read_text()) == {"red_flags": {"saddle_numbness": False}},
           "--json writes JSON")
    shown = json.loads(ask(path, "", "--check", "--json").stdout)
    expect(shown["safety"]["asked"] == 1, "--check --json tells how many were asked")
    nothing = ask(folder / "none.toml", "")
    expect(nothing.returncode == DONE and not (folder / "none.toml").exists(),
           "without an answer nothing is written")
    return wrong
