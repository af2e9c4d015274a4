#!/bin/sh
# Stands for a Chromium in pdf_test.py. What it does is said by FAKE_BROWSER: print, fail, scribble
# (what it leaves is no PDF) or break_off (it fails after half a PDF). Its arguments go to
# $FAKE_BROWSER_SAW, a line each.
echo "noise on standard output"
echo "noise on standard error" >&2
printf '%s\n' "$@" > "$FAKE_BROWSER_SAW"
for word in "$@"; do
  case $word in
    --print-to-pdf=*) pdf=${word#--print-to-pdf=} ;;
    --user-data-dir=*) profile=${word#--user-data-dir=} ;;
  esac
done
echo "a profile is written to" > "$profile/Preferences"
case $FAKE_BROWSER in
  print) printf '%%PDF-1.4 a page\n' > "$pdf" ;;
  fail) exit 1 ;;
  scribble) echo "no PDF" > "$pdf" ;;
  break_off) printf '%%PDF-1.4 half a p' > "$pdf"; exit 1 ;;
esac
