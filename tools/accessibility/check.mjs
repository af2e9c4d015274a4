// Holds pages against axe-core's rules, on a screen and on a phone; looks whether a phone would
// have to scroll sideways, and whether the runner's page would fit on one sheet of A4 in a language
// with longer words.
//   node check.mjs CHROMIUM PAGE.html...
import { createRequire } from 'node:module';
import { readFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { chromium } from 'playwright-core';

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const [executablePath, ...files] = process.argv.slice(2);
const kTags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];
const kScreens = [{ width: 1200, height: 900 }, { width: 360, height: 740 }];
const kPixelsPerMm = 96 / 25.4;
const kSheet = { width: 182 * kPixelsPerMm, height: 273 * kPixelsPerMm };  // A4 less the margins

let faults = 0;
let passed = 0;
const fault = (file, words) => {
  ++faults;
  console.log(`${file}: ${words}`);
};

// The height of the runner's page when every word is a quarter longer, as in German. Run in the page.
function heightOfLongerSheet() {
  const sheet = document.querySelector('.sheet');
  if (sheet === null) return 0;
  const walker = document.createTreeWalker(sheet, NodeFilter.SHOW_TEXT);
  const texts = [];
  while (walker.nextNode()) {
    if (walker.currentNode.parentElement.closest('svg') === null) texts.push(walker.currentNode);
  }
  const longer = (word) => word + word.slice(0, Math.ceil(word.length / 4));
  for (const text of texts) text.data = text.data.split(' ').map(longer).join(' ');
  return sheet.getBoundingClientRect().height;
}

const browser = await chromium.launch({
  executablePath,
  args: process.getuid() === 0 ? ['--no-sandbox'] : [],
});
const page = await browser.newPage();
for (const file of files) {
  const before = faults;
  for (const screen of kScreens) {
    await page.setViewportSize(screen);
    await page.goto(pathToFileURL(file).href);
    await page.evaluate(axe);
    const found = await page.evaluate(
      (tags) => axe.run(document, { runOnly: { type: 'tag', values: tags } }), kTags);
    for (const rule of found.violations) {
      const places = rule.nodes.slice(0, 3).map((node) => node.html.slice(0, 120)).join('\n    ');
      fault(file, `${screen.width} px: ${rule.id}: ${rule.help} (${rule.nodes.length} times)\n    ${places}`);
    }
    const wide = await page.evaluate(() => document.documentElement.scrollWidth);
    if (wide > screen.width) fault(file, `${screen.width} px: the page is ${wide} px wide`);
  }
  await page.emulateMedia({ media: 'print' });
  await page.setViewportSize({ width: Math.floor(kSheet.width), height: 1000 });
  const height = await page.evaluate(heightOfLongerSheet);
  if (height > kSheet.height) {
    fault(file, `the runner's page, its words a quarter longer, is ${
      Math.round(height / kPixelsPerMm)} mm high, a sheet 273 mm`);
  }
  await page.emulateMedia({ media: null });
  if (faults === before) ++passed;
}
await browser.close();
console.log(`accessibility: ${passed} passed, ${files.length - passed} failed`);
process.exit(faults === 0 && passed > 0 ? 0 : 1);
