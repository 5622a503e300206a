// The page around the widgets: the way out, the landmark, and the end of the kernel when the page goes.
import { installLeave } from "./leave.js";

const { leaveTo, end, formToken } = document.documentElement.dataset;

function endKernel() {
  fetch(end, { method: "POST", keepalive: true, headers: { "X-XSRFToken": formToken } }).catch(() => {});
}

// Voila puts its cells into a div#main of its own, without a role, once its script has started.
function showOnceDrawn() {
  const main = document.getElementById("main");
  if (!main) {
    return false;
  }
  main.setAttribute("role", "main");
  document.getElementById("wb-opening")?.remove();
  return true;
}

function watchForMain() {
  const watch = new MutationObserver(() => showOnceDrawn() && watch.disconnect());
  watch.observe(document.body, { childList: true });
}

// A control that does not load within two seconds is given up and never hears the kernel again. On a slow machine
// many load at once, and each of them is wanted, however long it takes.
const LOADING_MS = 2000;
const PATIENCE_MS = 120000;
const timeout = AbortSignal.timeout.bind(AbortSignal);
AbortSignal.timeout = (delay) => timeout(delay === LOADING_MS ? PATIENCE_MS : delay);

installLeave({ leaveTo, endKernel });
watchForMain();
addEventListener("pagehide", endKernel);
// A page that the browser kept is without its kernel.
addEventListener("pageshow", (event) => event.persisted && location.reload());
