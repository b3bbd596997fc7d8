// Reloads the page in the frame, where it stands, whenever the edition was built anew.
const frame = document.querySelector("iframe");
const failure = document.querySelector("p");
const changes = new EventSource("changes");
changes.addEventListener("built", () => {
  failure.hidden = true;
  frame.contentWindow.location.reload();
});
changes.addEventListener("failed", () => {
  failure.hidden = false;
});
frame.addEventListener("load", () => {
  document.title = frame.contentDocument.title;
});
