#!/usr/bin/env python3
"""Refuses texts of the report that a language does not have. usage: tools/check_language.py [-l]

Pulls the texts that look like words for people out of the sources and data files whose sentences
the report shows, and looks for each in src/catena/report/languages/*.json. What a language need not
have is in a file of OTHERS or stands in languages/ignored.txt; any other text that is missing is a
failure, and so is an ignored one that is no longer said or that every language has. Every text of
every language is held against what the claims policy forbids and requires. -l lists the missing
texts."""
import json
import re
import sys
from pathlib import Path

root = Path(__file__).resolve().parent.parent
source = root / "src/catena"
languages = source / "report/languages"
LAYERS = ("chain", "gait", "analysis", "exam", "findings", "report")
# Texts for the terminal, for programs, or for whoever writes a file: not of the page.
OTHERS = re.compile(r"(_test\.cpp|_fixture\.h|_json\.cpp|_text\.cpp|csv_report\.cpp|page_style\.cpp"
                    r"|exam_(file|reader|values|checks|tree|questions|keys|write)\.(cpp|h)"
                    r"|(plan_table|pelvis_share|published_figures_file)\.)")
# What other commands say and draw: fit-body, inspect, plan, compare and reference, all English.
OTHER_COMMANDS = {
    "belonging.cpp", "body_plot.cpp", "fit_html.cpp", "fit_summary.cpp", "inspect.cpp",
    "inspect_file.cpp", "inspect_pose.cpp", "plan_of_session.cpp", "recording_plan.cpp",
    "reference_build.cpp", "reference_file.cpp", "visit_change.cpp", "visit_comparison.cpp",
}
TOKEN = re.compile(r'//[^\n]*|/\*.*?\*/|R"(\w*)\((.*?)\)\1"|"((?:\\.|[^"\\\n])*)"'
                   r"|'(?:\\.|[^'\\\n])*'", re.S)


def literals(text):
    """String literals, those that follow each other as one; not those of includes and errors."""
    text = re.sub(r"^\s*#.*$", "", text, flags=re.M)
    found, end = [], -1
    for token in TOKEN.finditer(text):
        if token.group(3) is None and token.group(2) is None:
            continue
        body = token.group(2)
        if body is None:
            body = token.group(3).encode().decode("unicode_escape", errors="replace")
        if found and not text[end:token.start()].strip():
            found[-1][0] += body
        else:
            found.append([body, text[max(0, token.start() - 60):token.start()]])
        end = token.end()
    return [body for body, before in found if not re.search(r"(fail|wrong|Errc::\w+,)\W*(\w+::format\()?$", before)]


def shown_in_data(node, key=""):
    if isinstance(node, dict):
        for name, value in node.items():
            yield from shown_in_data(value, name)
    elif isinstance(node, list):
        for value in node:
            yield from shown_in_data(value, key)
    elif isinstance(node, str) and key in ("name", "sentence", "where_to", "reported", "for_runner",
                                           "for_clinician", "plus", "note", "could_change",
                                           "against_runner", "against_clinician", "runner", "clinician"):
        yield node


def plain(template):
    """A template with {} for every placeholder, no space or full stop at its ends."""
    template = re.sub(r"\{[^{}]*\}", "{}", template.replace("{{", "(").replace("}}", ")"))
    return template.strip().removesuffix(".").strip(" ;,:()")


def is_for_people(template):
    words = re.findall(r"[A-Za-z]{2,}", re.sub(r"\{[^{}]*\}", " ", template))
    looks_like_code = re.search(r"[<>=_\\]|^[a-z-]+$|^--|::|\.(json|csv|trc|mot|html)", template)
    return len(words) >= 2 and " " in template.strip() and not looks_like_code


def texts():
    """Template to the file that has it."""
    found = {}
    for layer in LAYERS:
        for file in sorted((source / layer).glob("*.cpp")) + sorted((source / layer).glob("*.h")):
            if OTHERS.search(file.name) or file.name in OTHER_COMMANDS:
                continue
            for body in literals(file.read_text()):
                if is_for_people(body):
                    found.setdefault(plain(body), file.name)
        for file in sorted((source / layer).glob("*.json")):
            if file.name in ("plan_table.json", "pelvis_share.json", "answer_cases.json"):
                continue
            for body in shown_in_data(json.loads(file.read_text())):
                if is_for_people(body):
                    found.setdefault(plain(body), file.name)
    return found


def is_there(text, all_keys):
    """Whole, or sentence by sentence; a number may stand for itself or for any, and a placeholder
    among three words or more for an ending or some words, as in "{} event{} {} left out"."""
    def known(part):
        any_number = re.sub(r"\d+(\.\d+)?( %)?", "{}", part)
        if part.lower() in all_keys or any_number.lower() in all_keys:
            return True
        if "{}" not in part or len(re.findall(r"[A-Za-z]{2,}", part)) < 3:
            return False
        filled = re.escape(part.lower()).replace(r"\{\}", "[^\\n]{0,30}?")
        return re.search(filled, all_keys) is not None
    return known(text) or all(known(plain(part)) for part in re.split(r"(?<=[.:;])\s+", text))


# What the claims policy never says, and where such a word may stand after all.
FORBIDDEN = {
    "en": re.compile(r"tissue damage|\bwear\b|worn out|injury (risk|probability)|(risk|probability|chance)s? of "
                     r"(an )?injur|\bcaus(es|ed|ing)\b|\bthe cause\b|to blame|\bdiagnos|\bheal(s|ed|ing)?\b", re.I),
    "de": re.compile(r"Gewebesch|Verschlei|Abnutz|Verletzungs(risiko|wahrsch)|(Risiko|Wahrscheinlichkeit) einer "
                     r"Verletzung|verursach|Ursache|schuld|Diagnos|heil(t|en|ung)", re.I),
}
ALLOWED = {
    "en": re.compile(r"not a diagnosis|never a diagnosis|are your hips to blame|does not diagnose|no injury"
                     r"|nor (a )?probability", re.I),
    "de": re.compile(r"keine Diagnose|kein(e)? Diagnose|Sind Ihre H\u00fcften schuld", re.I),
}
# What must be said, somewhere, in every language.
REQUIRED = {
    "en": ["not a diagnosis", "is consistent with", "is not consistent with", "not distinguishable",
           "calibrated on simulated runners only"],
    "de": ["keine Diagnose", "vereinbar", "nicht vereinbar", "nicht zu unterscheiden",
           "nur an simulierten"],
}


def check_wording(language, said):
    """Sentences against the claims policy; how many break it."""
    bad = 0
    for text in said:
        if FORBIDDEN[language].search(text) and not ALLOWED[language].search(text):
            bad += 1
            print(f"the claims policy forbids this ({language}): '{text}'")
    together = "\n".join(said).lower()
    for phrase in REQUIRED[language]:
        if phrase.lower() not in together:
            bad += 1
            print(f"no text of {language} says '{phrase}'")
    return bad


def lines(file):
    return {line for line in file.read_text().splitlines() if line} if file.exists() else set()


def main():
    wanted = texts()
    ignored = lines(languages / "ignored.txt")
    needed = set()  # of the ignored: what some language does not have
    bad = check_wording("en", list(wanted))
    for file in sorted(languages.glob("*.json")):
        catalogue = json.loads(file.read_text())["texts"]
        all_keys = "\n".join(plain(key) for key in catalogue).lower()
        if file.stem in FORBIDDEN:
            bad += check_wording(file.stem, list(catalogue.values()))
        else:
            bad += 1
            print(f"{file.name}: say in tools/check_language.py what this language must not say")
        missing = [text for text in wanted if not is_there(text, all_keys)]
        needed |= ignored & set(missing)
        missing = [text for text in missing if text not in ignored]
        if "-l" in sys.argv:
            print("\n".join(f"{wanted[text]}: {text}" for text in missing))
            continue
        for text in missing:
            bad += 1
            print(f"{file.name} has no '{text}' ({wanted[text]})")
        print(f"{file.name}: {len(wanted) - len(needed) - len(missing)} texts, "
              f"{len(needed)} need none, {len(missing)} missing")
    if "-l" not in sys.argv:
        for text in sorted(ignored - needed):
            bad += 1
            print(f"ignored.txt: '{text}' is there by now, or no longer said: take it out")
    sys.exit(1 if bad else 0)


if __name__ == "__main__":
    main()
