/* Walks pages of a folder in Chromium, from the disk, and prints as JSON what is wrong with each: `walk.cjs CHROMIUM FOLDER PAGE…`. */
"use strict";
const path = require("path");
const {pathToFileURL} = require("url");
const fs = require("fs");
const {chromium} = require("playwright-core");
const AXE = fs.readFileSync(require.resolve("axe-core/axe.min.js"), "utf-8");
const VIEWS = [["phone", 320, 800, "screen"], ["desktop", 1280, 900, "screen"], ["print", 1280, 900, "print"]];

const sideways = () => {
  const root = document.documentElement;
  const wide = [...document.querySelectorAll("body *")].filter((e) => !e.closest(".scroll, svg, .vh, .skip") && e.getBoundingClientRect().right > innerWidth + 1);
  return root.scrollWidth > innerWidth ? [root.scrollWidth, ...wide.slice(0, 3).map((e) => e.outerHTML.slice(0, 90))] : null;
};

/* what the keyboard can reach, in the order of the page */
const stops = () => [...document.querySelectorAll("a[href], button, select, summary, [tabindex='0']")]
  .filter((e) => e.checkVisibility({visibilityProperty: true}) && !e.closest("details:not([open]) > :not(summary)")).length;

const focused = () => {
  const e = document.activeElement;
  const style = getComputedStyle(e), box = e.getBoundingClientRect();
  e.dataset.reached = "1";
  return {tag: e.outerHTML.slice(0, 90), outline: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
    seen: box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth};
};

async function keyboard(page) {
  const faults = [];
  const wanted = await page.evaluate(stops);
  await page.keyboard.press("Tab");
  const first = await page.evaluate(focused);
  if (!first.tag.includes('class="skip"')) {
    if (await page.$("a.skip")) faults.push(["skip link is not first", first.tag]);
  }
  let count = 1;
  for (; count < wanted + 2; count++) {
    const now = await page.evaluate(focused);
    if (!now.outline || !now.seen) faults.push([now.outline ? "focus out of sight" : "focus not visible", now.tag]);
    await page.keyboard.press("Tab");
    if (await page.evaluate(() => document.activeElement === document.body || document.activeElement.dataset.reached === "1")) break;
  }
  const missed = await page.evaluate(() => [...document.querySelectorAll("a[href], button, select, summary, [tabindex='0']")]
    .filter((e) => e.checkVisibility({visibilityProperty: true}) && e.dataset.reached !== "1" && !e.closest("details:not([open]) > :not(summary)"))
    .map((e) => e.outerHTML.slice(0, 90)));
  if (missed.length) faults.push(["not reached", missed.slice(0, 5)]);
  if (await page.$("a.skip")) {
    await page.evaluate(() => { document.activeElement.blur(); scrollTo(0, 0); document.querySelector("a.skip").focus(); });
    await page.keyboard.press("Enter");
    if (!(await page.evaluate(() => document.activeElement.id === "main"))) faults.push(["skip link does not lead to the content"]);
  }
  return faults;
}

async function walk([executablePath, folder, ...names]) {
  const browser = await chromium.launch({executablePath, args: ["--no-sandbox", "--disable-gpu"]});
  const found = {};
  const note = (name, view, fault) => { ((found[name] ||= {})[view] ||= []).push(fault); };
  for (const script of [true, false]) {
    const context = await browser.newContext({javaScriptEnabled: script, bypassCSP: false, reducedMotion: "reduce"});
    const page = await context.newPage();
    let at = ["", ""];
    page.on("console", (message) => note(...at, ["console", message.text()]));
    page.on("pageerror", (error) => note(...at, ["error", error.message]));
    page.on("request", (request) => { if (!/^(file|data):/.test(request.url())) note(...at, ["request", request.url()]); });
    page.on("requestfailed", (request) => note(...at, ["failed", path.basename(request.url())]));
    for (const name of names) {
      const address = pathToFileURL(path.join(folder, name)).href;
      if (!script) {
        at = [name, "without script"];
        await page.setViewportSize({width: 320, height: 800});
        await page.goto(address, {waitUntil: "load"});
        const wide = await page.evaluate(sideways);
        if (wide) note(...at, ["sideways", wide]);
        const broken = await page.evaluate(() => [...document.images].filter((i) => !i.complete || !i.naturalWidth).map((i) => i.src));
        if (broken.length) note(...at, ["pictures", broken]);
        continue;
      }
      at = [name, "phone"];
      await page.setViewportSize({width: 320, height: 800});
      await page.emulateMedia({media: "screen"});
      await page.goto(address, {waitUntil: "load"});
      await page.evaluate(AXE);
      for (const [view, width, height, media] of VIEWS) {
        at = [name, view];
        await page.setViewportSize({width, height});
        await page.emulateMedia({media});
        const wide = await page.evaluate(sideways);
        if (wide && view !== "print") note(...at, ["sideways", wide]);
        const result = await page.evaluate(() => axe.run(document, {resultTypes: ["violations"], preload: false}));
        for (const v of result.violations) note(...at, [v.id, v.nodes.length, v.nodes[0].html.slice(0, 160), v.nodes[0].any.concat(v.nodes[0].all, v.nodes[0].none).map((c) => c.message).slice(0, 1)]);
      }
      await page.emulateMedia({media: "screen"});
      at = [name, "zoom"];
      await page.setViewportSize({width: 640, height: 450}); // 1280 pixels at 200 %
      const wide = await page.evaluate(sideways);
      if (wide) note(...at, ["sideways", wide]);
      at = [name, "keyboard"];
      await page.setViewportSize({width: 1280, height: 900});
      for (const fault of await keyboard(page)) note(...at, fault);
    }
    await context.close();
  }
  await browser.close();
  return found;
}

walk(process.argv.slice(2)).then((found) => console.log(JSON.stringify(found)), (error) => { console.error(String(error)); process.exit(1); });
