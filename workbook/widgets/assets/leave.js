// "Leave this page": at once, in the browser alone, whatever the kernel or the page is doing.
//
// A click, or three lone taps of Shift within five seconds: the window is covered in the same instant, the
// page is emptied, the kernel is told to end, and a neutral site takes the page's place in the history.

const ID = "wb-leave";
const LABEL = "Leave this page";
const TAPS = 3;
const WITHIN_MS = 5000;
const ON_TOP = "2147483647";

let settings = null;
let taps = [];
let isShiftAlone = false;
let isLeaving = false;

export function installLeave({ leaveTo, endKernel, host = document.body }) {
  const isFirst = settings === null;
  settings = { leaveTo, endKernel };
  placeButton(host);
  if (isFirst) {
    listen(addEventListener);
  }
}

export function uninstallLeave() {
  if (isLeaving) {
    return; // the page may still be asked, and JupyterLab takes the view away when its kernel ends
  }
  listen(removeEventListener);
  document.getElementById(ID)?.remove();
  settings = null;
  taps = [];
}

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
  button.style.cssText = `position: fixed; top: 0.5rem; right: 0.5rem; z-index: ${ON_TOP}`;
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
  change("blur", forgetTaps);
  change("beforeunload", silencePrompt, true);
}

// A tap is a Shift that goes down and up with no other key in between.
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

function leave() {
  const { leaveTo, endKernel } = settings;
  isLeaving = true;
  cover();
  empty();
  try {
    endKernel();
  } catch {
    // Leaving goes on, whatever happens to the kernel; it ends by itself without a page.
  }
  location.replace(leaveTo);
}

// A modal dialog lies above everything, open dialogs and full-screen elements included.
function cover() {
  const sheet = document.createElement("dialog");
  sheet.style.cssText =
    "display: block; position: fixed; inset: 0; width: 100vw; height: 100vh; max-width: none; max-height: none; " +
    `margin: 0; border: 0; padding: 0; outline: 0; background: #fff; z-index: ${ON_TOP}`;
  sheet.id = "wb-cover";
  sheet.oncancel = (event) => event.preventDefault(); // Escape doesn't lift it
  document.documentElement.append(sheet);
  sheet.showModal();
}

// JupyterLab and others ask "Leave site?"; nobody who leaves at once wants to be asked.
function silencePrompt(event) {
  if (isLeaving) {
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
