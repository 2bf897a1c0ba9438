/* Search in the library: the index is a script beside this one, made when the library was. Nothing is asked of any server. */
"use strict";
(() => {
  const form = document.querySelector("form.search");
  const held = window.libraryIndex;
  if (!form || !held || !window.MiniSearch) return;
  const words = JSON.parse(form.dataset.words);
  const language = document.documentElement.lang.split("-")[0];
  const find = (name) => form.querySelector(`[name='${name}']`);
  const [asked, country, year, kind] = ["q", "country", "year", "kind"].map(find);
  const status = document.querySelector("#found"), list = document.querySelector("#hits"), more = document.querySelector("#more");
  const STEP = 20;

  /* How words are told to be the same, in what is looked for and in what is there alike. Accents never matter. In Portuguese the letters
     that the spelling of 1990 drops do not matter either (protecção, proteção); of a word in the plural the singular is taken. */
  const FORMS = {
    pt: {letters: [/[cp](?=[ct])/g, ""], ends: [[/(?:oes|aes|aos)$/, "ao"], [/ais$/, "al"], [/eis$/, "el"], [/ois$/, "ol"], [/ns$/, "m"], [/([rzs])es$/, "$1"], [/([^s])s$/, "$1"]],
      small: "das dos nas nos com por para que uma como mais"},
    en: {ends: [[/ies$/, "y"], [/(ss|x|ch|sh)es$/, "$1"], [/([^s])s$/, "$1"]], small: "the and for with from how what which"},
    fr: {ends: [[/aux$/, "al"], [/([^s])[sx]$/, "$1"]], small: "les des aux une par pour avec dans"},
  };
  const forms = FORMS[language] || {ends: [], small: ""};
  const small = new Set(forms.small.split(" "));
  const fold = (term) => {
    let found = term.toLowerCase().normalize("NFD").replace(/\p{M}/gu, "");
    if (!/\d/.test(found) && (found.length < 3 || small.has(found))) return null;
    if (forms.letters) found = found.replace(...forms.letters);
    const end = found.length > 4 && forms.ends.find(([pattern]) => pattern.test(found));
    return end ? found.replace(...end) : found;
  };

  /* A number with its dots or commas is one word (1.3.1), and so is a code (SI_COV_POOR). */
  const split = (text) => text.match(/\d+(?:[.,](?:\d+|[a-z](?![\p{L}\p{N}])))+|[\p{L}\p{N}\p{M}]+(?:_[\p{L}\p{N}]+)*/gu) || [];
  const isCode = (term) => /_|\d[.,]/.test(term);

  /* A year that stands alone is no word to be found: it says which years are meant. */
  const isYear = (word) => /^(?:19|20)\d\d$/.test(word);
  const yearsIn = (text) => {
    const found = new Set();
    for (const [, first, last] of text.matchAll(/(?<!\d)((?:19|20)\d\d)(?:\s*[–-]\s*((?:19|20)\d\d))?(?!\d)/gu))
      for (let y = Number(first); y <= Number(last || first); y++) found.add(String(y));
    return found;
  };

  const GUIDE = 7;
  const WEIGHTS = [2.5, 2, 1.3, 1.2, 1.1, 1.1, 0.8, 1.2];
  const entries = held.rows.map(([type, edition, title, address, about, other, mark = "", codes = [], countries = [], years = []], id) => {
    const [home, when, tag, demonstration] = edition < 0 ? ["", "", "", false] : held.editions[edition];
    const said = type === GUIDE ? "" : `${title} ${about}`;
    return {id, type, title, address, about, tag, mark, demonstration, place: held.countries[home] || "", when: when ? String(when) : "",
      type_name: words.kinds[type], other: `${about} ${other}`, codes: codes.join(" "), countries: new Set([home, ...countries]),
      years: new Set([...(when ? [String(when)] : []), ...years.map(String), ...yearsIn(said)])};
  });
  const search = new window.MiniSearch({
    fields: ["title", "other", "place", "when", "type_name", "codes"],
    tokenize: split,
    processTerm: fold,
    searchOptions: {
      boost: {title: 4, place: 2, when: 2, codes: 20},
      prefix: (term) => term.length > 2 && !isCode(term),
      fuzzy: (term) => (term.length > 5 && !/\d|_/.test(term) ? 0.2 : false),
      weights: {prefix: 0.5, fuzzy: 0.2},
      boostDocument: (id) => WEIGHTS[entries[id].type],
    },
  });
  search.addAll(entries);

  const options = (select, values) => {
    for (const [value, text] of values) select.append(Object.assign(document.createElement("option"), {value, textContent: text}));
  };
  options(country, Object.entries(held.countries).sort(([, a], [, b]) => a.localeCompare(b, language)));
  const known = [...held.editions.map((e) => e[1]), ...held.rows.flatMap((row) => row[9] || [])].filter(Boolean).map(String);
  options(year, [...new Set(known)].sort().reverse().map((y) => [y, y]));
  options(kind, [...new Set(entries.map((e) => e.type))].sort((a, b) => a - b).map((t) => [String(t), words.kinds[t]]));

  let shown = STEP, hits = [];
  const suits = (e) => (!country.value || e.countries.has(country.value)) && (!year.value || e.years.has(year.value)) && (!kind.value || String(e.type) === kind.value);
  const among = (text, filter, boost) => {
    const options = {filter: (hit) => filter(entries[hit.id]), boostDocument: (id) => WEIGHTS[entries[id].type] * boost(entries[id])};
    const all = search.search(text, {combineWith: "AND", ...options});
    return (all.length ? all : search.search(text, {combineWith: "OR", ...options})).map((hit) => entries[hit.id]);
  };
  const matching = (text) => {
    const parts = text.split(/\s+/), meant = parts.filter(isYear), rest = parts.filter((word) => !isYear(word)).join(" ");
    const dated = (e) => suits(e) && (!meant.length || meant.some((y) => e.years.has(y)));
    if (!rest) return entries.filter(dated);
    const found = among(rest, dated, (e) => (meant.includes(e.when) ? 1.5 : 1));
    return found.length ? found : among(rest, suits, () => 1);
  };
  const make = (name, attributes, ...inside) => {
    const element = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) if (value) element.setAttribute(key, value);
    element.append(...inside);
    return element;
  };
  const item = (entry) => {
    const link = make("a", {href: entry.address, lang: entry.tag}, entry.title);
    const from = [entry.type_name, [entry.place, entry.when].filter(Boolean).join(" ")].filter(Boolean).join(" · ");
    const marks = [entry.demonstration && words.demonstration, entry.mark].filter(Boolean).join(" · ");
    const marked = marks ? [make("p", {class: "flagged"}, marks)] : [];
    const about = entry.about ? [make("p", {class: "about", lang: entry.tag}, entry.about)] : [];
    return make("li", {}, make("p", {class: "from"}, from), link, ...marked, ...about);
  };
  const show = () => {
    list.replaceChildren(...hits.slice(0, shown).map(item));
    more.hidden = hits.length <= shown;
  };
  const run = () => {
    const text = asked.value.trim();
    const chosen = country.value || year.value || kind.value;
    hits = text ? matching(text) : chosen ? entries.filter(suits) : [];
    shown = STEP;
    show();
    const count = hits.length.toLocaleString(document.documentElement.lang);
    status.textContent = !text && !chosen ? "" : hits.length === 0 ? words.none : hits.length === 1 ? words.one : words.many.replace("{count}", count);
  };
  /* the same is asked in the other languages of the library */
  const carry = (state) => {
    for (const link of document.querySelectorAll("a.language")) link.hash = String(state);
  };
  const remember = () => {
    const state = new URLSearchParams([...new FormData(form)].filter(([, value]) => value));
    carry(state);
    try { history.replaceState(null, "", `#${state}`); } catch { /* the address stays as it is */ }
  };
  const recall = () => {
    const state = new URLSearchParams(location.hash.slice(1));
    for (const field of [asked, country, year, kind]) {
      field.value = state.get(field.name) || "";
      if (field.selectedIndex === -1) field.selectedIndex = 0;
    }
    carry(state);
    run();
  };
  let waiting = 0;
  const soon = () => { clearTimeout(waiting); waiting = setTimeout(() => { run(); remember(); }, 150); };
  form.addEventListener("input", soon);
  form.addEventListener("submit", (event) => { event.preventDefault(); clearTimeout(waiting); run(); remember(); });
  addEventListener("hashchange", recall);
  more.addEventListener("click", () => {
    const before = shown;
    shown += STEP;
    show();
    list.children[before]?.querySelector("a").focus();
  });
  form.hidden = false;
  recall();
})();
