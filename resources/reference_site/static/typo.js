/* «Нашли опечатку? Ctrl+Enter»: takes the selected words with what stands around them and sends them to the site.
   Texts are counted in characters (code points), as the site and the newsroom count them. */
"use strict";

(() => {
  const LONGEST = { around: 60, selected: 256, comment: 250 };
  const BLOCKS = "p, li, h1, h2, h3, h4, h5, h6, figcaption, blockquote footer, td, th, pre, dt, dd";
  const PATIENCE = 15000;

  const story = document.getElementById("story");
  const dialog = document.getElementById("typo-dialog");
  if (!story || !dialog || typeof dialog.showModal !== "function") return;

  const part = (name) => document.getElementById(`typo-${name}`);
  const [form, shown, finding, words, comment, left, website, error, send, cancel, answer] = [
    "form", "shown", "finding", "words", "comment", "left", "website", "error", "send", "cancel", "answer",
  ].map(part);

  let fragment = null;
  let opener = null;
  let fading = 0;

  const characters = (text) => Array.from(text);
  const first = (text, count) => characters(text).slice(0, count).join("");
  const last = (text, count) => characters(text).slice(-count).join("");

  /* The text of the story in three parts: before, inside and after the range. Blocks are parted by a line end, blanks
     are joined as the browser shows them, what is not text of the article is left out. */
  function partsOf(range) {
    const parts = ["", "", ""];
    let block = null;
    let current = 0;
    const walker = document.createTreeWalker(story, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT, (node) =>
      node.nodeType === Node.ELEMENT_NODE && node.hasAttribute("data-not-text")
        ? NodeFilter.FILTER_REJECT
        : NodeFilter.FILTER_ACCEPT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      if (node.nodeType === Node.ELEMENT_NODE) {
        if (node.tagName === "BR") parts[current] += "\n";
        continue;
      }
      const own = node.parentElement.closest(BLOCKS);
      if (!own || !story.contains(own)) continue;
      const text = node.data.replace(/[ \t\r\n]/g, " ");
      if (own !== block) {
        if (!text.trim()) continue;
        if (block) parts[current] += "\n";
        block = own;
      }
      const start = edge(node, range, range.startContainer, range.startOffset, 0);
      const end = Math.max(start, edge(node, range, range.endContainer, range.endOffset, node.length));
      [text.slice(0, start), text.slice(start, end), text.slice(end)].forEach((piece, index) => {
        if (!piece) return;
        parts[index] += piece;
        current = index;
      });
    }
    return parts.map((text) => text.replace(/ +/g, " ").replace(/ ?\n ?/g, "\n").replace(/\n+/g, "\n"));
  }

  /* How many characters of the text node stand before one edge of the range. */
  function edge(node, range, container, offset, side) {
    if (node === container) return offset;
    const place = range.comparePoint(node, side);
    if (side === 0) return place < 0 ? node.length : 0;
    return place > 0 ? 0 : node.length;
  }

  /* Blanks at the ends of a selection belong to what stands around it. */
  function trimmed([before, selected, after]) {
    const core = selected.trim();
    const at = selected.indexOf(core);
    const whole = {
      before: before + selected.slice(0, at),
      selected: core,
      after: selected.slice(at + core.length) + after,
    };
    return { before: last(whole.before, LONGEST.around), selected: core, after: first(whole.after, LONGEST.around) };
  }

  function selectedFragment() {
    const selection = window.getSelection();
    if (!selection.rangeCount || selection.isCollapsed) return null;
    const range = selection.getRangeAt(0);
    if (!range.intersectsNode(story)) return null;
    const found = trimmed(partsOf(range));
    return found.selected ? found : null;
  }

  /* For those who cannot select: the words typed by hand, looked up in the text. */
  function typedFragment() {
    const typed = words.value.replace(/\s+/g, " ").trim();
    if (!typed) return { problem: "Впишите слова с ошибкой так, как они стоят в тексте." };
    const everything = document.createRange();
    everything.selectNodeContents(story);
    const text = partsOf(everything)[1];
    const plain = text.replace(/\s/g, " ");
    const at = plain.indexOf(typed);
    if (at < 0) return { problem: "В статье нет таких слов. Впишите их точно так, как они стоят в тексте." };
    return trimmed([text.slice(0, at), text.slice(at, at + typed.length), text.slice(at + typed.length)]);
  }

  function show({ before, selected, after }) {
    const mark = document.createElement("mark");
    mark.textContent = selected;
    shown.replaceChildren(before ? `…${before.trimStart()}` : "", mark, after ? `${after.trimEnd()}…` : "");
  }

  function tell(text) {
    answer.textContent = text;
    clearTimeout(fading);
    fading = setTimeout(() => { answer.textContent = ""; }, 8000);
  }

  function open(from) {
    fragment = selectedFragment();
    if (fragment && characters(fragment.selected).length > LONGEST.selected) {
      tell(`Выделено слишком много. Выделите короче: до ${LONGEST.selected} знаков.`);
      return;
    }
    opener = from;
    error.textContent = "";
    answer.textContent = "";
    shown.hidden = !fragment;
    finding.hidden = Boolean(fragment);
    if (fragment) show(fragment);
    words.value = "";
    comment.value = "";
    count();
    send.disabled = false;
    dialog.showModal();
    (fragment ? comment : words).focus();
  }

  function count() {
    const rest = LONGEST.comment - characters(comment.value).length;
    left.textContent = rest === LONGEST.comment ? `До ${rest} знаков` : `Осталось знаков: ${rest}`;
  }

  async function deliver(report) {
    const patience = new AbortController();
    const timer = setTimeout(() => patience.abort(), PATIENCE);
    try {
      const response = await fetch("/reports", {
        method: "POST",
        headers: { "Content-Type": "application/json" },
        body: JSON.stringify(report),
        credentials: "same-origin",
        signal: patience.signal,
      });
      if (response.ok) return "";
      const told = await response.json().catch(() => ({}));
      return told.error || "Сайт не принял сообщение. Попробуйте позже.";
    } catch {
      return "Нет связи с сайтом. Ничего не потеряно: попробуйте отправить ещё раз.";
    } finally {
      clearTimeout(timer);
    }
  }

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (send.disabled) return;
    const found = fragment || typedFragment();
    if (found.problem) {
      error.textContent = found.problem;
      words.focus();
      return;
    }
    error.textContent = "";
    send.disabled = true;
    const problem = await deliver({
      article: story.dataset.article,
      page_url: location.href.split("#")[0],
      ...found,
      comment: first(comment.value.trim(), LONGEST.comment),
      website: website.value,
    });
    send.disabled = false;
    if (problem) {
      error.textContent = problem;
      return;
    }
    dialog.close();
    tell("Спасибо! Корректор увидит ваше сообщение.");
  });

  cancel.addEventListener("click", () => dialog.close());
  dialog.addEventListener("close", () => { if (opener && opener.isConnected) opener.focus({ preventScroll: true }); });
  comment.addEventListener("input", count);

  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    if (dialog.open) {
      event.preventDefault();
      form.requestSubmit();
      return;
    }
    if (!selectedFragment()) {
      tell("Сначала выделите слова с ошибкой или нажмите кнопку под статьёй.");
      return;
    }
    event.preventDefault();
    open(null);
  });

  for (const button of document.querySelectorAll("[data-typo-open]")) {
    // A press on the button must not take the selection away before the click arrives.
    button.addEventListener("pointerdown", (event) => event.preventDefault());
    button.addEventListener("mousedown", (event) => event.preventDefault());
    button.addEventListener("click", () => open(button));
  }

  if (/Mac|iPhone|iPad/.test(navigator.platform)) {
    for (const key of document.querySelectorAll("[data-control]")) key.textContent = "⌘";
  }
  for (const invitation of document.querySelectorAll("[data-typo]")) invitation.hidden = false;
})();
