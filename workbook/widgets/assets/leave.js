// "Leave this page": at once, in the browser alone, whatever the kernel or the page is doing.
//
// A click, or three lone taps of Shift within five seconds: the window is covered in the same instant, the
// page is emptied, the kernel is told to end, and a neutral site takes the page's place in the history.

const ID = "wb-leave";
const COVER = "wb-cover";
const LABEL = "Leave this page";
const USUAL = "https://www.weather.com/";
const TAPS = 3;
const WITHIN_MS = 5000;
const ON_TOP = "2147483647";

// In JupyterLab each open notebook has a view, and each view its own copy of this module: one button, and
// whoever leaves leaves them all.
const views = (globalThis[Symbol.for("wb-leave")] ??= new Set());
let own = null;
let taps = [];
let isShiftAlone = false;

export function installLeave({ leaveTo, endKernel, host = document.body }) {
  const isFirst = own === null;
  views.delete(own);
  own = { leaveTo, endKernel };
  views.add(own);
  placeButton(host);
  if (isFirst) {
    listen(addEventListener);
  }
}

export function uninstallLeave() {
  if (isLeaving()) {
    return; // the page may still be asked, and JupyterLab takes the view away when its kernel ends
  }
  listen(removeEventListener);
  views.delete(own);
  own = null;
  forgetTaps();
  if (!views.size) {
    document.getElementById(ID)?.remove();
  }
}

const isLeaving = () => document.getElementById(COVER) !== null;

// The served page brings a plain link of this id, which leaves even before any script is here.
function placeButton(host) {
  const found = document.getElementById(ID);
  const button = found instanceof HTMLButtonElement ? found : document.createElement("button");
  const hadFocus = found !== null && found === document.activeElement;
  if (found !== button) {
    found?.remove();
  }
  button.id = ID;
  button.type = "button";
  button.textContent = LABEL;
  // The theme says where, once it is there. Above all, even above what covers a page.
  button.style.cssText = `position: fixed; top: var(--top, 8px); right: var(--right, 8px); z-index: ${ON_TOP}`;
  button.onclick = leave;
  if (host.firstElementChild !== button) {
    host.prepend(button);
  }
  if (hadFocus) {
    button.focus();
  }
}

function listen(change) {
  change("keydown", onKeyDown, true);
  change("keyup", onKeyUp, true);
  change("beforeinput", forgetTaps, true); // words that come without keys: an input method, dictation
  change("pointerdown", useShift, true);
  change("pointerup", useShift, true);
  change("wheel", useShift, { capture: true, passive: true });
  change("blur", forgetTaps);
  change("beforeunload", silencePrompt, true);
}

// A tap is a Shift that goes down and up with no other key in between, and no use of the pointer, which
// selects and scrolls with it. With "sticky keys" the system swallows the taps; the button is there for all.
function onKeyDown(event) {
  if (event.key !== "Shift") {
    forgetTaps();
  } else if (!event.repeat) {
    isShiftAlone = !(event.ctrlKey || event.altKey || event.metaKey);
  }
}

function onKeyUp(event) {
  if (event.key !== "Shift" || !isShiftAlone) {
    return;
  }
  isShiftAlone = false;
  const now = performance.now();
  taps = [...taps.filter((tap) => now - tap <= WITHIN_MS), now];
  if (taps.length >= TAPS) {
    leave();
  }
}

function forgetTaps() {
  taps = [];
  isShiftAlone = false;
}

function useShift() {
  isShiftAlone = false;
}

function leave() {
  if (isLeaving()) {
    return;
  }
  const everyone = [...views];
  cover();
  empty();
  for (const { endKernel } of everyone) {
    try {
      endKernel();
    } catch {
      // Leaving goes on, whatever happens to the kernel; it ends by itself without a page.
    }
  }
  location.replace(neutral(everyone.at(-1).leaveTo));
}

// The setting lies outside the encryption: whoever edits the file must not make code of ours of it.
function neutral(address) {
  return /^https?:[/]{2}/i.test(address) ? address : USUAL;
}

// A modal dialog lies above everything, open dialogs and full-screen elements included.
function cover() {
  const sheet = document.createElement("dialog");
  sheet.style.cssText =
    "display: block; position: fixed; inset: 0; width: 100vw; height: 100vh; max-width: none; max-height: none; " +
    `margin: 0; border: 0; padding: 0; outline: 0; background: #fff; z-index: ${ON_TOP}`;
  sheet.id = COVER;
  sheet.oncancel = (event) => event.preventDefault(); // Escape doesn't lift it
  document.documentElement.append(sheet);
  sheet.showModal();
}

// JupyterLab and others ask "Leave site?"; nobody who leaves at once wants to be asked.
function silencePrompt(event) {
  if (isLeaving()) {
    window.onbeforeunload = null;
    event.stopImmediatePropagation();
    if (event.returnValue) {
      event.returnValue = ""; // whoever listened first, as JupyterLab does, has asked already
    }
  }
}

function empty() {
  document.title = "Workbook";
  document.body.replaceChildren();
}
