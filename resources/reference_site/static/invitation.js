/* Readers are invited to report typos only where scripts run; on a Mac the key has another name. */
"use strict";

for (const invitation of document.querySelectorAll("[data-typo]")) invitation.hidden = false;
if (/Mac|iPhone|iPad/.test(navigator.platform)) {
  for (const key of document.querySelectorAll("[data-control]")) key.textContent = "⌘";
}
