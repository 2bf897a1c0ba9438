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
const stops = () => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
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
  const missed = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
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

async function audit(page, at, note) {
  const result = await page.evaluate(() => axe.run(document, {resultTypes: ["violations"], preload: false}));
  for (const v of result.violations) {
    const [first] = v.nodes;
    note(...at, [v.id, v.nodes.length, first.html.slice(0, 160), [...first.any, ...first.all, ...first.none].map((c) => c.message)[0]]);
  }
}

/* every tool of the page once: rows in another order and back, a series that stands out, a place that is followed */
const used = async () => {
  const faults = [];
  for (const table of [...document.querySelectorAll("table[data-sortable]")].slice(0, 4)) {
    const rows = () => [...table.tBodies[0].rows];
    const before = rows().map((r) => r.innerText).join("|"), total = rows().findIndex((r) => r.classList.contains("total"));
    const head = [...table.tHead.querySelectorAll("th")].filter((t) => t.querySelector("button.sort")).at(-1);
    if (!head) { faults.push(["no button to sort", before.slice(0, 60)]); continue; }
    const button = head.querySelector("button");
    const column = () => rows().filter((r) => !r.classList.contains("total")).map((r) => r.cells[r.cells.length - 1].cloneNode(true)).map((c) => {
      for (const mark of c.querySelectorAll(".flag")) mark.remove();
      const digits = c.textContent.replace("\u2212", "-").replace(/[^0-9,.-]/g, "");
      return digits ? Number(document.documentElement.lang.startsWith("en") ? digits.replace(/,/g, "") : digits.replace(",", ".")) : NaN;
    }).filter((n) => !Number.isNaN(n));
    const down = (a) => a.every((n, i) => !i || n <= a[i - 1]);
    button.click();
    if (head.getAttribute("aria-sort") !== "descending" || !down(column())) faults.push(["not sorted downwards", column()]);
    button.click();
    if (head.getAttribute("aria-sort") !== "ascending" || !down(column().reverse())) faults.push(["not sorted upwards", column()]);
    if (rows().findIndex((r) => r.classList.contains("total")) !== total) faults.push(["the total has moved"]);
    button.click();
    if (rows().map((r) => r.innerText).join("|") !== before || head.hasAttribute("aria-sort")) faults.push(["not as before", before.slice(0, 60)]);
    button.click();
  }
  for (const exhibit of [...document.querySelectorAll("figure[data-series]")].slice(0, 4)) {
    const buttons = [...exhibit.querySelectorAll(".standing button")];
    if (!buttons.length) continue;
    buttons[0].click();
    if (!exhibit.querySelector(".series.faint") || buttons[0].getAttribute("aria-pressed") !== "true") faults.push(["nothing stands out", exhibit.id]);
    buttons[0].click();
    if (exhibit.querySelector(".series.faint")) faults.push(["still faint", exhibit.id]);
  }
  const choice = document.querySelector("#follow");
  if (choice) {
    choice.selectedIndex = 1;
    choice.dispatchEvent(new Event("change"));
    if (!document.querySelector(".followed")) faults.push(["no place is followed", choice.value]);
    if (!document.querySelector("[role=status]").textContent) faults.push(["nothing is said"]);
  }
  const search = document.querySelector("form.search");
  if (search) {
    const ask = (text) => {
      search.q.value = text;
      search.requestSubmit();
      return [...document.querySelectorAll("#hits a")].map((a) => a.href);
    };
    const told = () => document.querySelector("#found").textContent;
    if (search.hidden) faults.push(["the search box is hidden"]);
    if (ask("zzzzzz").length || !told()) faults.push(["nothing is found, and that is not said", told()]);
    const alike = {pt: [["proteccao", "protecção", "Proteção", "PROTECÇÃO"], ["pensoes", "pensões", "pensão"]], en: [["population", "Population", "populations"]]};
    for (const same of alike[document.documentElement.lang.slice(0, 2)] || []) {
      const found = same.map((text) => ask(text).join(" "));
      if (new Set(found).size > 1) faults.push(["not found alike", same]);
    }
    const rows = window.libraryIndex.rows, here = (row) => new URL(row[3], location.href).href;
    const coded = rows.find((row) => row[7]?.length);
    if (coded) {
      const [code] = coded[7], of = rows.filter((row) => row[7]?.includes(code)).map(here);
      if (!of.includes(ask(code)[0])) faults.push(["a code does not lead to its indicator", code]);
      const [country] = coded[8], [other] = coded[9].slice(-1);
      if (country && !ask(`${coded[2]} ${other}`).includes(here(coded))) faults.push(["not found by a year of its figures", coded[2], other]);
      search.country.value = country || "";
      if (country && !ask(coded[2]).includes(here(coded))) faults.push(["not found by its country", coded[2], country]);
      search.country.value = "";
    }
    const invented = rows.find((row) => row[6] && row[1] >= 0);
    if (invented) {
      ask(invented[2]);
      const hit = [...document.querySelectorAll("#hits li")].find((item) => item.querySelector("a").href === here(invented));
      if (!hit?.querySelector(".flagged")?.textContent.includes(invented[6])) faults.push(["an invented figure without its mark", invented[2]]);
    }
    const elsewhere = document.querySelector("a.language");
    if (elsewhere && new URL(elsewhere.href).hash !== location.hash) faults.push(["the other language is asked something else", elsewhere.href]);
    const hits = ask(document.documentElement.lang.startsWith("pt") ? "boletim" : "bulletin");
    if (!hits.length || !/\d/.test(told())) faults.push(["nothing is found", told()]);
    if (hits[0] && new URL(hits[0]).protocol !== location.protocol) faults.push(["a hit leads elsewhere", hits[0]]);
  }
  return faults;
};

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
        if (await page.$eval("form.search", (form) => form.checkVisibility()).catch(() => false)) note(...at, ["a search box that cannot search"]);
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
        await audit(page, at, note);
      }
      await page.emulateMedia({media: "screen"});
      at = [name, "zoom"];
      await page.setViewportSize({width: 640, height: 450}); // 1280 pixels at 200 %
      const wide = await page.evaluate(sideways);
      if (wide) note(...at, ["sideways", wide]);
      at = [name, "keyboard"];
      await page.setViewportSize({width: 1280, height: 900});
      for (const fault of await keyboard(page)) note(...at, fault);
      at = [name, "used"];
      for (const fault of await page.evaluate(used)) note(...at, fault);
      await audit(page, at, note);
    }
    await context.close();
  }
  await browser.close();
  return found;
}

walk(process.argv.slice(2)).then((found) => console.log(JSON.stringify(found)), (error) => { console.error(String(error)); process.exit(1); });
