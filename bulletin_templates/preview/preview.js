/* Only while a bulletin is being written: shows what was found, beside the place where there is one, and loads the page anew when it
   says something else. The published pages have nothing of this. */
"use strict";
(() => {
  const own = document.currentScript.dataset;
  const make = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes || {})) if (value !== false) element.setAttribute(key, value === true ? "" : value);
    element.append(...inside);
    return element;
  };
  const kept = {
    get: (key) => { try { return JSON.parse(sessionStorage.getItem(`preview-${key}`)); } catch { return null; } },
    set: (key, value) => { try { sessionStorage.setItem(`preview-${key}`, JSON.stringify(value)); } catch { /* nothing is kept */ } },
    drop: (key) => { try { sessionStorage.removeItem(`preview-${key}`); } catch { /* nothing was kept */ } },
  };

  /* ---------------------------------------------------------------- where the reader is */
  const anchors = () => [...document.querySelectorAll("main [id^='b-']")];
  const where = () => {
    const near = anchors().find((e) => e.getBoundingClientRect().bottom > 80);
    return {path: own.path, y: scrollY, id: near ? near.id : "", top: near ? near.getBoundingClientRect().top : 0};
  };
  const back = (place) => {
    if (!place || place.path !== own.path) return;
    const element = place.id && document.getElementById(place.id);
    scrollTo({top: element ? scrollY + element.getBoundingClientRect().top - place.top : place.y, behavior: "instant"});
  };
  const place = kept.get("place");
  if (place) { history.scrollRestoration = "manual"; back(place); }

  /* ---------------------------------------------------------------- the panel */
  const light = make("span", {class: "preview-light", "aria-hidden": "true"});
  const name = make("b", {});
  const state = make("span", {role: "status"});
  const counts = make("span", {class: "preview-counts"});
  const list = make("ol", {class: "preview-list"});
  const inside = make("details", {}, make("summary", {}, light, name, state, counts), list);
  const moved = make("p", {class: "preview-moved", hidden: true});
  const stands = make("p", {class: "preview-stands", role: "alert", hidden: true});
  const panel = make("aside", {class: "preview"}, stands, inside, moved);
  const skip = document.querySelector("a.skip");
  if (skip) skip.after(panel);
  else document.body.prepend(panel);
  inside.firstElementChild.addEventListener("click", () => kept.set("open", !inside.open));
  new ResizeObserver(() => { document.documentElement.style.scrollPaddingTop = `${panel.offsetHeight + 16}px`; }).observe(panel);

  let words = {};
  let told = null;
  const text = (finding) => {
    const found = [make("b", {class: "preview-level"}, finding.severity)];
    if (finding.place) found.push(make("code", {class: "preview-place"}, finding.place));
    found.push(make("span", {class: "preview-said"}, finding.text));
    return found;
  };
  const standing = () => { for (const old of document.querySelectorAll(".preview-note")) old.remove(); };
  const after = (element) => element.closest(".band") || element;
  const aligned = () => {
    for (const note of document.querySelectorAll("aside.preview-note")) {
      const block = document.getElementById(note.dataset.of);
      if (block) note.style.marginLeft = block.tagName === "FIGURE" ? "" : getComputedStyle(block).marginLeft;
    }
  };
  addEventListener("resize", aligned);
  const show = (news) => {
    told = news;
    words = news.words;
    panel.setAttribute("aria-label", words.title);
    name.textContent = words.title;
    panel.classList.toggle("preview-broken", !news.newest);
    panel.dataset.level = news.counts.length ? news.counts[0].level : "";
    stands.hidden = news.newest;
    stands.textContent = news.newest ? "" : words.standing;
    counts.replaceChildren(...news.counts.map((c) => make("span", {class: `preview-${c.level}`}, c.text)));
    if (!news.counts.length) counts.replaceChildren(make("span", {}, words.none));
    list.replaceChildren(...news.findings.map((f) => {
      const line = make("li", {class: `preview-${f.level}`}, ...text(f));
      if (f.href) line.append(make("a", {href: f.href}, f.anchor ? words.here : words.elsewhere));
      line.append(make("code", {class: "preview-rule", title: words.rule}, f.rule));
      return line;
    }));
    if (news.more) list.append(make("li", {}, news.more));
    standing();
    for (const f of news.findings) {
      const block = f.anchor && document.getElementById(f.anchor);
      if (!block) continue;
      const inner = block.tagName === "LI" ? block : block.parentElement.tagName === "DL" ? block.lastElementChild : null;
      const note = make(inner ? "div" : "aside", {class: `preview-note preview-${f.level}`, role: "note", "data-of": f.anchor}, ...text(f));
      if (inner) inner.append(note);
      else {
        let at = block.querySelector(":scope > figcaption") || after(block);
        while (at.nextElementSibling && at.nextElementSibling.classList.contains("preview-note")) at = at.nextElementSibling;
        at.after(note);
      }
    }
    aligned();
    for (const old of document.querySelectorAll(".preview-changed")) { old.classList.remove("preview-changed"); delete old.dataset.preview; }
    const changed = news.changed.map((id) => document.getElementById(id)).filter(Boolean);
    for (const element of changed) { element.classList.add("preview-changed"); element.dataset.preview = words.changed; }
    moved.hidden = !changed.length && !news.elsewhere.length;
    const links = news.elsewhere.map((e) => make("a", {href: e.href}, e.title));
    if (changed.length) links.unshift(make("a", {href: `#${changed[0].id}`}, words.changed_here));
    moved.replaceChildren(`${words.changed}: `, ...links.flatMap((l, n) => (n ? [" · ", l] : [l])));
    inside.open = news.findings.length > 0 && (!news.newest || Boolean(kept.get("open")));
  };
  const say = (key) => {
    panel.dataset.state = key;
    if (state.textContent !== (words[key] || "")) state.textContent = words[key] || "";
  };

  /* ---------------------------------------------------------------- news */
  let asking = false;
  let again = false;
  const ask = async () => {
    if (asking) { again = true; return; }
    asking = true;
    try {
      do {
        again = false;
        const answer = await fetch(`/_preview/state.json?path=${encodeURIComponent(own.path)}`);
        const news = await answer.json();
        if (news.page !== own.page) {
          kept.set("place", where());
          location.reload();
          return;
        }
        const held = place || where();
        show(news);
        back(held);
        kept.drop("place");
      } while (again);
    } catch { say("gone"); } finally { asking = false; }
  };
  let source = null;
  let shown = -1;
  const listen = () => {
    if (source) return;
    source = new EventSource("/_preview/news");
    source.addEventListener("message", async (event) => {
      const news = JSON.parse(event.data);
      if (news.shown !== shown || !told) await ask();
      shown = news.shown;
      if (told) say(news.reading ? "reading" : told.newest ? "ready" : "behind");
    });
    source.addEventListener("error", () => { shown = -1; say("gone"); });
  };
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && source) { source.close(); source = null; }
    if (!document.hidden) listen();
  });
  if (!document.hidden) listen();
})();
