/* Nothing here is needed to read the pages: rows of a table can be put in another order, a series of a chart can stand out, and a
   place can be followed through the tables. */
"use strict";
(() => {
  const body = document.body;
  const words = JSON.parse(body.dataset.words || "{}");
  const make = (name, attributes, text) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) element.setAttribute(key, value);
    if (text) element.textContent = text;
    return element;
  };
  const fill = (pattern, values) => pattern.replace(/\{(\w+)\}/g, (all, key) => (key in values ? values[key] : all));
  const told = make("p", {class: "vh", role: "status"});
  document.querySelector("main").append(told);
  const say = (text) => { told.textContent = text; };

  /* the language links lead to the place where the reader is */
  for (const link of document.querySelectorAll("a.language")) {
    link.addEventListener("click", () => {
      const heads = [...document.querySelectorAll("main [id^='b-']:not([id$='-name'])")].filter((e) => e.getBoundingClientRect().top < innerHeight / 2);
      link.hash = heads.length && scrollY > 200 ? heads[heads.length - 1].id : location.hash;
    });
  }

  /* what does not scroll needs no stop of its own for the keyboard */
  const stops = () => {
    for (const box of document.querySelectorAll(".scroll")) {
      if (box.scrollWidth > box.clientWidth + 1) box.setAttribute("tabindex", "0");
      else box.removeAttribute("tabindex");
    }
  };
  addEventListener("resize", stops);
  addEventListener("load", stops);

  /* ---------------------------------------------------------------- rows in another order */
  const text = (cell) => {
    const copy = cell.cloneNode(true);
    for (const mark of copy.querySelectorAll(".flag, sup")) mark.remove();
    return copy.textContent.trim();
  };
  const figure = (cell) => {
    const plain = text(cell).replace(/[\s\u00a0\u202f%]/g, "").replace("\u2212", "-");
    const usual = words.decimal === "," ? plain.replace(/\./g, "").replace(",", ".") : plain.replace(/,/g, "");
    return /^[-+]?\d+(\.\d+)?$/.test(usual) ? Number(usual) : plain === "–" ? 0 : null;
  };
  const language = document.documentElement.lang;
  for (const table of document.querySelectorAll("table[data-sortable]")) {
    const rows = [...table.tBodies[0].rows];
    const heads = [...table.tHead.querySelectorAll("th:not(.spanner)")];
    const place = (head) => {
      /* leaves stand over the columns in the order in which they are met from left to right */
      const left = head.getBoundingClientRect();
      const cells = [...rows[0].cells];
      return cells.findIndex((c) => { const r = c.getBoundingClientRect(); return r.right > left.left + 2 && r.left < left.right - 2; });
    };
    for (const head of heads) {
      const name = text(head);
      if (!name) continue;
      const button = make("button", {type: "button", class: "sort", title: fill(words.sort, {column: name})});
      button.append(...head.childNodes);
      head.append(button);
      button.addEventListener("click", () => {
        const former = head.getAttribute("aria-sort");
        const at = place(head);
        const next = former === "descending" ? "ascending" : former === "ascending" ? "" : at === 0 ? "ascending" : "descending";
        for (const other of heads) other.removeAttribute("aria-sort");
        const free = rows.filter((r) => !r.classList.contains("total"));
        let order = free;
        if (next) {
          const sign = next === "ascending" ? 1 : -1;
          const known = free.map((r) => [r, at === 0 ? text(r.cells[at]) : figure(r.cells[at])]);
          const there = known.filter((k) => k[1] !== null);
          there.sort((a, b) => sign * (at === 0 ? a[1].localeCompare(b[1], language) : a[1] - b[1]));
          order = [...there, ...known.filter((k) => k[1] === null)].map((k) => k[0]);
          head.setAttribute("aria-sort", next);
        }
        const queue = [...order];
        for (const row of rows) table.tBodies[0].append(row.classList.contains("total") ? row : queue.shift());
        const key = head.getAttribute("aria-sort");
        say(fill(key === "ascending" ? words.sorted_up : key ? words.sorted_down : words.unsorted, {column: name}));
      });
    }
  }

  /* ---------------------------------------------------------------- a series that stands out */
  for (const exhibit of document.querySelectorAll("figure[data-series]")) {
    const drawing = exhibit.querySelector("svg");
    const series = JSON.parse(exhibit.dataset.series).filter(([n]) => drawing.querySelector(`.s${n}`));
    if (series.length < 2) continue;
    const row = make("div", {class: "standing", role: "group", "aria-label": words.highlight});
    row.append(make("span", {"aria-hidden": "true"}, words.highlight));
    for (const [n, name] of series) {
      const button = make("button", {type: "button", "aria-pressed": "false"}, name);
      button.addEventListener("click", () => {
        const on = button.getAttribute("aria-pressed") !== "true";
        for (const other of row.querySelectorAll("button")) other.setAttribute("aria-pressed", "false");
        button.setAttribute("aria-pressed", String(on));
        for (const part of drawing.querySelectorAll(".series")) part.classList.toggle("faint", on && !part.classList.contains(`s${n}`));
      });
      row.append(button);
    }
    exhibit.querySelector(".drawing").before(row);
  }

  /* ---------------------------------------------------------------- a place through all tables */
  const names = new Map();
  for (const row of document.querySelectorAll("[data-place]")) {
    const head = row.tagName === "TR" ? row.cells[0] : row.tagName === "TH" ? row : null;
    if (head && !names.has(row.dataset.place)) names.set(row.dataset.place, text(head));
  }
  const kept = { get: () => { try { return sessionStorage.getItem("place"); } catch { return null; } },
    set: (value) => { try { sessionStorage.setItem("place", value); } catch { /* nothing is kept */ } } };
  if (names.size > 1) {
    const bar = make("div", {class: "follow"});
    const label = make("label", {for: "follow"}, words.follow);
    const choice = make("select", {id: "follow"});
    choice.append(make("option", {value: ""}, words.follow_none));
    for (const [code, name] of [...names].sort((a, b) => a[1].localeCompare(b[1], language))) choice.append(make("option", {value: code}, name));
    const next = make("button", {type: "button", hidden: ""}, words.follow_next);
    bar.append(label, choice, next);
    (document.querySelector(".inchapter") || document.querySelector("main h1").closest(".band") || document.querySelector("main h1")).after(bar);
    let at = -1;
    const found = () => [...document.querySelectorAll("tr.followed")].filter((r) => r.offsetParent !== null);
    const mark = (code) => {
      at = -1;
      for (const part of document.querySelectorAll("[data-place]")) part.classList.toggle("followed", Boolean(code) && part.dataset.place === code);
      next.hidden = !code;
      if (code) say(fill(words.followed, {place: names.get(code), count: found().length}));
    };
    choice.addEventListener("change", () => { kept.set(choice.value); mark(choice.value); });
    next.addEventListener("click", () => {
      const rows = found();
      at += 1;
      if (at < rows.length) {
        const head = rows[at].cells[0];
        head.setAttribute("tabindex", "-1");
        head.focus({preventScroll: true});
        head.scrollIntoView({block: "center", behavior: matchMedia("(prefers-reduced-motion: reduce)").matches ? "auto" : "smooth"});
        return;
      }
      const pages = body.dataset.placed.split(" ");
      const here = pages.indexOf(location.pathname.split("/").pop());
      location.href = pages[(here + 1) % pages.length];
    });
    const before = kept.get();
    if (before && names.has(before)) { choice.value = before; mark(before); }
  }

  /* ---------------------------------------------------------------- a citation to the clipboard */
  for (const citation of document.querySelectorAll("details .citation")) {
    if (!navigator.clipboard) continue;
    const button = make("button", {type: "button"}, words.copy);
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(citation.firstChild.textContent.trim());
      button.textContent = words.copied;
      say(words.copied);
    });
    citation.append(" ", button);
  }
})();
