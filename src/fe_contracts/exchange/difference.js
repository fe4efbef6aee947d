// The page reads without this: it filters, jumps and sets wording side by side. All it remembers stands in the address.
(() => {
  "use strict";
  const all = (selector, within = document) => [...within.querySelectorAll(selector)];
  const one = (id) => document.getElementById(id);
  const changes = all(".change");

  addEventListener("beforeprint", () => all("details:not([open])").forEach((item) => { item.open = item.dataset.opened = true; }));
  addEventListener("afterprint", () => all("details[data-opened]").forEach((item) => { item.open = false; delete item.dataset.opened; }));
  if (!changes.length) return;

  const form = one("filter"), bar = one("bar"), status = one("status");
  const links = new Map(all(".jumps a").map((link) => [link.hash.slice(1), link]));
  let current = null;
  all("[data-needs-script]").forEach((item) => { item.hidden = false; });

  const levels = () => all("[name=level]", form);
  const view = () => bar.querySelector("[name=view]:checked").value;

  // ---- what is shown
  const wanted = (change) => levels().some((box) => box.checked && box.value === change.dataset.level)
    && (!form.who.value || change.dataset.who.split(" ").includes(form.who.value))
    && (!form.material.checked || change.classList.contains("material"));

  const filter = () => {
    changes.forEach((change) => {
      change.hidden = !wanted(change);
      links.get(change.id).parentNode.hidden = change.hidden;
    });
    all(".level").forEach((level) => { level.hidden = !level.querySelector(".change:not([hidden])"); });
    const shown = changes.filter((change) => !change.hidden).length;
    one("nothing").hidden = shown > 0;
    status.textContent = `Showing ${shown} of ${changes.length} change${changes.length === 1 ? "" : "s"}`;
  };

  const beside = (words, keep, name, none) => {
    const half = document.createElement("div"), term = document.createElement("dt"), text = document.createElement("dd");
    term.textContent = name;
    text.dir = "auto";
    text.append(...all(keep, words).map((part) => part.cloneNode(true)));
    if (!text.textContent) { text.textContent = none; text.className = "none"; }
    half.append(term, text);
    return half;
  };

  const lay = () => {
    if (view() === "side" && !document.querySelector(".words + .pair")) {
      all(".words").forEach((words) => {
        const pair = document.createElement("dl");
        pair.className = "pair";
        pair.append(beside(words, "span, del", "Before", "Not in the old contract"),
          beside(words, "span, ins", "Now", "Not in the new contract"));
        words.after(pair);
      });
    }
    document.documentElement.dataset.view = view();
  };

  // ---- the address: #c12&view=side&level=parameter,wording&who=agency&material=yes&keys=off
  const remember = (at, method = "replaceState") => {
    const state = new URLSearchParams();
    const ticked = levels().filter((box) => box.checked).map((box) => box.value);
    if (view() === "side") state.set("view", "side");
    if (ticked.length < levels().length) state.set("level", ticked.join(","));
    if (form.who.value) state.set("who", form.who.value);
    if (form.material.checked) state.set("material", "yes");
    if (!form.keys.checked) state.set("keys", "off");
    const hash = [encodeURIComponent(at), state.toString().replaceAll("%2C", ",")].filter(Boolean).join("&");
    if (hash !== location.hash.slice(1)) history[method](null, "", `#${hash}`);
  };

  const recall = () => {
    const [first = "", ...rest] = location.hash.slice(1).split("&");
    const named = first && !first.includes("=");
    const state = new URLSearchParams((named ? rest : [first, ...rest]).join("&"));
    const ticked = state.has("level") ? state.get("level").split(",") : null;
    levels().forEach((box) => { box.checked = !ticked || ticked.includes(box.value); });
    form.who.value = state.get("who") || "";
    if (form.who.selectedIndex < 0) form.who.value = "";
    form.material.checked = state.has("material");
    form.keys.checked = state.get("keys") !== "off";
    bar.querySelector(`[value=${state.get("view") === "side" ? "side" : "inline"}]`).checked = true;
    filter();
    lay();
    let at = "";
    try { at = named ? decodeURIComponent(first) : ""; } catch { /* an address typed by hand */ }
    if (one(at)) reach(one(at));
    return at;
  };

  // ---- going from change to change
  const mark = (change) => {
    all(".jumps [aria-current]").forEach((link) => link.removeAttribute("aria-current"));
    current = change;
    const link = links.get(change.id);
    link.setAttribute("aria-current", "true");
    for (const pane of [link.closest(".jumps"), link.closest(".aside")]) {
      if (pane.scrollHeight <= pane.clientHeight) continue;
      const off = link.getBoundingClientRect().top - pane.getBoundingClientRect().top;
      if (off < 0 || off > pane.clientHeight - link.offsetHeight) pane.scrollTop += off - pane.clientHeight / 3;
    }
  };

  const reach = (target) => {
    const change = target.closest(".change");
    if (change && change.hidden) showAll();
    target.scrollIntoView();
    target.focus({ preventScroll: true });
  };

  const go = (target) => { reach(target); remember(target.id, "pushState"); };

  const step = (by) => {
    const shown = changes.filter((change) => !change.hidden);
    if (!shown.length) return;
    const box = current && !current.hidden && current.getBoundingClientRect();
    const top = (change) => change.getBoundingClientRect().top;
    let next;
    if (box && box.bottom > 0 && box.top < innerHeight) next = shown[shown.indexOf(current) + by];
    else if (by > 0) next = shown.find((change) => top(change) > 0);
    else next = shown.filter((change) => top(change) < 0).pop();
    if (next) go(next);
    else status.textContent = by > 0 ? "This is the last change shown" : "This is the first change shown";
  };

  const showAll = () => {
    levels().forEach((box) => { box.checked = true; });
    form.who.value = "";
    form.material.checked = false;
    filter();
  };

  const along = (event) => {
    const link = event.target.closest(".jumps a");
    const shown = [...links.values()].filter((item) => !item.parentNode.hidden);
    const place = { ArrowDown: shown.indexOf(link) + 1, ArrowUp: shown.indexOf(link) - 1, Home: 0, End: shown.length - 1 }[event.key];
    if (!link || place === undefined) return false;
    shown[place]?.focus();
    event.preventDefault();
    return true;
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || along(event)) return;
    if (!form.keys.checked || event.target.closest?.("select")) return;
    const by = { j: 1, k: -1 }[event.key];
    if (by) { event.preventDefault(); step(by); }
  });
  addEventListener("focusin", (event) => { const change = event.target.closest?.(".change"); if (change) mark(change); });
  addEventListener("click", (event) => {
    const link = event.target.closest?.("a[href^='#']");
    if (event.target.closest?.("[data-step]")) step(Number(event.target.closest("[data-step]").dataset.step));
    else if (event.target.id === "all") { showAll(); remember(""); changes[0].focus(); }
    else if (link && one(link.hash.slice(1)) && !event.ctrlKey && !event.metaKey && !event.shiftKey) {
      event.preventDefault();
      go(one(link.hash.slice(1)));
    }
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("change", () => { filter(); remember(current && !current.hidden ? current.id : ""); });
  bar.addEventListener("change", () => { lay(); remember(current ? current.id : ""); });
  addEventListener("hashchange", recall);
  recall();
})();
