/* Keys, drafts and comforts. Every page works without this file. */
(() => {
  "use strict";
  const one = (selector, root = document) => root.querySelector(selector);
  const all = (selector) => [...document.querySelectorAll(selector)];
  const shown = (el) => Boolean(el?.getClientRects().length);

  /* localStorage may be missing, full or forbidden */
  const attempt = (work) => { try { return work(); } catch { return null; } };
  const get = (key) => attempt(() => localStorage.getItem(key));
  const put = (key, value) => attempt(() => { localStorage.setItem(key, value); return true; });
  const drop = (key) => attempt(() => localStorage.removeItem(key));
  const read = (key) => attempt(() => JSON.parse(get(key)));
  const keys = (start) => Object.keys(attempt(() => localStorage) || {}).filter((k) => k.startsWith(start));

  /* drafts: kept per person and form, dropped once the server says it is saved, or after 14 days */
  const mine = `didim.draft.${document.body.dataset.who || ""}.`;
  const chosen = (f) => /^(radio|checkbox)$/.test(f.type);
  const fields = (form) => [...form.elements].filter((f) =>
    f.name && !f.disabled && !["hidden", "password", "file", "submit"].includes(f.type));
  const show = (selector) => all(selector).forEach((el) => { el.hidden = false; });

  function keep(form) {
    const values = fields(form).map((f) => [f.name, f.value, f.checked]);
    if (put(mine + form.dataset.draft, JSON.stringify({ at: Date.now(), values }))) show("[data-draft-note]");
    return String(fields(form).flatMap((f) => !chosen(f) || f.checked ? f.name + f.value : []).sort());
  }

  function restore(form) {
    const draft = read(mine + form.dataset.draft);
    if (!draft || one(".errsum", form)) return;
    for (const f of fields(form)) {
      const was = draft.values.find(([name, value]) => name === f.name && (!chosen(f) || value === f.value));
      if (was && chosen(f)) f.checked = was[2];
      else if (was) f.value = was[1];
    }
    show("[data-draft-note]");
  }

  function sweep() {
    const sent = get("didim.sent");
    if (sent && one("[data-saved]")) { drop(sent); drop("didim.sent"); }
    keys("didim.draft.").filter((k) => !(Date.now() - read(k)?.at < 14 * 864e5)).forEach(drop);
  }

  function ready() {
    all("form[data-draft]").forEach(restore);
    show("[data-dismiss], [data-print], [data-keys]");
    const focus = one(":is(.errsum, .feedback[autofocus]):not([data-met])");
    if (focus) { focus.dataset.met = ""; focus.focus(); }
  }

  document.addEventListener("input", (event) => {
    const form = event.target.closest("form[data-draft]");
    if (form) keep(form);
  });

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post") return;
    if (form.hasAttribute("aria-busy")) return event.preventDefault();
    form.setAttribute("aria-busy", "true");
    if (form.dataset.draft) {
      /* again unchanged, after Back: first key */
      const said = keep(form) + event.submitter?.formAction, [sent, key] = history.state || [];
      if (said === sent) form.form_key.value = key;
      else history.replaceState([said, form.form_key.value], "");
      put("didim.sent", mine + form.dataset.draft);
    }
    if ("forget" in form.dataset) keys("didim.").forEach(drop);
  });
  const rest = () => all("form[aria-busy]").forEach((form) => form.removeAttribute("aria-busy"));
  addEventListener("pageshow", rest);
  document.addEventListener("htmx:finally:request", rest);
  document.addEventListener("htmx:after:swap", ready);

  document.addEventListener("click", (event) => {
    const target = event.target.closest("[data-dismiss], [data-print], [data-keys]");
    if (!target) return;
    if ("dismiss" in target.dataset) target.closest(".toast").remove();
    else if ("print" in target.dataset) print();
    else help();
  });

  /* keys: none while typing or composing Hangul; single ones can be turned off */
  const typing = (el) => el.matches("textarea, select, input:not([type=radio], [type=checkbox], [type=submit])");
  const single = () => get("didim.keys") !== "off";
  let going = 0;

  function act(target, how) {
    target?.[how]();
    return Boolean(target);
  }

  const press = (selector) => act(all(selector).find(shown), "click");
  const help = () => act(one("#keys"), "showModal");
  const send = (form) => act(form, "requestSubmit");

  function search() {
    const box = one("#rail-search");
    if (!shown(box)) return press("[data-search]");
    box.focus();
    box.select();
    return true;
  }

  function choose(number) {
    const option = all("form[data-question] .opt input").filter(shown)[number - 1];
    option?.focus();
    return act(option, "click");
  }

  function singleKey(key) {
    const go = Date.now() - going < 1500;
    going = key === "g" && !go ? Date.now() : 0;
    if (go) return press(`[data-go="${CSS.escape(key)}"]`);
    if (key === "?") return help();
    if (/^[1-9]$/.test(key)) return choose(Number(key));
    return /^[a-z]$/.test(key) && press(`[data-key="${key}"]`);
  }

  function onKey(event) {
    const { key, target } = event;
    const command = event.ctrlKey || event.metaKey;
    if (command && key.toLowerCase() === "k") return search();
    if (command && key === "Enter") return send(target.closest("form[method=post]") || one("form[data-main]"));
    if (command || event.altKey || typing(target) || one("dialog[open]")) return false;
    if (key === "Escape") return press("[data-back]");
    if (key !== "Enter") return single() && singleKey(key.toLowerCase());
    if (target.closest("a, button, summary")) return false;
    return send(one("form[data-question]")) || press("[data-next]");
  }

  document.addEventListener("keydown", (event) => {
    if (!event.isComposing && event.keyCode !== 229 && !event.defaultPrevented && onKey(event)) event.preventDefault();
  });

  const toggle = one("[data-single-keys]");
  if (toggle) {
    toggle.checked = single();
    toggle.addEventListener("change", () => put("didim.keys", toggle.checked ? "on" : "off"));
  }
  sweep();
  ready();
})();
