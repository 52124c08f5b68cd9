/* Нашли опечатку? Ctrl+Enter. See README.md beside this file. */
"use strict";
(() => {
  const tag = document.currentScript.dataset, page = document;
  const story = page.querySelector(tag.text || "article");
  if (!story || !window.HTMLDialogElement) return;
  const [title, wrong, what, sent, send, cancel, typo, thanks, long, absent, failed] =
    /^ru|^$/.test(tag.lang || page.documentElement.lang) ? [
      "Сообщить об опечатке", "Слова с ошибкой", "Что не так (не обязательно)",
      "Уйдут эти слова, по 60 знаков вокруг, адрес страницы и комментарий. Вместо IP-адреса хранится его хеш с солью.",
      "Отправить", "Отмена", "Опечатка?", "Спасибо! Корректор увидит ваше сообщение.",
      "Выделено слишком много: до 256 знаков.", "В статье нет таких слов.", "Не отправлено. Попробуйте позже.",
    ] : [
      "Report a typo", "The wrong words", "What is wrong (optional)",
      "Sent are these words, 60 characters on each side, the page’s address and your comment. Of your IP address a salted hash is kept.",
      "Send", "Cancel", "Typo?", "Thank you! A proofreader will see it.",
      "Too much is selected: 256 characters at most.", "The article has no such words.", "Not sent. Try later.",
    ];
  const part = (id) => page.getElementById(`typo-${id}`);
  page.body.insertAdjacentHTML("beforeend", `<p id=typo-answer role=status></p>
<button id=typo-touch type=button hidden>${typo}</button>
<dialog id=typo-dialog aria-labelledby=typo-title><form id=typo-form novalidate><h2 id=typo-title>${title}</h2>
<p id=typo-shown></p><p id=typo-finding><label for=typo-words>${wrong}</label><input id=typo-words maxlength=256></p>
<p><label for=typo-comment>${what}</label><textarea id=typo-comment rows=3 maxlength=250></textarea></p>
<p hidden><input id=typo-website autocomplete=off></p>
<p id=typo-sent>${sent}</p><p id=typo-error role=alert></p>
<p><button id=typo-send>${send}</button> <button id=typo-cancel type=button>${cancel}</button></form></dialog>`);
  const [answer, touch, dialog, form, shown, finding, words, comment, error, go] =
    ["answer", "touch", "dialog", "form", "shown", "finding", "words", "comment", "error", "send"].map(part);
  answer.style.cssText = touch.style.cssText = "position:fixed;bottom:1em;right:1em;z-index:9";
  let fragment, whole, fading;

  /* What readers see there; the selection moves. */
  const read = (...places) => {
    getSelection().setBaseAndExtent(...places);
    return `${getSelection()}`.replace(/[ \t]+/g, " ").replace(/ ?[\r\n]+ ?/g, "\n");
  };
  /* Lengths are in code points. */
  const cut = (before, selected, after) => {
    const core = selected.trim(), at = selected.indexOf(core);
    return core && {
      before: [...before + selected.slice(0, at)].slice(-60).join(""),
      selected: core,
      after: [...selected.slice(at + core.length) + after].slice(0, 60).join(""),
    };
  };
  const isSelected = () => !getSelection().isCollapsed && getSelection().getRangeAt(0).intersectsNode(story);
  const end = [story, story.childNodes.length];
  const selected = () => {
    const { startContainer: a, startOffset: b, endContainer: c, endOffset: d } = getSelection().getRangeAt(0);
    const before = read(story, 0, a, b), after = read(c, d, ...end);
    return cut(before, read(a, b, c, d), after);
  };
  /* Without a selection. */
  const typed = () => {
    const wanted = words.value.trim().replace(/\s+/g, " ");
    const at = whole.replace(/\s/g, " ").indexOf(wanted), to = at + wanted.length;
    return wanted && at >= 0 && cut(whole.slice(0, at), whole.slice(at, to), whole.slice(to));
  };
  const tell = (text) => {
    answer.textContent = text;
    clearTimeout(fading);
    fading = setTimeout(tell, 8000, "");
  };
  const open = () => {
    fragment = isSelected() && selected();
    if (fragment && [...fragment.selected].length > 256) return tell(long);
    if (!fragment) whole = read(story, 0, ...end), getSelection().empty();
    error.textContent = words.value = comment.value = "";
    shown.hidden = !fragment;
    finding.hidden = !!fragment;
    if (fragment) {
      const mark = page.createElement("mark");
      mark.textContent = fragment.selected;
      shown.replaceChildren("…" + fragment.before, mark, fragment.after + "…");
    }
    tell("");
    dialog.showModal();
    (fragment ? comment : words).focus();
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    if (go.disabled) return;
    const found = fragment || typed();
    error.textContent = found ? "" : absent;
    if (!found) return words.focus();
    go.disabled = true;
    error.textContent = await fetch(tag.endpoint, {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({
        article: tag.article || "", page_url: location.href.split("#")[0], ...found,
        comment: [...comment.value.trim()].slice(0, 250).join(""), website: part("website").value,
      }),
    }).then(
      (site) => site.ok ? "" : site.json().then((told) => told.error || failed),
    ).catch(() => failed);
    go.disabled = false;
    if (error.textContent) return;
    dialog.close();
    tell(tag.thanks ?? thanks);
  };
  part("cancel").onclick = () => dialog.close();
  page.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || !(event.ctrlKey || event.metaKey) || event.isComposing) return;
    if (dialog.open) form.requestSubmit();
    else if (isSelected()) open();
  });
  page.addEventListener("selectionchange", () => {
    touch.hidden = !matchMedia("(pointer: coarse)").matches || dialog.open || !isSelected();
  });
  for (const button of [touch, ...page.querySelectorAll("[data-typo-open]")]) {
    /* A press must not take the selection away. */
    button.onpointerdown = button.onmousedown = (event) => event.preventDefault();
    button.onclick = open;
  }
})();
