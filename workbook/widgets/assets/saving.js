// What something that is saved does with the answers of the kernel. foot: its Save button and its line for an
// error, as they stand now. say: puts words on its state line.
const savingAnswers = (el, say, foot) => ({
  state: ({ words, mood }) => say(words, mood),
  saved: ({ words }) => { foot().saveButton?.removeAttribute("aria-disabled"); say(words, "good"); },
  refused: ({ rule }) => {
    const { saveButton, error } = foot();
    saveButton?.removeAttribute("aria-disabled");
    if (error) { error.textContent = rule; error.hidden = false; }
    say("Not saved yet", "bad");
  },
  clear: () => el.replaceChildren(),
});

// Nothing can be saved while the kernel is out of reach, and that is said. Returns how to stop watching.
const watchingConnection = (tell, say, saveButton) => {
  const changed = ({ detail: { alive } }) => {
    tell(!alive);
    if (!alive) say("Connection lost — reload", "bad");
    alive ? saveButton()?.removeAttribute("aria-disabled") : saveButton()?.setAttribute("aria-disabled", "true");
  };
  window.addEventListener("wb-connection", changed);
  return () => window.removeEventListener("wb-connection", changed);
};
