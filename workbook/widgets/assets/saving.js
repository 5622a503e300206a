// The numbers of what a view sends: the kernel tells which one it heard last, and what was sent since stays as it is.
// By the clock, so that two views of one thing go on counting from each other.
const numbering = () => {
  let last = 0;
  return { next: () => (last = Math.max(last + 1, Date.now())), isBehind: (heard) => heard < last };
};

// What a state line says of what was changed and is not in the book yet.
const unsaved = (lost) => (lost ? ["Connection lost — reload. What you see here is not saved yet.", "bad"] : ["Not saved yet", "open"]);

// What something that is saved does with the answers of the kernel. foot: its Save button and its line for an
// error, as they stand now. say: puts words on its state line. numbers: of what is sent, where that is numbered.
const savingAnswers = (el, say, foot, numbers) => ({
  state: ({ words, mood }) => say(words, mood),
  saved: ({ words, heard }) => {
    foot().saveButton?.removeAttribute("aria-disabled");
    if (numbers?.isBehind(heard)) say("Not saved yet", "open");
    else say(words, "good");
  },
  refused: ({ rule }) => {
    const { saveButton, error } = foot();
    saveButton?.removeAttribute("aria-disabled");
    if (error) { error.textContent = rule; error.hidden = false; }
    say("Not saved yet", "bad");
  },
  clear: () => el.replaceChildren(),
});

// Nothing can be saved while the kernel is out of reach, and that is said; once it is back, what was said before, or
// that something was changed meanwhile. form: its Save button and its state line, as they stand now. Returns how to
// stop watching.
const watchingConnection = (tell, say, form) => {
  let before = null;
  const changed = ({ detail: { alive } }) => {
    const { saveButton, status } = form();
    const [whileLost] = unsaved(true);
    tell(!alive);
    if (!alive) {
      before ??= [status?.textContent ?? "", status?.dataset.mood];
      say("Connection lost — reload", "bad");
    } else if (before) {
      say(...(status?.textContent === whileLost ? unsaved(false) : before));
      before = null;
    }
    alive ? saveButton?.removeAttribute("aria-disabled") : saveButton?.setAttribute("aria-disabled", "true");
  };
  window.addEventListener("wb-connection", changed);
  return () => window.removeEventListener("wb-connection", changed);
};

// Ctrl+S: the frame hears it and asks the form that one is in, which does here what it can. form: its Save button and
// its state line, as they stand now, and whether keys may press it. What seals, proposes or ends something they may not.
const savedByKey = (el, form) => {
  const answer = () => {
    const { saveButton, status, byKey } = form();
    if (!status) return;
    const tell = (words) => { status.setAttribute("aria-live", "polite"); status.textContent = words; };
    if (!["open", "bad"].includes(status.dataset.mood)) tell("Nothing new to save.");
    else if (!saveButton?.isConnected) tell("Not in your book yet: it is saved at the end.");
    else if (byKey) saveButton.click();
    else tell(`Keys alone don't do this. Press “${saveButton.textContent}” when you mean it.`);
  };
  el.dataset.saves = "";
  el.addEventListener("wb-save", answer);
  return () => { delete el.dataset.saves; el.removeEventListener("wb-save", answer); };
};
