/* Keys, drafts and small comforts. Every page works without this file. */
(() => {
  "use strict";
  const $ = (selector, root = document) => root.querySelector(selector);
  const $$ = (selector, root = document) => [...root.querySelectorAll(selector)];
  const shown = (element) => Boolean(element && element.getClientRects().length);
  const body = document.body;

  /* localStorage may be missing, full or forbidden */
  const store = {
    get(key) { try { return localStorage.getItem(key); } catch { return null; } },
    set(key, value) { try { localStorage.setItem(key, value); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* nothing to drop */ } },
    keys() { try { return Object.keys(localStorage); } catch { return []; } },
  };

  /* drafts: kept per person and form, dropped once the server says it is saved, or after 14 days */
  const mine = `didim.draft.${body.dataset.who || ""}.`;
  const MAX_AGE = 14 * 864e5;
  const kept = (field) => field.name && !field.disabled && !["hidden", "password", "file", "submit"].includes(field.type);
  const note = (form, on) => $$("[data-draft-note]").concat($$("[data-draft-note]", form)).forEach((n) => { n.hidden = !on; });

  function keep(form) {
    const values = [...form.elements].filter(kept).map((f) =>
      [f.name, f.value, f.type === "radio" || f.type === "checkbox" ? f.checked : null]);
    if (store.set(mine + form.dataset.draft, JSON.stringify({ at: Date.now(), values }))) note(form, true);
  }

  function restore(form) {
    let draft;
    try { draft = JSON.parse(store.get(mine + form.dataset.draft)); } catch { draft = null; }
    if (!draft || $(".errsum", form)) return;
    for (const field of [...form.elements].filter(kept)) {
      const choice = field.type === "radio" || field.type === "checkbox";
      const was = draft.values.find(([name, value]) => name === field.name && (!choice || value === field.value));
      if (!was) continue;
      if (choice) field.checked = was[2]; else field.value = was[1];
    }
    note(form, true);
  }

  function sweep() {
    const sent = store.get("didim.sent");
    if (sent && ($("[data-saved]") || $(`[data-draft-saved="${CSS.escape(sent)}"]`))) {
      store.drop(mine + sent);
      store.drop("didim.sent");
    }
    for (const key of store.keys().filter((k) => k.startsWith("didim.draft."))) {
      let at = 0;
      try { at = JSON.parse(store.get(key)).at; } catch { /* not ours any more */ }
      if (!(Date.now() - at < MAX_AGE)) store.drop(key);
    }
  }

  function ready(root) {
    $$("form[data-draft]", root).forEach(restore);
    $$("[data-dismiss], [data-print], [data-keys]", root).forEach((button) => { button.hidden = false; });
    const focus = $(".errsum, .feedback[autofocus]", root);
    if (focus) focus.focus();
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (form) keep(form);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method === "dialog") return;
    if (form.getAttribute("aria-busy") === "true") { event.preventDefault(); return; }
    if (form.method === "post") form.setAttribute("aria-busy", "true");
    if (form.dataset.draft) { keep(form); store.set("didim.sent", form.dataset.draft); }
    if ("clearDrafts" in form.dataset) {
      store.keys().filter((k) => k.startsWith("didim.")).forEach(store.drop);
    }
  });
  const rest = () => $$("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));
  addEventListener("pageshow", rest);
  document.addEventListener("htmx:finally:request", rest);
  document.addEventListener("htmx:after:swap", (event) => ready(event.target.isConnected ? event.target : document));

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-dismiss], [data-print], [data-keys]");
    if (!target) return;
    if ("dismiss" in target.dataset) target.closest(".toast").remove();
    if ("print" in target.dataset) print();
    if ("keys" in target.dataset) help();
  });

  /* keys */
  const single = () => store.get("didim.keys") !== "off";
  const typing = (element) => element.isContentEditable || /^(TEXTAREA|SELECT)$/.test(element.tagName) ||
    (element.tagName === "INPUT" && !/^(radio|checkbox|button|submit|range)$/.test(element.type));
  const press = (selector) => {
    const target = $$(selector).find(shown);
    if (target) target.click();
    return Boolean(target);
  };

  function help() {
    const dialog = $("#keys");
    if (dialog && !dialog.open) dialog.showModal();
  }

  function search() {
    const box = $("#rail-search");
    if (shown(box)) { box.focus(); box.select(); return true; }
    return press("[data-search]");
  }

  function save(from) {
    const form = from.closest("form[method=post]") || $("form[data-main]");
    if (form) form.requestSubmit();
    return Boolean(form);
  }

  function choose(number) {
    const option = $$("form[data-question] .opt input").filter(shown)[number - 1];
    if (!option) return false;
    option.click();
    option.focus();
    return true;
  }

  function advance(from) {
    if (from.closest("a, button, summary, label")) return false;
    const form = $("form[data-question]");
    if (form) { form.requestSubmit(); return true; }
    return press("[data-next]");
  }

  let going = 0;
  function singleKey(event) {
    const key = event.key.toLowerCase();
    if (going && Date.now() - going < 1500) { going = 0; return press(`[data-go="${CSS.escape(key)}"]`); }
    if (key === "g") { going = Date.now(); return true; }
    if (key === "?") { help(); return true; }
    if (/^[1-9]$/.test(key)) return choose(Number(key));
    return /^[a-z]$/.test(key) && press(`[data-key="${key}"]`);
  }

  document.addEventListener("keydown", (event) => {
    if (event.isComposing || event.keyCode === 229 || event.defaultPrevented) return;
    const modified = event.ctrlKey || event.metaKey;
    let done = false;
    if (modified && event.key.toLowerCase() === "k") done = search();
    else if (modified && event.key === "Enter") done = save(event.target);
    else if (modified || event.altKey || typing(event.target) || $("dialog[open]")) return;
    else if (event.key === "Escape") done = press("[data-back]");
    else if (event.key === "Enter") done = advance(event.target);
    else if (single()) done = singleKey(event);
    if (done) event.preventDefault();
  });

  const toggle = $("[data-single-keys]");
  if (toggle) {
    toggle.checked = single();
    toggle.addEventListener("change", () => store.set("didim.keys", toggle.checked ? "on" : "off"));
  }
  sweep();
  ready(document);
})();
